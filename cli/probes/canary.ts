/** What the deployer can show with rights of its own: the bucket takes an object, gives it back, and refuses plain HTTP. */
import type { DeliveryContract } from "../../lib/contract";
import type { TestObjects } from "../clean-up";
import type { Clock, LiveResult, Party } from "../report/validate/types";
import { attempt } from "./attempt";
import { type Performed, verdict } from "./outcome";
import { pollUntilStable } from "./poll-until-stable";
import { isPlainHttp, putObject, sampleExpectation } from "./requests";

export interface CanaryOptions {
  readonly contract: DeliveryContract;
  readonly site: TestObjects;
  readonly deployer: Party;
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export async function canary({
  contract,
  site,
  deployer,
  s3Ms,
  clock,
  signal,
}: CanaryOptions): Promise<{ held: boolean; results: LiveResult[] }> {
  const { aws } = deployer;
  const results: LiveResult[] = [];
  const deadline = clock.now() + s3Ms;
  const sample = sampleExpectation(contract, "canary");
  const run = async (id: string, title: string, expected: "allowed" | "denied", operation: string, call: () => Promise<void>) => {
    const wanted = expected === "allowed" ? "allowed" : "refused";
    const held = await pollUntilStable(() => attempt(operation, call), { wanted, deadline, clock, signal });
    const performed = verdict(expected, held, deployer);
    const remedy = `give the deployer ${operation} on ${contract.bucket.arn}/${contract.keyPrefix}*`;
    const lacks = expected === "allowed" && performed.outcome === "fail" && held.last.outcome === "refused";
    results.push(performedResult(id, title, expected, lacks ? { ...performed, remedy } : performed));
    return held.settled;
  };

  const held = await run("canary-put", "the deployer can put a test object", "allowed", "s3:PutObject", () =>
    putObject({ aws, site, expectation: sample, options: {} }),
  );
  if (!held) return { held, results };
  await run("canary-get", "the deployer can read the test object back", "allowed", "s3:GetObject", async () => {
    const answer = await aws.call("s3:GetObject", { ...site.address(), Key: site.present()!.key }, { signal });
    await answer.Body?.transformToByteArray();
  });
  // Of the root user no refusal is expected: it can always repair a bucket policy, and must not be used.
  const isRoot = deployer.arn?.endsWith(":root") ?? false;
  if (!isRoot && contract.expectations.some((expectation) => expectation.expected === "denied" && isPlainHttp(expectation)))
    await run("canary-http", "the deployer cannot put a test object over plain HTTP", "denied", "s3:PutObject", () =>
      putObject({ aws, site, expectation: sample, options: { plainHttp: true } }),
    );
  return { held, results };
}

function performedResult(id: string, title: string, expected: "allowed" | "denied", performed: Performed): LiveResult {
  const { outcome, wavering: _, ...rest } = performed;
  return {
    id,
    title,
    kind: "extra",
    expected,
    outcome,
    deciding: [],
    ...(outcome === "unknown" ? {} : { evidence: "performed" }),
    ...rest,
  };
}
