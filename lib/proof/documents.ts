/** Reads the members of a policy document, as far as they can be read. */
import { hasUnknown } from "../unknown";

/** The members of a statement that are read. */
export interface Statement {
  readonly Sid?: unknown;
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

export function statementsIn(document: unknown): readonly Statement[] {
  const statements = oneOrMore((document as { readonly Statement?: unknown } | undefined)?.Statement);
  return statements.filter((statement): statement is Statement => typeof statement === "object" && statement !== null);
}

export interface ConditionValue {
  readonly operator: string;
  readonly key: string;
  readonly value: string;
}

/** The condition values of all statements. */
export function conditionsIn(document: unknown): ConditionValue[] {
  return statementsIn(document).flatMap(({ Condition }) =>
    entriesOf(Condition).flatMap(([operator, keys]) =>
      entriesOf(keys).flatMap(([key, values]) => oneOrMore(values).map((value) => ({ operator, key, value: String(value) }))),
    ),
  );
}

/** An element of a policy holds one value or a list of them. */
export function oneOrMore(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Whether an Allow statement of an identity policy may include an action of the service. */
export function mayAllow(document: unknown, service: string): boolean {
  if (typeof document !== "object" || document === null) return true;
  return statementsIn(document).some(({ Effect, Action }) => {
    if (Effect === "Deny") return false;
    if (Action === undefined) return true;
    return oneOrMore(Action).some((action) => {
      const prefix = String(action).split(":")[0]!.toLowerCase();
      return prefix === service || hasUnknown(String(action)) || /[*?]/.test(prefix);
    });
  });
}
