/** Evaluates Terraform's JSON syntax, where every text is a template. */

import { type JsonObject, setOwnValue } from "../../json";
import { unknownText } from "../../unknown";
import { LONGEST_TEXT } from "./budget";
import { evaluate, guarded, traverse } from "./evaluate";
import { asBoolean } from "./operators";
import { isTemplate, parseTemplate } from "./parse";
import { placeholderFor, shorten } from "./placeholders";
import type { Frame, Scope } from "./scope";
import { ExpressionSyntaxError } from "./syntax";
import { asText, EvaluationFailure, plain, Reference } from "./value";

const DEEPEST = 150;
const NO_VARIABLES: ReadonlyMap<string, unknown> = new Map();

/** Evaluates a value of Terraform's JSON syntax: every text in it, keys included, is a template. Parts that do not change are shared with the original. */
export function evaluateJson(value: unknown, scope: Scope, depth = 0): unknown {
  if (typeof value === "string") return isTemplate(value) ? plainResult(evaluateTemplate(value, scope), value, scope) : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return unknownText(scope.nameOf("a value that is nested too deeply"));
  return Array.isArray(value) ? evaluateList(value, scope, depth) : evaluateObject(value as JsonObject, scope, depth);
}

function plainResult(result: unknown, source: string, scope: Scope): unknown {
  return typeof result === "object" && result !== null ? plain(result, scope.nameOf(shorten(source))) : result;
}

function evaluateList(list: readonly unknown[], scope: Scope, depth: number): readonly unknown[] {
  let result: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const given = list[index];
    if (isConstant(given)) continue;
    const item = evaluateJson(given, scope, depth + 1);
    if (item === given) continue;
    result ??= [...list];
    result[index] = item;
  }
  return result ?? list;
}

function evaluateObject(object: JsonObject, scope: Scope, depth: number): unknown {
  let result: Record<string, unknown> | undefined;
  let hasTemplateKeys = false;
  for (const key in object) {
    hasTemplateKeys ||= key.includes("{") && isTemplate(key);
    const given = object[key];
    if (isConstant(given)) continue;
    const value = evaluateJson(given, scope, depth + 1);
    if (value === given) continue;
    result ??= { ...object };
    setOwnValue(result, key, value);
  }
  return hasTemplateKeys ? withEvaluatedKeys(result ?? object, scope) : (result ?? object);
}

/** A cheap test for values without templates, which most values are. */
function isConstant(value: unknown): boolean {
  return typeof value === "string" ? !value.includes("{") : typeof value !== "object" || value === null;
}

function withEvaluatedKeys(object: JsonObject, scope: Scope): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    setOwnValue(result, isTemplate(key) ? (asText(evaluateTemplate(key, scope)) ?? key) : key, value);
  }
  return result;
}

const DOLLAR = 0x24;
/** An expression that is a plain reference, as most are. */
const SIMPLE = /\$\{([a-zA-Z_][\w-]*(?:\.[a-zA-Z_][\w-]*)+)\}/y;

/** Evaluates one text. May return a `Reference` where the text is a single expression. */
export function evaluateTemplate(text: string, scope: Scope): unknown {
  const known = scope.shared.get(text);
  if (known !== undefined) return known;
  const frame: Frame = { scope, variables: NO_VARIABLES, trying: false };
  const simple = evaluateSimple(text, frame);
  if (simple !== undefined) return simple;
  try {
    return evaluate(parseTemplate(text), frame);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    if (error.cause === "unsupported") scope.report("unsupported-expression", error.message);
    else scope.report("invalid-expression", `not a Terraform expression: ${error.message}; write "$\${" for a literal "\${"`);
    return unknownText(scope.nameOf(shorten(text)));
  }
}

/** Whether a condition is met; undefined where that is unknown, or where the condition itself fails. Reports nothing. */
export function definiteCondition(condition: unknown, scope: Scope): boolean | undefined {
  if (typeof condition !== "string") return asBoolean(condition);
  // Files may be built before Terraform runs, and on another machine.
  const withoutFiles: Scope = Object.create(scope, { files: { value: undefined } });
  try {
    return asBoolean(evaluate(parseTemplate(condition), { scope: withoutFiles, variables: NO_VARIABLES, trying: true }));
  } catch (error) {
    if (error instanceof EvaluationFailure || error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

/** Evaluates a text whose expressions are all plain references, without a syntax tree. `undefined` for any other text, and for too long ones. */
function evaluateSimple(text: string, frame: Frame): unknown {
  if (text.includes("%{")) return undefined;
  let result = "";
  let at = 0;
  for (let from = text.indexOf("${"); from >= 0; from = text.indexOf("${", at)) {
    SIMPLE.lastIndex = from;
    const source = text.charCodeAt(from - 1) === DOLLAR ? undefined : SIMPLE.exec(text)?.[1];
    if (source === undefined) return undefined;
    const value = evaluateReference(source, frame);
    const end = from + source.length + 3;
    if (from === 0 && end === text.length) {
      if (frame.scope.shared.has(source)) frame.scope.shared.set(text, value);
      return value;
    }
    result +=
      text.slice(at, from) + (asText(value) ?? (value instanceof Reference ? unknownText(value.name) : placeholderFor({ source }, frame)));
    at = end;
    if (result.length > LONGEST_TEXT) return undefined;
  }
  return frame.scope.budget.allows([result], false) ? result + text.slice(at) : undefined;
}

function evaluateReference(source: string, frame: Frame): unknown {
  const { shared } = frame.scope;
  let value = shared.get(source);
  if (value === undefined) {
    value = guarded(source, frame, () => {
      const [root, ...steps] = source.split(".");
      return traverse(root!, steps, frame);
    });
    if (!frame.scope.isOwnName(source.slice(0, source.indexOf(".")))) shared.set(source, value);
  }
  return value;
}
