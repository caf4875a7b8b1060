import { and, MAYBE, NO, or, type Ternary, YES } from "../../unknown";
import type { Caller, CallerFacts } from "./caller";
import { same } from "./glob";
import type { PrincipalEntry } from "./principal-entries";
import { matchPrincipal, strongest } from "./principals";

/**
 * Whether `NotPrincipal` exempts the caller from a Deny.
 *
 * AWS checks the account, then the role or user, then the session, so each must be listed. An entry exempts everything below it unless
 * the list names some of that.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isExemptByNotPrincipal(entries: readonly PrincipalEntry[], caller: Caller, facts: CallerFacts): Ternary {
  const matches = entries.map((entry) => ({ entry, match: matchPrincipal(entry, caller, facts) }));
  const best = (kinds: readonly PrincipalEntry["kind"][]) =>
    matches.filter(({ entry }) => kinds.includes(entry.kind)).reduce<Ternary>((sum, { match }) => or(sum, strongest(match)), NO);
  if (caller.kind === "unknown") return matches.reduce<Ternary>((sum, { match }) => or(sum, strongest(match)), NO);
  const other = best(["any", "anyService", "anyFederated", "service", "federated", "canonical", "uniqueId", "unknown"]);
  if (other === YES || !("account" in caller) || caller.account === undefined) return other;
  const account = best(["account"]);
  if (account === NO || caller.kind === "root") return or(other, account);
  const below = entries.filter((entry) => "account" in entry && entry.kind !== "account" && same(entry.account, caller.account!) !== NO);
  if (below.length === 0) return or(other, account);
  if (caller.kind === "account") return or(other, MAYBE);
  const named = best(caller.kind === "session" ? ["role"] : [caller.kind]);
  const sessions =
    caller.kind === "session" ? below.filter((entry) => entry.kind === "session" && same(entry.role, caller.role) !== NO) : [];
  const session = sessions.length === 0 ? YES : best(["session"]);
  return or(other, and(account, and(named, session)));
}
