import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.logz.io/user-guide/archive-and-restore/set-s3-permissions.html";
const ACCESS_PAGE = "https://docs.logz.io/user-guide/give-aws-access-with-iam-roles/";

/** Logz.io: archive of logs. */
export const LOGZIO_ARCHIVE = VendorProfile.of({
  id: "logzio-archive",
  vendorName: "Logz.io",
  product: "Archive",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:PutObject", "s3:GetObject"],
  },
  leastPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  facts: [
    { fact: "Logz.io shows its account ID and the external ID, which it generates", source: ACCESS_PAGE },
    { fact: "The page prints one external ID for all customers; it protects only if yours is another one", source: ACCESS_PAGE },
    { fact: "PutObject is for the archive; ListBucket and GetObject are to restore from it", source: PAGE },
    { fact: "A file logzio-verified is written when the archive is enabled, and must stay in the bucket", source: PAGE },
    { fact: "Logs in S3 Glacier or S3 Glacier Deep Archive cannot be restored", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2023-05-08" },
    { url: ACCESS_PAGE, readOn: "2023-03-22" },
  ],
  unknowns: [
    "the account that assumes the role, which Logz.io's screen shows",
    "where logzio-verified is written if the archive has a path",
    "encryption, versioning and Object Lock that it supports",
    "how late an archive may be",
  ],
});
