/** What the arguments of a function must be. Each check throws `EvaluationFailure`, because Terraform refuses the call too. */
import { isObject } from "../../json";
import { asText, EvaluationFailure, Reference } from "../expression/value";
import { asNumber } from "../values/numbers";
import { isSet } from "../values/order";

/** Returns `undefined` where the result is unknown. Throws `EvaluationFailure` where Terraform refuses the arguments. */
export type Implementation = (...args: readonly unknown[]) => unknown;
export type Functions = Readonly<Record<string, Implementation>>;

export function fail(reason: string): never {
  throw new EvaluationFailure(reason);
}

export function text(value: unknown): string {
  return asText(value) ?? fail("the argument is not a text");
}

export function number(value: unknown): number {
  return asNumber(value) ?? fail("the argument is not a number");
}

export function integer(value: unknown): number {
  const found = number(value);
  return Number.isInteger(found) ? found : fail("the argument is not a whole number");
}

/** A list, tuple or set. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail("the argument is not a list");
}

/** A list or tuple, which unlike a set has an order. */
export function list(value: unknown): readonly unknown[] {
  return isSet(value) ? fail("the argument is a set, not a list") : items(value);
}

export function texts(value: unknown): string[] {
  return items(value).map(text);
}

export function map(value: unknown): { readonly [key: string]: unknown } {
  return isObject(value) && !(value instanceof Reference) ? value : fail("the argument is not a map");
}

/** Checks how many arguments there are. */
export function counted(least: number, most: number, run: Implementation): Implementation {
  return (...args) => (args.length < least || args.length > most ? fail("the number of arguments is wrong") : run(...args));
}
