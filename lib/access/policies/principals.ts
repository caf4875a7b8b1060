/**
 * `Principal` and `NotPrincipal` as literals for the caller.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */

import { LimitedCache, type Literal, negate, type Pattern, patternOf, positive, type StringTest, some, stringTest } from "../sets";
import { hasUnknown, maskUnknown, OWNER_ACCOUNT, partsOfText, unknownsIn } from "../unknown";
import { accountPatterns, type CallerClass, type CallerKind } from "./callers";
import { patternFrom } from "./derived-keys";
import type { NamedElement, PrincipalText } from "./document";
import { CALLER, SESSION } from "./keys";
import { exactly } from "./texts";
import type { World } from "./types";

/**
 * How directly an Allow of a resource policy names a caller of the same account: `account` delegates to the account's own policies, `role`
 * is limited by permissions boundary and session policies, `direct` needs nothing else.
 */
export type Reach = "account" | "role" | "direct";

/** Callers that one entry names. */
export interface NamedCallers {
  readonly reach: Reach;
  readonly literals: readonly Literal[];
}

const EVERYBODY: NamedCallers = { reach: "direct", literals: [] };

export interface PrincipalContext {
  readonly caller: CallerClass;
  readonly world: World;
}

/** The callers that an Allow names. */
export function allowedCallers(element: NamedElement<readonly PrincipalText[]>, context: PrincipalContext): readonly NamedCallers[] {
  const { kind } = context.caller;
  // A canonical user is a principal of an account, and the classes of accounts cover it.
  if (kind === "canonical" && element.isNegated) return [];
  const entries = element.texts
    .filter(({ type }) => element.isNegated || isNamedAs(type, kind))
    .flatMap((text) => entryCallers(text, context));
  if (!element.isNegated) return entries;
  return complements(entries).map((literals) => ({ reach: "direct" as const, literals }));
}

/** An Allow that names a canonical user grants to that user, even if the user is an origin access identity. */
function isNamedAs(type: string, kind: CallerKind): boolean {
  if (kind === "canonical") return type === "CanonicalUser";
  return kind !== "originAccessIdentity" || type !== "CanonicalUser";
}

/** The callers outside all entries: one negated literal of each entry, in all combinations. */
export function complements(entries: readonly NamedCallers[]): readonly (readonly Literal[])[] {
  let combinations: (readonly Literal[])[] = [[]];
  for (const { literals } of entries) combinations = combinations.flatMap((found) => literals.map((one) => [...found, negate(one)]));
  return combinations;
}

const cached = new LimitedCache<readonly NamedCallers[]>(5_000);

export function entryCallers(entry: PrincipalText, context: PrincipalContext): readonly NamedCallers[] {
  const { partition, canonicalUsers, uniqueIds } = context.world;
  if (canonicalUsers !== undefined || uniqueIds !== undefined) return callersOfEntry(entry, context);
  const key = `${context.caller.kind} ${partition} ${entry.type} ${entry.text}`;
  return cached.get(key, () => callersOfEntry(entry, context));
}

function callersOfEntry({ type, text }: PrincipalText, context: PrincipalContext): readonly NamedCallers[] {
  const { kind } = context.caller;
  switch (type) {
    case "AWS":
      return awsCallers(text, context);
    case "Service":
      return kind === "service" ? named("direct", text === "*" ? [] : [nameLiteral("service:", text)]) : [];
    case "Federated":
      if (kind === "federated") return named("direct", text === "*" ? [] : [nameLiteral("federated:", text)]);
      // The key `aws:FederatedProvider` of a session names the provider that the session came from.
      return kind === "account" && text !== "*" ? named("role", [ofCallers(ROLES), positive("aws:federatedprovider", exactly(text))]) : [];
    case "CanonicalUser":
      return canonicalCallers(text.toLowerCase(), context);
    default:
      return named("direct", [anybody([], [`whom Principal ${type} names`])]);
  }
}

export function named(reach: Reach, literals: readonly Literal[]): readonly NamedCallers[] {
  return [{ reach, literals }];
}

/** The account in the ARN of an origin access identity. Such an identity also has a canonical user ID. */
const CLOUDFRONT = "cloudfront";
const ROLES = patternFrom(["arn:", ...some("notColon"), ":iam::", ...some("notColon"), ":role/", ...some("any")]);
const USERS = patternFrom(["arn:", ...some("notColon"), ":iam::", ...some("notColon"), ":user/", ...some("any")]);
const ANYBODY = patternFrom(some("any"));

export function ofCallers(...patterns: readonly Pattern[]): Literal {
  return positive(CALLER, stringTest(patterns));
}

/** The entry may mean anybody. It certainly means only the callers of these patterns. */
export function anybody(certain: readonly Pattern[], missing: readonly string[]): Literal {
  return positive(CALLER, stringTest([ANYBODY], { certainPatterns: certain }), missing);
}

function nameLiteral(prefix: string, text: string): Literal {
  return positive(CALLER, literalTest([prefix, ...partsOfText(text)]), unknownsIn(text));
}

function literalTest(parts: Parameters<typeof patternOf>[0]): StringTest {
  return stringTest([patternOf(parts, { wildcards: false })]);
}

