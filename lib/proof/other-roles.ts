/** Roles other than the vendor's that may reach a bucket, and that somebody outside their account may assume. */
import { proveNobody } from "../access";
import { accountOf, type DeliveryContract, OWN_ACCOUNT, substituteOwnAccount } from "../contract";
import { compilePolicy, memoizeByObject, PolicyGrammarError } from "../evaluate";
import { bucketOf, openProviders, roleOf, withAwsText } from "../judge";
import type { AccountModel, PlannedRole } from "../plan";
import { hasUnknown, unknownText } from "../unknown";
import { entriesOf, oneOrMore, statementsIn } from "./documents";
import { roleFacts } from "./resource-facts";
import type { RoleFacts } from "./types";
import { ASSUMING_ACTIONS, trustWorld } from "./worlds";

interface RoleIndex {
  /** Roles whose policies name the bucket. */
  readonly byBucket: ReadonlyMap<string, readonly PlannedRole[]>;
  /** Roles whose policies may reach any bucket. */
  readonly broad: readonly PlannedRole[];
}

const known = new WeakMap<AccountModel, Map<PlannedRole, RoleFacts | undefined>>();

/** The roles whose policies name the bucket, or may reach any. */
export function rolesNaming(bucketName: string, model: AccountModel): readonly PlannedRole[] {
  const { byBucket, broad } = indexOf(model);
  return [...(byBucket.get(bucketName) ?? []), ...broad];
}

/** Without the roles of the contracts themselves. A policy that cannot be parsed is a separate finding. */
export function otherRolesOf(contract: DeliveryContract, model: AccountModel, neighbours: readonly DeliveryContract[]): RoleFacts[] {
  const name = bucketOf(contract, model)?.name;
  if (name === undefined) return [];
  const own = new Set([contract, ...neighbours].map((one) => roleOf(one, model)));
  return rolesNaming(name, model)
    .filter((role) => !own.has(role))
    .flatMap((role) => openRole(role, model) ?? []);
}

/** The facts of the role, unless only its own account and services can assume it. */
function openRole(role: PlannedRole, model: AccountModel): RoleFacts | undefined {
  const ofModel = known.get(model) ?? new Map<PlannedRole, RoleFacts | undefined>();
  known.set(model, ofModel);
  if (!ofModel.has(role)) ofModel.set(role, readOpenRole(role, model));
  return ofModel.get(role);
}

function readOpenRole(role: PlannedRole, model: AccountModel): RoleFacts | undefined {
  try {
    const facts = factsOfRole(asPossibleRole(role), model);
    const { world } = trustWorld(facts);
    const requests = { actions: ASSUMING_ACTIONS, resources: [facts.arn] };
    return proveNobody({ world, requests, permitted: [{ callers: insiders(facts) }] }).outcome === "proved" &&
      doubtfulProviders(facts).length === 0
      ? undefined
      : facts;
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undefined;
  }
}

/** The role. If it may not exist, its trust policy counts as unknown. */
export function asPossibleRole(role: PlannedRole): PlannedRole {
  if (!role.isUncertain) return role;
  return { ...role, trustPolicy: { ...role.trustPolicy, document: unknownText(`whether ${role.address} exists`) } };
}

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function factsOfRole(role: PlannedRole, model: AccountModel): RoleFacts {
  const arn = substituteOwnAccount(role.arn);
  return roleFacts(role, arn, { account: accountOf(arn) ?? accountOf(role.account ?? "") ?? OWN_ACCOUNT, model });
}

/**
 * The account, services, and the account's own identity providers, whose users its administrators choose. They do not choose those of an
 * issuer that many customers share, so a statement that does not tie the token to one owner lets in others.
 */
export function insiders({ account, trustPolicy }: RoleFacts): string[] {
  const shared = sharedProviders({ trustPolicy });
  const principals = statementsIn(trustPolicy).flatMap(({ Principal }) => entriesOf(Principal));
  const providers = principals.flatMap(([type, values]) => (type === "Federated" ? oneOrMore(values).map(String) : []));
  const own = providers
    .filter((provider) => provider.startsWith("arn:") && (accountOf(provider) === account || hasUnknown(provider)))
    .filter((provider) => !shared.includes(provider));
  return [account, "services", ...own];
}

/** Identity providers in the trust policy that serve many customers, and that the policy does not restrict to one of them. */
export function sharedProviders({ trustPolicy }: Pick<RoleFacts, "trustPolicy">): string[] {
  return providersOf(trustPolicy).flatMap(({ provider, isUnknown }) => (isUnknown ? [] : [provider]));
}

/** Identity providers in the trust policy of which it is unknown who can get their tokens. */
export function doubtfulProviders({ trustPolicy }: RoleFacts): string[] {
  return providersOf(trustPolicy).flatMap(({ provider, isUnknown }) => (isUnknown ? [provider] : []));
}

function providersOf(trustPolicy: unknown): ReturnType<typeof openProviders> {
  return openProviders(compilePolicy(trustPolicy, "trust"));
}

const indexOf = memoizeByObject(readIndex);

function readIndex({ roles }: AccountModel): RoleIndex {
  const byBucket = new Map<string, PlannedRole[]>();
  const broad: PlannedRole[] = [];
  for (const role of roles) {
    const names = new Set([...role.inlinePolicies, ...role.managedPolicies].flatMap((policy) => bucketsIn(withAwsText(policy).document)));
    if (names.has(ANY)) broad.push(role);
    else for (const name of names) byBucket.set(name, [...(byBucket.get(name) ?? []), role]);
  }
  return { byBucket, broad };
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
