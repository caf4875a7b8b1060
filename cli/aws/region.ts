/** Finds the bucket's region. S3 returns it in every answer to HeadBucket, even if it denies the request. */
import { type Failure, failureOf } from "./failure";
import type { Aws } from "./operations";

const FIRST_REGION: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
};

/** A region to send HeadBucket to while the bucket's region is unknown. */
export function regionToAskFrom(partition: string, configured: string | undefined): string {
  return configured ?? FIRST_REGION[partition] ?? "us-east-1";
}

export async function findRegion(
  aws: Aws,
  bucket: string,
  signal: AbortSignal,
): Promise<{ readonly region?: string; readonly failure?: Failure }> {
  try {
    const head = await aws.call("s3:HeadBucket", { Bucket: bucket }, { signal });
    return head.BucketRegion ? { region: head.BucketRegion } : {};
  } catch (error) {
    const failure = failureOf(error, "s3:HeadBucket");
    return { failure, ...(failure.region ? { region: failure.region } : {}) };
  }
}
