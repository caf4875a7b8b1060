/** Variables that more than one module has. Each stands for a prop of the construct. */
import { PARTITIONS } from "../../lib/policy";
import { BucketEncryption, BucketVersioning, type ObjectOwnership } from "../../lib/vendors";

export interface Variable {
  /** The prop of the construct, with the struct that holds it: `validation.mode`. */
  readonly prop: string;
  readonly type: string;
  readonly description: string;
  /** Absent where the variable must be given. */
  readonly fallback?: unknown;
  /** Rules that the value must follow. */
  readonly rules?: readonly VariableRule[];
}

export interface VariableRule {
  /** An expression. */
  readonly condition: string;
  readonly message: string;
}

export type Variables = Readonly<Record<string, Variable>>;

/** A variable in the place of a prop of any type. */
export const variable = (name: string): any => `\${var.${name}}`;

export const matches = (value: string, pattern: string) => `can(regex("${pattern}", ${value}))`;

/** What a variable that may be null must hold. */
export const ifGiven = (name: string, condition: string) => `var.${name} == null || ${condition}`;

const words = (values: readonly string[]) => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;

/** A variable that takes one of these words; or null, where that is its default. */
export function wordRule(name: string, values: readonly string[], { orNull = false } = {}): VariableRule {
  const list = values.length === 1 ? values[0]! : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
  const message = `${name} must be ${list}.`;
  if (!orNull) return { condition: `contains(${words(values)}, var.${name})`, message };
  // Terraform before 1.12 evaluates both sides of ||, and no list may be asked for null.
  return { condition: ifGiven(name, `contains(${words(values)}, coalesce(var.${name}, "none"))`), message };
}

export const ROLE_ARN = "^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$";
export const PRINCIPAL_ARN = "^arn:[a-z-]+:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9_+=,.@/-]+)$";

/** A path of deliveries. */
export const KEY_PREFIX = "^([^/*?]+/)*[^/*?]+/?$";

export function pathVariable(name: string, prop: string, description: string): Variable {
  return {
    prop,
    type: "string",
    description,
    fallback: "",
    rules: [
      {
        condition: `var.${name} == "" || ${matches(`var.${name}`, KEY_PREFIX)}`,
        message: `${name} may not begin with a slash, nor hold two slashes in a row, * or ?.`,
      },
    ],
  };
}

export const BUCKET_NAME: Variables = {
  bucket_name: {
    prop: "bucketName",
    type: "string",
    description: "Name of the bucket.",
    rules: [
      {
        condition: `${matches("var.bucket_name", "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")} && !${matches("var.bucket_name", "[.][.]")}`,
        message: "bucket_name must follow Amazon S3's naming rules for general purpose buckets.",
      },
    ],
  },
};

/** Settings of the bucket that no vendor of a module of its own decides. */
export const BUCKET: Variables = {
  region: {
    prop: "region",
    type: "string",
    description: "AWS Region of the bucket, set on each of its resources; null for the Region of the provider.",
    fallback: null,
    rules: [
      {
        condition: ifGiven("region", matches("var.region", "^[a-z]+(-[a-z]+)+-[0-9]+$")),
        message: "region must be the code of an AWS Region, for example eu-central-1.",
      },
    ],
  },
  partition: {
    prop: "partition",
    type: "string",
    description: "Partition of the bucket: aws, aws-cn, aws-us-gov or aws-eusc; null for the partition of region, else aws.",
    fallback: null,
    rules: [wordRule("partition", PARTITIONS, { orNull: true })],
  },
  minimum_tls_version: {
    prop: "minimumTlsVersion",
    type: "string",
    description: "Minimum TLS version, 1.2 or 1.3; null for every version that Amazon S3 accepts. Plain HTTP is always denied.",
    fallback: null,
    rules: [wordRule("minimum_tls_version", ["1.2", "1.3"], { orNull: true })],
  },
  abort_incomplete_multipart_upload_after_days: {
    prop: "abortIncompleteMultipartUploadAfterDays",
    type: "number",
    description: "Days after which incomplete multipart uploads are aborted; null for never, and no lifecycle configuration.",
    fallback: null,
    rules: [
      {
        condition: ifGiven(
          "abort_incomplete_multipart_upload_after_days",
          "try(var.abort_incomplete_multipart_upload_after_days >= 1 && floor(var.abort_incomplete_multipart_upload_after_days) == var.abort_incomplete_multipart_upload_after_days, false)",
        ),
        message: "abort_incomplete_multipart_upload_after_days must be a whole number of days, 1 or more.",
      },
    ],
  },
  force_destroy: {
    prop: "forceDestroy",
    type: "bool",
    description: "Whether destroy deletes the bucket with the objects in it.",
    fallback: false,
  },
};

/** Settings that the vendor's documentation may decide: null is what it asks for. */
export const versioning = (fallback: BucketVersioning | null, description: string): Variable => ({
  prop: "versioning",
  type: "string",
  description,
  fallback,
  rules: [wordRule("versioning", Object.values(BucketVersioning), { orNull: fallback === null })],
});

export const objectOwnership = (fallback: ObjectOwnership | null, values: readonly ObjectOwnership[], description: string): Variable => ({
  prop: "objectOwnership",
  type: "string",
  description,
  fallback,
  rules: [wordRule("object_ownership", values, { orNull: fallback === null })],
});

export const encryption = (fallback: BucketEncryption | null, description: string): Variables => ({
  encryption: {
    prop: "encryption",
    type: "string",
    description,
    fallback,
    rules: [wordRule("encryption", Object.values(BucketEncryption), { orNull: fallback === null })],
  },
  kms_key_arn: {
    prop: "kmsKeyArn",
    type: "string",
    description: "ARN of the customer managed key for aws:kms. Its key policy must let the vendor, or the role, use it. Null for none.",
    fallback: null,
    rules: [
      {
        condition: ifGiven("kms_key_arn", matches("var.kms_key_arn", "^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$")),
        message: "kms_key_arn must be the ARN of a KMS key, not of an alias.",
      },
    ],
  },
});

export const leastPrivilege = (description: string): Variable => ({ prop: "permissions", type: "bool", description, fallback: false });
