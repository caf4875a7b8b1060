import type { Expectation } from "../../lib/contract";
import type { Written } from "../clean-up";
import type { Party } from "../credentials";
import { folderOf } from "../names";
import { type Attempt, attempt } from "./attempt";
import { outcomeOf } from "./outcome";
import { blockedBy, isNoAnswerOfAws, type PollResult, pollUntilStable } from "./poll-until-stable";
import { isPlainHttp, probeFor, putObject, sampleExpectation } from "./requests";
import type { ProbeState } from "./state";

/** How long to poll when AWS's answer and the live policies agree: a longer wait would change nothing. */
export const AGREEMENT_MS = 5_000;

export interface PollExpectation {
  readonly expectation: Expectation;
  readonly by: Party;
  readonly deadline: number;
  call(): Promise<Attempt>;
}

/** Repeats the request of an expectation until its answer is stable, and records the outcome. */
export async function pollExpectation(state: ProbeState, { expectation, by, deadline, call }: PollExpectation): Promise<PollResult> {
  const { clock, signal, computed, progress } = state.context;
  const wanted = expectation.expected === "allowed" ? "allowed" : "refused";
  const policiesDisagree = computed.get(expectation.id)?.outcome === "fail";
  progress(expectation.title);
  const limit = policiesDisagree ? Math.min(deadline, clock.now() + AGREEMENT_MS) : deadline;
  const mayBeBlocked = isPlainHttp(expectation);
  const result = await pollUntilStable(call, { wanted, deadline: limit, mayBeBlocked, clock, signal });
  if (mayBeBlocked && isNoAnswerOfAws(result.last)) state.results.plainHttpBlocked = blockedBy(result.last);
  state.results.performed.set(expectation.id, outcomeOf(expectation.expected, result, by));
  return result;
}

/** Tries an expectation about the bucket. */
export async function tryAtBucket(state: ProbeState, expectation: Expectation, by: Party): Promise<void> {
  const { contract, testObjects, signal, clock, readOnly } = state.context;
  const { reasons } = state.results;
  const probe = probeFor(expectation, contract.bucket.arn);
  if ("why" in probe) {
    reasons.set(expectation.id, probe.why);
    return;
  }
  // A request that must be denied gets at least a short time, even if the allowed ones have used up theirs.
  const deadline = expectation.expected === "allowed" ? state.s3Deadline : Math.max(state.s3Deadline, clock.now() + AGREEMENT_MS);
  if (probe.changes && readOnly) {
    reasons.set(expectation.id, `not tried: ${expectation.action} would change something, and --read-only was given`);
    return;
  }
  const whyNot = probe.writes && (await testObjects.whyNotWrite(folderOfTestObject(state, expectation, probe.writes), probe.writes));
  if (whyNot !== undefined) {
    reasons.set(expectation.id, `not tried: ${whyNot}`);
    return;
  }
  if (probe.needsObject && !testObjects.present() && !(await putTestObject(state, by))) {
    const why =
      (await testObjects.whyNotWrite(testObjects.place.keyPrefix)) ?? "there is no test object to try it on, because none could be put";
    reasons.set(expectation.id, `not tried: ${why}`);
    return;
  }
  if (isPlainHttp(expectation) && state.results.plainHttpBlocked !== undefined) {
    reasons.set(expectation.id, `not tried: no request over plain HTTP reaches AWS: ${state.results.plainHttpBlocked}`);
    return;
  }
  const options = { signal, ...(isPlainHttp(expectation) ? { plainHttp: true } : {}) };
  const call = () => attempt(expectation.action, () => probe.run({ aws: by.aws, testObjects, expectation, options }));
  const { confirmed } = await pollExpectation(state, { expectation, by, deadline, call });
  if (confirmed && expectation.expected === "allowed") state.allowedParties.add(by.title);
}

/** The folder that the probe writes into. */
function folderOfTestObject({ context: { contract } }: ProbeState, { resource }: Expectation, writes: Written): string {
  return writes === "upload" ? contract.keyPrefix : folderOf(resource.slice(contract.bucket.arn.length + 1));
}

/** Puts a test object for other requests: as the writer if it may put, else as the deployer. */
async function putTestObject({ context, results, allowedParties }: ProbeState, by: Party): Promise<boolean> {
  const { contract, testObjects, callers } = context;
  const expectation = sampleExpectation(contract, "object-for-probes");
  const putters = [results.writer, callers.deployer].filter((party) => party !== undefined);
  for (const party of putters.filter((one) => one !== by || allowedParties.has(one.title))) {
    const put = await attempt("s3:PutObject", () => putObject({ aws: party.aws, testObjects, expectation, options: {} }));
    if (put.outcome === "allowed") return true;
  }
  return false;
}
