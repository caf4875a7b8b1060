import { ExternalIdUse, VendorAccessMethod } from "./access-method";
import { BucketEncryption, BucketVersioning } from "./bucket-settings";
import { ConnectionValue } from "./connection-form";
import { VendorProfile } from "./vendor-profile";

const PAGE = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration";
const IRU_PAGE = "https://docs.iru.com/en/endpoint/integrations/security/amazon-s3-activity-log-events-integration";

/** Kandji, now Iru: Amazon S3 Activity Log Integration. */
export const KANDJI_PROFILE = VendorProfile.of({
  id: "kandji",
  vendorName: "Kandji",
  product: "Activity Log",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:*"] },
  leastPermissions: {
    bucketActions: ["s3:ListBucket"],
    objectActions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
  },
  exercisedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:DeleteObject"] },
  externalId: ExternalIdUse.NONE,
  encryptions: [BucketEncryption.SSE_S3],
  bucketKey: true,
  versioning: BucketVersioning.DISABLED,
  connectionForm: [
    { label: "AWS Account ID", value: ConnectionValue.AWS_ACCOUNT_ID },
    { label: "S3 Bucket Name", value: ConnectionValue.BUCKET_NAME },
    { label: "Destination Path", value: ConnectionValue.KEY_PREFIX },
    { label: "IAM Role ARN", value: ConnectionValue.ROLE_ARN },
    { label: "AWS Region", value: ConnectionValue.REGION },
  ],
  cadence: { firstDeliveryWithinMinutes: 120, everyMinutes: 60 },
  acceptedFindings: [
    { code: "R-ver", reason: "Kandji asks to keep bucket versioning disabled", source: PAGE },
    { code: "R-kms", reason: "Kandji supports the default encryption SSE-S3 only", source: PAGE },
    { code: "R-wild", reason: "Kandji documents s3:* on the objects of the bucket", source: PAGE },
  ],
  facts: [
    { fact: "The vendor's role assumes a role in the customer's account; the trust policy has no condition", source: PAGE },
    { fact: "The values KANDJI_AWS_ACCOUNT_ID and KANDJI_IAM_ROLE are shown when the integration is added", source: PAGE },
    { fact: "Iru calls them IRU_ENDPOINT_AWS_ACCOUNT_ID and IRU_ENDPOINT_IAM_ROLE", source: IRU_PAGE },
    { fact: "Inline policy: s3:ListBucket on the bucket, s3:* on its objects", source: PAGE },
    { fact: "Block all public access; versioning disabled; SSE-S3 with the bucket key enabled, nothing else", source: PAGE },
    { fact: "The bucket policy AllowSSLRequestsOnly refuses plain HTTP", source: PAGE },
    { fact: "On Connect a test file is uploaded and deleted", source: PAGE },
    { fact: "The first collection covers the previous hour, then hourly; first events within two hours", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-22" },
    { url: IRU_PAGE, readOn: "2026-11-22" },
  ],
  unknowns: [
    "the vendor's account ID and role name, which only its screen shows",
    "name and place of the test file, so a limit to the destination path is not confirmed",
    "the least actions that suffice",
    "supported regions",
  ],
});
