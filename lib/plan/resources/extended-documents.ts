/**
 * The documents that a data source `aws_iam_policy_document` extends, as the provider reads and writes them again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
import { isObject, type JsonObject, setOwnValue, textOf } from "../../json";
import { hasUnknown, isUnknown } from "../../unknown";
import { decodeJson } from "../expression/json-text";
import { compareTexts } from "../values/order";

export interface Policy {
  version: string | undefined;
  id: string | undefined;
  readonly statements: unknown[];
}

/** The number or the meaning of the statements is unknown. */
export const UNKNOWN = "unknown";

/** The provider refuses the document, so that nothing is applied. */
export class RefusedDocument extends Error {}

/** Parses the documents that this one extends. Entries that are not set are skipped. */
export function documents(texts: unknown): (Policy | typeof UNKNOWN)[] {
  if (texts === undefined || texts === null) return [];
  if (!Array.isArray(texts)) return [UNKNOWN];
  return texts.filter((text) => text !== null && text !== undefined && text !== "").map(parse);
}

function parse(text: unknown): Policy | typeof UNKNOWN {
  if (typeof text !== "string" || isUnknown(text)) return UNKNOWN;
  const document = parsed(text);
  if (!isObject(document)) return UNKNOWN;
  const { Version, Id, Statement: statement } = membersOf(document, ["Version", "Id", "Statement"]);
  if (isUnknown(statement)) return UNKNOWN;
  if (isObject(statement)) throw new RefusedDocument("the Statement of a document that it extends is not a list");
  const statements = (Array.isArray(statement) ? statement : []).map(rewritten);
  return { version: textOf(Version), id: textOf(Id), statements };
}

/** The members of these names. The provider reads `statement` as `Statement`; of several spellings it takes the last. */
function membersOf<Name extends string>(object: JsonObject, names: readonly Name[]): Readonly<Partial<Record<Name, unknown>>> {
  const spelt = new Map(names.map((name) => [name.toLowerCase(), name]));
  const found: Partial<Record<Name, unknown>> = {};
  for (const [key, value] of Object.entries(object)) {
    const name = spelt.get(key.toLowerCase());
    if (name !== undefined) found[name] = value;
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return decodeJson(text);
  } catch {
    return undefined;
  }
}

/** The members of a statement in the provider's order. */
const MEMBERS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"] as const;

/** A statement of a document that this one extends, as the provider writes it again. It drops members that it does not know. */
function rewritten(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  const result: Record<string, unknown> = {};
  const given = membersOf(statement, MEMBERS);
  for (const member of MEMBERS) {
    const value = given[member];
    if (value === undefined || value === null || value === "") continue;
    const isMap = isObject(value) && (member.endsWith("Principal") || member === "Condition");
    result[member] = !isMap ? value : member === "Condition" ? conditionsAgain(value) : principalsAgain(value);
  }
  return result;
}

function principalsAgain(principals: JsonObject): unknown {
  return inOrder(
    Object.entries(principals).map(([type, identifiers]) => [type, Array.isArray(identifiers) ? sorted(identifiers) : identifiers]),
  );
}

function conditionsAgain(conditions: JsonObject): unknown {
  const single = (values: unknown): unknown => (Array.isArray(values) && values.length === 1 ? values[0] : values);
  return inOrder(
    Object.entries(conditions).map(([test, keys]) => [
      test,
      isObject(keys) ? inOrder(Object.entries(keys).map(([key, values]) => [key, single(values)])) : keys,
    ]),
  );
}

/** The provider writes maps in the order of their keys. */
export function inOrder(entries: readonly (readonly [string, unknown])[]): JsonObject {
  const result: Record<string, unknown> = {};
  for (const [key, value] of [...entries].sort(([one], [other]) => compareTexts(one, other))) setOwnValue(result, key, value);
  return result;
}

/** The provider writes the elements of sets backwards, each once. Where one is unknown, their order is too. */
export function sorted(values: readonly unknown[]): readonly unknown[] {
  const isKnown = values.every((value) => typeof value === "string" && !hasUnknown(value));
  return isKnown ? [...(values as readonly string[])].sort((one, other) => compareTexts(other, one)) : values;
}
