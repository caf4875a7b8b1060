import type { DeliveryContract } from "../../lib/contract";
import { showFailure } from "../aws";
import type { ChosenCallers } from "../credentials";
import {
  analyze,
  bucketFindings,
  drift,
  findBucket,
  isMissing,
  judgeNamedCallers,
  liveFindings,
  lockedOut,
  missingBucket,
  type ReadBack,
  readBack,
  readUntilStable,
  ruleFindings,
  simulate,
} from "../live";
import type { Validation } from "./state";

/** Stage: reads the bucket and the role as the deployer, and judges what was read. */
export async function readDestination(validation: Validation, { callers, mode }: ChosenCallers): Promise<void> {
  const { contract, options, place } = validation;
  const { signal } = options;
  if (!callers.deployer) return;
  const { aws } = callers.deployer;
  options.progress(contract, "reading the live policies and settings");
  const live = await readUntilStable(contract, { ...options, aws, place, judge: (reading) => judgeReading(validation, reading) });
  validation.analysis = await analyze(contract, { aws, account: live.account, signal });
  // In the other modes, requests as the role or the vendor give stronger evidence.
  if (mode === "deployer") validation.simulated = await simulate(contract, { aws, account: live.account, signal });
  keepReading(validation, live);
}

/**
 * Stage: reads again after the requests. Somebody may have changed or deleted the bucket in the meantime, and the first reading may have
 * been out of date.
 */
export async function readAgain(validation: Validation, { callers, mode }: ChosenCallers): Promise<void> {
  const { contract, options, place, live } = validation;
  const { signal } = options;
  if (!callers.deployer || !live) return;
  const { aws } = callers.deployer;
  options.progress(contract, "reading the live policies and settings again");
  const found = await findBucket(aws, contract.bucket.name, signal);
  if (found.failure && isMissing(found)) {
    validation.extras.push(missingBucket(found.failure));
    // What was read describes a bucket that is gone.
    const cause = `the bucket was deleted while it was validated: ${showFailure(found.failure)}`;
    validation.computed = new Map(
      [...validation.computed].map(([id, { evidence: _, ...result }]) => [id, { ...result, outcome: "unknown", cause, deciding: [] }]),
    );
    return;
  }
  const again = await readBack(contract, { aws, place, signal });
  if (JSON.stringify(again) === JSON.stringify(live)) return;
  if (mode === "deployer") validation.simulated = await simulate(contract, { aws, account: again.account, signal });
  keepReading(validation, again);
}

function keepReading(validation: Validation, live: ReadBack): void {
  const { contract, planned, place, analysis } = validation;
  validation.live = live;
  validation.computed = new Map(judgeReading(validation, live).map((result) => [result.id, result]));
  validation.read = [
    ...liveFindings(contract, live),
    ...lockedOut(contract, live, planned),
    ...bucketFindings(contract, live, place.owner),
    ...ruleFindings(live, contractsOfBucket(validation), place.owner),
    ...analysis.results,
    ...(planned ? drift(contract, planned, live.account) : []),
  ];
}

function judgeReading(validation: Validation, live: ReadBack) {
  const { contract, options, place } = validation;
  const { account, aclGrants = [], unread } = live;
  const ownership = account.buckets[0]?.objectOwnership;
  const isAclUnread = ownership !== "BucketOwnerEnforced" && unread.some(({ operation }) => operation === "s3:GetBucketAcl");
  return judgeNamedCallers(contract, options.judge(contract, account), {
    account,
    contracts: contractsOfBucket(validation),
    owner: place.owner,
    aclGrants,
    ...(isAclUnread && { aclUnread: "s3:GetBucketAcl" }),
  });
}

/** All known contracts of the bucket. */
function contractsOfBucket({ contract, options }: Validation): readonly DeliveryContract[] {
  const neighbours = options.contracts.filter(({ bucket }) => bucket.name === contract.bucket.name);
  return neighbours.includes(contract) ? neighbours : [contract, ...neighbours];
}
