import type { ChosenCallers } from "../credentials";
import { analyze, drift, liveFindings, readUntilStable, ruleFindings, simulate } from "../live";
import type { Validation } from "./state";

/** Stage: reads the bucket and the role as the deployer, and judges what was read. */
export async function readDestination(validation: Validation, { callers, mode }: ChosenCallers): Promise<void> {
  const { contract, options, place, planned, extras } = validation;
  const { signal } = options;
  if (!callers.deployer) return;
  const { aws } = callers.deployer;
  options.progress(contract, "reading the live policies and settings");
  const { live, results } = await readUntilStable(contract, { ...options, aws, place });
  const { account } = live;
  validation.live = live;
  validation.computed = new Map(results.map((result) => [result.id, result]));
  extras.push(...liveFindings(contract, live));

  const neighbours = options.contracts.filter(({ bucket }) => bucket.name === contract.bucket.name);
  const findings = ruleFindings(contract, live, { neighbours, complete: planned !== undefined });
  extras.push(...findings.results);
  validation.others = findings.others;

  validation.analysis = await analyze(contract, { aws, account, signal });
  extras.push(...validation.analysis.results);
  // In the other modes, requests as the role or the vendor give stronger evidence.
  if (mode === "deployer") validation.simulated = await simulate(contract, { aws, account, signal });
  if (planned) extras.push(...drift(contract, planned, account));
}
