/** How much the vendor is granted. */
export enum VendorPermissions {
  /** Exactly what the vendor's page documents. */
  DOCUMENTED = "documented",
  /** The actions that its deliveries need, within the paths that it was given. The vendor has not confirmed that this suffices. */
  LEAST_PRIVILEGE = "leastPrivilege",
}

/** S3 actions, each on its right level. */
export interface VendorPermissionSet {
  /** Actions on the bucket, for example `s3:ListBucket`. */
  readonly bucketActions: string[];
  /** Actions on its objects, for example `s3:PutObject`. */
  readonly objectActions: string[];
}
