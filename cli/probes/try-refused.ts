/** Third stage: tries what must be denied, as far as another request of the same kind was allowed. */
import type { Expectation } from "../../lib/contract";
import type { Party } from "../credentials";
import { assumeRoleRequest, isAssumeRole } from "./assume-role";
import type { ProbeState } from "./state";
import { AGREEMENT_MS, pollExpectation, tryAtBucket } from "./try-request";

export async function tryRefused(state: ProbeState): Promise<void> {
  for (const expectation of state.context.contract.expectations) {
    if (expectation.expected !== "denied") continue;
    const reason = isAssumeRole(expectation) ? await tryAssumeRefused(state, expectation) : await tryBucketRefused(state, expectation);
    if (reason !== undefined) state.results.reasons.set(expectation.id, `not tried: ${reason}`);
  }
}

/** Returns why the expectation was not tried. */
async function tryAssumeRefused(state: ProbeState, expectation: Expectation): Promise<string | undefined> {
  const { callers, clock } = state.context;
  const by = callerFor(state, expectation);
  if (!by) return nobodyIs(expectation);
  if (expectation.action === "sts:AssumeRoleWithWebIdentity" && by !== callers.vendor) return "no token of another identity is available";
  if (!state.roleAssumed) return "nobody was seen to assume the role, so a denial would prove nothing";
  const deadline = Math.max(state.assumeDeadline, clock.now() + AGREEMENT_MS);
  await pollExpectation(state, { expectation, by, deadline, call: assumeRoleRequest(state, expectation, by) });
  return undefined;
}

/** Returns why the expectation was not tried. */
async function tryBucketRefused(state: ProbeState, expectation: Expectation): Promise<string | undefined> {
  const { writer } = state.results;
  const by = expectation.actor === "vendor" ? writer : callerFor(state, expectation);
  if (!by) return nobodyIs(expectation);
  if (state.allowedParties.size === 0 || (by === writer && !state.allowedParties.has(by.title)))
    return "no request to the bucket was seen to be allowed, so a denial would prove nothing";
  await tryAtBucket(state, expectation, by);
  return undefined;
}

function callerFor({ context: { callers } }: ProbeState, { actor }: Expectation): Party | undefined {
  switch (actor) {
    case "vendor":
    case "vendorWithoutExternalId":
      return callers.role ? undefined : callers.vendor;
    case "strangerInVendorAccount":
      return callers.strangerInVendorAccount;
    case "strangerAccount":
      return callers.strangerAccount;
    case "anonymous":
      return callers.anonymous;
  }
}

function nobodyIs({ actor }: Expectation): string {
  return `no credentials of ${WHO[actor]} are available`;
}

const WHO: Readonly<Record<Expectation["actor"], string>> = {
  vendor: "the vendor",
  vendorWithoutExternalId: "the vendor",
  strangerInVendorAccount: "another principal of the vendor's account",
  strangerAccount: "an account that is neither yours nor the vendor's",
  anonymous: "an anonymous caller",
};
