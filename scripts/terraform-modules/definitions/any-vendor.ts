/** The module for any vendor, by its profile. */
import { VendorAccess, VendorDestination, VendorPermissions, VendorPrincipal, VendorProfile } from "../../../lib";
import { VendorAccessMethod } from "../../../lib/vendors";
import { Expression, inline } from "../hcl";
import { acceptedFindings, PARTITION, VALIDATOR, withOptional } from "./contract";
import type { ModuleDefinition } from "./definition";
import { PROFILE_LOCALS, PROFILE_PRECONDITIONS } from "./profile";
import { ABORT_RULE, KMS_RULES, LEFT_TO_CALLER, optionsOfBucket, PARTITION_RULE, TLS_STATEMENT, WITHOUT_VARIABLE } from "./shared";
import { variable } from "./variables";
import { ANY_VENDOR_VARIABLES } from "./vendor-variables";

const P = "var.vendor_profile";
const of = (text: string) => new Expression(text);

/** Stands for every profile: the module takes its own facts in the place of these. */
const PROFILE = VendorProfile.of({
  id: "any-vendor",
  vendorName: `\${${P}.vendorName}`,
  product: `\${${P}.product}`,
  documentation: `\${${P}.documentation}`,
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE, VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
  facts: [],
});
const PRINCIPALS = [VendorPrincipal.roleArn("${local.vendor_principals[0]}")];

const destinationProps = () => ({
  vendor: PROFILE,
  bucketName: variable("bucket_name"),
  permissions: VendorPermissions.DOCUMENTED,
  encryption: "${local.encryption}" as any,
  kmsKeyArn: variable("kms_key_arn"),
  versioning: "${local.versioning}" as any,
  objectOwnership: "${local.object_ownership}" as any,
  ...optionsOfBucket(),
});

