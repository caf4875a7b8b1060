import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { ConnectionValue } from "../../connection-form";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.snowflake.com/en/user-guide/data-load-s3-config-storage-integration";
const SQL_PAGE = "https://docs.snowflake.com/en/sql-reference/sql/create-storage-integration";

/** Snowflake: storage integration. */
export const SNOWFLAKE_STORAGE_INTEGRATION = VendorProfile.of({
  id: "snowflake-storage-integration",
  vendorName: "Snowflake",
  product: "Storage Integration",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"],
  },
  leastPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
  },
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  connectionForm: [
    { label: "STORAGE_AWS_ROLE_ARN", value: ConnectionValue.ROLE_ARN },
    { label: "Bucket of STORAGE_ALLOWED_LOCATIONS", value: ConnectionValue.BUCKET_NAME },
    { label: "Path of STORAGE_ALLOWED_LOCATIONS", value: ConnectionValue.KEY_PREFIX },
  ],
  facts: [
    { fact: "One IAM user assumes the roles of all integrations of a Snowflake account", source: PAGE },
    { fact: "DESC INTEGRATION shows the user as STORAGE_AWS_IAM_USER_ARN and the external ID as STORAGE_AWS_EXTERNAL_ID", source: PAGE },
    { fact: "Snowflake generates the external ID unless STORAGE_AWS_EXTERNAL_ID sets it", source: SQL_PAGE },
    { fact: "PutObject is for unloading; DeleteObject is for PURGE and REMOVE only", source: PAGE },
    { fact: "STORAGE_AWS_OBJECT_ACL may be bucket-owner-full-control, and nothing else", source: SQL_PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-08-22" },
    { url: SQL_PAGE, readOn: "2026-11-29" },
  ],
  unknowns: ["the user's ARN, which only DESC INTEGRATION shows", "what Snowflake does with the KMS key", "whether Object Lock works"],
});
