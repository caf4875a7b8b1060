/** Whom an Allow lets in, as its text says it: the principals that it names, and the callers that its conditions tie it to. */

import { isWholeAccount } from "../contract";
import type { CompiledStatement, Condition, PrincipalElement } from "../evaluate";
import { hasUnknown } from "../unknown";

/** The texts of `Principal` by sort: AWS principals, and the others. */
interface NamedPrincipals {
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
}

const NOBODY: NamedPrincipals = { aws: [], services: [], federated: [] };
const named = new WeakMap<PrincipalElement, NamedPrincipals>();

/** Nobody for `NotPrincipal`. Sorted once, since every rule about principals asks. */
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

/** Whether `Principal` is `*` or holds it. */
export function namesEverybody({ principal }: CompiledStatement): boolean {
  return principal !== undefined && !principal.not && principal.entries.some(({ kind }) => kind === "any");
}

const TYING_OPERATORS: ReadonlySet<string> = new Set(["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"]);

/** Whether the request must have the key, and one of the values. */
export function isPositive({ operator, ifExists, set, negated }: Condition): boolean {
  return TYING_OPERATORS.has(operator) && !ifExists && !negated && set !== "ForAllValues";
}

/** Keys that tell who calls, the most precise first, and the part of a value that has to be fixed. */
const CALLER_KEYS: readonly (readonly [key: string, fixedPart: (value: string) => string])[] = [
  // Whatever comes before the account, a text with fewer colons fixes no account.
  ["aws:principalarn", (value) => value.split(":")[4] ?? "*"],
  ["aws:userid", (value) => value.split(":")[0]!],
  ["aws:principalaccount", (value) => value],
  ["aws:principalorgid", (value) => value],
  ["aws:principalorgpaths", (value) => value.split("/")[0]!],
];

/** The callers that a condition ties the statement to: its values; undefined where none leaves at least account or organization fixed. */
export function tiedCallers({ conditions }: CompiledStatement): readonly string[] | undefined {
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
 * The callers that an Allow lets in beside those that are known, services apart: principals as they are named, and in the place of `*` or
 * of a whole account the callers that a condition narrows it to. `*` stays where none does.
 */
export function callersBeside(statement: CompiledStatement, isKnown: (caller: string) => boolean): readonly string[] {
  const { aws, federated } = namedPrincipals(statement);
  const strange = (callers: readonly string[]) => callers.filter((caller) => !isKnown(caller));
  const found = strange([...aws, ...federated]);
  if (!found.some(isBroad)) return found;
  const tied = tiedCallers(statement);
  return tied === undefined ? found : [...new Set(found.flatMap((caller) => (isBroad(caller) ? strange(tied) : [caller])))];
}

function isBroad(principal: string): boolean {
  return principal === "*" || isWholeAccount(principal);
}
