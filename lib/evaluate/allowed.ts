/** Whether policies allow a request, apart from explicit denials. */
import { and, MAYBE, NO, or, type Ternary, YES } from "../unknown";
import { acceptsSignature, canAssume, type Evaluation, hasSessionPolicies } from "./evaluation";

export function allowed(evaluation: Evaluation): Ternary {
  const { request, resource, serviceControls, sameAccount } = evaluation;
  if (!request.hasAccount) return acceptsSignature(evaluation) && canAssume(evaluation) ? resource.allow : NO;
  if (!canAssume(evaluation)) return NO;
  const halves =
    sameAccount === YES ? allowedWithin(evaluation) : sameAccount === NO ? allowedAcross(evaluation) : allowedEitherWay(evaluation);
  return serviceControls.length === 0 ? halves : and(halves, organizationAllows(evaluation));
}

/** The answer where it is not known whether the caller's account owns the resource. */
function allowedEitherWay(evaluation: Evaluation): Ternary {
  const within = allowedWithin(evaluation);
  return within === allowedAcross(evaluation) ? within : MAYBE;
}

/**
 * Within one account, an Allow of either half is enough, except that the policies of roles and KMS keys must always allow. How the
 * resource policy names the caller decides whether its permissions boundary and session policies apply.
 */
function allowedWithin(evaluation: Evaluation): Ternary {
  const { match } = evaluation.resource;
  const own = ownHalf(evaluation, MAYBE);
  const byResource = match.role === NO ? match.direct : or(match.direct, and(match.role, withinCaps(evaluation)));
  return or(byResource, resourceMustAllow(evaluation) ? and(match.account, own) : own);
}

export function resourceMustAllow({ isTrust, request }: Evaluation): boolean {
  return isTrust || request.action.startsWith("kms:");
}

/** Across accounts, both halves must allow. Where the caller's half is not known, only the customer's half is judged. */
function allowedAcross(evaluation: Evaluation): Ternary {
  const { allow } = evaluation.resource;
  return allow === NO ? NO : and(allow, ownHalf(evaluation, YES));
}

/** The caller's identity policies, limited by its permissions boundary and session policies. */
function ownHalf(evaluation: Evaluation, whereUnknown: Ternary): Ternary {
  const { request, policies, identity } = evaluation;
  if (evaluation.isRoot) return YES;
  // Where nothing is known of the caller's policies, nothing is known of those that it passed.
  if (policies.identityPolicies === undefined) return and(whereUnknown, withinCaps(evaluation));
  const granted = identity.allow;
  // A federated user has only the permissions that its session policies grant.
  const passed: Ternary = request.caller.kind === "federatedUser" && !hasSessionPolicies(policies) && granted !== NO ? NO : YES;
  return and(and(granted, passed), withinCaps(evaluation));
}

/** Permissions boundary and session policies, where there are any. */
function withinCaps({ policies, boundary, session, isRoot }: Evaluation): Ternary {
  if (isRoot) return YES;
  const bounded = policies.permissionsBoundary === undefined ? YES : boundary.allow;
  return and(bounded, hasSessionPolicies(policies) ? session.allow : YES);
}

/** Every level of the organization must allow. */
function organizationAllows({ serviceControls }: Evaluation): Ternary {
  return serviceControls.reduce<Ternary>((sum, level) => and(sum, level.allow), YES);
}

export function isOwnHalfUnknown({ policies, request, isRoot }: Evaluation): boolean {
  return policies.identityPolicies === undefined && request.hasAccount && !isRoot;
}
