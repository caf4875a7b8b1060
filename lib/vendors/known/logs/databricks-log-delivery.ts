import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.databricks.com/administration-guide/account-settings/audit-log-delivery";
const PROVIDER_PAGE = "https://github.com/databricks/terraform-provider-databricks/blob/main/docs/resources/mws_log_delivery.md";
const PROVIDER_SOURCE = "https://github.com/databricks/terraform-provider-databricks/blob/main/aws/constants.go";

/** Databricks: delivery of audit logs and billable usage. */
export const DATABRICKS_LOG_DELIVERY = VendorProfile.of({
  id: "databricks-log-delivery",
  vendorName: "Databricks",
  product: "Log Delivery",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:GetBucketLocation", "s3:ListBucket"],
    objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"],
  },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.REQUIRED,
  publishedPrincipals: {
    aws: "arn:aws:iam::414351767826:role/SaasUsageDeliveryRole-prod-IAMRole-3PLHICCRR1TK",
    "aws-us-gov": "arn:aws-us-gov:iam::044793339203:role/SaasUsageDeliveryRole-prod-aws-gov-IAMRole-L4QM0RCHYQ1G",
    "aws-us-gov-dod": "arn:aws-us-gov:iam::170661010020:role/SaasUsageDeliveryRole-prod-aws-gov-dod-IAMRole-1DMEHBYR8VC5P",
  },
  cadence: { firstDeliveryWithinMinutes: 15 },
  acceptedFindings: [{ code: "R-acl", reason: "Databricks asks for s3:PutObjectAcl, so ACLs must work in this bucket", source: PAGE }],
  facts: [
    { fact: "A role of Databricks, another one in each partition, assumes yours", source: PROVIDER_SOURCE },
    { fact: "The external ID is the ID of your Databricks account", source: PROVIDER_PAGE },
    {
      fact: "The role reads the location of the bucket; it puts, reads and deletes objects and sets their ACL below the prefix",
      source: PAGE,
    },
    { fact: "Databricks' Terraform example also lets the role list the bucket", source: PROVIDER_PAGE },
    { fact: "Objects are delivered with the ACL bucket-owner-full-control", source: PAGE },
    { fact: "Each bucket needs a role of its own", source: PAGE },
    { fact: "The bucket's versioning is disabled in the example", source: PROVIDER_PAGE },
    {
      fact: "Audit logs come within 15 minutes of activation, then every few minutes, sometimes later; usage comes daily",
      source: PROVIDER_PAGE,
    },
    { fact: "Delivered files may be overwritten at any time", source: PROVIDER_PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: PROVIDER_PAGE, readOn: "2026-06-12" },
    { url: PROVIDER_SOURCE, readOn: "2025-05-08" },
  ],
  unknowns: [
    "the end of the page's policy, which was not read: compare the actions with the page",
    "whether SSE-KMS or Object Lock works",
    "which Object Ownership is asked for",
  ],
});
