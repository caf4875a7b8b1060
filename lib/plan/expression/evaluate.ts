/** Evaluates expressions as far as their parts are known. An unknown part becomes a placeholder named after the expression. */

import { setOwnValue } from "../../json";
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import { kindOfAttribute } from "./attribute-kind";
import { reportSpent } from "./budget";
import { callFunction } from "./functions";
import { applyBinary, applyUnary, asBoolean } from "./operators";
import type { Frame } from "./scope";
import type { Expression, ForExpression, Step } from "./syntax";
import { asText, EvaluationFailure, entriesOf, isSame, memberOf, plain, Reference, unknownName, workOf } from "./value";

/** Bounds far above any real configuration. Only lists that contain each other many times exceed them. */
const LONGEST_TEXT = 4_000_000;
const LONGEST_LIST = 100_000;

/** Evaluates an expression. May return a `Reference`. */
export function evaluate(expression: Expression, frame: Frame): unknown {
  if (isRepeated(frame)) frame.scope.budget.spend(1);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return template(expression, frame);
    case "traversal":
      return guarded(expression.source, frame, () => {
        const steps = keysOf(expression.steps, frame);
        return steps === undefined ? placeholderFor(expression, frame) : traverse(expression.root, steps, frame);
      });
    case "relative":
      return guarded(expression.source, frame, () => relative(expression, frame));
    case "splat":
      return guarded(expression.source, frame, () => splat(expression, frame));
    case "list":
      return expression.items.map((item) => evaluate(item, frame));
    case "object":
      return object(expression.entries, expression, frame);
    case "call":
      return call(expression, frame);
    case "conditional":
      return conditional(expression, frame);
    case "unary":
    case "binary":
      return operation(expression, frame);
    case "for":
      return comprehension(expression, frame);
  }
}

/** Whether the expression stands inside `for`, so that it is evaluated more than once. */
function isRepeated({ variables }: Frame): boolean {
  return variables.size > 0;
}

/** Runs an evaluation that may fail. Outside `try`, a failure is reported and gives a placeholder. */
export function guarded(source: string, frame: Frame, run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EvaluationFailure) || frame.trying) throw error;
    frame.scope.report("unresolved-reference", `"${shorten(source)}" cannot be resolved: ${error.message}`);
    return unknownText(frame.scope.nameOf(shorten(source)), kindOfAttribute(source));
  }
}

/** The placeholder for an expression. Inside `for`, the values of its variables make it unique. */
export function placeholderFor(expression: { readonly source: string }, frame: Frame): string {
  const variables = [...frame.variables].map(
    ([name, value]) => ` with ${name} = ${isUnknown(value) ? unknownName(value) : JSON.stringify(plain(value))}`,
  );
  return unknownText(frame.scope.nameOf(shorten(expression.source)) + variables.join(""));
}

/** The source of an expression, short enough for a name. */
export function shorten(source: string): string {
  const line = source.replace(/\s+/g, " ");
  return line.length > 1000 ? `${line.slice(0, 1000)}… (${line.length} characters, ${checksum(line)})` : line;
}

/** Distinguishes long expressions with the same beginning. */
function checksum(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return (sum >>> 0).toString(16);
}

export function traverse(root: string, steps: readonly (string | number)[], frame: Frame): unknown {
  if (frame.variables.has(root)) return followAll(frame.variables.get(root), steps);
  const { value, rest } = frame.scope.lookup(root, steps);
  return followAll(value, rest);
}

function followAll(start: unknown, steps: readonly (string | number)[]): unknown {
  let value = start;
  for (const [index, step] of steps.entries()) {
    if (isUnknown(value)) return unknownText(unknownName(value) + steps.slice(index).map(showStep).join(""));
    value = memberOf(value, step);
  }
  return value;
}

function showStep(step: string | number): string {
  return typeof step === "string" && /^[a-zA-Z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

function relative(expression: Expression & { kind: "relative" }, frame: Frame): unknown {
  const value = evaluate(expression.of, frame);
  const steps = keysOf(expression.steps, frame);
  return steps === undefined ? placeholderFor(expression, frame) : followAll(value, steps);
}

/** The steps with their keys evaluated; undefined where a key is unknown. */
function keysOf(steps: readonly Step[], frame: Frame): (string | number)[] | undefined {
  const keys: (string | number)[] = [];
  for (const step of steps) {
    const key = "attribute" in step ? step.attribute : evaluate(step.key, frame);
    if (typeof key === "string" ? hasUnknown(key) : typeof key !== "number") return undefined;
    keys.push(key as string | number);
  }
  return keys;
}

function splat(expression: Expression & { kind: "splat" }, frame: Frame): unknown {
  const of = evaluate(expression.of, frame);
  const steps = keysOf(expression.steps, frame);
  const after = keysOf(expression.after, frame);
  if (isUnknown(of) || steps === undefined || after === undefined) return placeholderFor(expression, frame);
  const collection = of instanceof Reference ? of.entries() : Array.isArray(of) ? entriesOf(of) : undefined;
  const items = collection?.map(([, item]) => item) ?? (of === null ? [] : [of]);
  return followAll(
    items.map((item) => followAll(item, steps)),
    after,
  );
}

function template(expression: Expression & { kind: "template" }, frame: Frame): unknown {
  let text = "";
  for (const part of expression.parts) {
    const value = evaluate(part, frame);
    text += asText(value) ?? (value instanceof Reference ? unknownText(value.name) : placeholderFor(part, frame));
    if (text.length > LONGEST_TEXT) return placeholderFor(expression, frame);
  }
  if (isRepeated(frame)) frame.scope.budget.spend(workOf(text));
  return text;
}

function object(entries: readonly (readonly [Expression, Expression])[], whole: Expression, frame: Frame): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    const name = asText(evaluate(key, frame));
    if (name === undefined) return placeholderFor(whole, frame);
    setOwnValue(result, name, evaluate(value, frame));
  }
  return result;
}

