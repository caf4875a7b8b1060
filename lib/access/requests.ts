/** Turns sets of requests into boxes, one for each class of callers, group of actions and type of resource. */
import { allActions, everyActionMatching, familiarFirst, goesWith, OTHER_TYPE } from "./data";
import {
  ACTION,
  type ActionGroup,
  allowedCallers,
  CALLER,
  type CallerClass,
  exactly,
  groupOf,
  RESOURCE,
  TIME,
  type World,
} from "./policies";
import { resourceLiterals, typedResources } from "./resources";
import { absent, type Box, LimitedCache, type Literal, literal, nameTest, patternOf, positive, stringTest } from "./sets";
import type { RequestSet } from "./types";
import { partsOfText, showUnknown } from "./unknown";

/** Thrown for a question that cannot be asked: an action that AWS does not have, or no resource. */
export class QuestionError extends Error {}

/** One part of a question: a box of requests of one group of actions. */
export interface Part {
  readonly group: ActionGroup;
  readonly literals: readonly Literal[];
}

/** The requests of a question, apart from the caller. */
export interface Target {
  readonly group: ActionGroup;
  readonly literals: readonly Literal[];
}

/** The targets of a question, by group of actions and the type of resource that they apply to. Objects come first: they are the best example. */
export function targetsOf(set: RequestSet, { partition }: World): readonly Target[] {
  if (set.resources === undefined) throw new QuestionError("a question must name its resources");
  const resources = set.resources.flatMap((text) => typedResources(text, partition));
  const types = new Set(resources.map(({ type }) => type));
  return [...(types.delete("object") ? ["object"] : []), ...types].flatMap((type) =>
    actionGroups(set, type).flatMap(({ group, literal: action }) =>
      resourceLiterals(resources.filter((one) => one.type === type)).map((resource) => ({ group, literals: [action, ...resource] })),
    ),
  );
}

/** The parts of a question about one target for one class of callers. */
export function partsOf(set: RequestSet, { group, literals }: Target, { caller, world }: AskedClass): readonly Part[] {
  const context = contextLiterals(set, caller);
  return callersOf(set, caller, world).map((named) => ({ group, literals: [...caller.base, ...named, ...literals, ...context] }));
}

export interface AskedClass {
  readonly caller: CallerClass;
  readonly world: World;
}

interface GroupedActions {
  readonly group: ActionGroup;
  readonly literal: Literal;
}

const grouped = new LimitedCache<readonly GroupedActions[]>(500);

/** The actions that apply to a type of resource, grouped by the rules that decide them. */
function actionGroups(set: RequestSet, type: string): readonly GroupedActions[] {
  return grouped.get(`${type} ${set.actions?.join() ?? "*"}`, () => {
    const ofType = familiarFirst(actionsOf(set, [type]).filter((name) => goesWith(name, type)));
    return [...new Set(ofType.map(groupOf))].map((group) => ({
      group,
      literal: positive(ACTION, nameTest(ofType.filter((name) => groupOf(name) === group))),
    }));
  });
}

/** Checks that each text of the question stands for some request. A question about none would be proved whatever the policies say. */
export function assertAsksSomething(set: RequestSet, classes: readonly CallerClass[], { world, meets }: Asked): void {
  const types = [...new Set((set.resources ?? []).flatMap((text) => typedResources(text, world.partition)).map(({ type }) => type))];
  const actions = actionsOf(set, types);
  for (const text of set.actions ?? [])
    if (!everyActionMatching(text).some((name) => types.some((type) => goesWith(name, type))))
      throw new QuestionError(`${text} applies to no resource in question`);
  for (const text of set.resources ?? [])
    if (!typedResources(text, world.partition).some(({ type }) => actions.some((name) => goesWith(name, type))))
      throw new QuestionError(`no action in question applies to ${showUnknown(text)}`);
  const isCalledBy = (callers: readonly string[] | undefined) =>
    classes.some((caller) => {
      const context = contextLiterals(set, caller);
      return callersOf({ callers }, caller, world).some((literals) => meets([...caller.base, ...literals, ...context]));
    });
  if (!isCalledBy(undefined)) throw new QuestionError("no request can have this context");
  for (const text of set.callers ?? [])
    if (!isCalledBy([text])) throw new QuestionError(`no request of ${showUnknown(text)} can have this context`);
}

