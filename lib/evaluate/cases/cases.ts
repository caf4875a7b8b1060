/**
 * Cases: a request, the policies, and the verdict that is expected, as data.
 *
 * The format is published as `schemas/case.schema.json`. A file holds an array of cases, or one case on each line.
 */

import { duplicateMember, duplicateMembers } from "../../json";
import { decide } from "../decide";
import { compilePolicy } from "../document/compile";
import type { CompiledPolicy } from "../document/compiled-policy";
import { canonicalAccount } from "../match/caller";
import type { Policies } from "../policies";
import type { AccessRequest, BlockPublicAccess, Decision, PolicyKind, StatementReference, Verdict } from "../types";

/** One case as it is written. `null` is the same as absent. */
export interface CaseInput {
  readonly id: string;
  /** Address of the page that decides it. */
  readonly source?: string;
  readonly description?: string;
  readonly request: {
    readonly principal: string;
    readonly principalAccount?: string | null;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string | null;
    /** Complete: a key that is not here is absent from the request. */
    readonly context?: Readonly<Record<string, ContextValue>> | null;
  };
  readonly identityPolicies?: readonly unknown[] | null;
  readonly resourcePolicy?: unknown;
  readonly trustPolicy?: unknown;
  readonly permissionsBoundary?: unknown;
  readonly sessionPolicies?: readonly unknown[] | null;
  /** An entry is a level, root first: a policy, or a list of the policies attached there. */
  readonly serviceControlPolicies?: readonly unknown[] | null;
  readonly resourceControlPolicies?: readonly unknown[] | null;
  readonly blockPublicAccess?: BlockPublicAccess | null;
  readonly objectOwnership?: string | null;
  /** Accounts of canonical user ids. */
  readonly canonicalUsers?: Readonly<Record<string, string>> | null;
  readonly expected?: Verdict;
}

type ContextValue = string | number | boolean | readonly (string | number | boolean)[];

/** A case, read. */
export interface Case {
  readonly id: string;
  readonly request: AccessRequest;
  readonly policies: Policies;
  readonly expected?: Verdict;
}

/** The outcome of a case: one line of JSON each. */
export interface CaseResult {
  readonly id: string;
  /** `error` where the case or one of its policies cannot be read. */
  readonly verdict: Verdict | "error";
  readonly expected?: Verdict;
  readonly deciding: readonly StatementReference[];
  /** The message, for `error`. */
  readonly error?: string;
  /** The whole decision, unless there is an error. Not enumerable, so that it does not go into JSON. */
  readonly decision?: Decision;
}

/** A case that is not in the format. */
export class CaseFormatError extends Error {
  override readonly name = "CaseFormatError";
}

const MEMBERS: readonly string[] = [
  "id",
  "source",
  "description",
  "request",
  "identityPolicies",
  "resourcePolicy",
  "trustPolicy",
  "permissionsBoundary",
  "sessionPolicies",
  "serviceControlPolicies",
  "resourceControlPolicies",
  "blockPublicAccess",
  "objectOwnership",
  "canonicalUsers",
  "expected",
];
/** Names that mean to bear on the verdict: misspelt, they would be passed over. Other members, as notes, are nobody's business. */
const BEARING = /pol[iy]?c|boundary|block|public|ownership|control|trust|session|canonical/i;

const VERDICTS: readonly string[] = ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "unknown"];
const OWNERSHIPS: readonly string[] = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];
const ACCOUNT_ID = /\b(\d{12})\b/;

/**
 * Reads a file of cases: a JSON array, one case, or JSON lines.
 *
 * @throws CaseFormatError where it is none of them
 */
export function readCases(text: string): unknown[] {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (content.trim() === "") return [];
  const whole = parseJson(content);
  if (whole !== undefined) {
    if (!Array.isArray(whole.value)) return [noting(whole.value, content)];
    for (const { name, item } of duplicateMembers(content)) noteDuplicate(whole.value[item], name);
    return whole.value;
  }
  return content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = parseJson(line);
    if (parsed === undefined) {
      const rule = "must be a JSON array of cases, or one case on each line";
      throw new CaseFormatError(`InvalidCases: the file ${rule}, got no JSON on line ${index + 1}; check quotes, commas and brackets`);
    }
    return [noting(parsed.value, line)];
  });
}

/** Reads the text of one case. Throws `SyntaxError` where it is no JSON. */
export function readCase(text: string): unknown {
  return noting(JSON.parse(text), text);
}

