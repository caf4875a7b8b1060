import { Token } from "cdktf";
import { hasExpression } from "../policy";

/** Whether a value is given and known at synthesis: neither a token nor a handwritten Terraform expression. */
export function isKnown<T>(value: T | undefined): value is T {
  if (value === undefined || Token.isUnresolved(value)) return false;
  return typeof value !== "string" || !hasExpression(value);
}
