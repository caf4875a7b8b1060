/**
 * Values that a caller can choose in order to be allowed.
 *
 * A request that depends on what the caller chooses is tried with the values that the policies name. Only a request that a policy then
 * allows counts, so a choice never turns an unknown into a "cannot".
 */
import { type AccessRequest, type Condition, type Decision, decide, type Policies, type PossibleValue, parseNumber } from "../evaluate";
import { hasUnknown } from "../unknown";
import { policiesIn } from "./compiled-policies";

/** Requests that are tried at most for one question. */
const MOST_REQUESTS = 200;
const MOST_VALUES = 12;

/** The verdict on the first request that the policies allow with values of the caller's choice. */
export function allowedByChoice(request: AccessRequest, policies: Policies, isChosen: (key: string) => boolean): Decision | undefined {
  const { possibleValues } = request;
  if (possibleValues === undefined) return undefined;
  const choices = new Map<string, readonly PossibleValue[]>();
  for (const [key, named] of namedValues(policies, request.resource)) {
    const possible = request.context[key] === undefined && isChosen(key) ? possibleValues(key) : undefined;
    if (possible !== undefined) choices.set(key, valuesFor(possible, named));
  }
  for (const chosen of combinations([...choices], MOST_REQUESTS)) {
    const context = { ...request.context };
    for (const [key, value] of chosen) if (value !== undefined) context[key] = value;
    const settled = new Set(chosen.map(([key]) => key));
    const decision = decide(
      { ...request, context, possibleValues: (key) => (settled.has(key) ? undefined : possibleValues(key)) },
      policies,
    );
    if (decision.verdict === "Allowed") return decision;
  }
  return undefined;
}

/** The values that the key can have, if AWS or the caller's own attributes limit the choice; otherwise those that the policies name. */
function valuesFor(possible: readonly PossibleValue[], named: ReadonlySet<string>): readonly PossibleValue[] {
  const isOpen = possible.some((value) => typeof value === "string" && hasUnknown(value));
  const others = possible.filter((value) => value === undefined || (typeof value === "string" && !hasUnknown(value)));
  return isOpen ? [...others, ...[...named, OTHER_VALUE].slice(0, MOST_VALUES)] : others;
}

/** A value that no policy names. */
const OTHER_VALUE = "another-value";

/** The keys on which the policies depend, in lower case, each with the values that may meet or avoid their conditions. */
function namedValues(policies: Policies, resource: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (key: string, values: readonly string[]) => {
    const known = found.get(key) ?? new Set();
    for (const value of values) known.add(value);
    found.set(key, known);
  };
  const inResource = resource.slice(resource.lastIndexOf(":") + 1).split("/");
  for (const { statements } of policiesIn(policies)) {
    for (const { conditions, resource: element } of statements) {
      for (const condition of conditions) add(condition.key, valuesOf(condition));
      for (const text of [...(element?.texts ?? []), ...conditions.flatMap(({ values }) => values)]) {
        for (const [, variable] of text.matchAll(/\$\{([^},*?$]+)/g)) add(variable!.toLowerCase(), inResource);
      }
    }
  }
  return found;
}

function valuesOf({ key, operator, values }: Condition): string[] {
  const named = values.filter((value) => !value.includes("${"));
  if (key === "aws:sourceip") return named.flatMap(addressIn);
  if (operator === "Bool" || operator === "Null") return ["true", "false"];
  if (operator.startsWith("Numeric")) {
    return named.flatMap((value) => {
      const number = parseNumber(value);
      return number === undefined ? [] : [number, number - 1, number + 1].map(String);
    });
  }
  if (operator.endsWith("IpAddress")) return named.map((value) => value.split("/")[0]!);
  // A wildcard matches any text; a literal `*` is a value of `StringEquals`.
  return named.flatMap((value) => (/[*?]/.test(value) ? [value.replaceAll("*", "").replaceAll("?", "x"), value] : [value]));
}

/** An address in a range that is too broad to tell callers apart. Nobody chooses an address in a narrow one. */
function addressIn(range: string): string[] {
  if (/^0\.0\.0\.0\/[0-7]$/.test(range)) return ["8.8.8.8"];
  if (/^128\.0\.0\.0\/1$/.test(range)) return ["198.51.100.7"];
  return /^::\/\d$/.test(range) ? ["2001:db8::7"] : [];
}

/** All combinations of one value for each key, up to a number. */
function* combinations(
  choices: readonly (readonly [key: string, values: readonly PossibleValue[]])[],
  most: number,
): Generator<(readonly [key: string, value: PossibleValue])[]> {
  const total = choices.reduce((product, [, values]) => Math.min(product * values.length, most), 1);
  for (let number = 0; number < total; number++) {
    let rest = number;
    yield choices.map(([key, values]) => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [key, value] as const;
    });
  }
}
