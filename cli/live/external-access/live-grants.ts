/** Which statements of the live policies explain a finding of IAM Access Analyzer. */
import { accountOf } from "../../../lib/contract";
import type { CompiledStatement } from "../../../lib/evaluate";
import { additionalCallers, namedPrincipals, readablePolicies } from "../../../lib/judge";
import type { PlannedPolicy } from "../../../lib/plan";
import { matchesAction } from "../../../lib/rules";

/** The callers that an Allow lets in: those that it names, or instead of `*` or an account those that its conditions name. */
export function callersOf(statement: CompiledStatement): readonly string[] {
  return [...additionalCallers(statement, () => false), ...namedPrincipals(statement).services];
}

/** Whether two texts name the same caller, or one of them its account. */
export function areOfOneAccount(one: string, other: string): boolean {
  return one === other || (accountOf(one) ?? one) === (accountOf(other) ?? other);
}

/** Whether an Allow lets the principal in, or somebody of its account. */
export function letsIn(statement: CompiledStatement, principal: string): boolean {
  if (statement.principal?.not) return true;
  const callers = callersOf(statement);
  return callers.includes("*") || (principal !== "*" && callers.some((caller) => areOfOneAccount(caller, principal)));
}

/** The Allow statements of the policies; undefined if one of the policies cannot be read. */
export function allowsIn(policies: readonly PlannedPolicy[], kind: "trust" | "resource"): CompiledStatement[] | undefined {
  const readable = readablePolicies(policies, kind);
  const isRead = policies.every(({ document }) => typeof document === "object" && document !== null);
  return !isRead || readable.length < policies.length ? undefined : readable.flatMap(({ allows }) => allows);
}

export function allowsAction({ action }: CompiledStatement, name: string): boolean {
  if (action === undefined) return false;
  return action.texts.some((pattern) => matchesAction(pattern, name)) !== action.not;
}
