import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://posthog.com/docs/cdp/batch-exports/s3";

/** PostHog: batch exports. */
export const POSTHOG_BATCH_EXPORTS = VendorProfile.of({
  id: "posthog-batch-exports",
  vendorName: "PostHog",
  product: "Batch Exports",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject", "s3:AbortMultipartUpload"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  publishedPrincipals: {
    us: "arn:aws:iam::309986977637:role/posthog-external-batch-exports",
    eu: "arn:aws:iam::623789312881:role/posthog-external-batch-exports",
  },
  facts: [
    { fact: "The role posthog-external-batch-exports assumes yours, from another account in the US than in the EU", source: PAGE },
    { fact: "The external ID is posthog- and your organization ID; an export fails where the role does not require it", source: PAGE },
    { fact: "The role may put objects and abort multipart uploads below the prefix", source: PAGE },
    { fact: "With SSE-KMS the role also needs kms:GenerateDataKey and kms:Decrypt on the key", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-11-29" }],
  unknowns: ["which ACL is sent, if any", "whether versioning or Object Lock works", "supported regions"],
});
