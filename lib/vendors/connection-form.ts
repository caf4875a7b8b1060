/** What a field of a vendor's form asks for. */
export enum ConnectionValue {
  /** The account of the bucket and the role, 12 digits. */
  AWS_ACCOUNT_ID = "awsAccountId",
  /** The bucket's name. */
  BUCKET_NAME = "bucketName",
  /** The bucket's ARN. */
  BUCKET_ARN = "bucketArn",
  /** The code of the bucket's Region. */
  REGION = "region",
  /** The path as the user gave it, empty if there is none. */
  KEY_PREFIX = "keyPrefix",
  /** ARN of the role that the vendor assumes. */
  ROLE_ARN = "roleArn",
  /** Name of the role that the vendor assumes. */
  ROLE_NAME = "roleName",
}

/** One field of a vendor's form. */
export interface ConnectionFormField {
  /** As the form shows it: `S3 Bucket Name`. */
  readonly label: string;
  /** What it asks for. */
  readonly value: ConnectionValue;
}
