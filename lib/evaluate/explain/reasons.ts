/** One sentence for people, for each verdict but `unknown`. */
import { hasUnknown, NO } from "../../unknown";
import type { CompiledStatement } from "../document/compiled-policy";
import { KIND_LABELS } from "../document/grammar";
import { acceptsSignature, canAssume, type Evaluation, hasSessionPolicies } from "../evaluation";
import type { CompiledRequest } from "../request";
import type { Decision, StatementReference } from "../types";
import { conditionTexts } from "./statement-parts";

export function denyReason(denying: readonly CompiledStatement[], request: CompiledRequest): string {
  const policies = [...new Set(denying.map(({ reference }) => policyOf(reference)))];
  const met = [...new Set(denying.flatMap((statement) => conditionTexts(statement, request)))];
  const conditions = met.length === 0 ? "" : ` Condition: ${met.join("; ")}.`;
  return `A Deny applies in ${policies.join(" and ")}; it outweighs every Allow.${conditions}`;
}

/** By its name, else by the address of the resource that holds it. */
function policyOf({ policy, policyName, location }: StatementReference): string {
  const kind = `the ${KIND_LABELS[policy]}`;
  if (policyName !== undefined && !hasUnknown(policyName)) return `${kind} "${policyName}"`;
  return location?.address === undefined ? kind : `${kind} ${location.address}`;
}

export function allowReason({ resource, identity, isRoot }: Evaluation, scope: Decision["scope"]): string {
  if (scope === "customer") return "The resource's policy allows it; the caller also needs an Allow in its own account.";
  if (isRoot && resource.allowing.length === 0) return "The root user may do everything in its own account that nothing denies.";
  const sides = [
    resource.allowing.length > 0 ? "the resource's policy" : "",
    identity.allowing.length > 0 ? "the caller's own policies" : "",
  ];
  const allowing = sides.filter((side) => side !== "").join(" and ");
  return `${allowing.replace(/^t/, "T")} ${identity.allowing.length > 0 ? "allow" : "allows"} it, and nothing denies it.`;
}

export function implicitReason(evaluation: Evaluation): string {
  const { request, resource, identity, boundary, session, serviceControls, isTrust, isRoot, policies, sameAccount } = evaluation;
  const policy = isTrust ? "trust policy" : "resource policy";
  if (!acceptsSignature(evaluation)) return "STS takes no unsigned requests.";
  if (isTrust && isRoot) return "A root user cannot assume a role.";
  if (!canAssume(evaluation)) {
    if (request.caller.kind === "federatedUser") return "A federated user can make no request to STS but GetCallerIdentity.";
    if (request.caller.kind === "federated") return "A caller of an identity provider assumes a role with its token, by another request.";
    return "Only a caller of an identity provider can make this request.";
  }
  if (!request.hasAccount) return `No Allow in the ${policy} applies.`;
  if (resource.allow === NO && isTrust) return "No Allow in the trust policy applies, and without one nobody can assume the role.";
  if (resource.allow === NO && sameAccount === NO)
    return "No Allow in the resource policy applies, and a caller from another account needs one.";
  if (serviceControls.some(({ allow }) => allow === NO)) return "No Allow at one level of the service control policies applies.";
  if (identity.allow === NO && policies.identityPolicies !== undefined && !isRoot) {
    if (sameAccount === NO) return `The ${policy} allows, but no Allow in the caller's own policies applies.`;
    if (resource.match.account !== NO) return `The ${policy} leaves it to the account, and no Allow in the caller's own policies applies.`;
    if (resource.allow === NO) return "No Allow applies, neither in the resource policy nor in the caller's own policies.";
  }
  if (policies.permissionsBoundary !== undefined && boundary.allow === NO) return "No Allow in the permissions boundary applies.";
  if (hasSessionPolicies(policies) && session.allow === NO) return "No Allow in the session policies applies.";
  return "No Allow passes the policies that limit the caller.";
}
