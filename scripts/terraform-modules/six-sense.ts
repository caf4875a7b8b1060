/** The module for 6sense. */
import { AuditLogFrequency, SixSenseDestination, VendorPermissions } from "../../lib";
import { BucketEncryption, BucketVersioning, ObjectOwnership } from "../../lib/vendors";
import { acceptedFindings, keyPrefixes, PARTITION } from "./contract";
import type { ModuleDefinition } from "./definitions";
import { Expression } from "./hcl";
import { tagsAndValidation } from "./role-variables";
import { ABORT_RULE, KMS_RULES, optionsOfBucket, PARTITION_RULE, TLS_STATEMENT, WITHOUT_VARIABLE } from "./shared";
import {
  BUCKET,
  BUCKET_NAME,
  encryption,
  leastPrivilege,
  matches,
  objectOwnership,
  pathVariable,
  ROLE_ARN,
  variable,
  versioning,
  wordRule,
} from "./variables";

const PAGE = SixSenseDestination.PROFILE.facts.documentation;

export const SIX_SENSE: ModuleDefinition = {
  name: "6sense",
  label: "sixsense",
  vendorName: "6sense",
  product: "Data Packs and Audit Logs",
  introduction: `A bucket that 6sense, and nobody else, can deliver into, as [6sense documents it](${PAGE}).`,
  outputPrefix: "six_sense_",
  props: "SixSenseDestinationProps",
  variables: {
    ...BUCKET_NAME,
    vendor_role_arn: {
      prop: "vendorRoleArn",
      type: "string",
      description: "ARN of 6sense's common IAM role. It is not published: your Customer Success Manager (CSM) gives it.",
      rules: [{ condition: matches("var.vendor_role_arn", ROLE_ARN), message: "vendor_role_arn must be the ARN of an IAM role." }],
    },
    data_packs_path: pathVariable(
      "data_packs_path",
      "dataPacks",
      "File path of Data Packs in 6sense's form; empty where it does not deliver them.",
    ),
    audit_logs_path: pathVariable(
      "audit_logs_path",
      "auditLogs",
      "File path of audit logs in 6sense's form; empty where it does not deliver them.",
    ),
    audit_logs_frequency: {
      prop: "auditLogs",
      type: "string",
      description: "How often 6sense delivers audit logs: Hourly, or Daily around 05:00 UTC.",
      fallback: AuditLogFrequency.HOURLY,
      rules: [wordRule("audit_logs_frequency", Object.values(AuditLogFrequency))],
    },
    least_privilege: leastPrivilege(
      "Whether the grant ends at the two paths, in place of the whole bucket. 6sense has not confirmed that this suffices.",
    ),
    ...BUCKET,
    ...encryption(BucketEncryption.SSE_S3, "Default encryption: AES256 (SSE-S3), or aws:kms (SSE-KMS), which needs kms_key_arn."),
    versioning: versioning(BucketVersioning.DISABLED, "Versioning: Disabled or Enabled."),
    object_ownership: objectOwnership(
      ObjectOwnership.BUCKET_OWNER_PREFERRED,
      [ObjectOwnership.BUCKET_OWNER_PREFERRED, ObjectOwnership.OBJECT_WRITER],
      "Object Ownership. ACLs must work in the bucket, because 6sense asks for s3:PutObjectAcl.",
    ),
    ...tagsAndValidation("the bucket"),
  },
  withoutVariable: WITHOUT_VARIABLE,
  locals: {
    ...PARTITION,
    region: new Expression("var.region != null ? var.region : data.aws_region.this.region"),
    encryption: new Expression("var.encryption"),
    key_prefixes: keyPrefixes("[var.data_packs_path, var.audit_logs_path]"),
    granted_prefixes: new Expression('var.least_privilege && length(local.key_prefixes) > 0 ? local.key_prefixes : [""]'),
  },
  data: { aws_region: {} },
  preconditions: [
    PARTITION_RULE,
    ...KMS_RULES,
    {
      condition: '${var.data_packs_path != "" || var.audit_logs_path != ""}',
      error_message: "NothingToDeliver: data_packs_path or audit_logs_path must be given, or both",
    },
    {
      condition: '${trimsuffix(var.data_packs_path, "/") != trimsuffix(var.audit_logs_path, "/")}',
      error_message: "EqualPaths: data_packs_path and audit_logs_path must differ",
    },
  ],
  choices: [
    { condition: "var.least_privilege", choice: "least" },
    { condition: 'var.audit_logs_path == ""', choice: "no audit logs" },
    { condition: 'var.audit_logs_frequency == "Daily"', choice: "daily" },
  ],
  counted: [ABORT_RULE],
  statements: TLS_STATEMENT,
  define: (stack, choices) =>
    new SixSenseDestination(stack, "SixSense", {
      bucketName: variable("bucket_name"),
      vendorRoleArn: variable("vendor_role_arn"),
      dataPacks: { filePath: variable("data_packs_path") },
      ...(!choices.has("no audit logs") && {
        auditLogs: {
          filePath: variable("audit_logs_path"),
          frequency: choices.has("daily") ? AuditLogFrequency.DAILY : AuditLogFrequency.HOURLY,
        },
      }),
      permissions: choices.has("least") ? VendorPermissions.LEAST_PRIVILEGE : VendorPermissions.DOCUMENTED,
      encryption: variable("encryption"),
      kmsKeyArn: variable("kms_key_arn"),
      versioning: variable("versioning"),
      objectOwnership: variable("object_ownership"),
      ...optionsOfBucket(),
    }),
  contract: ({ accepted, bucket, ...input }) => ({
    ...input,
    accepted: acceptedFindings(accepted, { vendorName: "6sense", documentation: PAGE }),
    bucket: { arn: bucket.arn, name: bucket.name, region: "${local.region}" },
    id: "6sense/${var.bucket_name}",
    keyPrefixes: new Expression("local.key_prefixes"),
  }),
  example: {
    bucket_name: "acme-6sense-staging",
    vendor_role_arn: "arn:aws:iam::222222222222:role/6sense-common",
    data_packs_path: "data-packs",
    audit_logs_path: "audit",
  },
  exampleRegion: "eu-west-1",
};
