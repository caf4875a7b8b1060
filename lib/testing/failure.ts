import { AssertionError } from "node:assert";
import { Callers, type DeliveryContract, isAssuming, type Result } from "../contract";
import { describeStatement, showUnknown } from "../evaluate";
import type { Asked } from "./request";

/** Who asked for what, the verdict, what decided, and what to do: a line each. */
export function explained(contract: DeliveryContract, result: Result, asked?: Asked): string[] {
  const { cause, remedy, deciding } = result;
  const lines: [string, string][] = [];
  if (asked) {
    const principals = new Callers(contract).principalsOf(asked.actor, isAssuming(asked.action));
    lines.push(["who", principals.map(showUnknown).join(", ")], ["what", `${asked.action} on ${showUnknown(asked.resource)}`]);
    for (const [key, value] of Object.entries(asked.context))
      lines.push(["with", `${key} = ${[value].flat().map(showUnknown).join(", ")}`]);
  }
  lines.push(["verdict", verdictOf(result)], ["because", showUnknown(cause ?? "")]);
  for (const statement of deciding) lines.push(["decided by", describeStatement(statement)]);
  if (remedy !== undefined) lines.push(["remedy", showUnknown(remedy)]);
  return lines.map(([name, text]) => `    ${name.padEnd(12)}${text}`);
}

/** IAM's verdict. */
export function verdictOf({ outcome, expected, deciding }: Result): string {
  if (outcome === "unknown") return "could not tell";
  if (expected === "denied") return "Allowed";
  return deciding.some(({ effect }) => effect === "Deny") ? "ExplicitlyDenied" : "ImplicitlyDenied";
}

/** Any test framework reports an `AssertionError`. */
export function failure(
  title: string,
  details: readonly string[],
  compared: { readonly actual: unknown; readonly expected: unknown },
): Error {
  return new AssertionError({ message: [title, ...details].join("\n"), operator: "expectDestination", ...compared });
}
