/** The module for Kandji. */
import { KandjiDestination, VendorPermissions } from "../../lib";
import { ObjectOwnership } from "../../lib/vendors";
import { acceptedFindings, keyPrefixes, PARTITION, REGION_GIVEN, VALIDATOR, withOptional } from "./contract";
import type { ModuleDefinition } from "./definitions";
import { Expression } from "./hcl";
import { roleVariables, tagsAndValidation } from "./role-variables";
import { ABORT_RULE, optionsOfBucket, PARTITION_RULE, TLS_STATEMENT, WITHOUT_VARIABLE } from "./shared";
import { BUCKET, BUCKET_NAME, leastPrivilege, matches, objectOwnership, pathVariable, variable } from "./variables";

const PAGE = KandjiDestination.PROFILE.facts.documentation;

export const KANDJI: ModuleDefinition = {
  name: "kandji",
  label: "kandji",
  vendorName: "Kandji",
  product: "Activity Log",
  introduction: `A bucket that Kandji, and nobody else, can deliver into, as [Kandji documents it](${PAGE}).`,
  outputPrefix: "kandji_",
  props: "KandjiDestinationProps",
  variables: {
    ...BUCKET_NAME,
    vendor_account_id: {
      prop: "vendorAccountId",
      type: "string",
      description: "The value KANDJI_AWS_ACCOUNT_ID from Kandji's screen (IRU_ENDPOINT_AWS_ACCOUNT_ID in Iru): 12 digits.",
      rules: [
        {
          condition: matches("var.vendor_account_id", "^[0-9]{12}$"),
          message: "vendor_account_id must be an AWS account ID of 12 digits, quoted, with its leading zeros.",
        },
      ],
    },
    vendor_role_name: {
      prop: "vendorRoleName",
      type: "string",
      description: "The value KANDJI_IAM_ROLE from Kandji's screen (IRU_ENDPOINT_IAM_ROLE in Iru): the name of a role, without its ARN.",
      rules: [
        {
          condition: matches("var.vendor_role_name", "^[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*$"),
          message: "vendor_role_name must be the name of an IAM role, not its ARN.",
        },
      ],
    },
    destination_path: pathVariable(
      "destination_path",
      "destinationPath",
      "The Destination Path of Kandji's form; empty for the root of the bucket.",
    ),
    least_privilege: leastPrivilege(
      "Whether the role gets only what the deliveries need, under destination_path, in place of the documented s3:*. Kandji has not confirmed that this suffices.",
    ),
    ...roleVariables("Kandji", '"kandji-"'),
    ...BUCKET,
    object_ownership: objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED, Object.values(ObjectOwnership), "Object Ownership."),
    ...tagsAndValidation("the bucket and the role"),
  },
  withoutVariable: {
    ...WITHOUT_VARIABLE,
    encryption: "Kandji supports the default encryption SSE-S3 only",
    kmsKeyArn: "Kandji supports the default encryption SSE-S3 only",
    versioning: "Kandji asks to keep versioning disabled",
  },
  locals: {
    ...PARTITION,
    default_role_name: new Expression('"kandji-${var.bucket_name}"'),
    role_name: new Expression(
      'var.role_name != null ? var.role_name : length(local.default_role_name) <= 64 ? local.default_role_name : "${substr(local.default_role_name, 0, 55)}-${substr(sha256(local.default_role_name), 0, 8)}"',
    ),
    key_prefixes: keyPrefixes("[var.destination_path]"),
    granted_prefixes: new Expression('var.least_privilege && length(local.key_prefixes) > 0 ? local.key_prefixes : [""]'),
  },
  data: {},
  preconditions: [PARTITION_RULE],
  choices: [{ condition: "var.least_privilege", choice: "least" }],
  counted: [ABORT_RULE],
  statements: { ...TLS_STATEMENT, "aws_iam_role.AllowValidatorToAssumeRole": "var.validator_principal_arn != null" },
  define: (stack, choices) =>
    new KandjiDestination(stack, "Kandji", {
      bucketName: variable("bucket_name"),
      vendorAccountId: variable("vendor_account_id"),
      vendorRoleName: variable("vendor_role_name"),
      destinationPath: variable("destination_path"),
      roleName: "${local.role_name}",
      rolePath: variable("role_path"),
      permissionsBoundaryArn: variable("permissions_boundary_arn"),
      validatorPrincipalArn: variable("validator_principal_arn"),
      permissions: choices.has("least") ? VendorPermissions.LEAST_PRIVILEGE : VendorPermissions.DOCUMENTED,
      objectOwnership: variable("object_ownership"),
      ...optionsOfBucket(),
    }),
  contract: ({ accepted, bucket, keyPrefixes: _, settings, validator, ...input }) =>
    withOptional(
      {
        ...input,
        accepted: acceptedFindings(accepted, { vendorName: "Kandji", documentation: PAGE }),
        bucket: withOptional({ arn: bucket.arn, name: bucket.name }, [REGION_GIVEN]),
        id: "kandji/${var.bucket_name}",
        keyPrefixes: new Expression("local.key_prefixes"),
        settings: {
          chosen: withOptional({ objectOwnership: settings.chosen.objectOwnership }, [
            { ...REGION_GIVEN, members: { region: ["${var.region}"] } },
          ]),
          documented: settings.documented,
        },
      },
      [VALIDATOR(validator)],
    ),
  example: {
    bucket_name: "acme-kandji-activity",
    vendor_account_id: "222222222222",
    vendor_role_name: "kandji-activity",
    destination_path: "activity",
  },
  exampleRegion: "eu-central-1",
};
