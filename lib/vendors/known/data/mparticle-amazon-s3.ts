import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.mparticle.com/integrations/amazons3/";

/** mParticle: Amazon S3 event output, by the bucket policy. Each pod has a role that delivers and one that verifies. */
export const MPARTICLE_AMAZON_S3 = VendorProfile.of({
  id: "mparticle-amazon-s3",
  vendorName: "mParticle",
  product: "Amazon S3 Event Output",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject", "s3:PutObjectAcl"] },
  externalId: ExternalIdUse.NONE,
  bucketNamePrefix: "mp-forwarding-",
  publishedPrincipals: {
    us1: "arn:aws:iam::338661164609:role/Prod-Role-DG12-Default",
    "us1-verification": "arn:aws:iam::338661164609:role/role-lambda-verifyrequest",
    us2: "arn:aws:iam::386705975570:role/Prod-Role-DG12-Default",
    "us2-verification": "arn:aws:iam::386705975570:role/verifyrequest_lambda",
    eu1: "arn:aws:iam::583371261087:role/Prod-Role-DG12-Default",
    "eu1-verification": "arn:aws:iam::583371261087:role/verifyrequest_lambda",
    au1: "arn:aws:iam::526464060896:role/Prod-Role-DG12-Default",
    "au1-verification": "arn:aws:iam::526464060896:role/verifyrequest_lambda",
  },
  acceptedFindings: [
    { code: "R-xacct", reason: "mParticle delivers by a grant to roles of its own AWS account", source: PAGE },
    { code: "R-acl", reason: "mParticle asks for s3:PutObjectAcl, so ACLs must work in this bucket", source: PAGE },
  ],
  facts: [
    { fact: "The bucket policy grants s3:PutObject and s3:PutObjectAcl on all objects to two roles of the pod", source: PAGE },
    { fact: "The bucket's name must begin with mp-forwarding-", source: PAGE },
  ],
  sources: [{ url: PAGE, readOn: "2026-11-29" }],
  unknowns: ["what the role for verification writes", "whether SSE-KMS works", "which ACL is sent", "how late a delivery may be"],
});