interface Asked {
  readonly world: World;
  /** Whether some request may meet all of the literals. */
  readonly meets: (literals: readonly Literal[]) => boolean;
}

/** Whether a set permits every request of the callers of a class. */
export function coversClass(
  { callers, actions, resources, context, like }: RequestSet,
  { kind, isOwn }: CallerClass,
  { account }: World,
): boolean {
  const isWhole = actions === undefined && resources === undefined && context === undefined && like === undefined;
  return isWhole && (callers === undefined || (isOwn && kind === "account" && account !== undefined && callers.includes(account)));
}

/** A set of requests that is subtracted or compared. Types of resources do not matter there. */
export function boxesOf(set: RequestSet, caller: CallerClass, world: World): readonly Box[] {
  const actions = set.actions === undefined ? [] : [positive(ACTION, nameTest(actionsOf(set, [])))];
  const resources =
    set.resources === undefined
      ? []
      : [
          positive(
            RESOURCE,
            stringTest(
              set.resources.map((text) => patternOf(partsOfText(text), { wildcards: true })),
              { isText: true },
            ),
          ),
        ];
  const context = contextLiterals(set, caller);
  return callersOf(set, caller, world).map((named) => ({ literals: [...named, ...actions, ...resources, ...context] }));
}

/** @param types of the resources in the question; a question without actions is about all that may apply to them */
function actionsOf({ actions }: RequestSet, types: readonly string[]): readonly string[] {
  if (actions === undefined) return types.includes(OTHER_TYPE) ? everyActionMatching("*") : allActions();
  for (const name of actions)
    if (!/[*?]/.test(name) && everyActionMatching(name).length === 0) throw new QuestionError(`AWS has no action ${name}`);
  return [...new Set(actions.flatMap((pattern) => everyActionMatching(pattern)))];
}

/** The conjunctions of literals that select the callers from their class. */
function callersOf({ callers }: RequestSet, caller: CallerClass, world: World): readonly (readonly Literal[])[] {
  if (callers === undefined) return [[]];
  return callers.flatMap((text) => {
    if (text === "anonymous") return caller.kind === "anonymous" ? [[]] : [];
    if (text === "services") return caller.kind === "service" ? [[]] : [];
    if (text === "*") return [[]];
    const element = { isNegated: false, texts: typesOfCaller(text).map((type) => ({ type, text })) };
    return (
      allowedCallers(element, { caller, world })
        .map(({ literals }) => literals)
        // The name of a provider selects callers with its tokens, not sessions that it was used for.
        .filter((literals) => literals.every(({ attribute }) => attribute !== "aws:federatedprovider"))
        .map((literals) => literals.map(asText))
    );
  });
}

/** A caller in a question is one caller, whatever its placeholders stand for. */
function asText(one: Literal): Literal {
  if (one.attribute !== CALLER || typeof one.whenPresent === "boolean" || one.whenPresent.test.sort !== "string") return one;
  const { test, inverted, quantifier } = one.whenPresent;
  return literal({ ...one, whenPresent: { test: stringTest(test.patterns, { ...test, isText: true }), inverted, quantifier } });
}

/** A name can be that of a service or of an identity provider, or of both (`cognito-identity.amazonaws.com`). */
function typesOfCaller(text: string): readonly string[] {
  if (/^[0-9a-f]{64}$/i.test(text)) return ["CanonicalUser"];
  if (/:(oidc|saml)-provider\//.test(text)) return ["Federated"];
  return !text.startsWith("arn:") && /^[\w-]+(\.[\w-]+)+$/.test(text) ? ["Service", "Federated"] : ["AWS"];
}

function contextLiterals({ context = {}, like = {} }: RequestSet, caller: CallerClass): Literal[] {
  const attributeOf = (name: string) => {
    const key = name.toLowerCase();
    if (caller.derives(key)) throw new QuestionError(`${name} follows from the caller: name the caller instead`);
    return key === "aws:epochtime" ? TIME : key;
  };
  const exact = Object.entries(context).map(([name, value]) => {
    const attribute = attributeOf(name);
    return value === null ? absent(attribute) : positive(attribute, exactly(...(typeof value === "string" ? [value] : value)));
  });
  const matching = Object.entries(like).map(([name, values]) => {
    const patterns = values.map((value) => patternOf(partsOfText(value), { wildcards: true }));
    return positive(attributeOf(name), stringTest(patterns, { isText: true }));
  });
  return [...exact, ...matching];
}
