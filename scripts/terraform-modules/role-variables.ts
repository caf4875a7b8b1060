/** Variables of the role and of the validation, and tags. */
import { ifGiven, matches, PRINCIPAL_ARN, ROLE_ARN, type Variables, wordRule } from "./variables";

/** Options of the role that the vendor assumes. */
export const roleVariables = (vendor: string, roleName: string): Variables => ({
  role_name: {
    prop: "roleName",
    type: "string",
    description: `Name of the role that ${vendor} assumes; null for ${roleName} and the bucket's name.`,
    fallback: null,
    rules: [
      {
        condition: ifGiven("role_name", matches("var.role_name", "^[A-Za-z0-9_+=,.@-]{1,64}$")),
        message: "role_name must have 1 to 64 characters out of letters, digits and _+=,.@-.",
      },
    ],
  },
  role_path: {
    prop: "rolePath",
    type: "string",
    description: "Path of the role.",
    fallback: "/",
    rules: [
      {
        condition: matches("var.role_path", "^/([!-~]+/)?$"),
        message: "role_path must begin and end with a slash.",
      },
    ],
  },
  permissions_boundary_arn: {
    prop: "permissionsBoundaryArn",
    type: "string",
    description: "ARN of the permissions boundary of the role; null for none.",
    fallback: null,
    rules: [
      {
        condition: ifGiven(
          "permissions_boundary_arn",
          matches("var.permissions_boundary_arn", "^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$"),
        ),
        message: "permissions_boundary_arn must be the ARN of a managed policy.",
      },
    ],
  },
  validator_principal_arn: {
    prop: "validatorPrincipalArn",
    type: "string",
    description:
      "ARN of a principal of yours that may assume the role under the session name vendor-destination-validation, so that the validation can act with the role's permissions; null for none.",
    fallback: null,
    rules: [
      {
        condition: ifGiven("validator_principal_arn", matches("var.validator_principal_arn", PRINCIPAL_ARN)),
        message: "validator_principal_arn must be the ARN of an IAM role, user or account root.",
      },
    ],
  },
});

/** What the module does after deploy, and tags. */
export const tagsAndValidation = (tagged: string): Variables => ({
  tags: { prop: "tags", type: "map(string)", description: `Tags of ${tagged}.`, fallback: {} },
  validation: {
    prop: "validation.mode",
    type: "string",
    description:
      "What happens at the end of apply: enforce fails it where the validation fails, warn prints the report, off runs nothing. The first two need Node.js 20.9 or newer where Terraform runs; warn never fails the apply, not even without Node.js.",
    fallback: "enforce",
    rules: [wordRule("validation", ["enforce", "warn", "off"])],
  },
  validation_on_unknown: {
    prop: "validation.onUnknown",
    type: "string",
    description: "What enforce does where nothing failed and something could not be proven: fail or warn.",
    fallback: "fail",
    rules: [wordRule("validation_on_unknown", ["fail", "warn"])],
  },
  validation_assume_role_arn: {
    prop: "validation.assumeRoleArn",
    type: "string",
    description: "ARN of a role that the validation assumes first: the one in assume_role of the provider; null for none.",
    fallback: null,
    rules: [
      {
        condition: ifGiven("validation_assume_role_arn", matches("var.validation_assume_role_arn", ROLE_ARN)),
        message: "validation_assume_role_arn must be the ARN of an IAM role.",
      },
    ],
  },
  validation_aws_profile: {
    prop: "validation.awsProfile",
    type: "string",
    description: "AWS profile with the deployer's credentials; null for those of the environment.",
    fallback: null,
  },
  validation_vendor_aws_profile: {
    prop: "validation.vendorAwsProfile",
    type: "string",
    description: "AWS profile with credentials of the vendor's principal, for a test account that you own; null for none.",
    fallback: null,
  },
  validation_timeout_seconds: {
    prop: "validation.timeoutSeconds",
    type: "number",
    description: "Longest wait, in seconds, until IAM has applied a change, and again until S3 has: 1 to 900.",
    fallback: 120,
    rules: [
      {
        condition:
          "var.validation_timeout_seconds >= 1 && var.validation_timeout_seconds <= 900 && floor(var.validation_timeout_seconds) == var.validation_timeout_seconds",
        message: "validation_timeout_seconds must be a whole number from 1 to 900.",
      },
    ],
  },
  validation_environment: {
    prop: "validation.environment",
    type: "map(string)",
    description: "Additional environment variables of the validation, for example AWS_ENDPOINT_URL.",
    fallback: {},
  },
});
