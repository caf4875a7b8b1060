/** First stage: gets a session of the role, and tries the expectations that somebody can assume it. */
import type { Expectation } from "../../lib/contract";
import { type Party, type RoleSession, requestSession, requestSessionWithToken } from "../credentials";
import { type Attempt, attempt } from "./attempt";
import { outcomeOf } from "./outcome";
import { pollUntilStable } from "./poll-until-stable";
import { contextValue } from "./requests";
import type { ProbeState } from "./state";
import { pollExpectation } from "./try-request";

/** Key in `performed` of a role session that was requested without the vendor. */
export const ROLE_SESSION = "role-session";

export async function assumeRole(state: ProbeState): Promise<void> {
  const { callers, contract } = state.context;
  const { reasons } = state.results;
  if (contract.door !== "bucketPolicy" && callers.role) await requestRoleSession(state, callers.role);
  for (const expectation of contract.expectations) {
    if (expectation.expected !== "allowed" || !isAssumeRole(expectation)) continue;
    if (!callers.vendor) reasons.set(expectation.id, "not tried: no credentials of the vendor are available");
    else if (callers.role) reasons.set(expectation.id, `not tried: ${callers.role.title} acts instead of the vendor`);
    else {
      const call = assumeRoleRequest(state, expectation, callers.vendor);
      const { confirmed } = await pollExpectation(state, { expectation, by: callers.vendor, deadline: state.assumeDeadline, call });
      state.roleAssumed ||= confirmed;
    }
  }
}

async function requestRoleSession(state: ProbeState, role: RoleSession): Promise<void> {
  const { clock, signal } = state.context;
  const call = () =>
    attempt("sts:AssumeRole", async () => {
      state.session = await role.assume();
    });
  const result = await pollUntilStable(call, { wanted: "allowed", deadline: state.assumeDeadline, clock, signal });
  state.roleAssumed = result.confirmed && !role.isStandIn;
  state.results.performed.set(ROLE_SESSION, outcomeOf("allowed", result, role));
}

export function isAssumeRole({ action }: Expectation): boolean {
  return action.startsWith("sts:AssumeRole");
}

/** The AssumeRole request that an expectation is about, by this party. */
export function assumeRoleRequest(state: ProbeState, expectation: Expectation, party: Party): () => Promise<Attempt> {
  const { contract, callers, signal } = state.context;
  // A stranger presents the external ID too: a stranger who knows it is the threat.
  const externalId = contextValue(expectation, "sts:ExternalId") ?? contract.externalIds[0];
  const presented = expectation.actor === "vendorWithoutExternalId" ? undefined : externalId;
  const options = { roleArn: expectation.resource, signal, ...(presented === undefined ? {} : { externalId: presented }) };
  return () =>
    attempt(expectation.action, async () => {
      const keys =
        callers.webIdentityToken !== undefined && party === callers.vendor
          ? await requestSessionWithToken(party.aws, { ...options, token: callers.webIdentityToken })
          : await requestSession(party.aws, options);
      if (expectation.expected === "allowed") state.session = keys;
    });
}
