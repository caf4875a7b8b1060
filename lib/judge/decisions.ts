/** Decides one request of an expectation for everything that the contract and the caller leave open. */
import { accountNamedBy, type Callers, type Expectation, isAssuming } from "../contract";
import { type AccessRequest, acceptsCannedAcl, type Decision, decide, type Policies, type PossibleValues } from "../evaluate";
import { hasUnknown, NO } from "../unknown";
import { allowedByChoice } from "./caller-choices";

/** A request of an expectation. */
export interface ExpectedRequest {
  readonly callers: Callers;
  readonly expectation: Expectation;
  readonly principal: string;
  readonly resource: string;
}

/**
 * One decision for each context that the expectation stands for. A caller that must be denied may choose values that the policies allow.
 */
export function decisionsOf({ callers, expectation, principal, resource }: ExpectedRequest, policies: Policies): Decision[] {
  const { action, actor, expected } = expectation;
  const assumes = isAssuming(action);
  return callers.contextsOf(expectation, assumes, principal).map((context) => {
    const request: AccessRequest = {
      principal,
      principalAccount: hasUnknown(principal) ? accountNamedBy(principal) : undefined,
      action,
      resource,
      resourceAccount: callers.ownerOf(assumes, actor),
      context,
      possibleValues: acceptedValues(callers.possibleValuesOf(expectation, assumes), policies),
    };
    const decision = decide(request, policies);
    if (decision.verdict !== "unknown" || expected !== "denied") return decision;
    return allowedByChoice(request, policies, (key) => callers.chooses(key, expectation, assumes)) ?? decision;
  });
}

/** Without the ACLs that the bucket rejects in any case. */
function acceptedValues(possibleValues: PossibleValues, policies: Policies): PossibleValues {
  return (key) => {
    const values = possibleValues(key);
    if (key !== "s3:x-amz-acl") return values;
    return values?.filter((value) => typeof value !== "string" || acceptsCannedAcl(value, policies) !== NO);
  };
}

/** Of the decisions, the one that is closest to an Allow. */
export function closestToAllow(decisions: readonly Decision[]): Decision {
  return decisions.find(({ verdict }) => verdict === "Allowed") ?? decisions.find(({ verdict }) => verdict === "unknown") ?? decisions[0]!;
}
