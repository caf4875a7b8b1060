import { hasUnknown, kindOfUnknown, lowerCase, MAYBE, NO, type Ternary, YES } from "../../unknown";
import { type ArnPattern, ArnText, compileArn, matchArn } from "./arn";
import { compileGlob, matchGlob } from "./glob";
import { type Piece, piecesOf } from "./pieces";
import { type ContextValues, isVariable, parseTemplate, resolveTemplate, sameOf, type TemplatePiece } from "./templates";
import { contains, isPrivateRange, normalizeBase64, parseAddressRange, parseDate, parseNumber } from "./values";

/** Tests one value of the request against one value of the policy. */
export type ValueTest = (value: string, context: ContextValues) => Ternary;

export interface Operator {
  /** As AWS writes it, without set prefix and `IfExists`. */
  readonly name: string;
  /** The operator is met where no value matches. */
  readonly negated: boolean;
  readonly compile: (value: string, variables: boolean) => ValueTest;
}

type Comparison = (request: number, policy: number) => boolean;

const NUMBERS: Readonly<Record<string, Comparison>> = {
  Equals: (request, policy) => request === policy,
  LessThan: (request, policy) => request < policy,
  LessThanEquals: (request, policy) => request <= policy,
  GreaterThan: (request, policy) => request > policy,
  GreaterThanEquals: (request, policy) => request >= policy,
};

const POSITIVE: readonly Omit<Operator, "negated">[] = [
  { name: "StringEquals", compile: (value, variables) => compileString(value, { variables, wildcards: false }, (text) => text) },
  {
    name: "StringEqualsIgnoreCase",
    compile: (value, variables) => compileString(value, { variables, wildcards: false }, lowerCase),
  },
  { name: "StringLike", compile: (value, variables) => compileString(value, { variables, wildcards: true }, (text) => text) },
  { name: "ArnEquals", compile: compileArnTest },
  { name: "ArnLike", compile: compileArnTest },
  { name: "Bool", compile: (value, variables) => compileString(value, { variables, wildcards: false }, lowerCase) },
  { name: "BinaryEquals", compile: compileBinary },
  { name: "IpAddress", compile: compileAddress },
  ...Object.entries(NUMBERS).map(([name, compare]) => ({ name: `Numeric${name}`, compile: compileNumber(compare, parseNumber) })),
  ...Object.entries(NUMBERS).map(([name, compare]) => ({ name: `Date${name}`, compile: compileNumber(compare, parseDate) })),
];

/** Name of a negated operator, and what it negates. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NotIpAddress: "IpAddress",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
};

/** By name in lower case: AWS accepts operators in any letter case. `Null` is not here, because it compares no value. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    ...POSITIVE.map((operator) => ({ ...operator, negated: false })),
    ...Object.entries(NEGATED).map(([name, positive]) => ({
      name,
      negated: true,
      compile: POSITIVE.find((operator) => operator.name === positive)!.compile,
    })),
  ].map((operator) => [operator.name.toLowerCase(), operator]),
);

/** The type of value that an operator compares, and how to recognize it. Other operators compare any text. */
const VALUE_TYPES: readonly (readonly [operator: RegExp, rule: string, isValid: (value: string) => boolean])[] = [
  [/^Numeric/, "must be a number", (value) => parseNumber(value) !== undefined],
  [/^Date/, "must be a date of ISO 8601, or seconds since 1970", (value) => parseDate(value) !== undefined],
  [/IpAddress$/, "must be an address or a range in CIDR notation", (value) => parseAddressRange(value) !== undefined],
  [/^Bool$/, "must be true or false", (value) => /^(true|false)$/i.test(value)],
  [/^Null$/, "must be true or false", (value) => /^(true|false)$/i.test(value)],
];

/**
 * The rule that the values of a condition break, if any.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function valueRule(operator: string, values: readonly string[]): string | undefined {
  const type = VALUE_TYPES.find(([pattern]) => pattern.test(operator));
  // Some of these operators accept no policy variables. Such a text is then a value that nothing equals.
  const isValid = (value: string) => hasUnknown(value) || value.includes("${") || type![2](value);
  return type === undefined || values.every(isValid) ? undefined : type[1];
}

function compileString(
  value: string,
  options: { readonly variables: boolean; readonly wildcards: boolean },
  normalize: (text: string) => string,
): ValueTest {
  const template = parseTemplate(value, options);
  if (template.some(isVariable)) {
    return withVariables(template, (pieces, request) =>
      matchGlob(compileGlob(pieces.map((piece) => (typeof piece === "string" ? normalize(piece) : piece))), normalize(request)),
    );
  }
  const glob = compileGlob((template as Piece[]).map((piece) => (typeof piece === "string" ? normalize(piece) : piece)));
  if (glob.literal === undefined) return (request) => matchGlob(glob, normalize(request));
  return (request) => {
    const text = normalize(request);
    return text === glob.literal ? YES : hasUnknown(text) ? matchGlob(glob, text) : NO;
  };
}

function compileArnTest(value: string, variables: boolean): ValueTest {
  const template = parseTemplate(value, { variables, wildcards: true });
  if (template.some(isVariable)) return withVariables(template, (pieces, request) => matchArnText(compileArn(pieces), request));
  const pattern = compileArn(template as Piece[]);
  return (request) => matchArnText(pattern, request);
}

function matchArnText(pattern: ArnPattern, request: string): Ternary {
  return matchArn(pattern, new ArnText(request));
}

function withVariables(template: readonly TemplatePiece[], match: (pieces: Piece[], request: string) => Ternary): ValueTest {
  return (request, context) => sameOf(resolveTemplate(template, context), (pieces) => (pieces === undefined ? NO : match(pieces, request)));
}

function compileNumber(compare: Comparison, parse: (text: string) => number | undefined): Operator["compile"] {
  return (value) => {
    const policy = parse(value);
    return (request) => {
      const number = parse(request);
      if (policy !== undefined && number !== undefined) return compare(number, policy) ? YES : NO;
      if (!hasUnknown(value) && !hasUnknown(request)) return NO;
      if (policy !== undefined && kindOfUnknown(request) === "requestTime" && isOver(policy, parse)) return compare(1, 0) ? YES : NO;
      return value === request && compare(0, 0) ? YES : MAYBE;
    };
  };
}

/** Earlier than any request: this program was written later. Milliseconds since 1970. */
const EARLIEST_REQUEST = Date.parse("2026-11-01T00:00:00Z");

/** Whether the time has passed. Numbers are seconds since 1970. */
function isOver(time: number, parse: (text: string) => number | undefined): boolean {
  return (parse === parseNumber ? time * 1000 : time) < EARLIEST_REQUEST;
}

function compileAddress(value: string): ValueTest {
  const range = parseAddressRange(value);
  const isPrivate = range !== undefined && isPrivateRange(range);
  return (request) => {
    const address = parseAddressRange(request);
    if (range !== undefined && address !== undefined) return contains(range, address) ? YES : NO;
    if (!hasUnknown(value) && !hasUnknown(request)) return NO;
    if (isPrivate && kindOfUnknown(request) === "publicAddress") return NO;
    return value === request ? YES : MAYBE;
  };
}

/** The request's value is base64 too: JSON has no other way to write bytes. */
function compileBinary(value: string): ValueTest {
  const policy = normalizeBase64(value);
  return (request) => {
    if (hasUnknown(value) || hasUnknown(request)) return matchGlob(compileGlob(piecesOf(policy, false)), normalizeBase64(request));
    return normalizeBase64(request) === policy ? YES : NO;
  };
}
