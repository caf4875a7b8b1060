/**
 * Keys that the caller's identity determines (`aws:PrincipalArn`, `aws:PrincipalAccount`, …). A condition on one of them is a condition on
 * the caller.
 */
import {
  type CharacterClass,
  constant,
  type Literal,
  literal,
  meetsString,
  type Pattern,
  patternOfTokens,
  plain,
  type StringTest,
  some,
  stringTest,
  type Token,
  unknownLiteral,
} from "../sets";
import { CALLER } from "./keys";
import { type Demand, testOf } from "./operators";

/** Patterns for the ARNs of an account's callers, by value of `aws:PrincipalType`. */
export const ARNS_BY_TYPE: Readonly<Record<string, readonly (string | Token)[]>> = {
  Account: arnOf("iam", "root"),
  User: arnOf("iam", "user/"),
  AssumedRole: arnOf("iam", "role/"),
  FederatedUser: arnOf("sts", "federated-user/"),
};

function arnOf(service: string, resource: string): readonly (string | Token)[] {
  const rest = resource === "root" ? [] : some("any");
  return ["arn:", ...some("notColon"), `:${service}::`, ...some("notColon"), `:${resource}`, ...rest];
}

export function patternFrom(parts: readonly (string | Token)[]): Pattern {
  return patternOfTokens(parts.flatMap((part) => (typeof part === "string" ? plain(part) : [part])));
}

const STRING_OPERATORS = new Set(["stringequals", "stringlike", "stringequalsignorecase"]);

export function derivedLiteral(key: string, demand: Demand): Literal {
  const { operator, values, hasVariables } = demand;
  const unknown = () => unknownLiteral(CALLER, [`what ${operator.name} compares in ${key}`], JSON.stringify([operator, key, values]));
  if (values.length === 0) return unknown();
  const read = testOf(operator.name, values, hasVariables);
  if (read === undefined) return unknown();
  // An ARN or a name is neither a number nor an address.
  if (read.test.sort !== "string") return key === "aws:principalarn" ? constant(CALLER, operator.isNegated) : unknown();
  const test = read.test;
  const asked = (wrapped: StringTest) => ofCaller(wrapped, demand, read.missing);
  if (key === "aws:principalarn") return asked(test);
  if (key === "aws:principaltype") return typeLiteral(test, demand) ?? unknown();
  if (!STRING_OPERATORS.has(operator.name) || test.ignoresCase) return unknown();
  if (key === "aws:principalservicename") return asked(wrap(test, { before: [["service:"]], after: [], within: "any" }));
  if (key === "aws:principalaccount") {
    const before = ["arn:", ...some("notColon"), ":", ...some("notColon"), "::"];
    return asked(wrap(test, { before: [before], after: [":", ...some("any")], within: "notColon" }));
  }
  return userNameLiteral(test, demand) ?? unknown();
}

/** A literal for the caller, which every request has. */
function ofCaller(test: StringTest, { operator }: Demand, missing: readonly string[]): Literal {
  return literal({
    attribute: CALLER,
    whenAbsent: false,
    whenPresent: { test, inverted: operator.isNegated, quantifier: "some" },
    missing,
  });
}

function typeLiteral(test: StringTest, { operator }: Demand): Literal | undefined {
  const matched: Pattern[] = [];
  for (const [type, arn] of Object.entries(ARNS_BY_TYPE)) {
    const may = meetsString({ test, inverted: false }, [type], "upper");
    if (may !== meetsString({ test, inverted: false }, [type], "lower")) return undefined;
    if (may) matched.push(patternFrom(arn));
  }
  return literal({
    attribute: CALLER,
    whenAbsent: false,
    whenPresent: { test: stringTest(matched), inverted: operator.isNegated, quantifier: "some" },
  });
}

/** Only users have `aws:username`: the last part of their ARN. */
function userNameLiteral(test: StringTest, demand: Demand): Literal | undefined {
  const users = ["arn:", ...some("notColon"), ":iam::", ...some("notColon"), ":user/"];
  const named = wrap(test, { before: [users, [...users, ...some("any"), "/"]], after: [], within: "notSlash" });
  const { isNegated } = demand.operator;
  if (demand.whenAbsent === isNegated) return ofCaller(named, demand, []);
  if (isNegated) return undefined;
  const others = ["Account", "AssumedRole", "FederatedUser"].map((type) => patternFrom(ARNS_BY_TYPE[type]!));
  return ofCaller(stringTest([...named.patterns, ...others], { certainPatterns: [...named.certainPatterns, ...others] }), demand, []);
}

interface Wrapping {
  readonly before: readonly (readonly (string | Token)[])[];
  readonly after: readonly (string | Token)[];
  /** The characters that wildcards in the value match. */
  readonly within: CharacterClass;
}

/** Turns the test of a value into the test of a longer text that contains it. */
function wrap(test: StringTest, { before, after, within }: Wrapping): StringTest {
  const wrapped = (patterns: readonly Pattern[]) =>
    patterns.flatMap(({ tokens }) => {
      const bound = tokens.map((token) => (token.kind === "many" || token.kind === "one" ? { ...token, of: within } : token));
      return before.map((head) => patternFrom([...head, ...bound, ...after]));
    });
  return stringTest(wrapped(test.patterns), { certainPatterns: wrapped(test.certainPatterns) });
}
