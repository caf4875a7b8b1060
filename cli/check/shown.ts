/** Parts of results as people read them. There are many, and nearly all are known: what holds no placeholder is not copied. */
import type { Expectation } from "../../lib/contract/types";
import type { StatementReference } from "../../lib/evaluate/types";
import { hasUnknown, showUnknown } from "../../lib/evaluate/unknown";

type Context = Expectation["context"];

export function shownContext(context: Context): Context {
  for (const key in context) if (isHidden(context[key]!)) return withShown(context);
  return context;
}

function isHidden(value: string | readonly string[]): boolean {
  return typeof value === "string" ? hasUnknown(value) : value.some(hasUnknown);
}

function withShown(context: Context): Context {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? showUnknown(value) : value.map(showUnknown)]),
  );
}

export function shownExpectation(expectation: Expectation): Expectation {
  const { id, action, context } = expectation;
  return { ...expectation, id: showUnknown(id), action: showUnknown(action), context: shownContext(context) };
}

type Named = Pick<StatementReference, "sid" | "policyName">;

export function shownStatements(statements: readonly StatementReference[]): readonly StatementReference[] {
  for (const statement of statements) if (hasHiddenName(statement)) return statements.map(shownStatement);
  return statements;
}

function hasHiddenName({ sid, policyName }: Named): boolean {
  return (sid !== undefined && hasUnknown(sid)) || (policyName !== undefined && hasUnknown(policyName));
}

export function shownStatement<Statement extends Named>(statement: Statement): Statement {
  const { sid, policyName } = statement;
  return {
    ...statement,
    ...(sid !== undefined && { sid: showUnknown(sid) }),
    ...(policyName !== undefined && { policyName: showUnknown(policyName) }),
  };
}
