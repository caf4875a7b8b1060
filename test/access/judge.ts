/** Lets the evaluator, which shares no code with the prover, judge a request by the policies of a world. */
import type { World } from "../../lib/access";
import { type AccessRequest, compilePolicy, type Decision, decide, type Policies, type PolicyKind } from "../../lib/evaluate";

const prepared = new WeakMap<object, Map<PolicyKind, ReturnType<typeof compilePolicy>>>();

function prepare(document: unknown, kind: PolicyKind) {
  const known = prepared.get(document as object) ?? new Map();
  prepared.set(document as object, known);
  if (!known.has(kind)) known.set(kind, compilePolicy(document, kind));
  return known.get(kind)!;
}

const all = (documents: readonly unknown[] | undefined, kind: PolicyKind) => documents?.map((document) => prepare(document, kind));

/** The ARN that `aws:PrincipalArn` has, or the principal as it is. */
function callerOf({ principal, context }: AccessRequest): string {
  return (context["aws:PrincipalArn"] as string | undefined) ?? principal;
}

export function judge(request: AccessRequest, world: World): Decision {
  const caller = callerOf(request);
  const principal = (world.principals ?? []).find(({ arn }) => arn === caller);
  const isOwn = world.account !== undefined && caller.includes(`::${world.account}:`);
  const levels = (principal?.serviceControlPolicies ?? (isOwn ? world.serviceControlPolicies : undefined)) as unknown[] | undefined;
  const policies: Policies = {
    ...(world.resourcePolicy === undefined ? {} : { resourcePolicy: prepare(world.resourcePolicy, "resource") }),
    ...(world.trustPolicy === undefined ? {} : { trustPolicy: prepare(world.trustPolicy, "trust") }),
    identityPolicies: all(principal?.identityPolicies, "identity"),
    ...(principal?.permissionsBoundary === undefined
      ? {}
      : { permissionsBoundary: prepare(principal.permissionsBoundary, "permissionsBoundary") }),
    sessionPolicies: all(principal?.sessionPolicies, "session"),
    serviceControlPolicies: levels?.map((level) => prepare(level, "serviceControl")),
    resourceControlPolicies: all(world.resourceControlPolicies, "resourceControl"),
    blockPublicAccess: world.blockPublicAccess,
    objectOwnership: world.objectOwnership,
    canonicalUsers: world.canonicalUsers,
  };
  return decide(request, Object.fromEntries(Object.entries(policies).filter(([, value]) => value !== undefined)));
}
