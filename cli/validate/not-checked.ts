import { rightFor, showFailure } from "../aws";
import type { Callers } from "../credentials";
import { type Analysis, type ExternalAccess, type ReadBack, type Simulated, shownTime } from "../live";
import type { Mode } from "../report/validate";

export interface CheckedParts {
  readonly mode: Mode;
  readonly callers: Callers | undefined;
  readonly live: ReadBack | undefined;
  readonly simulated: Simulated;
  readonly analysis: Analysis;
  readonly external: ExternalAccess | undefined;
  /** Why no request over plain HTTP reaches AWS. */
  readonly plainHttpBlocked: string | undefined;
}

export function notChecked({ mode, callers, live, simulated, analysis, external, plainHttpBlocked }: CheckedParts): string[] {
  const asVendor = mode === "vendor" && callers?.vendor !== undefined;
  return [
    ...(asVendor ? [] : ["the vendor's own policies, permissions boundary and SCPs: only the vendor's credentials can show them"]),
    ...aroundBucket(live, external),
    "Block Public Access of the organization",
    "Multi-Region and Object Lambda Access Points",
    "metadata configurations, which report names of objects (s3:GetBucketMetadataTableConfiguration)",
    "ACLs of single objects, unless ACLs are disabled",
    "settings that give nobody access: CORS, access logging, metrics, acceleration, Intelligent-Tiering and tags of the bucket; session duration and description of the role",
    "policies of VPC endpoints that the vendor uses",
    live === undefined
      ? "what holds for every request: nobody read the live policies"
      : "other roles of the account that reach the bucket, and who may assume them",
    ...(live?.unread ?? []).map(({ operation, failure }) => `what ${rightFor(operation)} would show: ${showFailure(failure)}`),
    ...(analysis.failure
      ? [`what access-analyzer:ValidatePolicy and access-analyzer:CheckNoPublicAccess would show: ${showFailure(analysis.failure)}`]
      : []),
    ...(simulated.failure
      ? [`what iam:SimulateCustomPolicy (the IAM policy simulator) would show: ${showFailure(simulated.failure)}`]
      : []),
    ...(plainHttpBlocked === undefined
      ? []
      : [`AWS's own answer over plain HTTP, as the network blocks it here (${plainHttpBlocked}): the live policies decide`]),
  ];
}

/** What surrounds the bucket, as far as it was not read. */
function aroundBucket(live: ReadBack | undefined, external: ExternalAccess | undefined): string[] {
  const { surroundings } = live ?? {};
  const nobodyRead = [
    "SCPs and RCPs of this organization",
    "Block Public Access of the account",
    "access points of the bucket",
    "S3 Access Grants",
  ];
  const unseen = [...(surroundings?.unseen ?? []), ...(external?.unseen ?? [])];
  return [
    ...(surroundings ? [] : nobodyRead),
    ...(external ? [] : ["findings of IAM Access Analyzer"]),
    ...(external?.lastAnalyzed ?? []).map(
      (time) =>
        `changes that IAM Access Analyzer has not analyzed yet: AWS needs up to 30 minutes, and it last analyzed a resource at ${shownTime(time)}`,
    ),
    ...unseen.map(({ subject, right, why }) => `what ${right} (${subject}) would show: ${why}`),
  ];
}
