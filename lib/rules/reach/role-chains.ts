/** Roles that a session of one role can assume, over any number of steps. */
import { accountOf, substituteOwnAccount } from "../../contract";
import { type CompiledPolicy, type CompiledStatement, decide, memoizeByObject, PolicyGrammarError, type Verdict } from "../../evaluate";
import { compiledPolicy } from "../../judge";
import type { AccountModel, PlannedRole } from "../../plan";
import { hasUnknown } from "../../unknown";
import type { Account } from "../rule";
import { includesAction } from "../statements";
import { ownPolicies, policiesOfRole } from "./role-policies";
import { sessionRequest, sessionTagsOf } from "./session-context";

/** A role that another one can assume, with the chain of roles that leads to it, including itself. */
export interface ReachedRole {
  readonly role: PlannedRole;
  readonly way: readonly PlannedRole[];
  /** Whether it depends on what the plan does not show. */
  readonly isUnknown: boolean;
}

/** The roles of a plan by whom their trust policies may name. */
interface TrustIndex {
  /** By the ARN of a named role, in the account and by its name alone. */
  readonly byPrincipal: ReadonlyMap<string, readonly PlannedRole[]>;
  /** Trust policies that may name anybody of the account. */
  readonly broad: readonly PlannedRole[];
  /** Trust policies that name an account, whose identity policies decide. */
  readonly delegating: readonly PlannedRole[];
}

/** The trust policy, if it can be parsed. */
export const trustOf = memoizeByObject((role: PlannedRole): CompiledPolicy | undefined => {
  const compiled = compiledPolicy(role.trustPolicy, "trust");
  return compiled instanceof PolicyGrammarError ? undefined : compiled;
});

/** The roles that a session of the role can assume, the nearest first. */
export function rolesReachedFrom(start: PlannedRole, model: AccountModel, account: Account): ReachedRole[] {
  const index = indexOf(model.roles);
  const reached = new Map<PlannedRole, ReachedRole>();
  const queue: { role: PlannedRole; way: readonly PlannedRole[]; isUnknown: boolean }[] = [{ role: start, way: [], isUnknown: false }];
  for (let at = 0; at < queue.length; at++) {
    const { role: from, way, isUnknown } = queue[at]!;
    for (const role of candidatesOf(from, index, account)) {
      if (role === start || reached.has(role)) continue;
      const verdict = assumeVerdict(from, role, account);
      if (verdict !== "Allowed" && verdict !== "unknown") continue;
      const next = { role, way: [...way, role], isUnknown: isUnknown || verdict === "unknown" };
      reached.set(role, next);
      queue.push(next);
    }
  }
  return [...reached.values()];
}

function assumeVerdict(from: PlannedRole, role: PlannedRole, account: Account): Verdict {
  const trustPolicy = trustOf(role);
  if (trustPolicy === undefined) return "ImplicitlyDenied";
  const { identityPolicies } = policiesOfRole(from);
  const principal = substituteOwnAccount(from.arn);
  const resource = substituteOwnAccount(role.arn);
  const session = {
    principal,
    account: accountOf(principal) ?? account.id,
    resourceAccount: accountOf(resource) ?? account.id,
    tags: sessionTagsOf(from),
    resourceTags: role.tags,
  };
  const statements = [trustPolicy, ...identityPolicies].flatMap((policy) => policy.statements);
  const { verdict } = decide(sessionRequest(session, { action: "sts:AssumeRole", resource }, statements), {
    ...ownPolicies(from),
    trustPolicy,
  });
  if (verdict !== "ImplicitlyDenied" || account.isKnown) return verdict;
  return isNamedInSomeAccount(from, trustPolicy) ? "unknown" : verdict;
}

/** If the plan does not show the own account, a role of that name in an account with a known ID may be the role. */
function isNamedInSomeAccount({ name }: PlannedRole, trust: CompiledPolicy): boolean {
  return trust.allows.some(({ principal }) =>
    principal?.entries.some((entry) => entry.kind === "role" && entry.last === name && !principal.not),
  );
}

function candidatesOf(from: PlannedRole, { byPrincipal, broad, delegating }: TrustIndex, account: Account): ReadonlySet<PlannedRole> {
  const ofRole = [substituteOwnAccount(from.arn), from.arn, sessionsOf(from.name)];
  const keys = account.isKnown ? ofRole : [...ofRole, from.name];
  const named = keys.flatMap((key) => byPrincipal.get(key) ?? []);
  return new Set([...named, ...broad, ...(mayAssume(from) ? delegating : [])]);
}

function sessionsOf(roleName: string): string {
  return `sessions of ${roleName}`;
}

function mayAssume(role: PlannedRole): boolean {
  return policiesOfRole(role).identityPolicies.some(({ allows }) =>
    allows.some((statement) => statement.unknowns.length > 0 || includesAction(statement, "sts:AssumeRole")),
  );
}

const indexOf = memoizeByObject(readIndex);

function readIndex(roles: readonly PlannedRole[]): TrustIndex {
  const byPrincipal = new Map<string, PlannedRole[]>();
  const broad: PlannedRole[] = [];
  const delegating: PlannedRole[] = [];
  const add = (key: string, role: PlannedRole) => {
    const list = byPrincipal.get(key);
    if (list === undefined) byPrincipal.set(key, [role]);
    else list.push(role);
  };
  for (const role of roles) {
    const allows = trustOf(role)?.allows ?? [];
    if (allows.some(isBroad)) broad.push(role);
    const entries = allows.flatMap(({ principal }) => principal?.entries ?? []);
    if (entries.some(({ kind }) => kind === "account")) delegating.push(role);
    for (const entry of entries) {
      if (entry.kind === "role") {
        add(entry.text, role);
        add(entry.last, role);
      }
      // The ARN of a session has the role's name without its path.
      if (entry.kind === "session") add(sessionsOf(entry.role), role);
    }
  }
  return { byPrincipal, broad, delegating };
}

function isBroad({ principal, unknowns }: CompiledStatement): boolean {
  if (principal === undefined) return unknowns.length > 0;
  return principal.not || principal.entries.some((entry) => entry.kind === "any" || (entry.kind === "unknown" && hasUnknown(entry.text)));
}
