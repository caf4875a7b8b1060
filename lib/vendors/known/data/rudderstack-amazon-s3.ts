import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.rudderstack.com/docs/destinations/streaming-destinations/amazon-s3/";
const ROLE_PAGE = "https://www.rudderstack.com/docs/destinations/aws-iam-role-for-rudderstack/";

/** RudderStack: Amazon S3 destination, by a role. */
export const RUDDERSTACK_AMAZON_S3 = VendorProfile.of({
  id: "rudderstack-amazon-s3",
  vendorName: "RudderStack",
  product: "Amazon S3 Destination",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  vendorFolder: "rudder-logs/",
  publishedPrincipals: { aws: "422074288268" },
  facts: [
    { fact: "RudderStack's account 422074288268 assumes the role, which must not require MFA", source: ROLE_PAGE },
    { fact: "The external ID is your RudderStack workspace ID", source: ROLE_PAGE },
    { fact: "The role may put objects into the whole bucket", source: PAGE },
    { fact: "Objects are below rudder-logs/, behind your prefix", source: PAGE },
    { fact: "The default encryption may be SSE-S3, or SSE-KMS with a customer managed key", source: PAGE },
    { fact: "A grant to a user in the bucket policy is documented too, with s3:PutObjectAcl", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: ROLE_PAGE, readOn: "2026-11-29" },
  ],
  unknowns: ["where the test of the connection writes, so a limit to the folder is not confirmed", "how often deliveries come"],
});
