import { and, hasUnknown, kindOfUnknown, MAYBE, NO, or, type Ternary, YES } from "../../unknown";
import { ACCOUNT_ID, type PrincipalEntry, splitArn } from "../document/principal-entries";
import { memoize } from "../memoize";
import { compileGlob, matchGlob, piecesOf } from "./glob";
import { isStranger } from "./strangers";

/** The caller of a request. Texts may hold placeholders. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "service" | "federated"; readonly id: string }
  /** `account` only where the request tells it. */
  | { readonly kind: "canonical"; readonly id: string; readonly partition?: undefined; readonly account?: string }
  | { readonly kind: "root" | "account"; readonly partition?: string; readonly account: string }
  | { readonly kind: "user" | "federatedUser"; readonly partition: string; readonly account: string; readonly name: string }
  /** `name` is the role's name with its path where that is known; `session` undefined where it is not known. */
  | {
      readonly kind: "session";
      readonly partition: string;
      readonly account: string;
      readonly role: string;
      readonly path?: string;
      readonly session?: string;
    }
  | { readonly kind: "unknown"; readonly text: string };

/**
 * How directly an Allow of a resource policy reaches the caller. It decides what else must agree, within one account:
 * `account`: the account's own policies must allow too; `role`: the caps of the role apply; `direct`: nothing else is needed.
 */
export interface Reach {
  readonly account: Ternary;
  readonly role: Ternary;
  readonly direct: Ternary;
}

export const NO_REACH: Reach = { account: NO, role: NO, direct: NO };
const DIRECT: Reach = { account: NO, role: NO, direct: YES };

/** What the request tells about its caller beyond the ARN. */
export interface CallerFacts {
  /** Value of `aws:PrincipalArn`. */
  readonly principalArn?: string;
  /** Value of `aws:userid`. */
  readonly userId?: string;
  /** Value of `aws:FederatedProvider`. */
  readonly federatedProvider?: string;
  /** Canonical user ids whose account is known. */
  readonly canonicalUsers?: Readonly<Record<string, string>>;
}

const CANONICAL_ID = /^[0-9a-f]{64}$/i;

/** Many questions are about the same few callers. */
const callerOfArn = memoize((arn) => readCaller(arn, ""));

/** Reads the `principal` of a request. What is no ARN is a service or not, depending on the action. */
export function parseCaller(text: string, action: string): Caller {
  return text.startsWith("arn:") ? callerOfArn(text) : readCaller(text, action);
}

function readCaller(text: string, action: string): Caller {
  const arn = splitArn(text);
  if (arn === undefined) {
    if (text === "*" || text.toLowerCase() === "anonymous") return { kind: "anonymous" };
    if (ACCOUNT_ID.test(text)) return { kind: "account", account: text };
    if (CANONICAL_ID.test(text)) return { kind: "canonical", id: text };
    if (hasUnknown(text)) return { kind: "unknown", text };
    return { kind: isFederatedAction(action) ? "federated" : "service", id: text };
  }
  const { partition, service, account, type, rest } = arn;
  const last = rest.at(-1) ?? "";
  if (service === "iam" && type === "root" && rest.length === 0) return { kind: "root", partition, account };
  if (service === "iam" && type === "user") return { kind: "user", partition, account, name: rest.join("/") };
  if (service === "iam" && type === "role") return { kind: "session", partition, account, role: last, path: rest.join("/") };
  if (service === "sts" && type === "assumed-role") {
    return { kind: "session", partition, account, role: rest[0] ?? "", session: rest.length > 1 ? rest.slice(1).join("/") : undefined };
  }
  if (service === "sts" && type === "federated-user") return { kind: "federatedUser", partition, account, name: rest.join("/") };
  if (type === "oidc-provider" || type === "saml-provider") return { kind: "federated", id: text };
  return { kind: "unknown", text };
}

/** The account in the caller's ARN. A federated caller has none: its account becomes the role's once it is in. */
export function accountOf(caller: Caller): string | undefined {
  return "account" in caller ? caller.account : undefined;
}

/** `sts:AssumeRoleWithWebIdentity` and `…WithSAML`: the caller is known to an identity provider, not to AWS. */
export function isFederatedAction(action: string): boolean {
  return /^sts:assumerolewith(webidentity|saml)$/i.test(action);
}

/** How the entry reaches the caller. */
export function matchPrincipal(entry: PrincipalEntry, caller: Caller, facts: CallerFacts): Reach {
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
      return { ...NO_REACH, account: matchAccount(entry, caller) };
    default:
      return matchArnEntry(entry, caller, facts);
  }
}

function direct(match: Ternary): Reach {
  return match === NO ? NO_REACH : { ...NO_REACH, direct: match };
}

function matchAccount(entry: { readonly partition?: string; readonly account: string }, caller: Caller): Ternary {
  if (caller.kind === "unknown") return MAYBE;
  if (caller.kind === "canonical" && caller.account === undefined) return MAYBE;
  if (!("account" in caller) || caller.account === undefined) return NO;
  const partition = entry.partition === undefined || caller.partition === undefined ? YES : same(entry.partition, caller.partition);
  return and(partition, sameNamed(entry.account, caller.account));
}

