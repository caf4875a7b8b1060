/** What the module for any vendor derives from the profile: the same as `VendorProfile` and `VendorDestination` do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionFacts, actionsMatching } from "../../../lib/access/data";
import {
  BucketEncryption,
  BucketVersioning,
  ConnectionValue,
  ExternalIdUse,
  ObjectOwnership,
  VendorAccessMethod,
} from "../../../lib/vendors";
import { SCHEMA as PROFILE_SCHEMA } from "../../profile-schema";
import { Expression, expression, inline } from "../hcl";
import type { Precondition } from "./definition";
import type { VariableRule } from "./variables";

const P = "var.vendor_profile";
const list = (values: readonly string[]) => inline(values);
const of = (text: string) => new Expression(text);

const SCHEMA = JSON.parse(readFileSync(join(__dirname, "..", "..", "..", PROFILE_SCHEMA), "utf8"));

/** An action of S3 on one level, by AWS's own list. */
function actionsOn(level: "bucket" | "object"): string[] {
  return actionsMatching("s3:*").filter((name) => actionFacts(name)?.resourceTypes.includes(level));
}

/** What a profile must hold, as rules of its variable. Terraform itself would ignore a misspelt member. */
export function profileRules(): VariableRule[] {
  const { required, properties } = SCHEMA as { readonly required: readonly string[]; readonly properties: object };
  const words = (member: string, values: readonly string[]) => ({
    condition: `alltrue([for word in flatten([try(${P}.${member}, [])]) : contains(${list(values)}, word)])`,
    message: `vendor_profile: ${member} may hold ${values.join(", ")} only.`,
  });
  const texts = "id, vendorName, product, documentation";
  return [
    {
      condition: `length(setsubtract(keys(${P}), ${list(Object.keys(properties))})) == 0`,
      message: "vendor_profile holds a member that no profile has: schemas/vendor-profile.schema.json lists them.",
    },
    {
      condition: `length(setsubtract(${list(required)}, keys(${P}))) == 0 && alltrue([for value in values(${P}) : value != null])`,
      message: `vendor_profile must hold ${required.join(", ")}; no member may be null.`,
    },
    {
      condition: `alltrue([for text in [try(${P}.id, ""), try(${P}.vendorName, ""), try(${P}.product, ""), try(${P}.documentation, "")] : trimspace(text) != "" && trimspace(text) == text]) && can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", ${P}.id))`,
      message: `vendor_profile: ${texts} must be texts, and id must be kebab-case.`,
    },
    {
      condition: `alltrue([for name in ["documentedPermissions", "leastPermissions", "exercisedPermissions"] : try(sort(keys(${P}[name])) == tolist(["bucketActions", "objectActions"]), !contains(keys(${P}), name))])`,
      message: "vendor_profile: permissions must hold the lists bucketActions and objectActions, and nothing else.",
    },
    words("accessMethods", Object.values(VendorAccessMethod)),
    words("encryptions", Object.values(BucketEncryption)),
    words("versioning", Object.values(BucketVersioning)),
    words("objectOwnership", Object.values(ObjectOwnership)),
    words("externalId", Object.values(ExternalIdUse)),
    {
      condition: `alltrue([for field in try(${P}.connectionForm, []) : contains(${list(Object.values(ConnectionValue))}, try(field.value, ""))])`,
      message: `vendor_profile: each field of connectionForm must hold label, and as value one of ${Object.values(ConnectionValue).join(", ")}.`,
    },
    {
      condition: `alltrue([for folder in [try(${P}.vendorFolder, "x/")] : can(regex("^([^/*?]+/)+$", folder))])`,
      message: "vendor_profile: vendorFolder must end with a slash, and may not begin with one.",
    },
  ];
}

