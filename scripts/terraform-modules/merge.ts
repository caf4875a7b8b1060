/** Merges what the constructs define for each combination of choices into one body with conditional expressions. */
import { Expression, expression, inline } from "./hcl";

type Object = Readonly<Record<string, unknown>>;

/**
 * One of several objects with different members. They have different types, which no condition of Terraform may choose between; their
 * JSON is text.
 */
class AnyObject extends Expression {
  public constructor(public readonly json: string) {
    super(`jsondecode(${json})`);
  }
}

/** Two values in one: they are equal, or the condition decides between them. */
export function merged(otherwise: unknown, then: unknown, condition: string): unknown {
  if (isEqual(otherwise, then)) return otherwise;
  if (otherwise === false && then === true) return new Expression(condition);
  if (Array.isArray(otherwise) !== Array.isArray(then) && (typeof otherwise === "string" || typeof then === "string")) {
    return merged([otherwise].flat(), [then].flat(), condition);
  }
  if (Array.isArray(otherwise) && Array.isArray(then) && otherwise.some(isObject)) {
    if (otherwise.length === then.length) return otherwise.map((item, index) => merged(item, then[index], condition));
    const [most, rest] = [otherwise.slice(0, then.length), otherwise.slice(then.length)];
    if (isEqual(most, then)) return new Expression(`concat(${expression(most)}, ${condition} ? [] : ${inline(rest)})`);
  }
  if (isAnyObject(otherwise) && isAnyObject(then)) {
    const names = isObject(otherwise) && isObject(then) && isEqual(Object.keys(otherwise), Object.keys(then)) && Object.keys(otherwise);
    if (!names) return new AnyObject(`${condition} ? ${jsonOf(then)} : ${jsonOf(otherwise)}`);
    return Object.fromEntries(names.map((name) => [name, merged((otherwise as Object)[name], (then as Object)[name], condition)]));
  }
  return new Expression(`${condition} ? ${inline(then)} : ${inline(otherwise)}`);
}

function jsonOf(value: unknown): string {
  return value instanceof AnyObject ? value.json : `jsonencode(${inline(value)})`;
}

function isObject(value: unknown): value is Object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Expression);
}

function isAnyObject(value: unknown): boolean {
  return isObject(value) || value instanceof AnyObject;
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
