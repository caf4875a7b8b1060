import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://developers.cloudflare.com/logs/logpush/logpush-job/enable-destinations/aws-s3/";
const CHALLENGE_PAGE = "https://developers.cloudflare.com/logs/logpush/logpush-job/logpush-ownership-challenge/";

/** Cloudflare: Logpush. */
export const CLOUDFLARE_LOGPUSH = VendorProfile.of({
  id: "cloudflare-logpush",
  vendorName: "Cloudflare",
  product: "Logpush",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.NONE,
  publishedPrincipals: { aws: "arn:aws:iam::391854517948:user/cloudflare-logpush" },
  acceptedFindings: [{ code: "R-xacct", reason: "Cloudflare delivers by a grant to a user of its own AWS account", source: PAGE }],
  facts: [
    { fact: "The bucket policy grants s3:PutObject below the folder to the user cloudflare-logpush", source: PAGE },
    { fact: "Objects are written with the ACL bucket-owner-full-control, by multipart uploads", source: PAGE },
    { fact: "SSE-S3 can be asked for in the destination", source: PAGE },
    { fact: "The regions cn-north-1 and cn-northwest-1 are not supported", source: PAGE },
    {
      fact: "Cloudflare writes ownership-challenge.txt; you read the token in it and give it back when you create the job",
      source: CHALLENGE_PAGE,
    },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: CHALLENGE_PAGE, readOn: "2026-04-23" },
  ],
  unknowns: ["whether SSE-KMS works", "names of the objects", "whether versioning or Object Lock works"],
});
