/**
 * Arguments that AWS refuses, so that `terraform apply` fails: names, paths, tags, words and numbers out of range.
 *
 * An unchanged argument of an existing resource was accepted before: buckets from before 2018 may have names that a new bucket cannot have.
 */
import { isObject, type JsonObject } from "../../json";
import { brokenBucketNameRule, brokenRoleNameRule, brokenRolePathRule } from "../../names";
import { hasUnknown, replaceUnknown } from "../../unknown";
import { asText } from "../expression/value";
import type { RefusedArgument } from "../types";
import { asNumber } from "../values/numbers";
import type { Instance } from "./inventory";
import { blocksOf } from "./nested-blocks";
import { brokenTagRule } from "./tag-rules";

/** The rule that a value breaks; undefined if it breaks none, or if that depends on unknown parts. */
type BrokenRule = (value: unknown) => string | undefined;

/** The rules of one resource type, by argument. A dot leads into a nested block. */
type Arguments = Readonly<Record<string, BrokenRule>>;

/** A text with unknown parts breaks no rule. */
function text(broken: (value: string) => string | undefined): BrokenRule {
  return (value) => {
    const given = asText(value);
    return given === undefined || given === "" || hasUnknown(given) ? undefined : broken(given);
  };
}

/** Values for the unknown part of a name. One of them avoids every rule that the known parts do not break by themselves. */
const FILLERS = ["", "a", "aaa", "a-123456789012-eu-west-1"];

/** A rule about the characters and the length of a text, which its known parts alone may break. */
function name(broken: (value: string) => string | undefined): BrokenRule {
  return (value) => {
    const given = asText(value);
    if (given === undefined || given === "") return undefined;
    if (!hasUnknown(given)) return broken(given);
    const rules = FILLERS.map((filler) => broken(replaceUnknown(given, () => filler)));
    return rules.includes(undefined) ? undefined : rules[0];
  };
}

function characters(most: number, pattern: RegExp, phrase: string): BrokenRule {
  return name((value) => (value.length <= most && pattern.test(value) ? undefined : `must have 1 to ${most} characters out of ${phrase}`));
}

function words(...known: readonly string[]): BrokenRule {
  return text((value) => (known.includes(value) ? undefined : `must be one of ${known.join(", ")}`));
}

const IAM_NAME = "letters, digits and _+=,.@-";
const iamName = (most: number): BrokenRule => characters(most, /^[\w+=,.@-]+$/, IAM_NAME);

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DESCRIPTION = characters(1000, /^[\t\n\r -~\xa1-\xff]+$/, "tabs, line breaks and the characters from U+0020 to U+00FF");

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
const POLICY_DESCRIPTION = text((value) => (value.length <= 1000 ? undefined : "must have at most 1000 characters"));

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
const POLICY_ARN = text((value) =>
  /^arn:[^:]+:iam::[^:]*:policy\/\S+$/.test(value) && value.length <= 2048 ? undefined : "must be the ARN of a managed policy",
);

/** Terraform adds 26 characters to a prefix. */
const GENERATED = 26;

const BUCKET_PREFIX = name((value) =>
  value.length > 63 - GENERATED
    ? `must have at most ${63 - GENERATED} characters`
    : brokenBucketNameRule(`${value}${"0".repeat(GENERATED)}`),
);

function sessionDuration(value: unknown): string | undefined {
  const seconds = asNumber(value);
  if (seconds === undefined || (seconds >= 3600 && seconds <= 43_200)) return undefined;
  return "must be from 3600 to 43200 seconds";
}

const ACLS = words(
  "private",
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
  "log-delivery-write",
  "bucket-owner-read",
  "bucket-owner-full-control",
);
const ENABLED = words("Enabled", "Disabled");
const ACCOUNT = text((value) => (/^\d{12}$/.test(value) ? undefined : "must be an AWS account ID of 12 digits"));

const RULES: Readonly<Record<string, Arguments>> = {
  aws_s3_bucket: {
    bucket: name(brokenBucketNameRule),
    bucket_prefix: BUCKET_PREFIX,
    acl: ACLS,
    tags: brokenTagRule({ ignoresCase: false }),
  },
  aws_s3_bucket_abac: { "abac_status.status": ENABLED },
  aws_s3_bucket_acl: { acl: ACLS, expected_bucket_owner: ACCOUNT },
  aws_s3_bucket_object_lock_configuration: { object_lock_enabled: words("Enabled") },
  aws_s3_bucket_ownership_controls: {
    "rule.object_ownership": words("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"),
  },
  aws_s3_bucket_request_payment_configuration: { payer: words("BucketOwner", "Requester") },
  aws_s3_bucket_server_side_encryption_configuration: {
    "rule.apply_server_side_encryption_by_default.sse_algorithm": words("AES256", "aws:kms", "aws:kms:dsse"),
    expected_bucket_owner: ACCOUNT,
  },
  aws_s3_bucket_versioning: {
    "versioning_configuration.status": words("Enabled", "Suspended", "Disabled"),
    "versioning_configuration.mfa_delete": ENABLED,
    expected_bucket_owner: ACCOUNT,
  },
  aws_iam_role: {
    name: name(brokenRoleNameRule),
    name_prefix: iamName(64 - GENERATED),
    path: text(brokenRolePathRule),
    description: DESCRIPTION,
    max_session_duration: sessionDuration,
    permissions_boundary: POLICY_ARN,
    "inline_policy.name": iamName(128),
    tags: brokenTagRule({ ignoresCase: true }),
  },
  aws_iam_role_policy: { name: iamName(128), name_prefix: iamName(128 - GENERATED) },
  aws_iam_role_policy_attachment: { policy_arn: POLICY_ARN },
  aws_iam_policy: {
    name: iamName(128),
    name_prefix: iamName(128 - GENERATED),
    path: text(brokenRolePathRule),
    description: POLICY_DESCRIPTION,
    tags: brokenTagRule({ ignoresCase: true }),
  },
};

/** The arguments of a resource that AWS refuses. */
export function refusedArguments(resource: Instance): RefusedArgument[] {
  const rules = Object.hasOwn(RULES, resource.type) ? RULES[resource.type]! : {};
  return Object.entries(rules).flatMap(([path, broken]) => {
    const [argument, ...inside] = path.split(".");
    const value = argument === "tags" ? withDefaultTags(resource) : resource.get(argument!);
    if (value === undefined || value === null || isKept(resource, argument!, value)) return [];
    return valuesIn(value, inside).flatMap((got) => {
      const rule = broken(got);
      return rule === undefined ? [] : [{ address: resource.address, argument: path, rule, got, location: resource.locate(argument!) }];
    });
  });
}

function isKept(resource: Instance, argument: string, value: unknown): boolean {
  if (!resource.isExisting) return false;
  const before = resource.before(argument);
  return before === undefined || JSON.stringify(before) === JSON.stringify(value);
}

function valuesIn(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return [value];
  return (blocksOf(value) ?? []).flatMap((block) => {
    const inner = (block as JsonObject)[step];
    return inner === undefined || inner === null ? [] : valuesIn(inner, rest);
  });
}

/** The tags of a resource with those that its provider adds. */
function withDefaultTags(resource: Instance): unknown {
  const own = resource.get("tags");
  const { defaultTags } = resource.provider;
  return isObject(defaultTags) && (isObject(own) || own === undefined || own === null) ? { ...defaultTags, ...own } : own;
}