function call(expression: Expression & { kind: "call" }, frame: Frame): unknown {
  if (expression.name === "try" || expression.name === "can") return attempt(expression, frame);
  let args = expression.args.map((arg) => evaluate(arg, frame));
  if (expression.expand) {
    const last = args.pop();
    if (!Array.isArray(last)) return placeholderFor(expression, frame);
    args = [...args, ...last];
  }
  if (isRepeated(frame)) for (const arg of args) frame.scope.budget.spend(workOf(arg));
  const result = callFunction(expression.name, args);
  const tooLong = (typeof result === "string" && result.length > LONGEST_TEXT) || (Array.isArray(result) && result.length > LONGEST_LIST);
  return result === undefined || tooLong ? placeholderFor(expression, frame) : result;
}

/** `try`: the first argument that evaluates; `can`: whether it does. */
function attempt(expression: Expression & { kind: "call" }, frame: Frame): unknown {
  for (const arg of expression.args) {
    try {
      const value = evaluate(arg, { ...frame, trying: true });
      return expression.name === "can" ? (isUnknown(value) ? placeholderFor(expression, frame) : true) : value;
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error;
    }
  }
  if (expression.name === "can") return false;
  return guarded(expression.source, frame, () => {
    throw new EvaluationFailure("every argument fails");
  });
}

function conditional(expression: Expression & { kind: "conditional" }, frame: Frame): unknown {
  const test = asBoolean(evaluate(expression.test, frame));
  if (test !== undefined) return evaluate(test ? expression.yes : expression.no, frame);
  const quiet: Frame = { ...frame, trying: true };
  try {
    const yes = evaluate(expression.yes, quiet);
    if (isSame(yes, evaluate(expression.no, quiet)) === true) return yes;
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
  }
  return placeholderFor(expression, frame);
}

function operation(expression: Expression & { kind: "unary" | "binary" }, frame: Frame): unknown {
  const operands = (expression.kind === "unary" ? [expression.of] : [expression.left, expression.right]).map((each) =>
    evaluate(each, frame),
  );
  if (isRepeated(frame)) for (const operand of operands) frame.scope.budget.spend(workOf(operand));
  const result =
    expression.kind === "unary" ? applyUnary(expression.operator, operands[0]) : applyBinary(expression.operator, operands[0], operands[1]);
  return result ?? placeholderFor(expression, frame);
}

function comprehension(expression: Expression & ForExpression, frame: Frame): unknown {
  const over = evaluate(expression.over, frame);
  const entries = entriesOf(over);
  if (entries === undefined || entries.length > LONGEST_LIST) return placeholderFor(expression, frame);
  const list: unknown[] = [];
  const map: Record<string, unknown> = {};
  const { budget } = frame.scope;
  for (const [key, value] of entries) {
    budget.spend(1);
    if (budget.isSpent) return unfinished(expression, frame);
    const variables = new Map(frame.variables).set(expression.valueName, value);
    if (expression.keyName !== undefined) variables.set(expression.keyName, key);
    const inner: Frame = { ...frame, variables };
    const wanted = expression.condition === undefined ? true : asBoolean(evaluate(expression.condition, inner));
    if (wanted === undefined) return placeholderFor(expression, frame);
    if (!wanted) continue;
    const result = evaluate(expression.value, inner);
    if (expression.key === undefined) {
      list.push(result);
      continue;
    }
    const name = asText(evaluate(expression.key, inner));
    if (name === undefined) return placeholderFor(expression, frame);
    if (expression.grouped && Object.hasOwn(map, name)) (map[name] as unknown[]).push(result);
    else setOwnValue(map, name, expression.grouped ? [result] : result);
  }
  return expression.key === undefined ? list : map;
}

/** What a loop gives that takes too many steps, which only the outermost one reports. */
function unfinished(expression: Expression & ForExpression, frame: Frame): string {
  if (!isRepeated(frame)) reportSpent(frame.scope, shorten(expression.source));
  return placeholderFor(expression, frame);
}
