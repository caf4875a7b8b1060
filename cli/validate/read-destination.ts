import { accountOf, type DeliveryContract, isAssuming, OWN_ACCOUNT, PROOF_IDS, type Result } from "../../lib/contract";
import { showFailure } from "../aws";
import type { ChosenCallers, Party } from "../credentials";
import {
  accessPointFindings,
  analyze,
  bucketFindings,
  drift,
  externalAccessFindings,
  findBucket,
  foreignBucket,
  isMissing,
  judgeNamedCallers,
  keyFindings,
  liveFindings,
  lockedOut,
  missingBucket,
  otherRegion,
  proveLive,
  type ReadBack,
  readBack,
  readExternalAccess,
  readSurroundings,
  readUntilStable,
  ruleFindings,
  type Surroundings,
  simulate,
} from "../live";
import type { LiveResult } from "../report/validate";
import { COMPARE, DEPENDS_ON_REQUEST } from "./merge";
import { withMissingRights } from "./missing-rights";
import type { Validation } from "./state";

/** Stage: reads the bucket and the role as the deployer, and judges what was read. */
export async function readDestination(validation: Validation, { callers, mode }: ChosenCallers): Promise<void> {
  const { contract, options, place } = validation;
  const { signal } = options;
  if (!callers.deployer) return;
  const { aws } = callers.deployer;
  options.progress(contract, "reading the live policies and settings");
  const surroundings = await surroundingsOf(validation, callers.deployer);
  const judge = (reading: ReadBack) => judgeReading(validation, reading);
  const live = await readUntilStable(contract, { ...options, aws, place, judge, ...(surroundings && { surroundings }) });
  const foreign = await foreignBucket(contract.bucket.name, {
    aws,
    live,
    account: callers.deployer.account,
    owner: place.owner,
    signal,
  });
  if (foreign) {
    validation.live = live;
    validation.isForeign = true;
    validation.extras.push(foreign);
    const asked = contract.expectations.filter(({ action }) => isAssuming(action)).map(({ id }) => id);
    const { assumed, externalIds, otherBuckets, ownRights } = PROOF_IDS;
    const ofRole = new Set<string>([...asked, assumed, externalIds, otherBuckets, ownRights]);
    validation.computed = byId(
      judgeReading(validation, live).map((result) => (ofRole.has(result.id) ? result : withheld(result, foreign))),
    );
    return;
  }
  keepJudged(validation, live);
  const { analyzers } = options.shared;
  const accounts = [place.owner ?? callers.deployer.account, roleAccountOf(contract)].filter((account) => account !== undefined);
  [validation.analysis, validation.external] = await Promise.all([
    analyze(contract, { aws, account: live.account, signal }),
    readExternalAccess(contract, { aws, region: place.region, analyzers, accounts, signal }),
  ]);
  // In the other modes, requests as the role or the vendor give stronger evidence.
  if (mode === "deployer") validation.simulated = await simulate(contract, { aws, account: live.account, signal });
  keepFindings(validation, live);
}

/** They change seldom, so they are read once. */
async function surroundingsOf(
  { contract, options, place }: Validation,
  { aws, account: caller }: Party,
): Promise<Surroundings | undefined> {
  const account = place.owner ?? caller;
  if (account === undefined) return undefined;
  const { organizations } = options.shared;
  const roleAccount = roleAccountOf(contract);
  return readSurroundings({ aws, bucket: contract.bucket.name, account, roleAccount, organizations, caller, signal: options.signal });
}

function roleAccountOf({ role }: DeliveryContract): string | undefined {
  const account = role && accountOf(role.arn);
  return account === OWN_ACCOUNT ? undefined : account;
}

