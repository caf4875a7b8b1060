/** What the Terraform modules are made of: the construct with variables as props, and what is said of each variable. */
import type { TerraformStack } from "cdktf";
import { AuditLogFrequency, KandjiDestination, SixSenseDestination, VendorPermissions } from "../../lib";
import { Expression } from "./hcl";

export interface Variable {
  readonly type: string;
  readonly description: string;
  /** Absent where the variable must be given. */
  readonly fallback?: unknown;
  /** What the value must hold, as an expression. */
  readonly condition?: string;
  readonly errorMessage?: string;
}

export interface ModuleDefinition {
  readonly name: string;
  readonly vendorName: string;
  readonly product: string;
  readonly documentation: string;
  /** Prefix of the outputs of the construct. */
  readonly outputPrefix: string;
  readonly variables: Readonly<Record<string, Variable>>;
  /** Variables that hold a path of deliveries; empty for none. */
  readonly paths: readonly string[];
  readonly locals: Readonly<Record<string, Expression>>;
  readonly preconditions: readonly { readonly condition: string; readonly error_message: string }[];
  /** The choices that a construct makes at synthesis, each with the condition under which it is made. */
  readonly choices: readonly { readonly condition: string; readonly choice: string }[];
  define(stack: TerraformStack, choices: ReadonlySet<string>): void;
  /** Arguments of the example. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly exampleRegion: string;
}

/** A variable in the place of a prop of any type. */
const variable = (name: string): any => `\${var.${name}}`;

const PATH = "^([^/*?]+/)*[^/*?]+/?$";
const pathVariable = (name: string, description: string): Variable => ({
  type: "string",
  description,
  fallback: "",
  condition: `var.${name} == "" || can(regex("${PATH}", var.${name}))`,
  errorMessage: `${name} may not begin with a slash, nor hold two slashes in a row, * or ?.`,
});
const matches = (name: string, pattern: string) => `can(regex("${pattern}", var.${name}))`;

const COMMON_FIRST: Readonly<Record<string, Variable>> = {
  bucket_name: {
    type: "string",
    description: "Name of the bucket.",
    condition: `${matches("bucket_name", "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")} && !${matches("bucket_name", "[.][.]")}`,
    errorMessage: "bucket_name must follow Amazon S3's naming rules for general purpose buckets.",
  },
};
const COMMON_LAST: Readonly<Record<string, Variable>> = {
  force_destroy: { type: "bool", description: "Whether destroy deletes the bucket with the objects in it.", fallback: false },
  tags: { type: "map(string)", description: "Tags of the bucket and the role.", fallback: {} },
  validation: {
    type: "string",
    description:
      "What happens at the end of apply: enforce fails it where the validation fails, warn prints the report, off runs nothing. The first two need Node.js 20.9 or newer where Terraform runs.",
    fallback: "enforce",
    condition: 'contains(["enforce", "warn", "off"], var.validation)',
    errorMessage: "validation must be enforce, warn or off.",
  },
  validation_environment: {
    type: "map(string)",
    description: "More environment variables of the validation, for example AWS_PROFILE or VENDOR_DESTINATION_ASSUME_ROLE_ARN.",
    fallback: {},
  },
};

export const MODULES: readonly ModuleDefinition[] = [
  {
    name: "kandji",
    vendorName: "Kandji",
    product: "Activity Log",
    documentation: "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration",
    outputPrefix: "kandji_",
    variables: {
      ...COMMON_FIRST,
      vendor_account_id: {
        type: "string",
        description: "The value KANDJI_AWS_ACCOUNT_ID from Kandji's screen (IRU_ENDPOINT_AWS_ACCOUNT_ID in Iru): 12 digits.",
        condition: matches("vendor_account_id", "^[0-9]{12}$"),
        errorMessage: "vendor_account_id must be an AWS account ID of 12 digits, quoted, with its leading zeros.",
      },
      vendor_role_name: {
        type: "string",
        description: "The value KANDJI_IAM_ROLE from Kandji's screen (IRU_ENDPOINT_IAM_ROLE in Iru): the name of a role, without its ARN.",
        condition: matches("vendor_role_name", "^[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*$"),
        errorMessage: "vendor_role_name must be the name of an IAM role, not its ARN.",
      },
      destination_path: pathVariable("destination_path", "The Destination Path of Kandji's form; empty for the root of the bucket."),
      least_privilege: {
        type: "bool",
        description:
          "Whether the role gets only what the deliveries need, under destination_path, in place of the documented s3:*. Kandji has not confirmed that this suffices.",
        fallback: false,
      },
      role_name: {
        type: "string",
        description: 'Name of the role that Kandji assumes; null for "kandji-" and the bucket\'s name.',
        fallback: null,
        condition: `var.role_name == null || ${matches("role_name", "^[A-Za-z0-9_+=,.@-]{1,64}$")}`,
        errorMessage: "role_name must have 1 to 64 characters out of letters, digits and _+=,.@-.",
      },
      permissions_boundary_arn: {
        type: "string",
        description: "ARN of the permissions boundary of the role; null for none.",
        fallback: null,
        condition: `var.permissions_boundary_arn == null || ${matches("permissions_boundary_arn", "^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$")}`,
        errorMessage: "permissions_boundary_arn must be the ARN of a managed policy.",
      },
      ...COMMON_LAST,
    },
    paths: ["destination_path"],
    locals: {
      default_role_name: new Expression('"kandji-${var.bucket_name}"'),
      role_name: new Expression(
        'var.role_name != null ? var.role_name : length(local.default_role_name) <= 64 ? local.default_role_name : "${substr(local.default_role_name, 0, 55)}-${substr(sha256(local.default_role_name), 0, 8)}"',
      ),
    },
    preconditions: [],
    choices: [{ condition: "var.least_privilege", choice: "least" }],
    define: (stack, choices) =>
      new KandjiDestination(stack, "Kandji", {
        bucketName: variable("bucket_name"),
        vendorAccountId: variable("vendor_account_id"),
        vendorRoleName: variable("vendor_role_name"),
        destinationPath: variable("destination_path"),
        roleName: "${local.role_name}",
        permissionsBoundaryArn: variable("permissions_boundary_arn"),
        permissions: choices.has("least") ? VendorPermissions.LEAST_PRIVILEGE : VendorPermissions.DOCUMENTED,
        forceDestroy: variable("force_destroy"),
        tags: variable("tags"),
      }),
    example: {
      bucket_name: "acme-kandji-activity",
      vendor_account_id: "222222222222",
      vendor_role_name: "kandji-activity",
      destination_path: "activity",
    },
    exampleRegion: "eu-central-1",
  },
  {
    name: "6sense",
    vendorName: "6sense",
    product: "Data Packs and Audit Logs",
    documentation: "https://support.6sense.com/docs/integrating-6sense-with-aws-s3",
    outputPrefix: "six_sense_",
    variables: {
      ...COMMON_FIRST,
      vendor_role_arn: {
        type: "string",
        description: "ARN of 6sense's common IAM role. It is not published: your Customer Success Manager (CSM) gives it.",
        condition: matches("vendor_role_arn", "^arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$"),
        errorMessage: "vendor_role_arn must be the ARN of an IAM role.",
      },
      data_packs_path: pathVariable("data_packs_path", "File path of Data Packs in 6sense's form; empty where it does not deliver them."),
      audit_logs_path: pathVariable("audit_logs_path", "File path of audit logs in 6sense's form; empty where it does not deliver them."),
      audit_logs_frequency: {
        type: "string",
        description: "How often 6sense delivers audit logs: Hourly, or Daily around 05:00 UTC.",
        fallback: "Hourly",
        condition: 'contains(["Hourly", "Daily"], var.audit_logs_frequency)',
        errorMessage: "audit_logs_frequency must be Hourly or Daily.",
      },
      least_privilege: {
        type: "bool",
        description: "Whether the grant ends at the two paths, in place of the whole bucket. 6sense has not confirmed that this suffices.",
        fallback: false,
      },
      ...COMMON_LAST,
      tags: { ...COMMON_LAST.tags!, description: "Tags of the bucket." },
    },
    paths: ["data_packs_path", "audit_logs_path"],
    locals: {},
    preconditions: [
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
        forceDestroy: variable("force_destroy"),
        tags: variable("tags"),
      }),
    example: {
      bucket_name: "acme-6sense-staging",
      vendor_role_arn: "arn:aws:iam::222222222222:role/6sense-common",
      data_packs_path: "data-packs",
      audit_logs_path: "audit",
    },
    exampleRegion: "eu-west-1",
  },
];
