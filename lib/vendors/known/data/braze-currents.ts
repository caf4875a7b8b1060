import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.braze.com/docs/partners/amazon_s3/";
const DELIVERY_PAGE = "https://www.braze.com/docs/user_guide/data/braze_currents/event_delivery_semantics/";

/** Braze: Currents. The export of dashboard data needs other permissions. */
export const BRAZE_CURRENTS = VendorProfile.of({
  id: "braze-currents",
  vendorName: "Braze",
  product: "Currents",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:PutObject", "s3:GetObject"],
  },
  externalId: ExternalIdUse.REQUIRED,
  facts: [
    { fact: "Braze's dashboard shows its account ID and the external ID", source: PAGE },
    { fact: "GetObject is for Braze's own error handling", source: PAGE },
    { fact: "Buckets with Object Lock are not supported", source: PAGE },
    { fact: "The export of dashboard data also deletes objects, and needs a policy of its own", source: PAGE },
    { fact: "Each Currents connector of a bucket needs a folder path of its own", source: PAGE },
    { fact: "Data comes every five minutes or 15,000 events", source: DELIVERY_PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: DELIVERY_PAGE, readOn: "2026-08-22" },
  ],
  unknowns: [
    "Braze's account ID, which only its dashboard shows",
    "whether SSE-KMS works",
    "supported regions",
    "which ACL is sent, if any",
  ],
});
