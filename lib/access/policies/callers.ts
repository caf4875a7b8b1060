/**
 * Classes of callers. The same layers of policies decide for all callers of a class, and together the classes contain every caller.
 *
 * A caller is a text: the value of `aws:PrincipalArn` for a principal of an account, otherwise its kind and name (`service:…`). The session
 * name of a role is a separate attribute.
 */

import {
  absent,
  constant,
  LimitedCache,
  type Literal,
  negate,
  type Pattern,
  patternOf,
  plain,
  positive,
  some,
  stringTest,
  type Token,
} from "../sets";
import { beginsWithVariable, hasUnknown, maskUnknown, partsOfText } from "../unknown";
import { patternFrom } from "./derived-keys";
import { CALLER } from "./keys";
import { ANY_ACCOUNT, factsOfEveryRequest, SERVICES, SOURCE_IS_ACCOUNT } from "./request-facts";
import { exactly } from "./texts";
import type { KnownPrincipal, World } from "./types";

export type CallerKind = "account" | "anonymous" | "service" | "federated" | "canonical" | "originAccessIdentity";

export interface CallerClass {
  readonly kind: CallerKind;
  /** Whether the caller belongs to the account that owns the resource. */
  readonly isOwn: boolean;
  /** Set if its own policies are known. */
  readonly principal?: KnownPrincipal;
  /** What all requests of such callers have in common. */
  readonly base: readonly Literal[];
  /** Whether the caller's identity decides the key. */
  readonly derives: (key: string) => boolean;
  /** Met if a key that the caller's identity determines is present. */
  readonly presenceOf: (key: string) => Literal;
}

/** Keys that are present only if a service calls. */
const SERVICE_KEYS = [
  "aws:principalservicename",
  "aws:principalservicenameslist",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
];
/** Keys that are present only if a principal of an account calls. */
const IDENTITY_KEYS = [
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:username",
  "aws:federatedprovider",
  "aws:sourceidentity",
];
const KEYS_OF_ARN = ["aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username"];
const DERIVED: Readonly<Partial<Record<CallerKind, readonly string[]>>> = {
  account: KEYS_OF_ARN,
  canonical: KEYS_OF_ARN,
  service: ["aws:principalservicename"],
};

const USERS = stringTest([patternFrom(["arn:", ...some("notColon"), ":iam::", ...some("notColon"), ":user/", ...some("any")])]);
const IS_USER = positive(CALLER, USERS);
const ALWAYS = constant(CALLER, true);

/**
 * What a federated user of another account may do depends on session policies that only that account knows. So no such user is a certain
 * witness.
 */
const NOT_FEDERATED = negate(
  positive(CALLER, stringTest([patternFrom(["arn:", ...some("notColon"), ":sts::", ...some("any")])], { certainPatterns: [] }), [
    "the session policies of a federated user",
  ]),
);

/**
 * The classes for one or more worlds of the same resource.
 *
 * @param named texts that name callers; one whose ARN is unknown becomes a caller of its own
 */
export function callerClasses(worlds: readonly World[], named: readonly string[]): readonly CallerClass[] {
  const [{ partition, account, now }] = worlds as readonly [World];
  const common = [...factsOfEveryRequest(now)];
  const principals = new Map(worlds.flatMap(({ principals: list = [] }) => list.map((one) => [one.arn, one] as const)));
  const accounts = new Map([...principals.keys()].map((arn) => [arn, accountOfArn(arn)]));
  const isOwn = (arn: string) => account !== undefined && accounts.get(arn) === account;
  const known = [...principals.values()].map((principal) =>
    classOf("account", {
      isOwn: isOwn(principal.arn),
      principal,
      base: [...common, ...accountFacts(), positive(CALLER, exactly(principal.arn))],
    }),
  );
  const unknownCallers = named.filter((text) => hasUnknown(text) && !principals.has(text) && !beginsWithVariable(text));
  const numbers = isAccountNumber(account) ? [] : accountNumbers(named);
  const key = [partition, account, now, ...principals.keys(), "", ...unknownCallers, "", ...numbers].join("\n");
  const others = cached.get(key, () =>
    unknownClasses({ common, partition, account, unknownCallers, numbers, known: [...principals.keys()] }),
  );
  return [...known, ...others];
}

const cached = new LimitedCache<readonly CallerClass[]>(200);

interface ClassInput {
  readonly common: readonly Literal[];
  readonly partition: string;
  readonly account: string | undefined;
  /** Texts that name callers and are partly unknown. */
  readonly unknownCallers: readonly string[];
  /** The accounts that policies name, if the account of the owner is unknown. */
  readonly numbers: readonly string[];
  /** ARNs of principals that have classes of their own. */
  readonly known: readonly string[];
}

