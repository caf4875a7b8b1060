/**
 * Whether a bucket policy is public, by the rules of S3 Block Public Access.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import { and, hasUnknown, MAYBE, mayHoldAnything, NO, or, showUnknown, stripUnknown, type Ternary, unknownsIn, YES } from "../../unknown";
import { type CompiledPolicy, type CompiledStatement, EFFECT_UNKNOWN } from "../document/compiled-policy";
import type { Condition } from "../match/conditions";
import type { PrincipalEntry } from "../match/principal-entries";
import { parseAddressRange } from "../match/values";
import type { StatementReference } from "../types";

/** Whether a policy is public, and which statements make it so. */
export interface PublicStatus {
  readonly isPublic: "yes" | "no" | "unknown";
  readonly statements: readonly PublicStatement[];
}

export interface PublicStatement {
  readonly statement: StatementReference;
  readonly isPublic: "yes" | "unknown";
  /** A sentence for people. */
  readonly reason: string;
}

/** Keys whose fixed values make a grant non-public. */
const RESTRICTING_KEYS = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceip",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:userid",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);
const RESTRICTING_OPERATORS = new Set(["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike", "IpAddress"]);
/** The prefix lengths of the broadest address ranges that are not public. */
const BROADEST = { 4: 8, 6: 32 } as const;

/** Attributes that hold an ARN or an account ID. */
const IDENTIFIER = /\.(arn|account_id)$/;

const WORDS = { [YES]: "yes", [NO]: "no", [MAYBE]: "unknown" } as const;

/** Every request asks about the same few policies. */
const statuses = new WeakMap<CompiledPolicy, PublicStatus>();

export function isPublic(policy: CompiledPolicy): PublicStatus {
  let status = statuses.get(policy);
  if (status === undefined) {
    status = statusOf(policy);
    statuses.set(policy, status);
  }
  return status;
}

function statusOf(policy: CompiledPolicy): PublicStatus {
  let sum: Ternary = NO;
  const statements: PublicStatement[] = [];
  for (const statement of policy.allows) {
    const result = publicStatement(statement);
    sum = or(sum, result);
    if (result === NO) continue;
    statements.push({ statement: statement.reference, isPublic: result === YES ? "yes" : "unknown", reason: reasonOf(statement, result) });
  }
  return { isPublic: WORDS[sum], statements };
}

function publicStatement(statement: CompiledStatement): Ternary {
  const { principal, unknowns } = statement;
  let open: Ternary = MAYBE;
  if (principal !== undefined) {
    open = principal.not ? YES : principal.entries.reduce<Ternary>((sum, entry) => or(sum, openPrincipal(entry)), NO);
  }
  if (open === NO) return NO;
  for (const condition of statement.conditions) open = and(open, opennessOf(condition, statement.variables));
  return unknowns.length > 0 ? and(open, MAYBE) : open;
}

function openPrincipal(entry: PrincipalEntry): Ternary {
  switch (entry.kind) {
    case "any":
    case "anyService":
    case "anyFederated":
    case "federated":
      return YES;
    case "unknown":
      // A wildcard stands alone. A text that is partly known is none, nor is an attribute that holds an ARN or account ID.
      if (!/^\*?$/.test(stripUnknown(entry.text))) return NO;
      return !mayHoldAnything(entry.text) || IDENTIFIER.test(unknownsIn(entry.text).at(-1) ?? "") ? NO : MAYBE;
    default:
      return NO;
  }
}

/** `NO` where the condition ties the grant to fixed values. */
function opennessOf(condition: Condition, variables: boolean): Ternary {
  if (hasUnknown(condition.key)) return MAYBE;
  if (!RESTRICTING_KEYS.has(condition.key) || !RESTRICTING_OPERATORS.has(condition.operator)) return YES;
  if (condition.ifExists || condition.set === "ForAllValues") return YES;
  return condition.values.reduce<Ternary>((sum, value) => or(sum, openValue(condition, value, variables)), NO);
}

function openValue(condition: Condition, value: string, variables: boolean): Ternary {
  if (variables && value.includes("${")) return YES;
  const plain = stripUnknown(value);
  if (condition.key === "s3:dataaccesspointarn" && /^arn:[^:*?]*:s3:[^:]*:\d{12}:accesspoint\/[^:]*$/.test(value)) return NO;
  if (/[*?]/.test(plain)) return YES;
  if (mayHoldAnything(value)) return MAYBE;
  if (condition.key === "aws:sourceip") {
    const range = parseAddressRange(value);
    return range !== undefined && range.prefixLength < BROADEST[range.version] ? YES : NO;
  }
  return NO;
}

function reasonOf(statement: CompiledStatement, result: Ternary): string {
  const { principal, unknowns } = statement;
  if (result === MAYBE) {
    const missing = unknowns.filter((source) => source !== EFFECT_UNKNOWN);
    return missing.length > 0 ? `not known: ${missing.join(", ")}` : "it is not known whether the grant is tied to fixed values";
  }
  const who = principal!.not ? "everybody except the principals of NotPrincipal" : showUnknown(principal!.texts.join(", "));
  const tied = statement.conditions
    .filter(({ key }) => RESTRICTING_KEYS.has(key))
    .map(({ operatorText, keyText }) => `${operatorText} ${keyText}`);
  const but = tied.length === 0 ? "no condition ties it to fixed values" : `${tied.join(", ")} does not tie it to fixed, narrow values`;
  return `it allows ${who}, and ${but}`;
}
