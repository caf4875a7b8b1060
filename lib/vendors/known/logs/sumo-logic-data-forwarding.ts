import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://www.sumologic.com/help/docs/manage/data-forwarding/forward-data-from-sumologic/";
const ACCESS_PAGE = "https://www.sumologic.com/help/docs/send-data/hosted-collectors/amazon-aws/grant-access-aws-product/";

/** Sumo Logic: data forwarding. */
export const SUMO_LOGIC_DATA_FORWARDING = VendorProfile.of({
  id: "sumo-logic-data-forwarding",
  vendorName: "Sumo Logic",
  product: "Data Forwarding",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: ExternalIdUse.REQUIRED,
  publishedPrincipals: { aws: "926226587429" },
  facts: [
    { fact: "Sumo Logic's account 926226587429 assumes the role", source: ACCESS_PAGE },
    { fact: "You compose the external ID of your deployment and organization ID, as in us1:0000000000000131", source: ACCESS_PAGE },
    { fact: "The role may put objects into the whole bucket; it must not require MFA", source: ACCESS_PAGE },
    { fact: "Roles are not supported in the GovCloud and China regions", source: ACCESS_PAGE },
    { fact: "Objects are encrypted by SSE-S3 if the destination says so", source: PAGE },
    { fact: "Data comes about every five minutes or 100 MB", source: PAGE },
    { fact: "A second destination for the same bucket replaces the first", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: ACCESS_PAGE, readOn: "2026-11-29" },
  ],
  unknowns: ["whether SSE-KMS works", "what is written to verify the credentials", "which ACL is sent, if any"],
});