/** Locals that stand for the facts of the profile. */
export const PROFILE_LOCALS: Readonly<Record<string, Expression>> = {
  access_method: of(`var.access_method != null ? var.access_method : join(" or ", ${P}.accessMethods)`),
  assumes_role: of('local.access_method == "assumedRole"'),
  documented_bucket_actions: of(`${P}.documentedPermissions.bucketActions`),
  documented_object_actions: of(`${P}.documentedPermissions.objectActions`),
  granted_bucket_actions: of(
    `tolist(var.least_privilege ? try(${P}.leastPermissions.bucketActions, local.documented_bucket_actions) : local.documented_bucket_actions)`,
  ),
  granted_object_actions: of(
    `tolist(var.least_privilege ? try(${P}.leastPermissions.objectActions, local.documented_object_actions) : local.documented_object_actions)`,
  ),
  exercised_bucket_actions: of(
    `try(${P}.exercisedPermissions.bucketActions, [for action in local.documented_bucket_actions : action if replace(action, "*", "") == action])`,
  ),
  exercised_object_actions: of(
    `try(${P}.exercisedPermissions.objectActions, [for action in local.documented_object_actions : action if replace(action, "*", "") == action])`,
  ),
  encryption: of(`coalesce(var.encryption, try(${P}.encryptions[0], "${BucketEncryption.SSE_S3}"))`),
  versioning: of(`coalesce(var.versioning, try(${P}.versioning, "${BucketVersioning.DISABLED}"))`),
  sets_acls: of('contains(local.documented_object_actions, "s3:PutObjectAcl")'),
  object_ownership: of(
    `coalesce(var.object_ownership, try(${P}.objectOwnership, local.sets_acls ? "${ObjectOwnership.BUCKET_OWNER_PREFERRED}" : "${ObjectOwnership.BUCKET_OWNER_ENFORCED}"))`,
  ),
  vendor_folder: of(`try(${P}.vendorFolder, "")`),
  given_prefixes: of(
    '[for path in concat([var.key_prefix], var.additional_key_prefixes) : "${trimsuffix(path, "/")}/${local.vendor_folder}" if path != ""]',
  ),
  key_prefixes: of('length(local.given_prefixes) == 0 && local.vendor_folder != "" ? [local.vendor_folder] : local.given_prefixes'),
  ends_at_prefix: of(`(var.least_privilege || try(${P}.documentedGrantEndsAtPrefix, false)) && length(local.key_prefixes) > 0`),
  granted_prefixes: of('local.ends_at_prefix ? local.key_prefixes : [""]'),
  published_principals: of(`try(${P}.publishedPrincipals, {})`),
  vendor_principals: of(
    '[for given in [for principal in var.vendor_principals : lookup(local.published_principals, principal, principal)] : length(split(":", given)) == 1 ? "arn:${local.partition}:iam::${given}:root" : given]',
  ),
  cadence: of(`jsondecode(var.cadence != null ? jsonencode(var.cadence) : jsonencode(try(${P}.cadence, {})))`),
  accepted: of(`[for finding in try(${P}.acceptedFindings, []) : finding if !(var.least_privilege && finding.code == "R-wild")]`),
  connection_values: of(
    expression({
      awsAccountId: of(
        'local.assumes_role ? element(split(":", one(aws_iam_role.this[*].arn)), 4) : try(one(data.aws_caller_identity.this[*].account_id), "")',
      ),
      bucketName: "${aws_s3_bucket.this.bucket}",
      bucketArn: "${aws_s3_bucket.this.arn}",
      region: "${aws_s3_bucket.this.region}",
      keyPrefix: "${var.key_prefix}",
      roleArn: of('local.assumes_role ? one(aws_iam_role.this[*].arn) : ""'),
      roleName: of('local.assumes_role ? one(aws_iam_role.this[*].name) : ""'),
    }),
  ),
  connection_form: of(
    `try(${P}.connectionForm, concat(${inline([
      { label: "S3 Bucket Name", value: ConnectionValue.BUCKET_NAME },
      { label: "AWS Region", value: ConnectionValue.REGION },
      { label: "Key Prefix", value: ConnectionValue.KEY_PREFIX },
    ])}, local.assumes_role ? ${inline([{ label: "IAM Role ARN", value: ConnectionValue.ROLE_ARN }])} : []))`,
  ),
  asks_for_account: of('contains([for field in local.connection_form : field.value], "awsAccountId")'),
  connection_fields: of(
    "concat([for field in local.connection_form : { label = field.label, value = local.connection_values[field.value] }], var.additional_connection_fields)",
  ),
  known_bucket_actions: of(expression(actionsOn("bucket"))),
  known_object_actions: of(expression(actionsOn("object"))),
  unknown_actions: of(
    `concat(${(["bucket", "object"] as const)
      .map(
        (level) =>
          `[for action in concat(${P}.documentedPermissions.${level}Actions, local.granted_${level}_actions, local.exercised_${level}_actions) : action if !anytrue([for known in local.known_${level}_actions : can(regex("^\${replace(replace(action, "*", ".*"), "?", ".")}$", known))])]`,
      )
      .join(", ")})`,
  ),
};