function matchArnEntry(
  entry: Extract<PrincipalEntry, { kind: "role" | "user" | "federatedUser" | "session" }>,
  caller: Caller,
  facts: CallerFacts,
): Reach {
  const account = matchAccount(entry, caller);
  if (account === NO) return NO_REACH;
  // Somebody of that account, or somebody who is not known: it may be the one that is named.
  if (caller.kind === "account" || caller.kind === "unknown") {
    const equal = caller.kind === "unknown" && caller.text === entry.text ? YES : MAYBE;
    return entry.kind === "role" ? { ...NO_REACH, role: equal } : direct(equal);
  }
  if (entry.kind === "role" && caller.kind === "session") return { ...NO_REACH, role: and(account, matchRole(entry, caller, facts)) };
  if (entry.kind === "session" && caller.kind === "session") {
    const session = caller.session === undefined ? MAYBE : same(entry.session, caller.session);
    return direct(and(account, and(same(entry.role, caller.role), session)));
  }
  if ((entry.kind === "user" || entry.kind === "federatedUser") && entry.kind === caller.kind) {
    return direct(and(account, same(entry.name, caller.name)));
  }
  return NO_REACH;
}

/** A session's ARN has lost the role's path; role names are unique within an account, so the name decides where the path is not known. */
function matchRole(
  entry: { readonly text: string; readonly name: string; readonly last: string },
  caller: Extract<Caller, { kind: "session" }>,
  facts: CallerFacts,
): Ternary {
  if (isStranger(caller.role)) return sameNamed(entry.last, caller.role);
  if (facts.principalArn?.includes(":role/")) return same(entry.text, facts.principalArn);
  if (caller.path !== undefined) return same(entry.name, caller.path);
  return same(entry.last, caller.role);
}

/** What a policy names, whatever it will be, is no stranger. */
function sameNamed(named: string, called: string): Ternary {
  return hasUnknown(named) && isStranger(called) ? NO : same(named, called);
}

/** A provider named in a trust policy, or in a bucket policy the provider through which a session came about. */
function matchFederated(text: string, caller: Caller, facts: CallerFacts): Reach {
  if (caller.kind === "federated") return direct(same(text, caller.id));
  if (caller.kind === "session" && facts.federatedProvider !== undefined) return { ...NO_REACH, role: same(text, facts.federatedProvider) };
  return direct(caller.kind === "unknown" ? MAYBE : NO);
}

/** The account of a canonical user id in lower case, where it is known. */
export function canonicalAccount(id: string, accounts: CallerFacts["canonicalUsers"] = {}): string | undefined {
  return Object.hasOwn(accounts, id) ? accounts[id] : undefined;
}

/** A canonical id names an account, by a number that no ARN shows. */
function matchCanonical(text: string, caller: Caller, facts: CallerFacts): Reach {
  if (caller.kind === "canonical") return { ...NO_REACH, account: same(text, caller.id.toLowerCase()) };
  const account = canonicalAccount(text, facts.canonicalUsers);
  if (account !== undefined) return { ...NO_REACH, account: matchAccount({ account }, caller) };
  return { ...NO_REACH, account: "account" in caller || caller.kind === "unknown" ? MAYBE : NO };
}

/** A raw unique id stands where its role or user was deleted. It matches only a caller whose `aws:userid` says so. */
function matchUniqueId(text: string, caller: Caller, facts: CallerFacts): Reach {
  if (facts.userId === undefined) return caller.kind === "unknown" ? direct(MAYBE) : NO_REACH;
  if (text.startsWith("AROA")) return { ...NO_REACH, role: same(text, facts.userId.split(":")[0]!) };
  return direct(same(text, facts.userId));
}

/** The same placeholder on both sides is the same principal, of whatever kind. */
function matchUnknown(text: string, caller: Caller): Reach {
  if (kindOfUnknown(text) === "otherPrincipal") return matchOtherPrincipal(text, caller);
  if (caller.kind === "unknown" && caller.text === text) return { account: YES, role: MAYBE, direct: MAYBE };
  return { account: MAYBE, role: MAYBE, direct: MAYBE };
}

/** One role or user of another account, whichever it is. */
function matchOtherPrincipal(text: string, caller: Caller): Reach {
  if (caller.kind === "unknown") return { account: NO, role: caller.text === text ? YES : MAYBE, direct: MAYBE };
  if (caller.kind === "canonical") return { account: NO, role: MAYBE, direct: MAYBE };
  if (!("account" in caller) || caller.kind === "root" || caller.kind === "federatedUser") return NO_REACH;
  const name = caller.kind === "session" ? caller.role : caller.kind === "user" ? caller.name : "";
  return isStranger(caller.account) || isStranger(name) ? NO_REACH : { account: NO, role: MAYBE, direct: MAYBE };
}

/**
 * Whether a Deny with `NotPrincipal` spares the caller. AWS checks the account, then the role or user, then the session, so each
 * must be listed; an entry spares all below it unless the list names some of them.
 */
export function isExemptByNotPrincipal(entries: readonly PrincipalEntry[], caller: Caller, facts: CallerFacts): Ternary {
  const reaches = entries.map((entry) => ({ entry, reach: matchPrincipal(entry, caller, facts) }));
  const best = (kinds: readonly PrincipalEntry["kind"][]) =>
    reaches.filter(({ entry }) => kinds.includes(entry.kind)).reduce<Ternary>((sum, { reach }) => or(sum, strongest(reach)), NO);
  if (caller.kind === "unknown") return reaches.reduce<Ternary>((sum, { reach }) => or(sum, strongest(reach)), NO);
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

export function strongest(reach: Reach): Ternary {
  return or(reach.account, or(reach.role, reach.direct));
}

/** Whether two texts without wildcards are the same. */
export function same(a: string, b: string): Ternary {
  if (a === b) return YES;
  return hasUnknown(a) || hasUnknown(b) ? matchGlob(compileGlob(piecesOf(a, false)), b) : NO;
}
