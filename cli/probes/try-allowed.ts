/** Second stage: tries what the vendor must be allowed at the bucket. */
import type { Expectation } from "../../lib/contract";
import type { Party } from "../credentials";
import { isAssumeRole } from "./assume-role";
import { probeFor } from "./requests";
import type { ProbeState } from "./state";
import { tryAtBucket } from "./try-request";

export async function tryAllowed(state: ProbeState): Promise<void> {
  const { contract, clock, s3Ms } = state.context;
  const { results } = state;
  const writer = writerOf(state);
  if (writer) results.writer = writer;
  state.s3Deadline = clock.now() + s3Ms;
  const ofVendor = contract.expectations.filter(
    (expectation) => expectation.expected === "allowed" && expectation.actor === "vendor" && !isAssumeRole(expectation),
  );
  for (const expectation of inOrder(ofVendor, contract.bucket.arn)) {
    if (!writer) results.reasons.set(expectation.id, "not tried: nobody could act as the vendor at the bucket");
    else await tryAtBucket(state, expectation, writer);
  }
}

/** Who acts as the vendor at the bucket: a session of the role, or the vendor itself. */
function writerOf({ context, session }: ProbeState): Party | undefined {
  const { contract, callers, connect, testObjects } = context;
  if (contract.door === "bucketPolicy") return callers.vendor;
  if (!session) return undefined;
  return {
    title: callers.role?.title ?? "the destination role",
    ...(callers.role?.isStandIn ? { evidence: "simulated" } : {}),
    aws: connect(session, testObjects.region),
  };
}

/** Later requests need earlier ones: an object is put, then used, then deleted. */
function inOrder(expectations: readonly Expectation[], bucketArn: string): Expectation[] {
  const rank = (expectation: Expectation) => {
    const probe = probeFor(expectation, bucketArn);
    return "why" in probe ? 0 : probe.rank;
  };
  return [...expectations].sort((a, b) => rank(a) - rank(b));
}
