/**
 * Numbers of expressions.
 *
 * Terraform computes with decimals of 512 bits. A number is only known here where JavaScript holds the same one.
 */

/** Digits that JavaScript keeps of every decimal. */
const EXACT_DIGITS = 15;

/** The number, without the error of binary fractions; `undefined` where Terraform may have another one. */
export function exactNumber(number: number): number | undefined {
  if (Number.isInteger(number)) return Number.isSafeInteger(number) ? number : undefined;
  const rounded = Number(number.toPrecision(EXACT_DIGITS));
  return Number.isFinite(rounded) && digitsOf(rounded) < EXACT_DIGITS ? rounded : undefined;
}

function digitsOf(number: number): number {
  return decimalText(number).replace(/^-?0*\.?0*|\./g, "").length;
}

/** The number without an exponent, as Terraform writes it. */
export function decimalText(number: number): string {
  const text = String(number);
  const [mantissa, exponent] = text.split("e");
  if (exponent === undefined) return text;
  const [whole, fraction = ""] = mantissa!.replace("-", "").split(".");
  const point = whole!.length + Number(exponent);
  const digits = whole! + fraction;
  const sign = number < 0 ? "-" : "";
  return sign + (point <= 0 ? `0.${"0".repeat(-point)}${digits}` : digits.padEnd(point, "0"));
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that a text holds. `undefined` where it holds none, or one that JavaScript cannot hold. */
export function numberInText(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const number = Number(text);
  if (/^\d{16,300}$/.test(text)) return BigInt(number) === BigInt(text) ? number : undefined;
  const digits = text.replace(/[eE].*$/, "").replace(/^[+-]?0*\.?0*|\./g, "");
  return Number.isFinite(number) && (digits.length <= EXACT_DIGITS || Number.isSafeInteger(number)) ? number : undefined;
}

/** A number, or the text of one, which Terraform converts. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "string") return numberInText(value);
  return typeof value === "number" ? value : undefined;
}
