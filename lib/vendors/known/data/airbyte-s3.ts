import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.airbyte.com/integrations/destinations/s3";

/** Airbyte Cloud: S3 destination, by a role. */
export const AIRBYTE_S3 = VendorProfile.of({
  id: "airbyte-s3",
  vendorName: "Airbyte",
  product: "S3 Destination",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation"],
    objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"],
  },
  externalId: ExternalIdUse.REQUIRED,
  publishedPrincipals: { cloud: "arn:aws:iam::094410056844:user/delegated_access_user" },
  acceptedFindings: [{ code: "R-acl", reason: "Airbyte asks for s3:PutObjectAcl, so ACLs must work in this bucket", source: PAGE }],
  facts: [
    { fact: "The user delegated_access_user of the account 094410056844 assumes the role, once Airbyte has enabled it", source: PAGE },
    { fact: "The external ID is your Airbyte workspace ID", source: PAGE },
    { fact: "Permissions on objects alone do not suffice to connect", source: PAGE },
    { fact: "Full Refresh Overwrite deletes what was synced to the bucket path before", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-11-29" }],
  unknowns: ["which ACL is sent, if any", "whether SSE-KMS, versioning or Object Lock works", "what the check of the connection writes"],
});
