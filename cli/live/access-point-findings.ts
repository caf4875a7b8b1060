/**
 * Judges the policies of access points to which the bucket policy delegates access control. Where it does not delegate, it must allow a
 * request itself, so it shows what is possible.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */

import { type DeliveryContract, PROOF_IDS, type Result } from "../../lib/contract";
import { type CompiledStatement, decide, unknownText } from "../../lib/evaluate";
import { isPositive, readablePolicies } from "../../lib/judge";
import type { PlannedBucket, PlannedPolicy } from "../../lib/plan";
import { neighboursOf, prove } from "../../lib/proof";
import { matches } from "../../lib/rules";
import { rightFor } from "../aws";
import type { LiveResult } from "../report/validate";
import { docsPage } from "../version";
import { throughAccessPoint } from "./access-point-policy";
import type { LiveAccessPoint, ReadBack } from "./read-back";

/** The statements about all requests that an access point could break. */
const ASKED: readonly string[] = [PROOF_IDS.nobodyElse, PROOF_IDS.nothingElse];

/**
 * @param contracts all known contracts of the bucket, with the contract itself
 * @param rules the findings of the rules, which name whom an access point's policy lets in
 */
export function accessPointFindings(
  contract: DeliveryContract,
  live: ReadBack,
  { contracts, rules }: { readonly contracts: readonly DeliveryContract[]; readonly rules: readonly LiveResult[] },
): LiveResult[] {
  const bucket = live.account.buckets.find(({ name }) => name === contract.bucket.name);
  const delegating = bucket === undefined ? [] : delegatingStatements(bucket);
  const { surroundings } = live;
  if (bucket === undefined || delegating.length === 0) return [];
  if (surroundings === undefined || !surroundings.hasAllPoints)
    return [unread("the bucket policy delegates to access points, and not all of them could be listed", "s3control:ListAccessPoints")];
  return surroundings.points
    .filter((point) => delegating.some((statement) => delegatesTo(statement, point, bucket)))
    .flatMap((point) => {
      const isReported = rules.some(({ outcome, location }) => outcome === "fail" && location?.file === point.arn);
      return judgePoint(contract, { point, bucket, live, contracts, isReported });
    });
}

interface Judged {
  readonly point: LiveAccessPoint;
  readonly bucket: PlannedBucket;
  readonly live: ReadBack;
  readonly contracts: readonly DeliveryContract[];
  /** A rule reports whom the policy lets in. */
  readonly isReported: boolean;
}

function judgePoint(contract: DeliveryContract, { point, bucket, live, contracts, isReported }: Judged): LiveResult[] {
  const { policy, name, block } = point;
  if (policy === undefined)
    return [
      unread(`the bucket policy delegates to the access point ${name}, whose policy could not be read`, "s3control:GetAccessPointPolicy"),
    ];
  const { document, isExact } = throughAccessPoint(point, policy, bucket);
  if (document === undefined) return [];
  const merged: PlannedPolicy = { document, text: JSON.stringify(document), location: policy.location };
  const blockPublicAccess = { ...bucket.blockPublicAccess, ...ownBlock(bucket, block) };
  const account = { ...live.account, buckets: [{ ...bucket, policies: [merged], blockPublicAccess }], dataFlows: [] };
  return prove(contract, account, { neighbours: neighboursOf(contracts).get(contract), accessPoints: "open" })
    .filter(({ id, outcome }) => ASKED.includes(id) && outcome !== "pass" && !(isReported && id === PROOF_IDS.nobodyElse))
    .map((result) => finding(result, point, { isCertain: isExact && passesBucket(result, point, bucket) }));
}

/** The stricter of both settings applies. An access point whose setting is not known adds no protection. */
function ownBlock(
  { blockPublicAccess: { restrictPublicBuckets } }: PlannedBucket,
  block: LiveAccessPoint["block"],
): Partial<PlannedBucket["blockPublicAccess"]> {
  return block?.RestrictPublicBuckets === true && restrictPublicBuckets !== "true" ? { restrictPublicBuckets: "true" } : {};
}

function delegatingStatements({ policies }: PlannedBucket): CompiledStatement[] {
  return readablePolicies(policies, "resource").flatMap(({ allows }) =>
    allows.filter(({ conditions }) => conditions.some(({ key }) => key.startsWith("s3:dataaccesspoint"))),
  );
}

/** Values of the condition keys in a request through the access point. */
function keysOf({ arn, vpc }: LiveAccessPoint, { account }: PlannedBucket): Readonly<Record<string, string>> {
  return {
    "s3:DataAccessPointAccount": account ?? unknownText("the account of the bucket"),
    "s3:DataAccessPointArn": arn,
    "s3:AccessPointNetworkOrigin": vpc === undefined ? "Internet" : "VPC",
  };
}

/** Whether the statement may apply to requests through the access point. */
function delegatesTo({ conditions }: CompiledStatement, point: LiveAccessPoint, bucket: PlannedBucket): boolean {
  const known = Object.entries(keysOf(point, bucket));
  return conditions.every((condition) => {
    const [, value] = known.find(([key]) => key.toLowerCase() === condition.key) ?? [];
    if (value === undefined || !isPositive(condition)) return true;
    return condition.key === "s3:dataaccesspointaccount" && bucket.account === undefined
      ? true
      : condition.values.some((pattern) => matches(pattern, value));
  });
}

/** Whether the bucket policy also lets the request through that the access point allows. */
function passesBucket({ witness }: Result, point: LiveAccessPoint, bucket: PlannedBucket): boolean {
  if (witness === undefined) return false;
  const [resourcePolicy] = readablePolicies(bucket.policies, "resource");
  if (resourcePolicy === undefined) return false;
  const { principal, action, resource, context } = witness;
  const request = { principal, action, resource, context: { ...context, ...keysOf(point, bucket) } };
  const resourceAccount = bucket.account === undefined ? {} : { resourceAccount: bucket.account };
  return decide({ ...request, ...resourceAccount }, { resourcePolicy }).verdict === "Allowed";
}

const BASE = {
  id: "access-point-policy",
  title: "access points give nobody more than the contract",
  kind: "extra",
  expected: "denied",
  deciding: [],
} as const;

function finding(
  { outcome, cause = "", witness }: Result,
  { name, arn, policy, vpc }: LiveAccessPoint,
  { isCertain }: { readonly isCertain: boolean },
): LiveResult {
  const from = vpc === undefined ? "" : `, from ${vpc}`;
  const said = cause.replace(/ by statement .*$/, "");
  const base = {
    ...BASE,
    remedy: "remove the statement from the policy of the access point, or delete the access point",
    location: policy?.location ?? { file: arn },
    ...(witness && { witness }),
  };
  if (outcome === "fail" && isCertain)
    return { ...base, outcome, evidence: "proved", cause: `through the access point ${name}${from}, ${said}` };
  const open = outcome === "fail" ? `could not exclude that ${said}` : cause;
  return { ...base, outcome: "unknown", cause: `through the access point ${name}${from}: ${open}` };
}

function unread(cause: string, operation: Parameters<typeof rightFor>[0]): LiveResult {
  return { ...BASE, outcome: "unknown", cause, remedy: `grant the deployer ${rightFor(operation)} (${docsPage("validate.md#rights")})` };
}
