import type { Callers, ChosenCallers } from "../credentials";
import { createStandIn, runCanary, runProbes, tryMultipartUpload } from "../probes";
import type { Validation } from "./state";

/** Stage: makes the requests that the vendor must be allowed to make, and those that must be denied. */
export async function makeRequests(validation: Validation, { callers: chosen, mode }: ChosenCallers): Promise<void> {
  const { contract, options, testObjects, computed, probes, extras } = validation;
  const { clock, signal, s3Ms } = options;
  const { deployer } = chosen;
  let deployerHasPut = false;
  if (deployer && mode === "deployer" && (await testObjects.whyNotWrite(testObjects.folder)) === undefined) {
    options.progress(contract, "putting a test object");
    const canary = await runCanary({ contract, testObjects, deployer, s3Ms, clock, signal });
    deployerHasPut = canary.hasPut;
    extras.push(...canary.results);
    if (canary.plainHttpBlocked !== undefined) probes.plainHttpBlocked = canary.plainHttpBlocked;
  }
  const callers = mode === "stand-in" ? await withStandIn(validation, chosen) : chosen;
  const progress = (step: string) => options.progress(contract, step);
  await runProbes({ ...options, contract, testObjects, callers, computed, deployerHasPut, progress }, probes);
  const uploader = probes.writer ?? deployer;
  if (options.multipart && uploader && !options.readOnly)
    extras.push(await tryMultipartUpload({ testObjects, uploader, ...(deployer && { witness: deployer.aws }), s3Ms, clock, signal }));
}

/** The callers, with a stand-in role in place of the destination role. */
async function withStandIn(validation: Validation, callers: Callers): Promise<Callers> {
  const { contract, options, live, testObjects } = validation;
  if (!callers.deployer || !contract.role || !live || options.readOnly) return callers;
  options.progress(contract, "creating a stand-in role");
  const { deployer } = callers;
  const standIn = await createStandIn({
    ...options,
    region: testObjects.region,
    deployer,
    account: live.account,
    roleArn: contract.role.arn,
  });
  validation.standIn = standIn;
  return { ...callers, role: { title: "a stand-in role", isStandIn: true, assume: standIn.assume } };
}
