/**
 * Computes the policy that the data source `aws_iam_policy_document` returns.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */

import { isObject, type JsonObject, ownValue, setOwnValue, textOf } from "../../json";
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import { decodeJson, encodeJson } from "../expression/json-text";
import { asText } from "../expression/value";
import { compareTexts } from "../values/order";
import type { Instance } from "./inventory";
import { blocksOf } from "./nested-blocks";

interface Policy {
  version: string | undefined;
  id: string | undefined;
  readonly statements: unknown[];
}

/** The number or the meaning of the statements is unknown. */
const UNKNOWN = "unknown";

const texts = new WeakMap<Instance, string>();

/** The document as JSON text; a placeholder where whole statements are unknown. */
export function policyDocumentText(instance: Instance): string {
  const known = texts.get(instance);
  if (known !== undefined) return known;
  const missing = unknownText(`${instance.address}.json`);
  // A document that is read again while it is being composed contains itself.
  texts.set(instance, missing);
  const policy = compose(instance);
  const text = (policy === UNKNOWN ? undefined : encodeJson(toDocument(policy))) ?? missing;
  texts.set(instance, text);
  return text;
}

/** Later documents replace statements of the same Sid, and add the others. */
function compose(instance: Instance): Policy | typeof UNKNOWN {
  const layers = [
    ...documents([instance.get("source_json")]),
    ...documents(instance.get("source_policy_documents")),
    ownStatements(instance),
    ...documents(instance.get("override_policy_documents")),
    ...documents([instance.get("override_json")]),
  ];
  const result: Policy = { version: undefined, id: undefined, statements: [] };
  for (const layer of layers) {
    if (layer === UNKNOWN) return UNKNOWN;
    merge(result, layer);
  }
  return result;
}

function merge(into: Policy, layer: Policy): void {
  if (layer.id) into.id = layer.id;
  if (layer.version && layer.version > (into.version ?? "")) into.version = layer.version;
  for (const statement of layer.statements) {
    const sid = ownValue(statement, "Sid");
    const same = sid ? into.statements.findIndex((each) => ownValue(each, "Sid") === sid) : -1;
    if (same < 0) into.statements.push(statement);
    else into.statements[same] = statement;
  }
}

/** Parses the documents that this one extends. Entries that are not set are skipped. */
function documents(texts: unknown): (Policy | typeof UNKNOWN)[] {
  if (texts === undefined || texts === null) return [];
  if (!Array.isArray(texts)) return [UNKNOWN];
  return texts.filter((text) => text !== null && text !== undefined && text !== "").map(parse);
}

function parse(text: unknown): Policy | typeof UNKNOWN {
  if (typeof text !== "string" || isUnknown(text)) return UNKNOWN;
  try {
    const document = decodeJson(text);
    if (!isObject(document)) return UNKNOWN;
    const statement = ownValue(document, "Statement");
    if (isUnknown(statement)) return UNKNOWN;
    const given = Array.isArray(statement) ? statement : isObject(statement) ? [statement] : [];
    const statements = given.map(rewritten);
    return { version: textOf(ownValue(document, "Version")), id: textOf(ownValue(document, "Id")), statements };
  } catch {
    return UNKNOWN;
  }
}

function ownStatements(instance: Instance): Policy | typeof UNKNOWN {
  const blocks = blocksOf(instance.get("statement"));
  if (blocks === undefined) return UNKNOWN;
  const statements = blocks.map(toStatement);
  if (statements.includes(undefined)) return UNKNOWN;
  return { version: textOf(instance.get("version")) || "2012-10-17", id: textOf(instance.get("policy_id")), statements };
}

