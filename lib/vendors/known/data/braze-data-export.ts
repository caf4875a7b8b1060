import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.braze.com/docs/partners/amazon_s3/";

/** Braze: exports from the dashboard and the API, beside Currents. */
export const BRAZE_DATA_EXPORT = VendorProfile.of({
  id: "braze-data-export",
  vendorName: "Braze",
  product: "Dashboard Data Export",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
  },
  externalId: ExternalIdUse.REQUIRED,
  facts: [
    { fact: "The page Technology Partners of Braze's dashboard shows its account ID and the external ID", source: PAGE },
    { fact: "Exports also need DeleteObject, so Currents and they need two policies", source: PAGE },
    { fact: "Test Credentials checks the role before the integration is saved", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-11-29" }],
  unknowns: [
    "the account that assumes the role, which only Braze's dashboard shows",
    "what Test Credentials writes",
    "whether SSE-KMS, versioning or Object Lock works",
    "where in the bucket exports are written",
  ],
});