/** The case, whose member that stands twice in its text is noted. */
function noting(value: unknown, text: string): unknown {
  const twice = duplicateMember(text);
  if (twice !== undefined) noteDuplicate(value, twice);
  return value;
}

/** Cases that have a member twice somewhere, of which the value has but the last. */
const duplicates = new WeakMap<object, string>();

function noteDuplicate(value: unknown, name: string): void {
  if (typeof value === "object" && value !== null && !duplicates.has(value)) duplicates.set(value, name);
}

/**
 * Reads one case.
 *
 * Where `identityPolicies` is absent, a caller in the resource's own account has none; of a caller in another account that half is not
 * known, and only the other half is judged.
 *
 * @throws CaseFormatError, or PolicyGrammarError for one of its policies
 */
export function parseCase(input: unknown): Case {
  const fields = object(input, "case");
  const id = typeof fields.id === "string" ? fields.id : undefined;
  if (id === undefined) throw formatError("id", "must be text", fields.id, "case");
  const twice = duplicates.get(fields);
  if (twice !== undefined) throw formatError(twice, "must stand only once in its object", "two of them", id);
  const misspelt = Object.keys(fields).find((name) => !MEMBERS.includes(name) && BEARING.test(name));
  if (misspelt !== undefined) throw formatError(misspelt, `is no member of a case; known are ${MEMBERS.join(", ")}`, fields[misspelt], id);
  const request = parseRequest(fields.request, id);
  const expected = optional(fields, "expected");
  if (expected !== undefined && !(typeof expected === "string" && VERDICTS.includes(expected))) {
    throw formatError("expected", `must be one of ${VERDICTS.join(", ")}`, expected, id);
  }
  const policies = { ...parsePolicies(fields, id), ...parseFacts(fields, id) };
  const own = policies.identityPolicies ?? (isOtherAccount(request, policies.canonicalUsers) ? undefined : []);
  return { id, request, policies: { ...policies, identityPolicies: own }, expected: expected as Verdict | undefined };
}

/** Reads and decides one case. Never throws. */
export function runCase(input: unknown): CaseResult {
  try {
    const { id, request, policies, expected } = parseCase(input);
    const decision = decide(request, policies);
    const result = { id, verdict: decision.verdict, ...(expected === undefined ? {} : { expected }), deciding: decision.deciding };
    return Object.defineProperty(result, "decision", { value: decision }) as CaseResult;
  } catch (error) {
    const { id, expected } = (input ?? {}) as Partial<CaseInput>;
    return {
      id: typeof id === "string" ? id : (JSON.stringify(id) ?? "undefined"),
      verdict: "error",
      ...(expected === undefined ? {} : { expected }),
      deciding: [],
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

function parseRequest(input: unknown, id: string): AccessRequest {
  const request = object(input, id, "request");
  const text = (name: string): string => {
    const value = optional(request, name);
    if (typeof value !== "string" || value === "") throw formatError(`request.${name}`, "must be text", value, id);
    return value;
  };
  const account = (name: string): string | undefined => {
    const value = optional(request, name);
    if (value === undefined) return undefined;
    if (/^\d{12}$/.test(String(value))) return String(value);
    throw formatError(`request.${name}`, "must be a 12-digit account ID as text", value, id);
  };
  const principalAccount = account("principalAccount");
  const resourceAccount = account("resourceAccount");
  return {
    principal: text("principal"),
    ...(principalAccount === undefined ? {} : { principalAccount }),
    action: text("action"),
    resource: text("resource"),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: parseContext(optional(request, "context") ?? {}, id),
  };
}

function parseContext(input: unknown, id: string): Record<string, readonly string[]> {
  const context = object(input, id, "request.context");
  const names = Object.keys(context).map((key) => key.toLowerCase());
  const twice = Object.keys(context).find((_, index) => names.indexOf(names[index]!) < index);
  if (twice !== undefined)
    throw formatError(`request.context.${twice}`, "must stand only once: condition keys have no case", context[twice], id);
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) => {
      if (value === null || value === undefined) return [];
      const values = Array.isArray(value) ? (value as unknown[]) : [value];
      if (!values.every((one) => ["string", "number", "boolean"].includes(typeof one))) {
        throw formatError(`request.context.${key}`, "must be text or a list of texts", value, id);
      }
      return [[key, values.map(String)]];
    }),
  );
}

