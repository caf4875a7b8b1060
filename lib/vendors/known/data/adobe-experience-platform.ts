import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://experienceleague.adobe.com/docs/experience-platform/destinations/catalog/cloud-storage/amazon-s3.html";

/** Adobe Experience Platform: Amazon S3 destination, by a role. */
export const ADOBE_EXPERIENCE_PLATFORM = VendorProfile.of({
  id: "adobe-experience-platform",
  vendorName: "Adobe Experience Platform",
  product: "Amazon S3 Destination",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket"],
    objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListMultipartUploadParts"],
  },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.REQUIRED,
  publishedPrincipals: { aws: "arn:aws:iam::670664943635:user/destinations-adobe-user" },
  facts: [
    {
      fact: "The role trusts Adobe's account 670664943635, or, as the narrower choice, its user destinations-adobe-user alone",
      source: PAGE,
    },
    { fact: "Since August 2026, Adobe sends your organization ID as the external ID each time it assumes the role", source: PAGE },
    { fact: "The name of the role is to be treated as confidential, like a password", source: PAGE },
    { fact: "The grant on objects ends at the folder of the destination, and s3:ListBucket is for the bucket", source: PAGE },
    { fact: "The page lists s3:GetBucketLocation among the actions on objects, where it grants nothing", source: PAGE },
    { fact: "Files are exported every 3, 6, 8, 12 or 24 hours", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-11-29" }],
  unknowns: [
    "whether Adobe asks for the location of the bucket, which the documented policy does not grant",
    "whether SSE-KMS, versioning or Object Lock works",
    "what Connect to destination writes",
    "which ACL is sent, if any",
  ],
});
