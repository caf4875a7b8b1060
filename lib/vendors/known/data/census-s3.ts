import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.getcensus.com/destinations/s3";

/** Census, now Fivetran Activations: S3 destination, by a role. */
export const CENSUS_S3 = VendorProfile.of({
  id: "census-s3",
  vendorName: "Census",
  product: "S3 Destination",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucketMultipartUploads"],
    objectActions: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
  },
  leastPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  publishedPrincipals: { aws: "341876425553" },
  facts: [
    { fact: "Census' account 341876425553 assumes the role", source: PAGE },
    { fact: "Census shows the external ID after a first connection check, which fails", source: PAGE },
    { fact: "PutObject suffices for files of up to 5 GB; larger ones need the actions of multipart uploads", source: PAGE },
    { fact: "Buckets may use SSE-S3 or SSE-KMS; the role then needs access to the key", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-01-16" }],
  unknowns: [
    "whether the trust policy needs another account since Census became Fivetran Activations",
    "what the role does with the KMS key",
    "what the connection check writes",
    "whether versioning or Object Lock works",
  ],
});
