/**
 * Says of what is not known what it can be at all, wherever it stands in the model: a variable that is a bucket's name holds no slash
 * and no wildcard, or AWS refuses the bucket.
 */
import { splitArn } from "../evaluate";
import { dig, listOf, setOwn } from "../json";
import { hasUnknown, replaceUnknown, type UnknownKind, unknownsIn, unknownText } from "../unknown";
import { isUnknown } from "./expression/value";
import type { AccountModel } from "./types";

/** Which of two kinds says more, from the one that says most. */
const BY_STRENGTH: readonly UnknownKind[] = ["otherAccount", "otherPrincipal", "bucketArn", "name", "path"];

/** What comes from the customer's own account is not another's. */
const OWN = /\baws_|^account\b/;

const ATTRIBUTES: readonly (readonly [RegExp, UnknownKind])[] = [
  [/^(?:data\.)?aws_s3_bucket\.[\w-]+\.(?:id|bucket)$/, "name"],
  [/^(?:data\.)?aws_iam_role\.[\w-]+\.(?:id|name)$/, "name"],
  [/^(?:data\.)?aws_s3_bucket\.[\w-]+\.arn$/, "bucketArn"],
];

/** What the attribute of a resource can be that is not among those given. */
export function kindOfAttribute(reference: string): UnknownKind | undefined {
  return ATTRIBUTES.find(([pattern]) => pattern.test(reference))?.[1];
}

/** The model with a kind for each placeholder of which the model tells it. */
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
    addParts(kinds, dig(contract, "bucket", "name"), "name");
    addParts(kinds, dig(contract, "role", "name"), "name");
    const arn = dig(contract, "bucket", "arn");
    if (isUnknown(arn)) addParts(kinds, arn, "bucketArn");
    for (const principal of listOf(dig(contract, "vendorPrincipals"))) addPrincipal(kinds, principal);
  }
  return kinds;
}

/** A vendor's principal: the ARN of one role or user, where it does not say that it means the whole account. */
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
    const before = kinds.get(source);
    if (before === undefined || BY_STRENGTH.indexOf(kind) < BY_STRENGTH.indexOf(before)) kinds.set(source, kind);
    return placeholder;
  });
}

/** Rewrites texts at any depth. Unchanged parts are shared, and what is shared stays so. */
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
      setOwn(marked, newKey, newValue);
    }
    return changed ? marked : object;
  }
}
