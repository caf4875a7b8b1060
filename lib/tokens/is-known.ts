import { Token } from "cdktf";
import { hasExpression } from "../policy";

/** Whether a value is given and known at synth: neither a token nor a Terraform expression that was written by hand. */
export function isKnown<T>(value: T | undefined): value is T {
  if (value === undefined || Token.isUnresolved(value)) return false;
  return typeof value !== "string" || !hasExpression(value);
}
