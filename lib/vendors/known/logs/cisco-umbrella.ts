import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const POLICY_PAGE = "https://www.cisco.com/c/en/us/support/docs/security/umbrella/225358-configure-successful-log-uploads-to.html";
const MULTI_ORG_PAGE =
  "https://support.umbrella.com/hc/en-us/articles/115003839666-Guide-to-Centralized-Umbrella-Log-Management-with-Amazon-s-S3-Service-for-MSP-MSSP-and-Multi-org-Customers";

/** Cisco Umbrella: log export to a bucket of the customer. */
export const CISCO_UMBRELLA = VendorProfile.of({
  id: "cisco-umbrella",
  vendorName: "Cisco Umbrella",
  product: "Log Management",
  documentation: POLICY_PAGE,
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: ["s3:GetBucketLocation", "s3:ListBucket"], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.NONE,
  publishedPrincipals: { aws: "arn:aws:iam::568526795995:user/logs" },
  acceptedFindings: [
    { code: "R-xacct", reason: "Cisco Umbrella delivers by a grant to a user of its own AWS account", source: POLICY_PAGE },
  ],
  facts: [
    {
      fact: "The bucket policy grants the user logs s3:PutObject on all objects, and s3:GetBucketLocation and s3:ListBucket on the bucket",
      source: POLICY_PAGE,
    },
    { fact: "The documented policy also denies the user s3:GetObject, which nothing grants", source: POLICY_PAGE },
    { fact: "Logs are uploaded every ten minutes", source: MULTI_ORG_PAGE },
  ],
  sources: [
    { url: POLICY_PAGE, readOn: "2026-11-29" },
    { url: MULTI_ORG_PAGE, readOn: "2026-11-29" },
  ],
  unknowns: [
    "whether SSE-KMS works",
    "which ACL is sent, if any",
    "what the verification of the bucket writes",
    "how late a delivery may be",
  ],
});
