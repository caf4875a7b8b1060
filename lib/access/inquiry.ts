/** One question about one or two worlds: their classes of callers, the space of attributes, and the budget. */
import {
  type Access,
  type ActionGroup,
  accessOf,
  CALLER,
  type CallerClass,
  callerClasses,
  exactly,
  readDocument,
  SESSION,
  traitsOfAttribute,
  type World,
} from "./policies";
import { assertAsksSomething } from "./requests";
import {
  absent,
  type Bound,
  Budget,
  BudgetExceeded,
  type BudgetLimits,
  isEmpty,
  type Literal,
  type Point,
  positive,
  type Search,
  Space,
} from "./sets";
import type { Proof, RequestSet, Witness } from "./types";
import { OWNER_ACCOUNT, showUnknown } from "./unknown";
import { witnessOf } from "./witness";

export interface InquiryInput {
  readonly worlds: readonly World[];
  /** Texts of the question that may name callers. */
  readonly sets: readonly RequestSet[];
  /** Whether the question is what must work for a caller whose own attributes are unknown. */
  readonly isAboutCaller: boolean;
  readonly limits?: Partial<BudgetLimits>;
}

export class Inquiry {
  public readonly classes: readonly CallerClass[];
  public readonly budget: Budget;
  private readonly space: Space;
  private readonly keyNames: ReadonlyMap<string, string>;
  private readonly accesses = new Map<string, Access>();

  public constructor({ worlds, sets, isAboutCaller, limits }: InquiryInput) {
    const [world] = worlds as readonly [World];
    const texts = worlds.flatMap(textsOf);
    const named = [
      ...texts.map(({ caller }) => caller).filter((text) => text !== undefined),
      ...sets.flatMap(({ callers = [] }) => callers),
    ];
    const facts = factLiterals(world);
    const fixed = new Set([
      ...facts.map(({ attribute }) => attribute),
      ...sets.flatMap(({ context = {} }) => Object.keys(context).map((key) => key.toLowerCase())),
    ]);
    this.classes = callerClasses(worlds, [...new Set(named)]).map((caller) => ({ ...caller, base: [...caller.base, ...facts] }));
    this.space = new Space((attribute) => traitsOfAttribute(attribute, { fixed, isAboutCaller }));
    this.budget = new Budget(limits);
    const keys = [...sets.flatMap(({ context = {} }) => Object.keys(context)), ...texts.flatMap(({ key }) => key ?? [])];
    this.keyNames = new Map([...STANDARD_KEYS, ...keys].map((key) => [key.toLowerCase(), key]));
  }

  public search(bound: Bound): Search {
    return { space: this.space, bound, budget: this.budget };
  }

  public access(world: World, caller: CallerClass, group: ActionGroup): Access {
    const key = `${this.idOf(world)} ${this.classes.indexOf(caller)} ${group}`;
    let found = this.accesses.get(key);
    if (found === undefined) {
      found = accessOf({ world, caller, group, space: this.space, budget: this.budget });
      this.accesses.set(key, found);
    }
    return found;
  }

  public assertAsksSomething(set: RequestSet, world: World): void {
    assertAsksSomething(set, this.classes, { world, meets: (literals) => !isEmpty({ literals }, this.search("upper")) });
  }

  /** Whether a caller that meets the literals may exist. */
  public mayBe(literals: readonly Literal[]): boolean {
    return !isEmpty({ literals: literals.filter(({ attribute }) => attribute === CALLER || attribute === SESSION) }, this.search("upper"));
  }

  public witness(point: Point, caller: CallerClass, world: World): Witness {
    return witnessOf({ point, caller, world, keyNames: this.keyNames });
  }

  private readonly ids = new Map<World, number>();

  private idOf(world: World): number {
    if (!this.ids.has(world)) this.ids.set(world, this.ids.size);
    return this.ids.get(world)!;
  }
}

/** The world with an owner. A placeholder stands for an owner whose account ID is unknown. */
export function withOwner(world: World): World {
  return world.account === undefined ? { ...world, account: OWNER_ACCOUNT } : world;
}

/** Runs a question within a budget. */
export function withinBudget(ask: () => Proof): Proof {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return { outcome: "couldNotTell", missing: [`a proof that ${error.message}`], statements: [] };
  }
}

/** What is missing, for people, each once. */
export function listMissing(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map(showUnknown))];
}

/** Keys that witnesses always have. */
const STANDARD_KEYS = [
  "aws:SecureTransport",
  "aws:SourceIp",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalAccount",
  "aws:PrincipalType",
  "aws:ResourceAccount",
  "s3:ResourceAccount",
];

function factLiterals({ account, facts = {} }: World): Literal[] {
  const owner = account === undefined ? {} : { "aws:ResourceAccount": account, "s3:ResourceAccount": account };
  return Object.entries({ ...owner, ...facts }).map(([name, value]) => {
    const key = name.toLowerCase();
    return value === null ? absent(key) : positive(key, exactly(...(typeof value === "string" ? [value] : value)));
  });
}

interface TextOfWorld {
  readonly caller?: string;
  readonly key?: string;
}

/** Condition keys whose values may name a caller or its account. An external ID or a prefix names nobody, even where it is not known. */
const NAMES_CALLERS = /arn|account|principal|user|provider|source|called|\$/i;

/** Keys with a slash are of tags, whose values name nobody. */
function namesCallers(key: string): boolean {
  return NAMES_CALLERS.test(key) && !key.includes("/");
}

/** Texts of all policies that may name callers, and the condition keys. */
function textsOf(world: World): TextOfWorld[] {
  const { resourcePolicy, trustPolicy, principals = [] } = world;
  const own = principals.flatMap(({ identityPolicies = [], permissionsBoundary, sessionPolicies = [], serviceControlPolicies = [] }) => [
    ...identityPolicies,
    permissionsBoundary,
    ...sessionPolicies,
    ...serviceControlPolicies.flat(),
  ]);
  const documents = [
    resourcePolicy,
    trustPolicy,
    ...own,
    ...(world.serviceControlPolicies ?? []).flat(),
    ...(world.resourceControlPolicies ?? []),
  ];
  return documents.flatMap((document) =>
    readDocument(document, "resource").flatMap(({ principal, conditions }) => [
      ...(principal?.texts ?? []).filter(({ type }) => type === "AWS").map(({ text }) => ({ caller: text })),
      ...conditions.flatMap(({ key, values }) => [{ key }, ...(namesCallers(key) ? values.map((caller) => ({ caller })) : [])]),
    ]),
  );
}
