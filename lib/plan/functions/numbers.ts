/** Functions on numbers. @see https://developer.hashicorp.com/terraform/language/functions */
import { exactNumber } from "../values/numbers";
import { counted, type Functions, fail, integer, items, number, text } from "./arguments";

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MOST_ITEMS = 1024;

export const NUMBER_FUNCTIONS: Functions = {
  abs: counted(1, 1, (value) => Math.abs(number(value))),
  ceil: counted(1, 1, (value) => Math.ceil(number(value)) + 0),
  floor: counted(1, 1, (value) => Math.floor(number(value))),
  log: counted(2, 2, (value, base) => logarithm(number(value), number(base))),
  max: counted(1, Number.POSITIVE_INFINITY, (...values) => Math.max(...values.map(number))),
  min: counted(1, Number.POSITIVE_INFINITY, (...values) => Math.min(...values.map(number))),
  parseint: counted(2, 2, (value, base) => parsed(text(value), integer(base))),
  pow: counted(2, 2, (base, exponent) => power(number(base), number(exponent))),
  range: counted(1, 3, (...values) => range(values.map(number))),
  signum: counted(1, 1, (value) => Math.sign(integer(value))),
  sum: counted(1, 1, sum),
};

/** Only whole results are certain: the last digits of others depend on the machine. */
function logarithm(value: number, base: number): number | undefined {
  const result = Math.log(value) / Math.log(base);
  return Number.isInteger(result) && base ** result === value ? result : undefined;
}

function power(base: number, exponent: number): number | undefined {
  return Number.isInteger(exponent) ? exactNumber(base ** exponent) : undefined;
}

function parsed(source: string, base: number): number | undefined {
  if (base < 2 || base > 62) return fail("the base must be 2 to 62");
  const isNegative = source.startsWith("-");
  // Up to base 36, capital letters have the value of small ones.
  const digits = [...(base <= 36 ? source.toLowerCase() : source).replace(/^[-+]/, "")].map((digit) => DIGITS.indexOf(digit));
  if (digits.length === 0 || digits.some((digit) => digit < 0 || digit >= base)) return fail("the text is not a number of that base");
  const value = digits.reduce((total, digit) => total * base + digit, 0);
  return exactNumber(isNegative ? -value : value);
}

function range(values: readonly number[]): readonly number[] | undefined {
  const [start, limit] = values.length === 1 ? [0, values[0]!] : [values[0]!, values[1]!];
  const step = values[2] ?? (limit < start ? -1 : 1);
  if (step === 0 || (limit > start && step < 0) || (limit < start && step > 0)) return fail("the step leads away from the limit");
  const result: number[] = [];
  for (let index = 0; ; index++) {
    const value = exactNumber(start + index * step);
    if (value === undefined) return undefined;
    if (step > 0 ? value >= limit : value <= limit) return result;
    if (result.length === MOST_ITEMS) return fail(`a range has at most ${MOST_ITEMS} items`);
    result.push(value);
  }
}

function sum(values: unknown): number | undefined {
  const all = items(values).map(number);
  if (all.length === 0) return fail("an empty list has no sum");
  return all.reduce<number | undefined>((total, value) => (total === undefined ? undefined : exactNumber(total + value)), 0);
}
