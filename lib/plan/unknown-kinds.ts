/**
 * Narrows unknown values by their use: a variable that is the name of a bucket contains no slash and no wildcard, or AWS would reject the
 * bucket.
 */
import { splitArn } from "../evaluate";
import { listOf, setOwnValue, valueAt } from "../json";
import { hasUnknown, isUnknown, replaceUnknown, type UnknownKind, unknownsIn, unknownText } from "../unknown";
import type { AccountModel } from "./account-model";
import { isAccountOfCredentials } from "./resources/provider";

/** Kinds from the narrowest to the widest. */
const BY_STRENGTH: readonly UnknownKind[] = ["otherAccount", "otherPrincipal", "bucketArn", "name", "path"];

/** Sources of values that belong to the customer's own account. */
const OWN = /\baws_|^account\b/;

/** Adds a kind to each placeholder whose use in the model limits its value. */
export function withKinds(model: AccountModel): AccountModel {
  const kinds = kindsIn(model);
  return kinds.size === 0 ? model : new Marking(kinds).mark(model);
}

type Kinds = Map<string, UnknownKind>;

function kindsIn({ buckets, roles, contracts }: AccountModel): Kinds {
  const kinds: Kinds = new Map();
  for (const { name } of buckets) addParts(kinds, name, "name");
  for (const { name } of roles) addParts(kinds, name, "name");
  for (const { contract } of contracts) {
    addParts(kinds, valueAt(contract, "bucket", "name"), "name");
    addParts(kinds, valueAt(contract, "role", "name"), "name");
    const arn = valueAt(contract, "bucket", "arn");
    if (isUnknown(arn)) addParts(kinds, arn, "bucketArn");
    for (const principal of listOf(valueAt(contract, "vendorPrincipals"))) addPrincipal(kinds, principal);
  }
  return kinds;
}

/** A vendor's principal is the ARN of one role or user, unless it names the whole account. */
function addPrincipal(kinds: Kinds, principal: unknown): void {
  if (typeof principal !== "string" || !hasUnknown(principal) || unknownsIn(principal).some((source) => OWN.test(source))) return;
  if (isUnknown(principal)) addParts(kinds, principal, "otherPrincipal");
  const arn = splitArn(principal);
  if (arn === undefined) return;
  if (isUnknown(arn.account)) addParts(kinds, arn.account, "otherAccount");
  addParts(kinds, arn.rest.join("/"), "path");
}

function addParts(kinds: Kinds, text: unknown, kind: UnknownKind): void {
  if (typeof text !== "string" || !hasUnknown(text)) return;
  replaceUnknown(text, (source, placeholder) => {
    // What else names the account has no kind: the two must stay equal.
    if (isAccountOfCredentials(source)) return placeholder;
    const before = kinds.get(source);
    if (before === undefined || BY_STRENGTH.indexOf(kind) < BY_STRENGTH.indexOf(before)) kinds.set(source, kind);
    return placeholder;
  });
}

/** Rewrites texts at any depth. Parts that do not change are shared with the original. */
class Marking {
  private readonly done = new Map<object, unknown>();

  public constructor(private readonly kinds: Kinds) {}

  public mark<Value>(value: Value): Value {
    if (typeof value === "string") return (hasUnknown(value) ? this.markText(value) : value) as Value;
    if (typeof value !== "object" || value === null) return value;
    if (!this.done.has(value)) this.done.set(value, Array.isArray(value) ? this.markList(value) : this.markObject(value));
    return this.done.get(value) as Value;
  }

  private markText(text: string): string {
    return replaceUnknown(text, (source, placeholder) => {
      const kind = this.kinds.get(source);
      return kind === undefined ? placeholder : unknownText(source, kind);
    });
  }

  private markList(list: readonly unknown[]): readonly unknown[] {
    const marked = list.map((item) => this.mark(item));
    return marked.some((item, index) => item !== list[index]) ? marked : list;
  }

  private markObject(object: object): object {
    let changed = false;
    const marked: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(object)) {
      const [newKey, newValue] = [this.mark(key), this.mark(value)];
      changed ||= newKey !== key || newValue !== value;
      setOwnValue(marked, newKey, newValue);
    }
    return changed ? marked : object;
  }
}
