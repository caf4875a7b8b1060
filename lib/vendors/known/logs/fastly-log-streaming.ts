import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.fastly.com/documentation/guides/integrations/logging-endpoints/log-streaming-amazon-s3";
const ROLE_PAGE = "https://www.fastly.com/documentation/guides/integrations/streaming-logs/creating-an-aws-iam-role-for-fastly-logging/";
const API_PAGE = "https://www.fastly.com/documentation/reference/api/logging/s3";

/** Fastly: real-time log streaming. */
export const FASTLY_LOG_STREAMING = VendorProfile.of({
  id: "fastly-log-streaming",
  vendorName: "Fastly",
  product: "Log Streaming",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject", "s3:AbortMultipartUpload"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  publishedPrincipals: { aws: "717331877981" },
  facts: [
    { fact: "Fastly's account 717331877981 assumes the role", source: ROLE_PAGE },
    { fact: "The external ID is your Fastly customer account ID", source: ROLE_PAGE },
    { fact: "The role may put objects and abort multipart uploads in the whole bucket", source: ROLE_PAGE },
    { fact: "Server-side encryption is AES256 or aws:kms with the ID of a key", source: API_PAGE },
    { fact: "A path without a slash at its end is a prefix of names, not a folder", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: ROLE_PAGE, readOn: "2026-11-29" },
    { url: API_PAGE, readOn: "2026-08-22" },
  ],
  unknowns: ["the ACL that is sent by default", "what Fastly does with the KMS key", "what it writes to test the connection"],
});
