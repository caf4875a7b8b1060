/**
 * Whether the entries of `Principal` name the caller.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { and, hasUnknown, kindOfUnknown, MAYBE, NO, or, type Ternary, YES } from "../../unknown";
import { type Caller, type CallerFacts, canonicalAccount } from "./caller";
import { same } from "./glob";
import { isOutsider } from "./outside-accounts";
import type { PrincipalEntry } from "./principal-entries";

/**
 * How an Allow of a resource policy names the caller. Within one account, this decides what else must allow the request.
 *
 * - `account`: it names the account, whose identity policies must allow too.
 * - `role`: it names the role, so that the permissions boundary and session policies apply.
 * - `direct`: it names the caller itself, and nothing else is needed.
 */
export interface PrincipalMatch {
  readonly account: Ternary;
  readonly role: Ternary;
  readonly direct: Ternary;
}

export const NO_MATCH: PrincipalMatch = { account: NO, role: NO, direct: NO };
const DIRECT: PrincipalMatch = { account: NO, role: NO, direct: YES };

/** The strongest of the three. */
export function strongest(match: PrincipalMatch): Ternary {
  return or(match.account, or(match.role, match.direct));
}

/** How the entry names the caller. */
export function matchPrincipal(entry: PrincipalEntry, caller: Caller, facts: CallerFacts): PrincipalMatch {
  switch (entry.kind) {
    case "any":
      return DIRECT;
    case "anyService":
      return direct(caller.kind === "service" ? YES : caller.kind === "unknown" ? MAYBE : NO);
    case "anyFederated":
      return direct(caller.kind === "federated" ? YES : caller.kind === "unknown" ? MAYBE : NO);
    case "service":
      return direct(caller.kind === "service" ? same(entry.text, caller.id) : caller.kind === "unknown" ? MAYBE : NO);
    case "federated":
      return matchFederated(entry.text, caller, facts);
    case "canonical":
      return matchCanonical(entry.text, caller, facts);
    case "uniqueId":
      return matchUniqueId(entry.text, caller, facts);
    case "unknown":
      return matchUnknown(entry.text, caller);
    case "account":
      return { ...NO_MATCH, account: matchAccount(entry, caller) };
    default:
      return matchArnEntry(entry, caller, facts);
  }
}

function direct(match: Ternary): PrincipalMatch {
  return match === NO ? NO_MATCH : { ...NO_MATCH, direct: match };
}

function matchAccount(entry: { readonly partition?: string; readonly account: string }, caller: Caller): Ternary {
  if (caller.kind === "unknown") return MAYBE;
  if (caller.kind === "canonical" && caller.account === undefined) return MAYBE;
  if (!("account" in caller) || caller.account === undefined) return NO;
  const partition = entry.partition === undefined || caller.partition === undefined ? YES : same(entry.partition, caller.partition);
  return and(partition, sameUnlessOutsider(entry.account, caller.account));
}

function matchArnEntry(
  entry: Extract<PrincipalEntry, { kind: "role" | "user" | "federatedUser" | "session" }>,
  caller: Caller,
  facts: CallerFacts,
): PrincipalMatch {
  const account = matchAccount(entry, caller);
  if (account === NO) return NO_MATCH;
  // An unspecified principal of that account, or an unknown one, may be the one that is named.
  if (caller.kind === "account" || caller.kind === "unknown") {
    const equal = caller.kind === "unknown" && caller.text === entry.text ? YES : MAYBE;
    return entry.kind === "role" ? { ...NO_MATCH, role: equal } : direct(equal);
  }
  if (entry.kind === "role" && caller.kind === "session") return { ...NO_MATCH, role: and(account, matchRole(entry, caller, facts)) };
  if (entry.kind === "session" && caller.kind === "session") {
    const session = caller.session === undefined ? MAYBE : same(entry.session, caller.session);
    return direct(and(account, and(same(entry.role, caller.role), session)));
  }
  if ((entry.kind === "user" || entry.kind === "federatedUser") && entry.kind === caller.kind) {
    return direct(and(account, same(entry.name, caller.name)));
  }
  return NO_MATCH;
}

/** A session's ARN lacks the role's path. Role names are unique within an account, so the name decides where the path is not known. */
function matchRole(
  entry: { readonly text: string; readonly name: string; readonly last: string },
  caller: Extract<Caller, { kind: "session" }>,
  facts: CallerFacts,
): Ternary {
  if (isOutsider(caller.role)) return sameUnlessOutsider(entry.last, caller.role);
  if (facts.principalArn?.includes(":role/")) return same(entry.text, facts.principalArn);
  if (caller.path !== undefined) return same(entry.name, caller.path);
  return same(entry.last, caller.role);
}

/** An unknown value in a policy never turns out to be an outsider. */
function sameUnlessOutsider(named: string, actual: string): Ternary {
  return hasUnknown(named) && isOutsider(actual) ? NO : same(named, actual);
}

/** A trust policy names the provider of the caller; a bucket policy names the provider from which the session came. */
function matchFederated(text: string, caller: Caller, facts: CallerFacts): PrincipalMatch {
  if (caller.kind === "federated") return direct(same(text, caller.id));
  if (caller.kind === "session" && facts.federatedProvider !== undefined) return { ...NO_MATCH, role: same(text, facts.federatedProvider) };
  return direct(caller.kind === "unknown" ? MAYBE : NO);
}

/** A canonical user ID names an account by a number that no ARN contains. */
function matchCanonical(text: string, caller: Caller, facts: CallerFacts): PrincipalMatch {
  if (caller.kind === "canonical") return { ...NO_MATCH, account: same(text, caller.id.toLowerCase()) };
  const account = canonicalAccount(text, facts.canonicalUsers);
  if (account !== undefined) return { ...NO_MATCH, account: matchAccount({ account }, caller) };
  return { ...NO_MATCH, account: "account" in caller || caller.kind === "unknown" ? MAYBE : NO };
}

/** A unique ID replaces a role or user that was deleted. It matches only a caller with that `aws:userid`. */
function matchUniqueId(text: string, caller: Caller, facts: CallerFacts): PrincipalMatch {
  if (facts.userId === undefined) return caller.kind === "unknown" ? direct(MAYBE) : NO_MATCH;
  if (text.startsWith("AROA")) return { ...NO_MATCH, role: same(text, facts.userId.split(":")[0]!) };
  return direct(same(text, facts.userId));
}

/** The same placeholder on both sides is the same principal, whatever its kind. */
function matchUnknown(text: string, caller: Caller): PrincipalMatch {
  if (kindOfUnknown(text) === "otherPrincipal") return matchOtherPrincipal(text, caller);
  if (caller.kind === "unknown" && caller.text === text) return { account: YES, role: MAYBE, direct: MAYBE };
  return { account: MAYBE, role: MAYBE, direct: MAYBE };
}

/** The entry is one role or user of another account. It is not known which. */
function matchOtherPrincipal(text: string, caller: Caller): PrincipalMatch {
  if (caller.kind === "unknown") return { account: NO, role: caller.text === text ? YES : MAYBE, direct: MAYBE };
  if (caller.kind === "canonical") return { account: NO, role: MAYBE, direct: MAYBE };
  if (!("account" in caller) || caller.kind === "root" || caller.kind === "federatedUser") return NO_MATCH;
  const name = caller.kind === "session" ? caller.role : caller.kind === "user" ? caller.name : "";
  return isOutsider(caller.account) || isOutsider(name) ? NO_MATCH : { account: NO, role: MAYBE, direct: MAYBE };
}
