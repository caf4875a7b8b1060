/** Inputs that name the bucket in an S3 request. S3 refuses the request if the bucket belongs to another account than expected. */
export interface BucketAddress {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string;
}

export function bucketAddress(bucket: string, owner: string | undefined): BucketAddress {
  return { Bucket: bucket, ...(owner ? { ExpectedBucketOwner: owner } : {}) };
}
