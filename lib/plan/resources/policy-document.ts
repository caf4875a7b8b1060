/**
 * Computes the policy that the data source `aws_iam_policy_document` returns.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */

import { ownValue, setOwnValue, textOf } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { encodeJson } from "../expression/json-text";
import { asText } from "../expression/value";
import { documents, inOrder, type Policy, RefusedDocument, sorted, UNKNOWN } from "./extended-documents";
import type { Instance } from "./inventory";
import { blocksOf } from "./nested-blocks";

const texts = new WeakMap<Instance, string>();

/** The document as JSON text; a placeholder where whole statements are unknown. */
export function policyDocumentText(instance: Instance): string {
  const known = texts.get(instance);
  if (known !== undefined) return known;
  const missing = `${instance.address}.json`;
  // A document that is read again while it is being composed contains itself.
  texts.set(instance, unknownText(missing));
  const text = composedText(instance) ?? unknownText(missing);
  texts.set(instance, text);
  return text;
}

function composedText(instance: Instance): string | undefined {
  try {
    const policy = compose(instance);
    return policy === UNKNOWN ? undefined : encodeJson(toDocument(policy));
  } catch (error) {
    if (error instanceof RefusedDocument) return unknownText(`${instance.address}.json, which the provider refuses: ${error.message}`);
    throw error;
  }
}

/** Later documents replace statements of the same Sid, and add the others. */
function compose(instance: Instance): Policy | typeof UNKNOWN {
  const sources = [...documents([instance.get("source_json")]), ...documents(instance.get("source_policy_documents"))];
  const own = ownStatements(instance);
  requireUniqueSids(sources);
  requireUniqueSids([own]);
  const layers = [...sources, own, ...documents(instance.get("override_policy_documents")), ...documents([instance.get("override_json")])];
  const result: Policy = { version: undefined, id: undefined, statements: [] };
  for (const layer of layers) {
    if (layer === UNKNOWN) return UNKNOWN;
    merge(result, layer);
  }
  return result;
}

/** Source documents may not repeat a Sid of each other, nor statements one of each other. Only overrides replace statements. */
function requireUniqueSids(layers: readonly (Policy | typeof UNKNOWN)[]): void {
  const known = new Set<unknown>();
  for (const statement of layers.flatMap((layer) => (layer === UNKNOWN ? [] : layer.statements))) {
    const sid = ownValue(statement, "Sid");
    if (!sid || hasUnknown(String(sid))) continue;
    if (known.has(sid)) throw new RefusedDocument(`it has the Sid ${JSON.stringify(sid)} twice`);
    known.add(sid);
  }
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
