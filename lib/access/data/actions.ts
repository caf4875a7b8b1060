/** AWS's own list of actions: an action that is not there is nothing that anybody can do. */
import { KMS } from "./kms";
import { S3 } from "./s3";
import type { ServiceData } from "./service-data";
import { STS } from "./sts";

export interface ActionFacts {
  /** As AWS writes it: `s3:PutObject`. */
  readonly name: string;
  readonly accessLevel: string;
  /** Types of resources that a policy may name for it; none where only `*` will do. */
  readonly resourceTypes: readonly string[];
  /** Condition keys beside the global ones. One with a variable part ends in a slash: `aws:RequestTag/`. */
  readonly conditionKeys: readonly string[];
}

/** Types of condition keys, as AWS calls them. */
export type KeyType = "String" | "ArrayOfString" | "ARN" | "ArrayOfARN" | "Numeric" | "Bool" | "Date" | "IPAddress";

const SERVICES: readonly ServiceData[] = [S3, STS, KMS];

/** The services whose actions are known, each with the day of its list. */
export const ACTION_LISTS: readonly { readonly service: string; readonly date: string }[] = SERVICES.map(({ service, date }) => ({
  service,
  date,
}));

interface Catalog {
  readonly actions: ReadonlyMap<string, ActionFacts>;
  readonly keyTypes: ReadonlyMap<string, KeyType>;
}

let catalog: Catalog | undefined;

/** Read when it is first asked for: most of what loads this package never asks. */
function read(): Catalog {
  if (catalog !== undefined) return catalog;
  const actions = new Map<string, ActionFacts>();
  const keyTypes = new Map<string, KeyType>();
  for (const { service, keys, actions: lines } of SERVICES) {
    const typed = keys
      .trim()
      .split(/\s+/)
      .map((key) => key.split("=") as [string, KeyType]);
    for (const [key, type] of typed) keyTypes.set(key.toLowerCase(), type);
    for (const line of lines.trim().split("\n")) {
      const [name, accessLevel, types, numbers] = line.split("|") as [string, string, string, string];
      actions.set(`${service}:${name}`.toLowerCase(), {
        name: `${service}:${name}`,
        accessLevel,
        resourceTypes: words(types),
        conditionKeys: words(numbers).map((number) => typed[Number(number)]![0]),
      });
    }
  }
  catalog = { actions, keyTypes };
  return catalog;
}

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}

/** Whether AWS has such an action. Letter case means nothing. */
export function isAction(name: string): boolean {
  return read().actions.has(name.toLowerCase());
}

export function actionFacts(name: string): ActionFacts | undefined {
  return read().actions.get(name.toLowerCase());
}

/** Whether the action's service is one whose actions are known. */
export function isKnownService(name: string): boolean {
  const [service] = name.toLowerCase().split(":");
  return SERVICES.some((data) => data.service === service);
}

/** The actions that a pattern with `*` and `?` matches, as AWS writes them. */
export function actionsMatching(pattern: string): readonly string[] {
  let found = matching.get(pattern);
  if (found === undefined) {
    const expression = patternExpression(pattern);
    found = allActions().filter((name) => expression.test(name));
    if (matching.size < MOST_PATTERNS) matching.set(pattern, found);
  }
  return found;
}

const matching = new Map<string, readonly string[]>();
const MOST_PATTERNS = 2_000;

let names: readonly string[] | undefined;

export function allActions(): readonly string[] {
  names ??= [...read().actions.values()].map(({ name }) => name);
  return names;
}

const FAMILIAR: readonly string[] = [
  "s3:GetObject",
  "s3:PutObject",
  "s3:DeleteObject",
  "s3:ListBucket",
  "s3:PutBucketPolicy",
  "sts:AssumeRole",
  "kms:Decrypt",
  "kms:Encrypt",
];

/** The actions in an order in which the first is the best example: those that people know, then the others as they come. */
export function familiarFirst(actions: readonly string[]): readonly string[] {
  if (actions.length < 2) return actions;
  const all = new Set(actions);
  const familiar = FAMILIAR.filter((name) => all.has(name));
  return familiar.length === 0 ? actions : [...new Set([...familiar, ...all])];
}

export function patternExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "is");
}

/** The type of a condition key; undefined for one of no known service. */
export function keyType(key: string): KeyType | undefined {
  const { keyTypes } = read();
  const folded = key.toLowerCase();
  const slash = folded.indexOf("/");
  return keyTypes.get(folded) ?? (slash === -1 ? undefined : keyTypes.get(folded.slice(0, slash + 1)));
}
