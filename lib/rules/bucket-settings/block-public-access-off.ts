import { settingName } from "../../judge";
import type { Rule } from "../rule";

export const blockPublicAccessOff: Rule = {
  id: "block-public-access-off",
  title: "Block Public Access is not fully enabled",
  severity: "medium",
  reason:
    "A later mistake in a policy or an ACL would make the bucket public. Only buckets created since April 2023 have Block Public " +
    "Access by default",
  remedy: "add aws_s3_bucket_public_access_block with all four settings true",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  bucket: ({ bucket, contracts }) => {
    // A setting that the contract itself names is checked as an expectation of the contract.
    const isJudged = (name: string) => contracts.some(({ posture }) => posture.some(({ property }) => property === name));
    const off = Object.entries(bucket.blockPublicAccess).filter(
      ([name, value]) => (value === undefined || value === "false") && !isJudged(name),
    );
    const names = off.map(([name]) => settingName(name, bucket.locations[name] ?? bucket.location));
    return names.length === 0 ? undefined : `not enabled: ${names.join(", ")}`;
  },
};