const given = (member: string) => `can(${P}.${member})`;

/** What the constructs check at synthesis. */
export const PROFILE_PRECONDITIONS: readonly Precondition[] = [
  {
    condition: `\${contains(${P}.accessMethods, local.access_method)}`,
    error_message: "UnsupportedAccess: access_method must be one of the profile's accessMethods; set it where there are several",
  },
  {
    condition: "${length(local.unknown_actions) == 0}",
    error_message: 'UnknownAction: Amazon S3 has no such action on that level: ${join(", ", local.unknown_actions)}',
  },
  {
    condition: "${length(local.exercised_bucket_actions) + length(local.exercised_object_actions) > 0}",
    error_message: "NothingExercised: exercisedPermissions must name an action, or documentedPermissions one without a wildcard",
  },
  {
    condition:
      '${alltrue([for action in concat(local.exercised_bucket_actions, local.exercised_object_actions) : replace(replace(action, "*", ""), "?", "") == action])}',
    error_message: "WildcardAction: exercisedPermissions must name its actions one by one",
  },
  {
    condition: `\${!local.assumes_role || try(${P}.externalId, "") != "${ExternalIdUse.REQUIRED}" || length(var.external_ids) > 0}`,
    error_message: "ExternalIdRequired: the vendor always sends an external ID; copy it from the vendor's screen into external_ids",
  },
  {
    condition: `\${try(${P}.externalId, "") != "${ExternalIdUse.NONE}" || length(var.external_ids) == 0}`,
    error_message: "ExternalIdRefused: the vendor sends no external ID; leave external_ids out",
  },
  {
    condition: "${local.assumes_role || length(var.external_ids) == 0}",
    error_message: "ExternalIdRefused: only a role asks for an external ID; leave external_ids out",
  },
  {
    condition: `\${!${given("encryptions")} || contains(try(${P}.encryptions, []), local.encryption)}`,
    error_message: "UnsupportedEncryption: encryption must be one of the profile's encryptions",
  },
  {
    condition: `\${!${given("versioning")} || try(${P}.versioning, "") == local.versioning}`,
    error_message: "UnsupportedVersioning: versioning must be that of the profile",
  },
  {
    condition: `\${!${given("objectOwnership")} || try(${P}.objectOwnership, "") == local.object_ownership}`,
    error_message: "UnsupportedOwnership: object_ownership must be that of the profile",
  },
  {
    condition: `\${!local.sets_acls || local.object_ownership != "${ObjectOwnership.BUCKET_OWNER_ENFORCED}"}`,
    error_message: "UnsupportedOwnership: the vendor sets ACLs, which BucketOwnerEnforced turns off",
  },
  {
    condition: `\${!${given("regions")} || contains(try(${P}.regions, []), local.region)}`,
    error_message: "UnsupportedRegion: the vendor supports the Regions of its profile only",
  },
  {
    condition: `\${startswith(var.bucket_name, try(${P}.bucketNamePrefix, ""))}`,
    error_message: "InvalidBucketName: bucket_name must begin with the profile's bucketNamePrefix",
  },
  {
    condition: `\${!try(${P}.bucketNameWithoutDots, false) || replace(var.bucket_name, ".", "") == var.bucket_name}`,
    error_message: "InvalidBucketName: bucket_name must not contain a dot for this vendor",
  },
  {
    condition: "${length(distinct(local.given_prefixes)) == length(local.given_prefixes)}",
    error_message: "EqualPaths: key_prefix and additional_key_prefixes must differ",
  },
  {
    condition: '${alltrue([for arn in local.vendor_principals : startswith(arn, "arn:${local.partition}:iam::")])}',
    error_message: "WrongPartition: vendor_principals must be in the partition of the bucket",
  },
];
