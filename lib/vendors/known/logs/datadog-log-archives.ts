import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { BucketEncryption } from "../../bucket-settings";
import { ConnectionValue } from "../../connection-form";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.datadoghq.com/logs/log_configuration/archives/";
const SETUP_PAGE = "https://docs.datadoghq.com/integrations/guide/aws-manual-setup/";

/** Datadog: Log Archives. */
export const DATADOG_LOG_ARCHIVES = VendorProfile.of({
  id: "datadog-log-archives",
  vendorName: "Datadog",
  product: "Log Archives",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:GetObject"] },
  leastPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  publishedPrincipals: {
    us1: "464622532012",
    us3: "464622532012",
    us5: "464622532012",
    eu: "464622532012",
    ap1: "417141415827",
    ap2: "412381753143",
  },
  connectionForm: [
    { label: "AWS Account", value: ConnectionValue.AWS_ACCOUNT_ID },
    { label: "Role Name", value: ConnectionValue.ROLE_NAME },
    { label: "Bucket", value: ConnectionValue.BUCKET_NAME },
    { label: "Path", value: ConnectionValue.KEY_PREFIX },
  ],
  cadence: { firstDeliveryWithinMinutes: 15 },
  facts: [
    {
      fact: "Datadog's account by site: 464622532012 for US1, US3, US5 and EU, 417141415827 for AP1, 412381753143 for AP2",
      source: SETUP_PAGE,
    },
    { fact: "Datadog generates the external ID; the role must not require MFA", source: SETUP_PAGE },
    { fact: "PutObject suffices to upload archives; GetObject and ListBucket are for rehydration", source: PAGE },
    { fact: "The grant on objects ends at the path of the archive", source: PAGE },
    { fact: "Archives use the bucket's default encryption, SSE-S3, or SSE-KMS with a customer managed key", source: PAGE },
    { fact: "Look for the first archive after 15 minutes", source: PAGE },
    {
      fact: "Rehydration needs the storage classes Standard, Standard-IA, One Zone-IA, Glacier Instant Retrieval or Intelligent-Tiering",
      source: PAGE,
    },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: SETUP_PAGE, readOn: "2026-08-22" },
  ],
  unknowns: [
    "the accounts of the sites UK1 and US2-FED; the site for governments has other accounts and limits",
    "whether Object Lock works, and which ACL is sent",
    "how late an archive may be",
  ],
});
