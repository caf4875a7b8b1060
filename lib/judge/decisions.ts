/** Decides one request of an expectation for everything that the contract and the caller leave open. */
import { accountNamedBy, type Callers, type Expectation, isAssuming } from "../contract";
import { type AccessRequest, type Decision, decide, type Policies } from "../evaluate";
import { hasUnknown } from "../unknown";
import { allowedByChoice } from "./caller-choices";

/** A request of an expectation. */
export interface ExpectedRequest {
  readonly callers: Callers;
  readonly expectation: Expectation;
  readonly principal: string;
  readonly resource: string;
}

/** One decision for each context that the expectation stands for. Who must not be allowed chooses what allows it. */
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
      possibleValues: callers.possibleValuesOf(expectation, assumes),
    };
    const decision = decide(request, policies);
    if (decision.verdict !== "unknown" || expected !== "denied") return decision;
    return allowedByChoice(request, policies, (key) => callers.chooses(key, expectation, assumes)) ?? decision;
  });
}

/** Of the decisions, the one that is closest to an Allow. */
export function closestToAllow(decisions: readonly Decision[]): Decision {
  return decisions.find(({ verdict }) => verdict === "Allowed") ?? decisions.find(({ verdict }) => verdict === "unknown") ?? decisions[0]!;
}
