import type { Rule } from "../rule";

export const requesterPays: Rule = {
  id: "requester-pays",
  title: "the bucket rejects requests of other accounts that do not agree to pay",
  severity: "high",
  reason:
    "With Requester Pays, Amazon S3 returns 403 to the vendor unless it sends x-amz-request-payer, which its documentation does not " +
    "mention",
  remedy: "set the payer to BucketOwner",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html",
  bucket: ({ bucket, contracts }) =>
    // A role of your own account does not make requests from another account.
    bucket.requestPayer === "Requester" && contracts.some(({ door }) => door === "bucketPolicy")
      ? { detail: "the payer is Requester", location: bucket.locations.requestPayer ?? bucket.location }
      : undefined,
};
