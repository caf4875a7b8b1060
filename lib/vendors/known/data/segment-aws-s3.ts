import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.twilio.com/docs/segment/connections/storage/catalog/aws-s3";

/** Segment: AWS S3 destination. */
export const SEGMENT_AWS_S3 = VendorProfile.of({
  id: "segment-aws-s3",
  vendorName: "Segment",
  product: "AWS S3 Destination",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject", "s3:PutObjectAcl"] },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  vendorFolder: "segment-logs/",
  publishedPrincipals: { aws: "arn:aws:iam::595280932656:role/segment-s3-integration-production-access" },
  acceptedFindings: [{ code: "R-acl", reason: "Segment asks for s3:PutObjectAcl, so ACLs must work in this bucket", source: PAGE }],
  facts: [
    { fact: "The role segment-s3-integration-production-access of the account 595280932656 assumes your role", source: PAGE },
    { fact: "The external ID is your Segment workspace ID", source: PAGE },
    { fact: "The role may put objects and their ACLs below segment-logs/, behind your prefix", source: PAGE },
    { fact: "With SSE-KMS the role also needs kms:GenerateDataKey and kms:Decrypt on the key", source: PAGE },
    {
      fact: "Validate uploads dummy-object.txt and leaves it, and fails where the role can be assumed without the external ID",
      source: PAGE,
    },
    { fact: "The first data comes after about one hour", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2025-11-07" }],
  unknowns: ["which ACL is sent, if any", "whether versioning or Object Lock works"],
});