/** Callers whose own policies are unknown. */
function unknownClasses({ common, partition, account, unknownCallers, numbers, known }: ClassInput): readonly CallerClass[] {
  const notKnown = known.length === 0 ? [] : [negate(positive(CALLER, exactly(...known)))];
  const ownTokens = account === undefined ? [] : patternOf(partsOfText(account), { wildcards: false }).tokens;
  const own = account === undefined ? undefined : positive(CALLER, stringTest(accountPatterns(partition, ownTokens), { isText: true }));
  const others = [...accountPatterns(partition, ANY_ACCOUNT), ...unknownCallers.flatMap((text) => callersNamed(text, partition))];
  const ofAccount = [...common, ...accountFacts(), ...notKnown];
  const unsigned = [...common, ...withoutIdentity(), ...SERVICE_KEYS.map(absent)];
  const noAccount = absent("aws:principalaccount");
  return [
    classOf("account", {
      isOwn: false,
      base: [
        ...ofAccount,
        positive(CALLER, stringTest(others, { isText: true })),
        ...(own === undefined ? [] : [negate(own)]),
        ...strangerAccounts(numbers),
        NOT_FEDERATED,
      ],
    }),
    ...(own === undefined ? [] : [classOf("account", { isOwn: true, base: [...ofAccount, own] })]),
    classOf("anonymous", {
      isOwn: false,
      base: [
        ...unsigned,
        positive(CALLER, exactly("anonymous")),
        positive("aws:principalaccount", exactly("anonymous")),
        positive("aws:principaltype", exactly("Anonymous")),
      ],
    }),
    classOf("service", {
      isOwn: false,
      base: [
        ...common,
        ...withoutIdentity(),
        noAccount,
        positive("aws:principalisawsservice", exactly("true")),
        SOURCE_IS_ACCOUNT,
        positive(CALLER, SERVICES),
      ],
    }),
    classOf("federated", { isOwn: false, base: [...unsigned, noAccount, startingWith("federated:")] }),
    classOf("canonical", { isOwn: false, base: [...common, ...accountFacts(), startingWith("canonical:")] }),
    classOf("originAccessIdentity", {
      isOwn: false,
      base: [...unsigned, noAccount, startingWith(`arn:${partition}:iam::cloudfront:user/`)],
    }),
  ];
}

function classOf(kind: CallerKind, more: Omit<CallerClass, "kind" | "derives" | "presenceOf">): CallerClass {
  const derived = new Set(DERIVED[kind] ?? []);
  return {
    kind,
    ...more,
    derives: (key) => derived.has(key),
    presenceOf: (key) => (key === "aws:username" ? IS_USER : ALWAYS),
  };
}

function accountFacts(): Literal[] {
  return [...SERVICE_KEYS.map(absent), positive("aws:principalisawsservice", exactly("false"))];
}

function withoutIdentity(): Literal[] {
  return IDENTITY_KEYS.map(absent);
}

function startingWith(prefix: string): Literal {
  return positive(CALLER, stringTest([{ tokens: [...plain(prefix), ...some("any", 1), ...some("any")] }], { isText: true }));
}

/** All principals of an account. */
export function accountPatterns(partition: string, account: readonly (string | Token)[]): Pattern[] {
  const rest = [...some("any", 1), ...some("any")];
  return [
    patternFrom([`arn:${partition}:iam::`, ...account, ":root"]),
    patternFrom([`arn:${partition}:iam::`, ...account, ":role/", ...rest]),
    patternFrom([`arn:${partition}:iam::`, ...account, ":user/", ...rest]),
    patternFrom([`arn:${partition}:sts::`, ...account, ":federated-user/", ...rest]),
  ];
}

/**
 * A caller whose name is partly unknown. It is a caller in addition to all others, whoever it turns out to be. Nobody has a wildcard in
 * the place of the partition or account.
 */
function callersNamed(text: string, ownPartition: string): Pattern[] {
  const match = /^arn:([^: ]*):(iam|sts)::([^:]*):(.*)$/ds.exec(maskUnknown(text));
  if (match === null) return [patternOf(partsOfText(text), { wildcards: false })];
  const tokensOf = (group: number) => patternOf(partsOfText(text.slice(...match.indices![group]!)), { wildcards: false }).tokens;
  const hasWildcard = (group: number) => /[*?]/.test(match[group]!);
  const account = hasWildcard(3) ? ANY_ACCOUNT : tokensOf(3);
  const partition = hasWildcard(1) ? plain(ownPartition) : tokensOf(1);
  if (match[4] === "root") return accountPatterns(hasWildcard(1) ? ownPartition : match[1]!, account);
  return [patternFrom(["arn:", ...partition, `:${match[2]}::`, ...account, ":", ...tokensOf(4)])];
}

/**
 * If the owner's account is unknown, each account that a policy names may be the owner. Only an account that no policy names is certainly a
 * stranger.
 */
function strangerAccounts(numbers: readonly string[]): Literal[] {
  if (numbers.length === 0) return [];
  const patterns = numbers.map((number) =>
    patternFrom(["arn:", ...some("notColon"), ":", ...some("notColon"), `::${number}:`, ...some("any")]),
  );
  return [negate(positive(CALLER, stringTest(patterns, { certainPatterns: [] }), ["the account that owns the resource"]))];
}

function isAccountNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{12}$/.test(text);
}

function accountNumbers(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))];
}

export function accountOfArn(arn: string): string | undefined {
  return /^arn:[^:]*:(?:iam|sts)::([^:]*):/.exec(arn)?.[1];
}
