import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.mixpanel.com/docs/data-pipelines/integrations/aws-s3";
const PIPELINES_PAGE = "https://docs.mixpanel.com/docs/data-pipelines";

/** Mixpanel: data pipelines. */
export const MIXPANEL_DATA_PIPELINES = VendorProfile.of({
  id: "mixpanel-data-pipelines",
  vendorName: "Mixpanel",
  product: "Data Pipelines",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"] },
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  regions: [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-south-1",
    "ca-central-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "me-south-1",
  ],
  publishedPrincipals: { aws: "arn:aws:iam::485438090326:user/mixpanel-export" },
  facts: [
    { fact: "The user mixpanel-export of the account 485438090326 assumes the role", source: PAGE },
    { fact: "The external ID is the token of your Mixpanel project", source: PAGE },
    { fact: "The role may put, get and delete objects, and list the bucket", source: PAGE },
    { fact: "20 regions are supported", source: PAGE },
    { fact: "Objects are encrypted by SSE-S3, or by SSE-KMS with the AWS managed key or one of yours", source: PAGE },
    { fact: "No prefix can be chosen", source: PIPELINES_PAGE },
    { fact: "Exports run hourly or daily, and late data may follow", source: PIPELINES_PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-08-21" },
    { url: PIPELINES_PAGE, readOn: "2026-08-21" },
  ],
  unknowns: [
    "how a user of the partition aws assumes a role in the two Chinese regions",
    "what is written to test the connection",
    "whether versioning or Object Lock works",
  ],
});
