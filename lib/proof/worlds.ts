/** The facts as worlds of the prover, and the same policies for the evaluator. */
import type { World } from "../access";
import { compilePolicy, type Policies } from "../evaluate";
import type { Facts, RoleFacts } from "./types";

/** A world, and the policies by which the evaluator judges the same requests. */
export interface Judged {
  readonly world: World;
  readonly policiesOf: (caller: string) => Policies;
}

/** One for each bucket policy, because the last one written takes effect. */
export function bucketWorlds({ partition, bucket, role }: Pick<Facts, "partition" | "bucket" | "role">): readonly Judged[] {
  if (bucket === undefined) return [];
  const { account, policies, blockPublicAccess, objectOwnership } = bucket;
  const documents = policies.length === 0 ? [undefined] : policies;
  return documents.map((resourcePolicy) => ({
    world: {
      partition,
      account,
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
      principals: principalsOf(role),
      blockPublicAccess,
      objectOwnership,
    },
    policiesOf: (caller) => ({
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: compilePolicy(resourcePolicy, "resource") }),
      ...ownPolicies(role, caller),
      blockPublicAccess,
      objectOwnership,
    }),
  }));
}

/** Buckets of whose policies nothing is known: what the role's own policies allow there. */
export function otherBucketsWorld({ partition, role }: Facts): Judged | undefined {
  if (role === undefined) return undefined;
  const { account } = role;
  return { world: { partition, account, principals: principalsOf(role) }, policiesOf: (caller) => ownPolicies(role, caller) };
}

export const ASSUMING_ACTIONS = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

export function trustWorld({ arn, account, trustPolicy }: RoleFacts): Judged {
  const partition = arn.split(":")[1]!;
  return { world: { partition, account, trustPolicy }, policiesOf: () => ({ trustPolicy: compilePolicy(trustPolicy, "trust") }) };
}

/** All policies of a world. */
export function documentsOf({ resourcePolicy, trustPolicy, principals = [] }: World): readonly unknown[] {
  return [
    resourcePolicy,
    trustPolicy,
    ...principals.flatMap(({ identityPolicies = [], permissionsBoundary }) => [...identityPolicies, permissionsBoundary]),
  ];
}

function principalsOf(role: RoleFacts | undefined): World["principals"] {
  if (role === undefined) return [];
  const { arn, identityPolicies, permissionsBoundary } = role;
  return [{ arn, identityPolicies, ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }) }];
}

function ownPolicies(role: RoleFacts | undefined, caller: string): Policies {
  if (role === undefined || role.arn !== caller) return {};
  const { identityPolicies, permissionsBoundary } = role;
  return {
    identityPolicies: identityPolicies.map((policy) => compilePolicy(policy, "identity")),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary: compilePolicy(permissionsBoundary, "permissionsBoundary") }),
  };
}