export const ANY_VENDOR: ModuleDefinition = {
  name: "vendor",
  label: "acme",
  vendorName: "the vendor",
  title: "A bucket for any vendor, by its profile",
  introduction:
    "A bucket that one vendor, and nobody else, can deliver into, as the vendor's profile says: what its page documents, in the form of [vendor-profile.schema.json](https://github.com/cdktf-vendor-destination/cdktf-vendor-destination/blob/main/schemas/vendor-profile.schema.json).",
  outputPrefix: "any_",
  props: ["VendorDestinationProps", "AssumedRoleOptions"],
  variables: ANY_VENDOR_VARIABLES,
  withoutVariable: WITHOUT_VARIABLE,
  scannerFindings: {
    ...LEFT_TO_CALLER,
    CKV_AWS_19: "checkov cannot compute the encryption, which follows from the profile; it is SSE-S3 or SSE-KMS",
    CKV_AWS_21: "versioning is Disabled unless the profile or `versioning` says otherwise",
    CKV_AWS_145: "encryption is SSE-S3 unless the profile or `encryption` says otherwise",
  },
  locals: {
    ...PARTITION,
    region: of("var.region != null ? var.region : data.aws_region.this.region"),
    default_role_name: of(`"\${${P}.id}-\${var.bucket_name}"`),
    role_name: of(
      'var.role_name != null ? var.role_name : length(local.default_role_name) <= 64 ? local.default_role_name : "${substr(local.default_role_name, 0, 55)}-${substr(sha256(local.default_role_name), 0, 8)}"',
    ),
    ...PROFILE_LOCALS,
  },
  data: { aws_region: {}, aws_caller_identity: { count: of("local.asks_for_account && !local.assumes_role ? 1 : 0") } },
  preconditions: [PARTITION_RULE, ...KMS_RULES, ...PROFILE_PRECONDITIONS],
  choices: [],
  counted: [ABORT_RULE, { label: "role", condition: "local.assumes_role", types: ["aws_iam_role", "aws_iam_role_policy"] }],
  statements: {
    ...TLS_STATEMENT,
    "aws_iam_role.AllowValidatorToAssumeRole": "var.validator_principal_arn != null",
    "aws_iam_role_policy.AllowVendorOnBucket": "length(local.granted_bucket_actions) > 0",
    "aws_iam_role_policy.AllowVendorOnObjects": "length(local.granted_object_actions) > 0",
    "aws_iam_role_policy.AllowVendorToUseKey": "var.kms_key_arn != null",
    "aws_s3_bucket_policy.AllowVendorOnBucket": "!local.assumes_role && length(local.granted_bucket_actions) > 0",
    "aws_s3_bucket_policy.AllowVendorOnObjects": "!local.assumes_role && length(local.granted_object_actions) > 0",
  },
  define: (stack) =>
    new VendorDestination(stack, "Any", {
      ...destinationProps(),
      access: VendorAccess.assumedRole({
        principals: PRINCIPALS,
        externalIds: ["${var.external_ids[0]}"],
        roleName: "${local.role_name}",
        rolePath: variable("role_path"),
        permissionsBoundaryArn: variable("permissions_boundary_arn"),
        maxSessionDurationSeconds: variable("max_session_duration_seconds"),
        validatorPrincipalArn: variable("validator_principal_arn"),
      }),
    }),
  defineGrant: (stack) =>
    new VendorDestination(stack, "Any", { ...destinationProps(), access: VendorAccess.bucketPolicy({ principals: PRINCIPALS }) }),
  statement: (statement) => {
    const isVendors = statement.Principal?.AWS?.text === "local.vendor_principals[0]";
    const { Condition, ...own } = {
      ...statement,
      ...(isVendors && { Principal: { AWS: of("local.vendor_principals") } }),
    } as typeof statement;
    if (statement.Sid === "AllowVendorToAssumeRole") {
      const condition = { StringEquals: { "sts:ExternalId": of("var.external_ids") } };
      return of(`merge(${inline(own)}, length(var.external_ids) == 0 ? {} : ${inline({ Condition: condition })})`);
    }
    const [, level] = /^AllowVendorOn(Bucket|Objects)$/.exec(statement.Sid) ?? [];
    const action = level && { Action: of(`local.granted_${level === "Bucket" ? "bucket" : "object"}_actions`) };
    return { ...own, ...action, ...(Condition && { Condition }) };
  },
  contract: ({ bucket, role, schemaVersion, validator }) =>
    withOptional(
      {
        accepted: acceptedFindings(of("local.accepted"), {
          vendorName: `\${${P}.vendorName}`,
          documentation: `\${${P}.documentation}`,
        }),
        bucket: withOptional({ arn: bucket.arn, name: bucket.name }, [
          { unless: `var.region == null && !can(${P}.regions)`, members: { region: "${local.region}" } },
        ]),
        cadence: of("local.cadence"),
        door: of("local.access_method"),
        exercised: { bucketActions: of("local.exercised_bucket_actions"), objectActions: of("local.exercised_object_actions") },
        externalIds: of("var.external_ids"),
        granted: {
          bucketActions: of("local.granted_bucket_actions"),
          endsAtPrefix: of("local.ends_at_prefix"),
          objectActions: of("local.granted_object_actions"),
        },
        id: `\${${P}.id}/\${var.bucket_name}`,
        keyPrefixes: of("local.key_prefixes"),
        partition: of("local.partition"),
        schemaVersion,
        settings: {
          chosen: withOptional({ objectOwnership: [of("local.object_ownership")] }, [
            { unless: `can(${P}.encryptions)`, members: { encryption: [of("local.encryption")] } },
            { unless: `can(${P}.versioning)`, members: { versioning: [of("local.versioning")] } },
            { unless: `var.region == null || can(${P}.regions)`, members: { region: ["${var.region}"] } },
          ]),
          documented: of(
            `merge(try({ encryption = tolist(${P}.encryptions) }, {}), try(${P}.bucketKey, false) ? { bucketKeyEnabled = ["true"] } : {}, can(${P}.versioning) ? { versioning = [local.versioning] } : {}, try({ region = tolist(${P}.regions) }, {}))`,
          ),
        },
        vendor: {
          documentation: `\${${P}.documentation}`,
          id: `\${${P}.id}`,
          name: `\${${P}.vendorName}`,
          product: `\${${P}.product}`,
        },
        vendorPrincipals: of("local.vendor_principals"),
      },
      [
        { unless: "!local.assumes_role", members: { role } },
        { ...VALIDATOR(validator), unless: "var.validator_principal_arn == null || !local.assumes_role" },
      ],
    ),
  outputs: {
    connection_details: {
      description: "What to enter into the vendor's form",
      value: of("{ for field in local.connection_fields : field.label => field.value }"),
    },
    connection_form: {
      description: "What to enter into the vendor's form, as text",
      value: of(
        `join("\\n", concat(["\${${P}.vendorName}, \${${P}.product}"], [for field in local.connection_fields : format("  %-\${max([for other in local.connection_fields : length(other.label)]...)}s  %s", field.label, field.value)]))`,
      ),
    },
  },
  example: {
    bucket_name: "acme-vendor-logs",
    vendor_principals: ["arn:aws:iam::222222222222:role/delivery"],
    external_ids: ["customer-42"],
    key_prefix: "logs",
    vendor_profile: {
      id: "acme-logs",
      vendorName: "Acme",
      product: "Log delivery",
      documentation: "https://docs.example.com/s3",
      accessMethods: ["assumedRole"],
      documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
      externalId: "required",
      facts: [{ fact: "PutObject and ListBucket are all that Acme needs", source: "https://docs.example.com/s3" }],
    },
  },
  exampleRegion: "eu-central-1",
};
