/**
 * What is known about the condition keys of Amazon S3, and to which actions each belongs.
 *
 * A request header that becomes a key is absent from the request where the caller does not send it. A key never belongs to an action that
 * none of its rows names.
 */
import type { ConditionKeyRow } from "./types";

const KEYS = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html";
const EXAMPLES = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html";
const CONDITIONAL = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html";
const TAGS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html";
const ABAC = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html";
const CANNED = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl";

const CANNED_ACLS = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
  "log-delivery-write",
];

const PUT_OBJECT = /^s3:(putobject|replicateobject|restoreobject)$/;
const LIST = /^s3:list(bucket|bucketversions|bucketmultipartuploads)$/;
const SETS_ACL = /^s3:(putobject|putobjectacl|putobjectversionacl|putbucketacl|createbucket)$/;
const CREATE_BUCKET = /^s3:createbucket$/;

export const S3_KEYS: readonly ConditionKeyRow[] = [
  { keys: ["s3:resourceaccount"], scope: "s3", knowledge: "known", source: KEYS },
  // S3 accepts no older version. A request over plain HTTP has none.
  { keys: ["s3:tlsversion"], scope: "s3", knowledge: "unknown", values: ["1.2", "1.3"], isAlwaysPresent: true, source: EXAMPLES },
  // SDKs use signature version 4.
  {
    keys: ["s3:signatureversion"],
    scope: "s3",
    knowledge: "known",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html",
  },
  {
    keys: ["s3:authtype"],
    scope: "s3",
    knowledge: "chosen",
    except: { anonymous: "never" },
    isAlwaysPresent: true,
    values: ["REST-HEADER", "REST-QUERY-STRING", "POST"],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html",
  },
  {
    keys: ["s3:signatureage"],
    scope: "s3",
    knowledge: "chosen",
    except: { anonymous: "never" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html",
  },
  { keys: ["s3:x-amz-content-sha256"], scope: "s3", knowledge: "chosen", except: { anonymous: "never" }, source: KEYS },
  { keys: ["s3:prefix", "s3:delimiter", "s3:max-keys"], scope: LIST, knowledge: "chosen", source: EXAMPLES },
  { keys: ["s3:x-amz-acl"], scope: SETS_ACL, knowledge: "chosen", values: CANNED_ACLS, source: CANNED },
  {
    keys: [
      "s3:x-amz-grant-read",
      "s3:x-amz-grant-write",
      "s3:x-amz-grant-read-acp",
      "s3:x-amz-grant-write-acp",
      "s3:x-amz-grant-full-control",
    ],
    scope: SETS_ACL,
    knowledge: "chosen",
    source: EXAMPLES,
  },
  {
    keys: [
      "s3:x-amz-copy-source",
      "s3:x-amz-metadata-directive",
      "s3:x-amz-server-side-encryption",
      "s3:x-amz-server-side-encryption-aws-kms-key-id",
      "s3:x-amz-server-side-encryption-customer-algorithm",
      "s3:x-amz-storage-class",
      "s3:x-amz-website-redirect-location",
      "s3:requestobjecttag/",
      "s3:requestobjecttagkeys",
      "s3:object-lock-mode",
      "s3:object-lock-retain-until-date",
      "s3:object-lock-legal-hold",
      "s3:object-lock-remaining-retention-days",
    ],
    scope: PUT_OBJECT,
    knowledge: "chosen",
    source: KEYS,
  },
  { keys: ["s3:x-amz-storage-class"], scope: /^s3:putobject(version)?acl$/, knowledge: "chosen", source: KEYS },
  { keys: ["s3:if-none-match", "s3:if-match"], scope: /^s3:(putobject|deleteobject)$/, knowledge: "chosen", source: CONDITIONAL },
  // The request that creates the object is `PutObject` or `CompleteMultipartUpload`; the parts before it have `false`.
  {
    keys: ["s3:objectcreationoperation"],
    scope: /^s3:putobject$/,
    knowledge: "unknown",
    values: ["true"],
    isAlwaysPresent: true,
    source: CONDITIONAL,
  },
  {
    keys: ["s3:requestobjecttag/", "s3:requestobjecttagkeys"],
    scope: /^s3:putobject(version)?tagging$/,
    knowledge: "chosen",
    source: TAGS,
  },
  // AWS names the two actions without this key.
  { keys: ["s3:existingobjecttag/"], scope: /^s3:(putobject|deleteobject)$/, knowledge: "never", source: TAGS },
  { keys: ["s3:existingobjecttag/"], scope: /^s3:\w*object\w*$/, knowledge: "unknown", source: TAGS },
  { keys: ["s3:versionid"], scope: /^s3:\w*(version|objectacl)\w*$/, knowledge: "chosen", source: KEYS },
  {
    keys: [
      "s3:object-lock-mode",
      "s3:object-lock-retain-until-date",
      "s3:object-lock-legal-hold",
      "s3:object-lock-remaining-retention-days",
    ],
    scope: /^s3:(putobjectretention|putobjectlegalhold|bypassgovernanceretention)$/,
    knowledge: "chosen",
    source: KEYS,
  },
  {
    keys: ["s3:locationconstraint", "s3:x-amz-object-ownership", "s3:x-amz-bucket-namespace"],
    scope: CREATE_BUCKET,
    knowledge: "chosen",
    source: KEYS,
  },
  { keys: ["s3:inventoryaccessibleoptionalfields"], scope: /^s3:putinventoryconfiguration$/, knowledge: "chosen", source: KEYS },
  { keys: ["s3:buckettag/"], scope: "s3", knowledge: "unknown", source: ABAC },
  // Contracts are about requests to the bucket itself. Jobs, replication and access grants make other requests.
  {
    keys: [
      "s3:dataaccesspointarn",
      "s3:dataaccesspointaccount",
      "s3:accesspointnetworkorigin",
      "s3:accesspointtag/",
      "s3:accessgrantsinstancearn",
      "s3:destinationregion",
      "s3:existingjoboperation",
      "s3:existingjobpriority",
      "s3:requestjoboperation",
      "s3:requestjobpriority",
      "s3:jobsuspendedcause",
      "s3:isreplicationpauserequest",
    ],
    scope: "all",
    knowledge: "never",
    source: KEYS,
  },
];
