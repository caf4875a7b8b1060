/** Proves by the live policies what the contract says about all requests, as `check` does by the plan. */
import { type DeliveryContract, PROOF_IDS, type Result } from "../../lib/contract";
import { neighboursOf, prove } from "../../lib/proof";
import { rightFor } from "../aws";
import { accessPointFindings } from "./access-point-findings";
import { REMOVE_GRANT } from "./bucket-findings";
import { isOfLogDelivery, type ReadBack } from "./read-back";

/** Other roles and buckets of the account are not read, so nothing is said about them. */
const NOT_ASKED: readonly string[] = [PROOF_IDS.otherRoles, PROOF_IDS.nothingBeside];

/** @param contracts all known contracts of the bucket, with the contract itself */
export function proveLive(contract: DeliveryContract, live: ReadBack, contracts: readonly DeliveryContract[]): Result[] {
  return prove(contract, live.account, {
    neighbours: neighboursOf(contracts).get(contract),
    ...(areAccessPointsJudged(contract, live, contracts) && { accessPoints: "judged" }),
  })
    .filter(({ id }) => !NOT_ASKED.includes(id))
    .map((result) => (result.id === PROOF_IDS.nobodyElse ? withAcl(result, live) : result));
}

/** Whether all access points are known, and none of them allows more than the contract. */
function areAccessPointsJudged(contract: DeliveryContract, live: ReadBack, contracts: readonly DeliveryContract[]): boolean {
  return live.surroundings?.hasAllPoints === true && accessPointFindings(contract, live, { contracts, rules: [] }).length === 0;
}

/** An ACL gives access that no policy shows, unless ACLs are disabled. */
function withAcl(result: Result, { account, aclGrants }: ReadBack): Result {
  const bucket = account.buckets[0];
  if (result.outcome === "fail" || bucket?.objectOwnership === "BucketOwnerEnforced") return result;
  const { evidence: _, ...rest } = result;
  if (aclGrants === undefined) {
    if (result.outcome === "unknown") return result;
    const right = rightFor("s3:GetBucketAcl");
    return {
      ...rest,
      outcome: "unknown",
      cause: `it depends on the bucket's ACL: ${right} is missing`,
      remedy: `give the deployer ${right}`,
    };
  }
  const ignoresPublic = bucket?.blockPublicAccess.ignorePublicAcls === "true";
  const grant = aclGrants.find((one) => !isOfLogDelivery(one) && !(one.isPublic && ignoresPublic));
  if (grant === undefined) return result;
  return {
    ...rest,
    outcome: "fail",
    evidence: "computed",
    cause: `the bucket's ACL gives ${grant.who} ${grant.permission}`,
    remedy: REMOVE_GRANT,
    deciding: [],
  };
}
