/**
 * Whether a bucket policy is public as S3 Block Public Access defines it: unless every Allow is limited to fixed values.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import { readAddresses } from "../sets";
import { hasUnknown, partsOfText } from "../unknown";
import type { ConditionText, PrincipalText, Statement } from "./document";
import { readOperator } from "./operators";

export type Certainty = "yes" | "no" | "unknown";

const FIXING_KEYS = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalservicename",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

const FIXING_OPERATORS = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"]);

/**
 * Values with a wildcard behind the account, organization or role that they fix. AWS documents them as public. A proof that rests on that
 * alone would break if AWS compared more closely.
 */
const OWNER_FIXED: Readonly<Record<string, RegExp>> = {
  "aws:principalarn": /^arn:[^:*?]*:[^:*?]*::\d{12}:/,
  "aws:sourcearn": /^arn:[^:*?]*:[^:*?]*:[^:]*:\d{12}:/,
  "aws:principalorgpaths": /^o-[^/*?]+\//,
  "aws:userid": /^[^:*?]+:/,
};

/** The number of addresses in the broadest ranges that are not public: a /8 in IPv4, a /32 in IPv6. */
const BROADEST = { v4: 1n << 24n, v6: 1n << 96n } as const;

export function isPublic(statements: readonly Statement[]): Certainty {
  const found = statements.filter(({ effect }) => effect !== "Deny").map(statementIsPublic);
  return found.includes("yes") ? "yes" : found.includes("unknown") ? "unknown" : "no";
}

function statementIsPublic({ principal, conditions, missing, hasVariables }: Statement): Certainty {
  const named =
    principal === undefined ? ["unknown" as const] : principal.isNegated ? ["yes" as const] : principal.texts.map(principalIsOpen);
  const all = [strongest(named), ...conditions.map((condition) => leavesOpen(condition, hasVariables))];
  if (all.includes("no")) return "no";
  return missing.length > 0 || all.includes("unknown") ? "unknown" : "yes";
}

function strongest(found: readonly Certainty[]): Certainty {
  return found.includes("yes") ? "yes" : found.includes("unknown") ? "unknown" : "no";
}

function principalIsOpen({ type, text }: PrincipalText): Certainty {
  if (text === "*" || type === "Federated") return "yes";
  const [part, ...more] = partsOfText(text);
  // Only a text that is one placeholder as a whole may turn out to be a wildcard.
  return more.length === 0 && typeof part === "object" && !part.isPlain ? "unknown" : "no";
}

/** `no` if the condition limits the grant to fixed values. */
function leavesOpen({ operator: text, key, values }: ConditionText, hasVariables: boolean): Certainty {
  const operator = readOperator(text);
  if (!FIXING_KEYS.has(key.toLowerCase()) || !FIXING_OPERATORS.has(operator.name)) return "yes";
  if (operator.isNegated || operator.ifExists || operator.set === "ForAllValues") return "yes";
  return strongest(values.map((value) => valueIsOpen(value, key.toLowerCase(), hasVariables)));
}

function valueIsOpen(value: string, key: string, hasVariables: boolean): Certainty {
  if (hasVariables && value.includes("${")) return "yes";
  if (key === "s3:dataaccesspointarn" && /^arn:[^:*?]*:s3:[^:]*:\d{12}:accesspoint\/[^:]*$/.test(value)) return "no";
  const parts = partsOfText(value);
  if (parts.some((part) => typeof part === "string" && /[*?]/.test(part))) return OWNER_FIXED[key]?.test(value) ? "unknown" : "yes";
  if (hasUnknown(value)) return parts.every((part) => typeof part === "string" || part.isPlain) ? "no" : "unknown";
  if (key !== "aws:sourceip") return "no";
  const range = readAddresses(value);
  if (range === undefined) return "no";
  const size = (range.to.value as bigint) - (range.from.value as bigint);
  return size > (value.includes(":") ? BROADEST.v6 : BROADEST.v4) ? "yes" : "no";
}
