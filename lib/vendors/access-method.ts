/** How a vendor gets access to the bucket. */
export enum VendorAccessMethod {
  /** The vendor assumes a role in the customer's account. */
  ASSUMED_ROLE = "assumedRole",
  /** The bucket policy names the vendor's principal. */
  BUCKET_POLICY = "bucketPolicy",
}

/** Whether the vendor presents an external ID. */
export enum ExternalIdUse {
  /** The vendor's documentation has none: a condition on it would lock the vendor out. */
  NONE = "none",
  /** The vendor sends one if you enter it into its form. */
  OPTIONAL = "optional",
  /** The vendor always sends one: the role must ask for it. */
  REQUIRED = "required",
  /** Not documented. */
  UNKNOWN = "unknown",
}
