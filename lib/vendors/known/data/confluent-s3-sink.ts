import { ExternalIdUse, VendorAccessMethod } from "../../access-method";
import { VendorProfile } from "../../vendor-profile";

const PAGE = "https://docs.confluent.io/cloud/current/connectors/cc-s3-sink/cc-s3-sink.html";
const EXAMPLE =
  "https://github.com/confluentinc/terraform-provider-confluent/tree/master/examples/configurations/connectors/s3-sink-connector-assume-role";

/** Confluent Cloud: fully managed Amazon S3 sink connector, by a provider integration. */
export const CONFLUENT_S3_SINK = VendorProfile.of({
  id: "confluent-s3-sink",
  vendorName: "Confluent Cloud",
  product: "Amazon S3 Sink Connector",
  documentation: PAGE,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
    objectActions: ["s3:PutObject", "s3:PutObjectTagging", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
  },
  externalId: ExternalIdUse.REQUIRED,
  facts: [
    { fact: "A provider integration has a role of Confluent's and an external ID of its own", source: EXAMPLE },
    { fact: "The integration takes the ARN of your role before the role exists", source: EXAMPLE },
    {
      fact: "The example also grants s3:ListAllMyBuckets, which shows the names of all your buckets; this profile leaves it out",
      source: EXAMPLE,
    },
    { fact: "The bucket is in the Region of the cluster, unless Confluent enables another one", source: PAGE },
  ],
  sources: [
    { url: PAGE, readOn: "2026-11-29" },
    { url: EXAMPLE, readOn: "2026-08-12" },
  ],
  unknowns: [
    "the role that assumes yours, which only the provider integration shows",
    "whether the connector works without s3:ListAllMyBuckets",
    "whether SSE-KMS or Object Lock works, and which ACL is sent, if any",
    "how late a file may be",
  ],
});