function awsCallers(text: string, context: PrincipalContext): readonly NamedCallers[] {
  const { kind } = context.caller;
  if (text === "*") return [EVERYBODY];
  if (kind !== "account" && mayBeEverybody(text)) return named("direct", [anybody([], unknownsIn(text))]);
  const entry = readArn(text);
  if (kind === "originAccessIdentity")
    return entry?.account === CLOUDFRONT || hasUnknown(text) ? named("direct", [principalLiteral(text)]) : [];
  // If no ARN contains the account of a canonical user, the user may be any of its principals.
  if (kind === "canonical")
    return hasUnknown(text) || entry?.type === "root" || isAccount(text) || entry?.account === CLOUDFRONT
      ? named("account", [anybody([], [`the account of the canonical user, compared with ${text}`])])
      : [];
  if (kind !== "account") return [];
  if (isAccount(text) || holdsDigitsOnly(text)) return named("account", [accountLiteral(context.world.partition, text)]);
  if (/^A(ROA|IDA)[A-Z0-9]{8,}$/.test(text)) return uniqueIdCallers(text, context);
  if (entry === undefined) return named("direct", [unreadablePrincipal(text)]);
  const { partition, account, type, rest } = entry;
  if (type === "root") return named("account", [accountLiteral(partition, account)]);
  if (type === "assumed-role") {
    const [role = "", ...session] = rest.split("/");
    return named("direct", [
      sessionRoles({ partition, account, role }),
      positive(SESSION, literalTest(partsOfText(session.join("/"))), unknownsIn(text)),
    ]);
  }
  return named(type === "role" ? "role" : "direct", [principalLiteral(text)]);
}

/** Whether an unknown text may turn out to be `*`. */
function mayBeEverybody(text: string): boolean {
  return partsOfText(text).every((part) => typeof part === "object" && !part.isPlain);
}

function principalLiteral(text: string): Literal {
  return positive(CALLER, literalTest(partsOfText(text)), unknownsIn(text));
}

/** A single placeholder may be an ARN, an account or `*`, unless its kind says that it is the ARN of a principal. */
function unreadablePrincipal(text: string): Literal {
  const exact = patternOf(partsOfText(text), { wildcards: false });
  const isOnePrincipal =
    exact.tokens.length === 1 &&
    exact.tokens.every((token) => token.kind === "placeholder" && token.placeholder.isPlain && token.placeholder.mayHold(":"));
  return isOnePrincipal
    ? positive(CALLER, stringTest([exact]), unknownsIn(text))
    : anybody([exact], hasUnknown(text) ? unknownsIn(text) : [`whom ${text} names`]);
}

/** A session's ARN does not show the path of its role. */
function sessionRoles({ partition, account, role }: { partition: string; account: string; role: string }): Literal {
  const parts = partsOfText(account);
  const name = partsOfText(role);
  const tokens = (path: boolean) =>
    patternOf([`arn:${partition}:iam::`, ...parts, ":role/"], { wildcards: false }).tokens.concat(
      path ? [...some("any"), ...patternOf(["/"], { wildcards: false }).tokens] : [],
    );
  const ofRole = (path: boolean) => ({ tokens: [...tokens(path), ...patternOf(name, { wildcards: false }).tokens] });
  return positive(CALLER, stringTest([patternFrom(ofRole(false).tokens), patternFrom(ofRole(true).tokens)]), [
    ...unknownsIn(account),
    ...unknownsIn(role),
  ]);
}

function accountLiteral(partition: string, account: string): Literal {
  const tokens = patternOf(partsOfText(account), { wildcards: false }).tokens;
  return positive(CALLER, stringTest(accountPatterns(partition, tokens)), unknownsIn(account));
}

function canonicalCallers(id: string, { caller, world }: PrincipalContext): readonly NamedCallers[] {
  if (caller.kind === "canonical") return named("account", [nameLiteral("canonical:", id)]);
  if (caller.kind !== "account" && caller.kind !== "originAccessIdentity") return [];
  const account = Object.hasOwn(world.canonicalUsers ?? {}, id) ? world.canonicalUsers![id] : undefined;
  if (caller.kind === "originAccessIdentity")
    return account === undefined ? named("direct", [anybody([], [`whether the canonical user ${id} is an origin access identity`])]) : [];
  return named("account", [
    account === undefined ? anybody([], [`the account of the canonical user ${id}`]) : accountLiteral(world.partition, account),
  ]);
}

/** A unique ID replaces the ARN of a role or user that was deleted. */
function uniqueIdCallers(id: string, { world }: PrincipalContext): readonly NamedCallers[] {
  const reach = id.startsWith("AROA") ? "role" : "direct";
  const arn = Object.hasOwn(world.uniqueIds ?? {}, id) ? world.uniqueIds![id] : undefined;
  if (arn !== undefined) return named(reach, [principalLiteral(arn)]);
  const test = stringTest([reach === "role" ? ROLES : USERS], { certainPatterns: [] });
  return named(reach, [positive(CALLER, test, [`which principal has the unique ID ${id}`])]);
}

export interface ArnEntry {
  readonly partition: string;
  readonly account: string;
  readonly type: string;
  /** What follows the type of the resource. */
  readonly rest: string;
}

const ARN_ENTRY = /^arn:([^:]*):(?:iam|sts)::([^:]*):(root$|role\/|user\/|assumed-role\/|federated-user\/)(.*)$/ds;

/** The parts of a principal's ARN; undefined if the text is no such ARN, or placeholders hide its parts. */
export function readArn(text: string): ArnEntry | undefined {
  const match = ARN_ENTRY.exec(maskUnknown(text));
  if (match === null) return undefined;
  const [partition, account, type, rest] = match.indices!.slice(1).map((range) => text.slice(...range!)) as [
    string,
    string,
    string,
    string,
  ];
  return hasUnknown(partition) ? undefined : { partition, account, type: type.replace("/", ""), rest };
}

export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function holdsDigitsOnly(text: string): boolean {
  if (text === OWNER_ACCOUNT) return true;
  const [part, ...more] = partsOfText(text);
  return more.length === 0 && typeof part === "object" && part.mayHold("1") && !part.mayHold("a");
}
