/** Reads policy documents leniently. What cannot be read counts as unknown, because a proof must not rest on a guess. */
import { hasUnknown, isUnknownElement, unknownsIn } from "../unknown";
import type { DocumentKind } from "./types";

/** A statement as it is written. An unknown element is `undefined`, and `missing` says why. */
export interface Statement {
  readonly kind: DocumentKind;
  /** For people: `statement 2 "VendorPut" of the resource policy`. */
  readonly text: string;
  /** Undefined where it is not known. */
  readonly effect: "Allow" | "Deny" | undefined;
  readonly principal?: NamedElement<readonly PrincipalText[]>;
  readonly action?: NamedElement<readonly string[]>;
  readonly resource?: NamedElement<readonly string[]>;
  readonly conditions: readonly ConditionText[];
  /** Whether `${…}` is a variable. */
  readonly hasVariables: boolean;
  /** The statement as it is written. */
  readonly source: string;
  /** What is missing. If anything is, the statement as a whole may or may not apply. */
  readonly missing: readonly string[];
}

export interface NamedElement<T> {
  readonly isNegated: boolean;
  readonly texts: T;
}

export interface PrincipalText {
  readonly type: string;
  readonly text: string;
}

export interface ConditionText {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const LABELS: Readonly<Record<DocumentKind, string>> = {
  identity: "identity policy",
  resource: "resource policy",
  trust: "trust policy",
  boundary: "permissions boundary",
  session: "session policy",
  serviceControl: "service control policy",
  resourceControl: "resource control policy",
};

type Elements = Readonly<Record<string, unknown>>;

/** The statements of a document; none if there is no document. */
export function readDocument(document: unknown, kind: DocumentKind): readonly Statement[] {
  if (document === undefined) return [];
  if (!isObject(document)) return [unreadable(kind, 0, missingIn(document, `a readable ${LABELS[kind]}`))];
  const { Version: version, Statement: statement } = document;
  if (isUnknownElement(statement) || (!isObject(statement) && !Array.isArray(statement)))
    return [unreadable(kind, 0, missingIn(statement, `a readable Statement in the ${LABELS[kind]}`))];
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  return list.map((item, index) => readStatement(item, { kind, index, version }));
}

interface Place {
  readonly kind: DocumentKind;
  readonly index: number;
  readonly version: unknown;
}

function readStatement(item: unknown, { kind, index, version }: Place): Statement {
  if (!isObject(item)) return unreadable(kind, index, missingIn(item, `a readable statement ${index + 1} in the ${LABELS[kind]}`));
  const missing: string[] = [];
  const note = (value: unknown, what: string) => {
    missing.push(...missingIn(value, `${what} of statement ${index + 1} in the ${LABELS[kind]}`));
    return undefined;
  };
  const effect = item.Effect === "Allow" || item.Effect === "Deny" ? item.Effect : note(item.Effect, "Effect");
  const isPrincipalKind = kind === "resource" || kind === "trust" || kind === "resourceControl";
  // If the Version is unknown, `${…}` may be a variable, so the text may be anything.
  if (typeof version === "string" && hasUnknown(version) && JSON.stringify(item).includes("${")) note(version, "Version");
  return {
    kind,
    text: nameOf(item, index, kind),
    effect,
    principal: isPrincipalKind ? principalOf(item, note) : undefined,
    action: elementOf(item, ["Action", "NotAction"], note),
    resource: kind === "trust" ? undefined : elementOf(item, ["Resource", "NotResource"], note),
    conditions: conditionsOf(item.Condition, note),
    hasVariables: version === "2012-10-17",
    source: JSON.stringify([version, item]),
    missing,
  };
}

type Note = (value: unknown, what: string) => undefined;

function elementOf(item: Elements, [name, notName]: readonly [string, string], note: Note): NamedElement<readonly string[]> | undefined {
  const isNegated = item[name] === undefined;
  const value = isNegated ? item[notName] : item[name];
  const texts = isUnknownElement(value) && name === "Action" ? undefined : textsOf(value);
  if (texts === undefined || texts.length === 0) return note(value, name);
  return { isNegated, texts };
}

function principalOf(item: Elements, note: Note): NamedElement<readonly PrincipalText[]> | undefined {
  const isNegated = item.Principal === undefined;
  const value = isNegated ? item.NotPrincipal : item.Principal;
  if (value === "*") return { isNegated, texts: [{ type: "AWS", text: "*" }] };
  if (!isObject(value)) return note(value, "Principal");
  const texts: PrincipalText[] = [];
  for (const [type, list] of Object.entries(value)) {
    const found = textsOf(list);
    if (found === undefined || hasUnknown(type)) return note(list, "Principal");
    texts.push(...found.map((text) => ({ type, text })));
  }
  return texts.length === 0 ? note(value, "Principal") : { isNegated, texts };
}

function conditionsOf(value: unknown, note: Note): ConditionText[] {
  if (value === undefined) return [];
  const conditions: ConditionText[] = [];
  if (!isObject(value)) note(value, "Condition");
  else
    for (const [operator, keys] of Object.entries(value)) {
      if (!isObject(keys) || hasUnknown(operator)) note(hasUnknown(operator) ? operator : keys, "Condition");
      else
        for (const [key, list] of Object.entries(keys)) {
          const values = textsOf(list, true);
          if (values === undefined || hasUnknown(key)) note(hasUnknown(key) ? key : list, `Condition ${operator}`);
          else conditions.push({ operator, key, values });
        }
    }
  return conditions;
}

/** A text or a list of texts. Conditions also accept numbers and booleans. */
function textsOf(value: unknown, isCondition = false): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map((one) => (isCondition && (typeof one === "number" || typeof one === "boolean") ? String(one) : one));
  return texts.every((one): one is string => typeof one === "string") ? texts : undefined;
}

function nameOf(item: Elements, index: number, kind: DocumentKind): string {
  const sid = typeof item.Sid === "string" && !hasUnknown(item.Sid) ? ` "${item.Sid}"` : "";
  return `statement ${index + 1}${sid} of the ${LABELS[kind]}`;
}

function unreadable(kind: DocumentKind, index: number, missing: readonly string[]): Statement {
  return {
    kind,
    text: `statement ${index + 1} of the ${LABELS[kind]}`,
    effect: undefined,
    conditions: [],
    hasVariables: false,
    source: missing.join(),
    missing,
  };
}

function missingIn(value: unknown, otherwise: string): readonly string[] {
  const found = typeof value === "string" ? unknownsIn(value) : [];
  return found.length > 0 ? found : [otherwise];
}

function isObject(value: unknown): value is Elements {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
