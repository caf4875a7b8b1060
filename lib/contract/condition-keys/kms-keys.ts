/** What is known about the condition keys of the requests that Amazon S3 makes to AWS KMS in the name of its caller. */
import type { ConditionKeyRow } from "./types";

const KEYS = "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html";
const GLOBAL = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

const KMS = /^kms:/;

export const KMS_KEYS: readonly ConditionKeyRow[] = [
  {
    keys: [
      "kms:viaservice",
      "kms:calleraccount",
      "kms:encryptioncontext:aws:s3:arn",
      "kms:encryptioncontextkeys",
      "kms:encryptionalgorithm",
    ],
    scope: KMS,
    knowledge: "known",
    source: KEYS,
  },
  // Of the key itself, and of the alias that the bucket names.
  {
    keys: [
      "kms:requestalias",
      "kms:resourcealiases",
      "kms:keyspec",
      "kms:keyusage",
      "kms:keyorigin",
      "kms:multiregion",
      "kms:multiregionkeytype",
    ],
    scope: KMS,
    knowledge: "unknown",
    source: KEYS,
  },
  // S3 makes no grants, and sends no attestation.
  {
    keys: [
      "kms:grantispresent",
      "kms:grantoperations",
      "kms:granteeprincipal",
      "kms:grantisforawsresource",
      "kms:grantconstrainttype",
      "kms:retiringprincipal",
      "kms:bypasspolicylockoutsafetycheck",
      "kms:recipientattestation:imagesha384",
      "kms:wrappingalgorithm",
      "kms:signingalgorithm",
      "kms:macalgorithm",
      "kms:messagetype",
    ],
    scope: KMS,
    knowledge: "never",
    source: KEYS,
  },
  // AWS documents for neither that S3 sets it.
  { keys: ["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"], scope: KMS, knowledge: "unknown", source: GLOBAL },
];
