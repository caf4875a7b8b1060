/** What the deployer can show with its own rights: it can put a test object and read it back, and plain HTTP is denied. */
import type { DeliveryContract } from "../../lib/contract";
import type { TestObjects } from "../clean-up";
import type { Clock } from "../clock";
import type { Party } from "../credentials";
import type { LiveResult } from "../report/validate";
import { attempt } from "./attempt";
import { extraResult, outcomeOf } from "./outcome";
import { blockedBy, isNoAnswerOfAws, type PollResult, pollUntilStable } from "./poll-until-stable";
import { isPlainHttp, putObject, sampleExpectation } from "./requests";

export interface CanaryOptions {
  readonly contract: DeliveryContract;
  readonly testObjects: TestObjects;
  readonly deployer: Party;
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface CanaryResult {
  /** The deployer was allowed to put a test object. */
  readonly hasPut: boolean;
  readonly results: readonly LiveResult[];
  /** Why no request over plain HTTP reaches AWS. */
  readonly plainHttpBlocked?: string;
}

export async function runCanary(options: CanaryOptions): Promise<CanaryResult> {
  const { contract, testObjects, deployer, clock, signal } = options;
  const deadline = clock.now() + options.s3Ms;
  const expectation = sampleExpectation(contract, "canary", testObjects.folder);
  const { aws } = deployer;

  const put = await runStep(options, deadline, {
    id: "canary-put",
    title: "the deployer can put a test object",
    expected: "allowed",
    operation: "s3:PutObject",
    call: () => putObject({ aws, testObjects, expectation, options: {} }),
  });
  if (!put.poll.confirmed) return { hasPut: false, results: [put.result] };
  const get = await runStep(options, deadline, {
    id: "canary-get",
    title: "the deployer can read the test object back",
    expected: "allowed",
    operation: "s3:GetObject",
    call: async () => {
      const answer = await aws.call("s3:GetObject", { ...testObjects.address(), Key: testObjects.present()!.key }, { signal });
      await answer.Body?.transformToByteArray();
    },
  });
  const results = [put.result, get.result];
  // The root user is not expected to be denied. It can always repair the bucket policy, and nobody should deploy with it.
  const isRoot = deployer.arn?.endsWith(":root") ?? false;
  if (!isRoot && contract.expectations.some((one) => one.expected === "denied" && isPlainHttp(one))) {
    const http = await runStep(options, deadline, {
      id: "canary-http",
      title: "the deployer cannot put a test object over plain HTTP",
      expected: "denied",
      operation: "s3:PutObject",
      plainHttp: true,
      call: () => putObject({ aws, testObjects, expectation, options: { plainHttp: true } }),
    });
    // The expectation about plain HTTP is then computed, as docs/validate.md says.
    if (isNoAnswerOfAws(http.poll.last)) return { hasPut: true, results, plainHttpBlocked: blockedBy(http.poll.last) };
    results.push(http.result);
  }
  return { hasPut: true, results };
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly expected: "allowed" | "denied";
  readonly operation: string;
  readonly plainHttp?: boolean;
  call(): Promise<unknown>;
}

async function runStep(
  { contract, testObjects, deployer, clock, signal }: CanaryOptions,
  deadline: number,
  step: Step,
): Promise<{ readonly poll: PollResult; readonly result: LiveResult }> {
  const { expected, operation } = step;
  const wanted = expected === "allowed" ? "allowed" : "refused";
  const mayBeBlocked = step.plainHttp ?? false;
  const poll = await pollUntilStable(() => attempt(operation, step.call), { wanted, deadline, mayBeBlocked, clock, signal });
  const performed = outcomeOf(expected, poll, deployer);
  const lacksRight = expected === "allowed" && performed.outcome === "fail" && poll.last.outcome === "refused";
  const remedy = `give the deployer ${operation} on ${contract.bucket.arn}/${testObjects.folder}*`;
  return { poll, result: extraResult(step, lacksRight ? { ...performed, remedy } : performed) };
}
