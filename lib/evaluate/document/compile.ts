/**
 * Reads a policy document: checks its grammar and compiles it, so that it can be evaluated many times.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

import { parseDocument } from "../../json";
import { hasUnknown, isWhollyUnknown, unknownsIn, unknownText } from "../../unknown";
import type { PolicyKind } from "../types";
import { type CompiledPolicy, type CompiledStatement, type CompileOptions, EFFECT_UNKNOWN } from "./compiled-policy";
import { checkMembers, type Elements, objectOf } from "./elements";
import { grammarError, PolicyGrammarError } from "./errors";
import { CURRENT_VERSION, KIND_LABELS, POLICY_ELEMENTS, VERSIONS } from "./grammar";
import { faultIn, type PolicyScope } from "./scope";
import { compileStatement, unknownStatement } from "./statement";

/**
 * Compiles a policy document, given as an object or as JSON text.
 *
 * A document that is a placeholder, or text that placeholders make unreadable, becomes a policy about which everything is unknown.
 *
 * @throws PolicyGrammarError where the document is malformed or uses grammar that AWS does not accept in this kind of policy
 */
export function compilePolicy(document: unknown, kind: PolicyKind, options: CompileOptions = {}): CompiledPolicy {
  try {
    return compileDocument(document, {
      kind,
      options,
      label: options.name ?? KIND_LABELS[kind],
      variables: false,
      unknownVersion: undefined,
    });
  } catch (error) {
    if (error instanceof PolicyGrammarError) throw error;
    // Objects that misbehave (a throwing getter, endless nesting) are no documents either.
    throw grammarError({
      element: "",
      rule: "must be plain JSON",
      value: String(error),
      advice: "give the document as JSON text or as the parsed object",
      where: KIND_LABELS[kind],
    });
  }
}

function compileDocument(input: unknown, scope: PolicyScope): CompiledPolicy {
  const document = typeof input === "string" ? parseText(input, scope) : input;
  if (typeof document === "string") return policyOf([unknownStatement(0, unknownsIn(document), scope)], scope);
  const policy = objectOf(document, "", scope);
  checkMembers(policy, POLICY_ELEMENTS, { element: "", scope });
  const version = versionOf(policy, scope);
  if (policy.Id !== undefined && typeof policy.Id !== "string") {
    throw faultIn(scope, { element: "Id", rule: "must be text", value: policy.Id, advice: "put it in quotes or leave it out" });
  }
  const { kind, options, label } = scope;
  const variables = version === CURRENT_VERSION;
  return policyOf(compileStatements(policy.Statement, { kind, options, label, variables, unknownVersion: placeholderOf(version) }), scope);
}

/** Undefined where the version is known. */
function placeholderOf(version: string | undefined): string | undefined {
  return version !== undefined && hasUnknown(version) ? unknownText(unknownsIn(version)[0]!) : undefined;
}

function parseText(text: string, scope: PolicyScope): unknown {
  const parsed = parseDocument(text);
  if ("value" in parsed) return parsed.value;
  throw faultIn(scope, { ...parsed, value: text });
}

function versionOf({ Version: version }: Elements, scope: PolicyScope): string | undefined {
  if (version === undefined || (typeof version === "string" && (hasUnknown(version) || VERSIONS.includes(version)))) return version;
  const rule = 'must be "2012-10-17" or "2008-10-17"';
  throw faultIn(scope, { element: "Version", rule, value: version, advice: 'write "2012-10-17"' });
}

function compileStatements(value: unknown, scope: PolicyScope): CompiledStatement[] {
  if (value === undefined || value === null) {
    const advice = "write a statement or a list of statements";
    throw faultIn(scope, { element: "Statement", rule: "is required", value, advice });
  }
  if (isWhollyUnknown(value)) return [unknownStatement(0, unknownsIn(value), scope)];
  if (!Array.isArray(value)) return [compileStatement(value, { index: 0, path: "Statement" }, scope)];
  return value.map((item, index) => compileStatement(item, { index, path: `Statement[${index}]` }, scope));
}

function policyOf(statements: readonly CompiledStatement[], { kind, options, label }: PolicyScope): CompiledPolicy {
  const mayBe = (effect: "Allow" | "Deny") =>
    statements.filter(({ reference, unknowns }) => reference.effect === effect || unknowns.includes(EFFECT_UNKNOWN));
  return {
    kind,
    name: options.name,
    location: options.location,
    label,
    statements,
    denies: mayBe("Deny"),
    allows: mayBe("Allow"),
  };
}
