/** Evaluates expressions as far as their parts are known. An unknown part becomes a placeholder named after the expression. */

import { isObject, setOwnValue } from "../../json";
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import { callFunction } from "../functions/call-function";
import { FILE_FUNCTIONS } from "../functions/files";
import { isUnordered, markUnordered, orderedLike } from "../values/order";
import { convertedLike, mayBeConverted } from "../values/unify";
import { kindOfAttribute } from "./attribute-kind";
import { LONGEST_TEXT, reportSpent, reportTooFar } from "./budget";
import { applyBinary, applyUnary, asBoolean } from "./operators";
import { placeholderFor, placeholderName, shorten } from "./placeholders";
import type { Frame } from "./scope";
import { SPECIAL_CALLS } from "./special-calls";
import { type Expression, type ForExpression, SPLAT_ITEM, type Step } from "./syntax";
import { asText, EvaluationFailure, entriesOf, hasUnknownKeys, isSame, memberOf, Reference, unknownName } from "./value";

/** A bound far above any real configuration. Only lists that contain each other many times exceed it. */
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
      return guarded(expression.source, frame, () => call(expression, frame));
    case "conditional":
      return conditional(expression, frame);
    case "unary":
    case "binary":
      return operation(expression, frame);
    case "for":
      return guarded(expression.source, frame, () => comprehension(expression, frame));
  }
}

function fail(reason: string): never {
  throw new EvaluationFailure(reason);
}

/** Whether the expression stands inside `for` or a splat, so that it is evaluated more than once. */
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
    return unknownText(placeholderName(source, frame), kindOfAttribute(source));
  }
}

export function traverse(root: string, steps: readonly (string | number)[], frame: Frame): unknown {
  if (frame.variables.has(root)) return followAll(frame.variables.get(root), steps);
  const { scope } = frame;
  const result = scope.budget.follow(() => {
    const { value, rest } = scope.lookup(root, steps);
    return { value: followAll(value, rest) };
  });
  if (result !== undefined) return result.value;
  const source = [root, ...steps].join(".");
  reportTooFar(scope, source);
  return unknownText(placeholderName(source, frame));
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
  if (isUnknown(of)) return placeholderFor(expression, frame);
  const list = isMap(of) ? [of] : (entriesOf(of)?.map(([, item]) => item) ?? (of === null ? [] : [of]));
  frame.scope.budget.spend(list.length);
  const each = list.map((item) => evaluate(expression.each, { ...frame, variables: new Map(frame.variables).set(SPLAT_ITEM, item) }));
  return orderedLike(each, of);
}

/** A splat iterates over lists and sets, and treats any other value as one item. */
function isMap(value: unknown): boolean {
  if (value instanceof Reference) return value.entries()?.some(([key]) => typeof key === "string") === true;
  return isObject(value);
}

function template(expression: Expression & { kind: "template" }, frame: Frame): unknown {
  let text = "";
  for (const part of expression.parts) {
    const value = evaluate(part, frame);
    text += asText(value) ?? (value instanceof Reference ? unknownText(value.name) : placeholderFor(part, frame));
    if (text.length > LONGEST_TEXT) return placeholderFor(expression, frame);
  }
  return frame.scope.budget.allows([text], isRepeated(frame)) ? text : unfinished(expression, frame);
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
  const name = expression.name.replace(/^core::/, "");
  const special = SPECIAL_CALLS.get(name);
  if (special !== undefined) {
    const value = special(expression, frame, evaluate);
    return value === undefined ? placeholderFor(expression, frame) : value;
  }
  let args = expression.args.map((arg) => evaluate(arg, frame));
  if (expression.expand) {
    const last = args.pop();
    if (!Array.isArray(last) || isUnordered(last)) return placeholderFor(expression, frame);
    args = [...args, ...last];
  }
  if (!frame.scope.budget.allows(args, isRepeated(frame))) return unfinished(expression, frame);
  const ofFile = FILE_FUNCTIONS.get(name);
  const result = ofFile === undefined ? callFunction(name, args) : ofFile(expression, args, frame);
  const tooLong = (typeof result === "string" && result.length > LONGEST_TEXT) || (Array.isArray(result) && result.length > LONGEST_LIST);
  return result === undefined || tooLong ? placeholderFor(expression, frame) : result;
}

function conditional(expression: Expression & { kind: "conditional" }, frame: Frame): unknown {
  const test = asBoolean(evaluate(expression.test, frame));
  const quiet: Frame = { ...frame, trying: true };
  if (test !== undefined) {
    const result = evaluate(test ? expression.yes : expression.no, frame);
    // Terraform converts both results to one type.
    return mayBeConverted(result) ? converted(result, test ? expression.no : expression.yes, quiet) : result;
  }
  try {
    const yes = evaluate(expression.yes, quiet);
    if (isSame(yes, evaluate(expression.no, quiet)) === true) return yes;
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
  }
  return placeholderFor(expression, frame);
}

function converted(result: unknown, other: Expression, quiet: Frame): unknown {
  try {
    return convertedLike(result, evaluate(other, quiet));
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    return result;
  }
}

function operation(expression: Expression & { kind: "unary" | "binary" }, frame: Frame): unknown {
  const operands = (expression.kind === "unary" ? [expression.of] : [expression.left, expression.right]).map((each) =>
    evaluate(each, frame),
  );
  if (!frame.scope.budget.allows(operands, isRepeated(frame))) return unfinished(expression, frame);
  const result =
    expression.kind === "unary" ? applyUnary(expression.operator, operands[0]) : applyBinary(expression.operator, operands[0], operands[1]);
  return result ?? placeholderFor(expression, frame);
}

function comprehension(expression: Expression & ForExpression, frame: Frame): unknown {
  const over = evaluate(expression.over, frame);
  const entries = entriesOf(over);
  if (entries === undefined && !isUnknown(over) && !(over instanceof Reference)) fail("it goes through no collection");
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
    else if (!expression.grouped && Object.hasOwn(map, name)) fail(`the key ${JSON.stringify(name)} stands there twice`);
    else setOwnValue(map, name, expression.grouped ? [result] : result);
  }
  if (expression.key !== undefined) return map;
  const isOrdered = !isUnordered(over) && !(isMap(over) && !(over instanceof Reference) && hasUnknownKeys(over as object));
  return isOrdered ? list : markUnordered(list);
}

/** The result of an expression that takes too many steps. Inside loops, only the outermost one reports it. */
function unfinished(expression: { readonly source: string }, frame: Frame): string {
  if (!isRepeated(frame)) reportSpent(frame.scope, shorten(expression.source));
  return placeholderFor(expression, frame);
}
