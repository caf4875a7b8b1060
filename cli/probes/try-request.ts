import { type Expectation, isAssuming } from "../../lib/contract";
import type { Party } from "../credentials";
import { type Attempt, attempt } from "./attempt";
import { outcomeOf } from "./outcome";
import { blockedBy, isNoAnswerOfAws, type PollResult, pollUntilStable } from "./poll-until-stable";
import { folderOfObject, isPlainHttp, probeFor, putObject, sampleExpectation } from "./requests";
import type { ProbeState } from "./state";

/** How long to poll when AWS's answer and the live policies agree: a longer wait would change nothing. */
export const AGREEMENT_MS = 5_000;

/** The least time for a request that must be allowed, if the budget is that long. */
const LEAST_PATIENCE_MS = 10_000;

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
  const outcome = outcomeOf(expectation.expected, result, by);
  const budget = isAssuming(expectation.action) ? state.context.assumeMs : state.context.s3Ms;
  const isBrief = !policiesDisagree && result.last.outcome === "refused" && result.waitedMs < budget / 2;
  state.results.performed.set(expectation.id, isBrief ? { ...outcome, isBrief } : outcome);
  return result;
}

/** Tries an expectation about the bucket. */
export async function tryAtBucket(state: ProbeState, expectation: Expectation, by: Party): Promise<void> {
  const { contract, testObjects, callers, signal, clock, s3Ms, readOnly } = state.context;
  const { reasons } = state.results;
  const probe = probeFor(expectation, contract.bucket.arn);
  if ("why" in probe) {
    reasons.set(expectation.id, probe.why);
    return;
  }
  // Each request gets at least a short time, even if earlier ones have used up the budget.
  const least = expectation.expected === "allowed" ? Math.min(s3Ms, LEAST_PATIENCE_MS) : AGREEMENT_MS;
  const deadline = Math.max(state.s3Deadline, clock.now() + least);
  if (probe.changes && readOnly) {
    reasons.set(expectation.id, `not tried: ${expectation.action} would change something, and --read-only was given`);
    return;
  }
  const folder = folderOfObject(expectation, testObjects);
  const whyNot = probe.writes && (await testObjects.whyNotWrite(folder, probe.writes));
  if (whyNot !== undefined) {
    reasons.set(expectation.id, `not tried: ${whyNot}`);
    return;
  }
  if (probe.needsObject && !testObjects.present(folder) && !(await putTestObject(state, by, expectation))) {
    const why = (await testObjects.whyNotWrite(folder)) ?? "there is no test object to try it on, because none could be put";
    reasons.set(expectation.id, `not tried: ${why}`);
    return;
  }
  if (isPlainHttp(expectation) && state.results.plainHttpBlocked !== undefined) {
    reasons.set(expectation.id, `not tried: no request over plain HTTP reaches AWS: ${state.results.plainHttpBlocked}`);
    return;
  }
  const options = { signal, ...(isPlainHttp(expectation) ? { plainHttp: true } : {}) };
  const witness = callers.deployer?.aws;
  const input = { aws: by.aws, testObjects, expectation, options, ...(witness && { witness }) };
  let key: string | undefined;
  const call = () =>
    attempt(expectation.action, async () => {
      key = await probe.run(input);
    });
  const { confirmed } = await pollExpectation(state, { expectation, by, deadline, call });
  const { performed } = state.results;
  const done = performed.get(expectation.id)!;
  if (key !== undefined) performed.set(expectation.id, { ...done, note: [done.note, `on ${key}`].filter(Boolean).join("; ") });
  if (confirmed && expectation.expected === "allowed") state.allowedParties.add(by.title);
}

/** Puts a test object into the folder of another request: as the writer if it may put, else as the deployer. */
async function putTestObject({ context, results, allowedParties }: ProbeState, by: Party, { resource }: Expectation): Promise<boolean> {
  const { contract, testObjects, callers } = context;
  const folder = folderOfObject({ resource }, testObjects);
  const expectation = sampleExpectation(contract, "object-for-probes", folder);
  const putters = [results.writer, callers.deployer].filter((party) => party !== undefined);
  for (const party of putters.filter((one) => one !== by || allowedParties.has(one.title))) {
    const put = await attempt("s3:PutObject", () => putObject({ aws: party.aws, testObjects, expectation, options: {} }));
    if (put.outcome === "allowed") return true;
  }
  return false;
}
