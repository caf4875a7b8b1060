import { ExternalIdUse, VendorAccessMethod } from "./access-method";
import { ConnectionValue } from "./connection-form";
import { VendorProfile } from "./vendor-profile";

const PAGE = "https://support.6sense.com/docs/integrating-6sense-with-aws-s3";

/** 6sense: Data Packs and Audit Logs to Amazon S3. */
export const SIX_SENSE_PROFILE = VendorProfile.of({
  id: "6sense",
  vendorName: "6sense",
  product: "Data Packs and Audit Logs",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:PutObjectAcl"] },
  externalId: ExternalIdUse.NONE,
  regions: [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-south-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-north-1",
    "sa-east-1",
  ],
  connectionForm: [
    { label: "S3 Bucket Name", value: ConnectionValue.BUCKET_NAME },
    { label: "Region", value: ConnectionValue.REGION },
  ],
  acceptedFindings: [
    { code: "R-xacct", reason: "6sense delivers by a grant to its own AWS account", source: PAGE },
    { code: "R-acl", reason: "6sense asks for s3:PutObjectAcl, so ACLs must work in this bucket", source: PAGE },
  ],
  facts: [
    {
      fact: "6sense's common IAM role is granted list, PutObject and PutObjectAcl on the bucket, usually by a bucket policy",
      source: PAGE,
    },
    { fact: "17 regions are supported", source: PAGE },
    { fact: "The integration is not enabled by default: the Customer Success Manager (CSM) turns it on", source: PAGE },
    { fact: "The page's example of a bucket name has a dot: 6sense.staging", source: PAGE },
    { fact: "Audit logs come every hour, or daily around 05:00 UTC for the previous day, and up to 4 hours late", source: PAGE },
    { fact: "Data packs are no longer sent to the SFTP server once S3 is their destination", source: PAGE },
    { fact: "Validate checks bucket name and region before the integration can be saved", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-11-22" }],
  unknowns: [
    "the permissions by their AWS names: the page writes list, Putobject and Putobjectacl, read here as s3:ListBucket, s3:PutObject and s3:PutObjectAcl",
    "the ARN of the common IAM role, which is not published: ask the CSM",
    "whether the role sends an ACL, and which",
    "encryption, versioning and Object Lock that it supports",
    "what Validate does",
    "cadence of data packs",
  ],
});