function parsePolicies(fields: Fields, id: string): Policies {
  const one = (name: string, kind: PolicyKind): CompiledPolicy | undefined => {
    const document = optional(fields, name);
    return document === undefined ? undefined : compilePolicy(document, kind, { name: `${name} of ${id}` });
  };
  const list = (name: string): readonly unknown[] | undefined => {
    const documents = optional(fields, name);
    if (documents !== undefined && !Array.isArray(documents)) throw formatError(name, "must be a list", documents, id);
    return documents as unknown[] | undefined;
  };
  const many = (name: string, kind: PolicyKind) =>
    list(name)?.map((document, index) => compilePolicy(document, kind, { name: `${name}[${index}] of ${id}` }));
  return {
    identityPolicies: many("identityPolicies", "identity"),
    resourcePolicy: one("resourcePolicy", "resource"),
    trustPolicy: one("trustPolicy", "trust"),
    permissionsBoundary: one("permissionsBoundary", "permissionsBoundary"),
    sessionPolicies: many("sessionPolicies", "session"),
    serviceControlPolicies: list("serviceControlPolicies")?.map((level, index) => {
      const name = `serviceControlPolicies[${index}] of ${id}`;
      const attached = Array.isArray(level) ? (level as unknown[]) : [level];
      return attached.map((document) => compilePolicy(document, "serviceControl", { name }));
    }),
    resourceControlPolicies: many("resourceControlPolicies", "resourceControl"),
  };
}

function parseFacts(fields: Fields, id: string): Policies {
  const blockPublicAccess = optional(fields, "blockPublicAccess");
  const objectOwnership = optional(fields, "objectOwnership");
  const canonicalUsers = optional(fields, "canonicalUsers");
  if (objectOwnership !== undefined && !(typeof objectOwnership === "string" && OWNERSHIPS.includes(objectOwnership))) {
    throw formatError("objectOwnership", `must be one of ${OWNERSHIPS.join(", ")}`, objectOwnership, id);
  }
  return {
    ...(blockPublicAccess === undefined ? {} : { blockPublicAccess: parseBlockPublicAccess(blockPublicAccess, id) }),
    ...(objectOwnership === undefined ? {} : { objectOwnership }),
    ...(canonicalUsers === undefined ? {} : { canonicalUsers: parseCanonicalUsers(canonicalUsers, id) }),
  };
}

const BLOCK_SETTINGS: readonly string[] = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];

/** A setting that is misspelt would be taken for one that is off. */
function parseBlockPublicAccess(input: unknown, id: string): NonNullable<Policies["blockPublicAccess"]> {
  const settings = object(input, id, "blockPublicAccess");
  for (const [name, value] of Object.entries(settings)) {
    if (!BLOCK_SETTINGS.includes(name))
      throw formatError(`blockPublicAccess.${name}`, `must be one of ${BLOCK_SETTINGS.join(", ")}`, name, id);
    if (typeof value !== "boolean") throw formatError(`blockPublicAccess.${name}`, "must be true or false", value, id);
  }
  return settings as NonNullable<Policies["blockPublicAccess"]>;
}

function parseCanonicalUsers(input: unknown, id: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object(input, id, "canonicalUsers")).map(([user, account]) => {
      if (typeof account !== "string") throw formatError(`canonicalUsers.${user}`, "must be an account ID as text", account, id);
      return [user.toLowerCase(), account];
    }),
  );
}

function isOtherAccount(
  { principal, principalAccount, resource, resourceAccount }: AccessRequest,
  canonicalUsers: Policies["canonicalUsers"],
): boolean {
  const caller = principalAccount ?? canonicalAccount(principal.toLowerCase(), canonicalUsers) ?? ACCOUNT_ID.exec(principal)?.[1];
  const owner = resourceAccount ?? ACCOUNT_ID.exec(resource.split(":")[4] ?? "")?.[1];
  return caller !== undefined && owner !== undefined && caller !== owner;
}

type Fields = Readonly<Record<string, unknown>>;

function object(value: unknown, where: string, property = "case"): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw formatError(property, "must be an object", value, where);
  return value as Fields;
}

/** `null` is the same as absent. */
function optional(fields: Fields, name: string): unknown {
  return fields[name] ?? undefined;
}

function formatError(property: string, rule: string, value: unknown, where: string): CaseFormatError {
  const got = value === undefined ? "nothing" : JSON.stringify(value);
  return new CaseFormatError(`InvalidCase: '${property}' ${rule}, got ${got}; see schemas/case.schema.json (at ${where})`);
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
