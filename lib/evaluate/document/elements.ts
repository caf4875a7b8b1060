/** The shapes that elements share: objects, texts and lists of texts, and pairs that exclude each other. */
import { faultIn, type PolicyScope, type StatementScope } from "./scope";

export type Elements = Readonly<Record<string, unknown>>;

/** The element given, of two that exclude each other. */
export interface ChosenElement {
  readonly name: string;
  /** Whether it is the negated one. */
  readonly not: boolean;
  readonly path: string;
  readonly value: unknown;
}

const NEGATED = { Principal: "NotPrincipal", Action: "NotAction", Resource: "NotResource" } as const;

/** `Action` or `NotAction`, and the like; undefined where neither is there. */
export function eitherOf(statement: Elements, name: "Principal" | "Action" | "Resource", scope: StatementScope): ChosenElement | undefined {
  const notName = NEGATED[name];
  const plain = statement[name];
  const negated = statement[notName];
  const path = `${scope.path}.${negated === undefined ? name : notName}`;
  if (plain !== undefined && negated !== undefined) {
    throw faultIn(scope.policy, { element: path, rule: `must not stand beside ${name}`, value: negated, advice: "keep one of the two" });
  }
  if (plain !== undefined) return { name, not: false, path, value: plain };
  return negated === undefined ? undefined : { name: notName, not: true, path, value: negated };
}

/** A text or a list of texts that is not empty. */
export function textsOf(value: unknown, element: string, scope: PolicyScope): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length === 0) throw faultIn(scope, { element, rule: "must not be empty", value, advice: "write at least one value" });
  return Array.from(list, (item) => {
    if (typeof item === "string") return item;
    throw faultIn(scope, { element, rule: "must be text or a list of texts", value: item, advice: "write text" });
  });
}

/** The values of a condition: texts, numbers, truth values, or a list of them, which may be empty. */
export function conditionValuesOf(value: unknown, element: string, scope: PolicyScope): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return Array.from(list, (item) => {
    if (typeof item === "string") return item;
    if (typeof item === "number" || typeof item === "boolean") return String(item);
    const rule = "must be text, a number or a truth value, or a list of them";
    throw faultIn(scope, { element, rule, value: item, advice: "write text" });
  });
}

/** An object. Members that are undefined are left out. */
export function objectOf(value: unknown, element: string, scope: PolicyScope): Elements {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw faultIn(scope, { element, rule: "must be an object", value, advice: "write members between braces" });
  }
  const given = value as Elements;
  const isComplete = Object.keys(given).every((name) => given[name] !== undefined);
  return isComplete ? given : Object.fromEntries(Object.entries(given).filter(([, member]) => member !== undefined));
}

/** Throws for a member that is not among those known. */
export function checkMembers(
  given: Elements,
  known: readonly string[],
  within: { readonly element: string; readonly scope: PolicyScope },
): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const { element, scope } = within;
    const meant = known.find((other) => other.toLowerCase() === name.toLowerCase());
    throw faultIn(scope, {
      element: element === "" ? name : `${element}.${name}`,
      rule: "is not an element of the policy language",
      value: given[name],
      advice: meant === undefined ? `known are ${known.join(", ")}` : `write ${meant}`,
    });
  }
}
