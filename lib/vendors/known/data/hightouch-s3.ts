import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://hightouch.com/docs/destinations/s3";
const CREDENTIALS_PAGE = "https://www.hightouch.com/docs/destinations/amazon-kinesis";

/** Hightouch: Amazon S3 destination, by a cross-account role. */
export const HIGHTOUCH_S3 = VendorProfile.of({
  id: "hightouch-s3",
  vendorName: "Hightouch",
  product: "Amazon S3 Destination",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucketMultipartUploads"],
    objectActions: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
  },
  leastPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  facts: [
    { fact: "Hightouch shows its account ID and the external ID when AWS credentials are added", source: CREDENTIALS_PAGE },
    { fact: "PutObject suffices for small files; large ones need the actions of multipart uploads", source: PAGE },
    { fact: "You choose the key of each file, with variables for its time", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: CREDENTIALS_PAGE, readOn: "2026-08-22" },
  ],
  unknowns: [
    "Hightouch's account, which only its screen shows",
    "from which size on a file is uploaded in parts",
    "encryption, versioning and Object Lock that it supports",
    "which ACL is sent, if any",
  ],
});
