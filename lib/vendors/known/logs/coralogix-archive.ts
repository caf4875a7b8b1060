import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const MODULE = "https://github.com/coralogix/terraform-coralogix-aws/tree/master/modules/provisioning/s3-archive";

/** Coralogix: archive of logs or metrics, as its own Terraform module grants it. */
export const CORALOGIX_ARCHIVE = VendorProfile.of({
  id: "coralogix-archive",
  vendorName: "Coralogix",
  product: "S3 Archive",
  documentation: MODULE,
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket"],
    objectActions: [
      "s3:GetObject",
      "s3:PutObject",
      "s3:PutObjectTagging",
      "s3:GetObjectTagging",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:DeleteObjectTagging",
      "s3:DeleteObjectVersionTagging",
    ],
  },
  externalId: ExternalIdUse.NONE,
  regions: ["eu-west-1", "eu-north-1", "ap-southeast-1", "ap-south-1", "us-east-2", "us-west-2", "ap-southeast-3"],
  publishedPrincipals: {
    eu1: "arn:aws:iam::625240141681:role/coralogix-archive-eu1",
    eu2: "arn:aws:iam::625240141681:role/coralogix-archive-eu2",
    ap1: "arn:aws:iam::625240141681:role/coralogix-archive-ap1",
    ap2: "arn:aws:iam::625240141681:role/coralogix-archive-ap2",
    ap3: "arn:aws:iam::025066248247:role/coralogix-archive-ap3",
    us1: "arn:aws:iam::625240141681:role/coralogix-archive-us1",
    us2: "arn:aws:iam::739076534691:role/coralogix-archive-us2",
  },
  acceptedFindings: [{ code: "R-xacct", reason: "Coralogix delivers by a grant to a role of its own AWS account", source: MODULE }],
  facts: [
    {
      fact: "The bucket policy grants the archive's role of your Coralogix region to read, write, tag and delete objects, and to list the bucket",
      source: MODULE,
    },
    { fact: "The bucket must be in the AWS Region of your Coralogix account", source: MODULE },
    { fact: "Logs and metrics need a bucket each", source: MODULE },
  ],
  sources: [{ url: MODULE, readOn: "2026-04-28" }],
  unknowns: ["what the policy of a KMS key must grant", "which ACL is sent, if any", "whether versioning or Object Lock works"],
});
