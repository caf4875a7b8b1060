/** The actions of all services. Of those beside S3, STS and KMS only the names are known. */
import { actionFacts, actionsMatching, allActions, isKnownService, patternExpression } from "./actions";
import { LETTERS, OTHER_SERVICES, WORDS } from "./other-services";

/** The coded names of each service; read when they are first asked for. */
let codedNames: ReadonlyMap<string, string> | undefined;
const decodedNames = new Map<string, readonly string[]>();

function coded(): ReadonlyMap<string, string> {
  codedNames ??= new Map(
    OTHER_SERVICES.trim()
      .split("\n")
      .map((line) => line.split(" ") as [string, string]),
  );
  return codedNames;
}

/** Whether AWS has a service whose actions begin with the prefix. */
export function isServicePrefix(prefix: string): boolean {
  return isKnownService(prefix) || coded().has(prefix);
}

let words: readonly string[] | undefined;

function namesOf(service: string): readonly string[] {
  let found = decodedNames.get(service);
  if (found === undefined) {
    found = decode(coded().get(service) ?? "").map((name) => `${service}:${name}`);
    decodedNames.set(service, found);
  }
  return found;
}

function decode(text: string): string[] {
  words ??= WORDS.trim().split(/\s+/);
  let name: readonly string[] = [];
  return [...text.matchAll(/(\d)(\D*)/g)].map(([, shared, codes]) => {
    const further = (codes!.match(/../g) ?? []).map(([high, low]) => LETTERS.indexOf(high!) * LETTERS.length + LETTERS.indexOf(low!));
    name = [...name.slice(0, Number(shared)), ...further.map((number) => words![number]!)];
    return name.join("");
  });
}

/** The actions of all services that a pattern with `*` and `?` matches, as AWS writes them. */
export function everyActionMatching(pattern: string): readonly string[] {
  if (isKnownService(pattern)) return actionsMatching(pattern);
  const service = pattern.slice(0, Math.max(pattern.indexOf(":"), 0)).toLowerCase();
  const isOfOneService = service !== "" && !/[*?]/.test(service);
  const expression = patternExpression(pattern);
  return (isOfOneService ? namesOf(service) : everyAction()).filter((name) => expression.test(name));
}

let names: readonly string[] | undefined;

export function everyAction(): readonly string[] {
  names ??= [...allActions(), ...[...coded().keys()].flatMap(namesOf)];
  return names;
}

/** Types of resources that have questions of their own. */
const TYPES = ["bucket", "object", "role", "key", "alias"];

/** The type of all resources that have no questions of their own. */
export const OTHER_TYPE = "other";

/** Whether the action goes with a type of resource. */
export function goesWith(action: string, type: string): boolean {
  const types = actionFacts(action)?.resourceTypes ?? [];
  return type === OTHER_TYPE ? !types.some((one) => TYPES.includes(one)) : types.includes(type);
}

/** Whether the pattern matches an action that goes with no resource that has questions of its own. */
export function isOfOtherResources(pattern: string): boolean {
  return everyActionMatching(pattern).some((name) => goesWith(name, OTHER_TYPE));
}
