/** The roles of a model by the buckets that their policies name, and by who may assume them. */
import { substituteOwnAccount } from "../../contract";
import { memoizeByObject } from "../../evaluate";
import { withAwsText } from "../../judge";
import type { AccountModel, PlannedRole } from "../../plan";
import { hasUnknown } from "../../unknown";
import { mayAllow, oneOrMore, statementsIn } from "../documents";
import { PrincipalIndex } from "../estate/named-principals";

interface RoleIndex {
  /** Roles whose policies name the bucket. */
  readonly byBucket: ReadonlyMap<string, readonly PlannedRole[]>;
  /** Roles whose policies may reach any bucket. */
  readonly broad: readonly PlannedRole[];
  /** Roles whose policies may allow actions of IAM, with which a role can extend its rights. */
  readonly changing: readonly PlannedRole[];
}

/** The roles whose policies name the bucket, or may reach any. */
export function rolesNaming(bucketName: string, model: AccountModel): readonly PlannedRole[] {
  const { byBucket, broad } = indexOf(model);
  return [...(byBucket.get(bucketName) ?? []), ...broad];
}

/** The roles whose policies may allow them to change roles and policies. */
export function rolesChangingRoles(model: AccountModel): readonly PlannedRole[] {
  return indexOf(model).changing;
}

const indexOf = memoizeByObject(readIndex);

function readIndex({ roles }: AccountModel): RoleIndex {
  const byBucket = new Map<string, PlannedRole[]>();
  const broad: PlannedRole[] = [];
  const changing: PlannedRole[] = [];
  for (const role of roles) {
    const documents = documentsOf(role);
    const names = new Set(documents.flatMap(bucketsIn));
    if (names.has(ANY)) broad.push(role);
    else for (const name of names) byBucket.set(name, [...(byBucket.get(name) ?? []), role]);
    if (documents.some((document) => mayAllow(document, "iam"))) changing.push(role);
  }
  return { byBucket, broad, changing };
}

function documentsOf({ inlinePolicies, managedPolicies }: PlannedRole): readonly unknown[] {
  return [...inlinePolicies, ...managedPolicies].map((policy) => withAwsText(policy).document);
}

/** Stands for every bucket. */
const ANY = "*";

/** Names of the buckets that the Allow statements of a document may reach. */
function bucketsIn(document: unknown): readonly string[] {
  if (typeof document !== "object" || document === null) return [ANY];
  return statementsIn(document).flatMap(({ Effect, Resource }) => {
    if (Effect === "Deny") return [];
    return Resource === undefined ? [ANY] : oneOrMore(Resource).map((resource) => bucketIn(String(resource)));
  });
}

function bucketIn(resource: string): string {
  if (hasUnknown(resource) || /[*?$]/.test(resource.split("/")[0]!)) return ANY;
  return resource.split(":::")[1]?.split("/")[0] ?? "";
}

/** For each role, the roles whose sessions its trust policy may let in. */
export const rolesLetIn = memoizeByObject(({ roles }: AccountModel): ReadonlyMap<PlannedRole, readonly PlannedRole[]> => {
  const byPrincipal = new PrincipalIndex(roles, ({ trustPolicy }) => [trustPolicy.document]);
  const callers = new Map<PlannedRole, PlannedRole[]>();
  for (const caller of roles) {
    const isDelegated = documentsOf(caller).some((document) => mayAllow(document, "sts"));
    for (const role of byPrincipal.letting([substituteOwnAccount(caller.arn)], isDelegated)) {
      if (role !== caller) callers.set(role, [...(callers.get(role) ?? []), caller]);
    }
  }
  return callers;
});