function toStatement(block: unknown): unknown {
  const sid = ownValue(block, "sid");
  const principals = toPrincipals(ownValue(block, "principals"));
  const notPrincipals = toPrincipals(ownValue(block, "not_principals"));
  const conditions = toConditions(ownValue(block, "condition"));
  if (principals === UNKNOWN || notPrincipals === UNKNOWN || conditions === UNKNOWN) return undefined;
  const statement: Record<string, unknown> = {
    Sid: sid || undefined,
    Effect: ownValue(block, "effect") || "Allow",
    Action: toList(ownValue(block, "actions")),
    NotAction: toList(ownValue(block, "not_actions")),
    Resource: toList(ownValue(block, "resources")),
    NotResource: toList(ownValue(block, "not_resources")),
    Principal: principals,
    NotPrincipal: notPrincipals,
    Condition: conditions,
  };
  for (const [key, value] of Object.entries(statement)) if (value === undefined) delete statement[key];
  return statement;
}

/** The members of a statement in the provider's order. */
const MEMBERS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"] as const;

/** A statement of a document that this one extends, as the provider writes it again. It drops members that it does not know. */
function rewritten(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  const result: Record<string, unknown> = {};
  for (const member of MEMBERS) {
    const value = ownValue(statement, member);
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
function inOrder(entries: readonly (readonly [string, unknown])[]): JsonObject {
  const result: Record<string, unknown> = {};
  for (const [key, value] of [...entries].sort(([one], [other]) => compareTexts(one, other))) setOwnValue(result, key, value);
  return result;
}

/** The provider writes the elements of sets backwards, each once. Where one is unknown, their order is too. */
function sorted(values: readonly unknown[]): readonly unknown[] {
  const isKnown = values.every((value) => typeof value === "string" && !hasUnknown(value));
  return isKnown ? [...(values as readonly string[])].sort((one, other) => compareTexts(other, one)) : values;
}

/** A single value is written without its list. */
function toList(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const values = sorted([...new Set((Array.isArray(value) ? value : [value]).map(withVariables))]);
  return values.length < 2 ? values[0] : values;
}

/** Terraform writes policy variables as `&{…}`. */
function withVariables(value: unknown): unknown {
  const text = asText(value);
  return text === undefined ? value : text.replace(/&\{/g, "${");
}

function toPrincipals(value: unknown): unknown {
  const blocks = blocksOf(value);
  if (blocks === undefined) return UNKNOWN;
  if (blocks.length === 0) return undefined;
  const byType = new Map<string, unknown[]>();
  for (const block of blocks) {
    const type = ownValue(block, "type");
    if (typeof type !== "string" || hasUnknown(type)) return UNKNOWN;
    const identifiers = ownValue(block, "identifiers");
    const list = byType.get(type) ?? [];
    byType.set(type, list);
    for (const identifier of Array.isArray(identifiers) ? identifiers : [identifiers]) list.push(identifier);
  }
  const everybody = byType.get("*");
  if (byType.size === 1 && everybody?.length === 1 && everybody[0] === "*") return "*";
  return inOrder([...byType].map(([type, identifiers]) => [type, toList(identifiers) ?? []]));
}

function toConditions(value: unknown): unknown {
  const blocks = blocksOf(value);
  if (blocks === undefined) return UNKNOWN;
  if (blocks.length === 0) return undefined;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const block of blocks) {
    const test = ownValue(block, "test");
    const variable = ownValue(block, "variable");
    if (typeof test !== "string" || typeof variable !== "string" || hasUnknown(test + variable)) return UNKNOWN;
    if (!Object.hasOwn(conditions, test)) setOwnValue(conditions, test, {});
    const keys = ownValue(conditions, test) as Record<string, unknown>;
    const values = ownValue(block, "values");
    const before = ownValue(keys, variable);
    const all = [
      ...(before === undefined ? [] : Array.isArray(before) ? before : [before]),
      ...(Array.isArray(values) ? values : [values]),
    ];
    const given = all.filter((each) => each !== undefined && each !== null).map(withVariables);
    setOwnValue(keys, variable, given.length === 1 ? given[0] : given);
  }
  return inOrder(Object.entries(conditions).map(([test, keys]) => [test, inOrder(Object.entries(keys))]));
}

function toDocument(policy: Policy): unknown {
  return {
    ...(policy.version === undefined ? {} : { Version: policy.version }),
    ...(policy.id === undefined ? {} : { Id: policy.id }),
    ...(policy.statements.length === 0 ? {} : { Statement: policy.statements }),
  };
}
