/**
 * IAM policy documents as the constructs write them: plain data, one canonical text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

/** A value or a list of values, as IAM's grammar has it. */
export type OneOrMore = string | readonly string[];

/** One statement in IAM's JSON grammar. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

const STATEMENT_KEYS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/**
 * The document in canonical order: keys in the order of IAM's grammar, values sorted and unique, a single value as a scalar.
 *
 * Documents with the same meaning have the same text, so that snapshots and diffs show only changes of meaning.
 */
export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements.map(canonicalStatement) };
}

function canonicalStatement(statement: Statement): Statement {
  const entries = STATEMENT_KEYS.filter((key) => statement[key] !== undefined).map((key) => [key, canonicalValue(statement[key])]);
  return Object.fromEntries(entries) as Statement;
}

function canonicalValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    const unique = [...new Set(value as string[])].sort();
    return unique.length === 1 ? unique[0] : unique;
  }
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return Object.fromEntries(keys.map((key) => [key, canonicalValue((value as Record<string, unknown>)[key])]));
  }
  return value;
}
