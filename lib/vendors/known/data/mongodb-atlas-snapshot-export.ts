import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.mongodb.com/docs/atlas/backup/cloud-backup/export/";
const ACCESS_PAGE = "https://www.mongodb.com/docs/atlas/security/set-up-unified-aws-access/";

/** MongoDB Atlas: export of cloud backup snapshots. */
export const MONGODB_ATLAS_SNAPSHOT_EXPORT = VendorProfile.of({
  id: "mongodb-atlas-snapshot-export",
  vendorName: "MongoDB Atlas",
  product: "Snapshot Export",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:GetBucketLocation"], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  vendorFolder: "exported_snapshots/",
  facts: [
    { fact: "Atlas shows the ARN of its account and the external ID when unified AWS access is set up", source: ACCESS_PAGE },
    { fact: "The role may put objects into the bucket and read its location", source: PAGE },
    { fact: "An empty file, exported_snapshots/.permissioncheck, is written before each export and stays", source: PAGE },
    { fact: "Object Lock is supported", source: PAGE },
    { fact: "The folder is fixed: no prefix can be chosen", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: ACCESS_PAGE, readOn: "2026-08-22" },
  ],
  unknowns: ["the ARN of Atlas's account, which only its screen shows", "whether SSE-KMS works", "which ACL is sent, if any"],
});
