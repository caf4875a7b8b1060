/** Default encryption of a bucket. */
export enum BucketEncryption {
  /** Keys that Amazon S3 manages (SSE-S3). */
  SSE_S3 = "AES256",
  /** A customer managed AWS KMS key (SSE-KMS). */
  SSE_KMS = "aws:kms",
}

/** Versioning state of a bucket. */
export enum BucketVersioning {
  /** Never enabled. */
  DISABLED = "Disabled",
  /** Enabled: every overwrite and delete keeps the older version. */
  ENABLED = "Enabled",
}

/** S3 Object Ownership. */
export enum ObjectOwnership {
  /** ACLs are off; the bucket's owner owns every object. */
  BUCKET_OWNER_ENFORCED = "BucketOwnerEnforced",
  /** ACLs work; objects with the ACL `bucket-owner-full-control` belong to the bucket's owner. */
  BUCKET_OWNER_PREFERRED = "BucketOwnerPreferred",
  /** ACLs work; the writer owns its objects. */
  OBJECT_WRITER = "ObjectWriter",
}
