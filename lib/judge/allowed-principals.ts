/** Who has access by an Allow statement: the principals that it names, and the callers that its conditions restrict it to. */

import { isWholeAccount } from "../contract";
import type { CompiledStatement, Condition, PrincipalElement } from "../evaluate";
import { hasUnknown } from "../unknown";

/** The texts of `Principal` by type. */
interface NamedPrincipals {
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
}

const NOBODY: NamedPrincipals = { aws: [], services: [], federated: [] };
const named = new WeakMap<PrincipalElement, NamedPrincipals>();

/** The principals of the statement; none for `NotPrincipal`. Cached, because every rule about principals asks. */
export function namedPrincipals({ principal }: CompiledStatement): NamedPrincipals {
  if (principal === undefined || principal.not) return NOBODY;
  let found = named.get(principal);
  if (found === undefined) {
    found = bySort(principal);
    named.set(principal, found);
  }
  return found;
}

function bySort({ entries, texts }: PrincipalElement): NamedPrincipals {
  const aws: string[] = [];
  const services: string[] = [];
  const federated: string[] = [];
  entries.forEach(({ kind }, index) => {
    const list = kind === "service" || kind === "anyService" ? services : kind === "federated" || kind === "anyFederated" ? federated : aws;
    list.push(texts[index]!);
  });
  return { aws, services, federated };
}

/** Whether `Principal` is or contains `*`. */
export function namesEverybody({ principal }: CompiledStatement): boolean {
  return principal !== undefined && !principal.not && principal.entries.some(({ kind }) => kind === "any");
}

const TYING_OPERATORS: ReadonlySet<string> = new Set(["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"]);

/** Whether the condition requires the key, with one of the values. */
export function isPositive({ operator, ifExists, set, negated }: Condition): boolean {
  return TYING_OPERATORS.has(operator) && !ifExists && !negated && set !== "ForAllValues";
}

/** Keys that identify the caller, the most precise first, each with the part of a value that must not contain a wildcard. */
const CALLER_KEYS: readonly (readonly [key: string, fixedPart: (value: string) => string])[] = [
  // A text with too few colons has no account part.
  ["aws:principalarn", (value) => value.split(":")[4] ?? "*"],
  ["aws:userid", (value) => value.split(":")[0]!],
  ["aws:principalaccount", (value) => value],
  ["aws:principalorgid", (value) => value],
  ["aws:principalorgpaths", (value) => value.split("/")[0]!],
];

/** The callers that a condition restricts the statement to: its values. Undefined if no condition fixes at least account or organization. */
export function callersInConditions({ conditions }: CompiledStatement): readonly string[] | undefined {
  if (conditions.length === 0) return undefined;
  for (const [key, fixedPart] of CALLER_KEYS) {
    const tie = conditions.find(
      (condition) =>
        condition.key === key &&
        isPositive(condition) &&
        condition.values.every((value) => hasUnknown(value) || !/[*?]/.test(fixedPart(value))),
    );
    if (tie !== undefined) return tie.values;
  }
  return undefined;
}

/**
 * The callers, except services, that an Allow gives access in addition to the known ones: the named principals, and instead of `*` or a whole
 * account the callers that a condition restricts it to. `*` stays if no condition does.
 */
export function additionalCallers(statement: CompiledStatement, isKnown: (caller: string) => boolean): readonly string[] {
  const { aws, federated } = namedPrincipals(statement);
  const others = (callers: readonly string[]) => callers.filter((caller) => !isKnown(caller));
  const found = others([...aws, ...federated]);
  if (!found.some(isBroad)) return found;
  const tied = callersInConditions(statement);
  return tied === undefined ? found : [...new Set(found.flatMap((caller) => (isBroad(caller) ? others(tied) : [caller])))];
}

/** Whether a condition that is not known may restrict the statement to some callers. */
export function mayNarrowCallers({ conditions, hasUnknownConditions }: CompiledStatement): boolean {
  return hasUnknownConditions === true || conditions.some(({ key }) => hasUnknown(key));
}

/** Whether the principal is everybody, or a whole account. */
export function isBroad(principal: string): boolean {
  return principal === "*" || isWholeAccount(principal);
}
