/** The operators of Terraform, on values that may be unknown. */
import { asNumber, exactNumber } from "../values/numbers";
import { isSame } from "./value";

/** A boolean, or the text of one. `undefined` for anything else. */
export function asBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/** The result of `-` or `!`. `undefined` where it is unknown. */
export function applyUnary(operator: string, value: unknown): boolean | number | undefined {
  if (operator === "-") {
    const number = asNumber(value);
    return number === undefined ? undefined : 0 - number;
  }
  const boolean = asBoolean(value);
  return boolean === undefined ? undefined : !boolean;
}

/** The result of a binary operator. `undefined` where it is unknown. */
export function applyBinary(operator: string, left: unknown, right: unknown): boolean | number | undefined {
  if (operator === "==" || operator === "!=") {
    const same = isSame(left, right);
    return same === undefined ? undefined : same === (operator === "==");
  }
  if (operator === "&&" || operator === "||") {
    const decisive = operator === "||";
    const [first, second] = [asBoolean(left), asBoolean(right)];
    if (first === decisive || second === decisive) return decisive;
    return first === undefined || second === undefined ? undefined : !decisive;
  }
  const [one, other] = [asNumber(left), asNumber(right)];
  return one === undefined || other === undefined ? undefined : arithmetic(operator, one, other);
}

function arithmetic(operator: string, left: number, right: number): number | boolean | undefined {
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  if (operator === ">") return left > right;
  if (operator === ">=") return left >= right;
  return exactNumber(calculate(operator, left, right));
}

function calculate(operator: string, left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  return operator === "/" ? left / right : left % right;
}