/** How long a changed reading may be out of date. */
const AGAIN_MS = 10_000;

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
  // The first reading describes another bucket than the one that exists now.
  const discard = (finding: LiveResult, cause: string) => {
    validation.extras.push(finding);
    validation.read = validation.read.filter(({ outcome }) => outcome !== "pass");
    validation.computed = byId([...validation.computed.values()].map((result) => withheld(result, { cause })));
  };
  if (found.failure && isMissing(found))
    return discard(missingBucket(found.failure), `the bucket was deleted while it was validated: ${showFailure(found.failure)}`);
  if (place.isRegionFound && found.region !== undefined && found.region !== place.region)
    return discard(
      { ...otherRegion(place.region, found.region), title: "the bucket stays in its region" },
      `the bucket moved to ${found.region} while it was validated`,
    );
  const { surroundings } = live;
  const read = { ...options, aws, place, ...(surroundings && { surroundings }) };
  if (JSON.stringify(await readBack(contract, read)) === JSON.stringify(live)) return;
  // One reading may be older than the first, or be incomplete.
  const judge = (reading: ReadBack) => judgeReading(validation, reading);
  const again = await readUntilStable(contract, { ...read, judge, s3Ms: Math.min(options.s3Ms, AGAIN_MS) });
  const foreign = await foreignBucket(contract.bucket.name, {
    aws,
    live: again,
    account: callers.deployer.account,
    owner: place.owner,
    signal,
  });
  if (foreign) return discard(foreign, `${foreign.cause}; it was another bucket when the validation began`);
  if (mode === "deployer") validation.simulated = await simulate(contract, { aws, account: again.account, signal });
  keepJudged(validation, again);
  keepFindings(validation, again);
}

/** The result as unknown, for a reason that does not come from the result itself. */
function withheld({ id, title, expected }: Result, { cause, remedy }: Pick<Result, "cause" | "remedy">): Result {
  return { id, title, expected, outcome: "unknown", deciding: [], ...(cause ? { cause } : {}), ...(remedy ? { remedy } : {}) };
}

function byId(results: readonly Result[]): ReadonlyMap<string, Result> {
  return new Map(results.map((result) => [result.id, result]));
}

/** Whatever stops the run later: what was read decides what was not tried. */
function keepJudged(validation: Validation, live: ReadBack): void {
  validation.live = live;
  validation.computed = byId(withMissingRights(judgeReading(validation, live), live));
}

function keepFindings(validation: Validation, live: ReadBack): void {
  const { contract, planned, place, analysis, external } = validation;
  const contracts = contractsOfBucket(validation);
  const rules = ruleFindings(live, contracts, place.owner);
  const ruleResults = rules.map(({ result }) => result);
  validation.read = [
    ...liveFindings(contract, live),
    ...lockedOut(contract, live, planned),
    ...bucketFindings(contract, live, place.owner),
    ...keyFindings(live, { contracts, owner: place.owner, planned }),
    ...ruleResults,
    ...accessPointFindings(contract, live, { contracts, rules: ruleResults }),
    ...analysis.results,
    ...(external ? externalAccessFindings(external, { contracts, live, rules }) : []),
    ...(planned ? drift(contract, planned, live.account) : []),
  ];
}

function judgeReading(validation: Validation, live: ReadBack) {
  const { contract, options, place } = validation;
  const { account, aclGrants = [], unread } = live;
  const ownership = account.buckets[0]?.objectOwnership;
  const isAclUnread = ownership !== "BucketOwnerEnforced" && unread.some(({ operation }) => operation === "s3:GetBucketAcl");
  const contracts = contractsOfBucket(validation);
  const judged = judgeNamedCallers(contract, options.judge(contract, account), {
    account,
    contracts,
    owner: place.owner,
    aclGrants,
    ...(isAclUnread && { aclUnread: "s3:GetBucketAcl" }),
  });
  return [...judged, ...proveLive(contract, live, contracts)].map(withLiveRemedy);
}

/** `check` is told what a validation can find out. */
const OPTION_OF_CHECK = /; state the caller's organization with --[\w-]+$/;

function withLiveRemedy(result: Result): Result {
  const { remedy, outcome, cause = "" } = result;
  if (remedy !== undefined && OPTION_OF_CHECK.test(remedy))
    return {
      ...result,
      remedy: remedy.replace(OPTION_OF_CHECK, "; or validate with the vendor's credentials, which show whether it applies"),
    };
  if (outcome === "fail" && IS_PUBLIC.test(cause)) return { ...result, remedy: NOT_PUBLIC };
  return outcome === "unknown" && remedy === undefined && DEPENDS_ON_REQUEST.test(cause) ? { ...result, remedy: COMPARE } : result;
}

const IS_PUBLIC = / by Block Public Access \(RestrictPublicBuckets\)$/;
const NOT_PUBLIC = "name the principals of the public statement, or restrict it to fixed values, so that it is no longer public";

/** All known contracts of the bucket. */
export function contractsOfBucket({ contract, options }: Validation): readonly DeliveryContract[] {
  const neighbours = options.contracts.filter(({ bucket }) => bucket.name === contract.bucket.name);
  return neighbours.includes(contract) ? neighbours : [contract, ...neighbours];
}
