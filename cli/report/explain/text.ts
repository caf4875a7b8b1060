/** An answer for people, and for programs. */
import { EVERY_REQUEST } from "../../../lib/contract";
import { type AccessRequest, type Decision, explainDecision, type StatementReference, showUnknown } from "../../../lib/evaluate";
import { shownContext } from "../../check/shown";
import { printable } from "../shared/printable";

/** @param expected the verdict that was asked for */
export function answerText(request: AccessRequest, decision: Decision, expected?: string): string {
  const { principal, action, resource, context } = request;
  const keys = Object.entries(told(context)).map(
    ([key, value]) => `  ${line(key)} = ${line(Array.isArray(value) ? value.join(", ") : String(value))}`,
  );
  const other = expected === undefined || expected === decision.verdict ? [] : [`  expected: ${expected}, but it is ${decision.verdict}`];
  return `${[
    line(principal),
    `  ${line(action)} on ${line(resource)}`,
    ...keys,
    "",
    ...explainDecision(inLines(decision)).split("\n").map(printable),
    ...other,
  ].join("\n")}\n`;
}

export function answerJson(request: AccessRequest, { verdict, scope, reason, deciding, missing, nearest }: Decision, expected?: string) {
  const { principal, action, resource, context } = request;
  return {
    request: { principal: showUnknown(principal), action, resource: showUnknown(resource), context: shownContext(told(context)) },
    verdict,
    ...(expected !== undefined && { expected }),
    scope,
    reason: showUnknown(reason),
    deciding,
    missing: missing.map(showUnknown),
    ...(nearest && { nearest }),
  };
}

/** Without the keys that every request has, of which nobody told the value. */
function told(context: AccessRequest["context"]): AccessRequest["context"] {
  return Object.fromEntries(Object.entries(context).filter(([key, value]) => EVERY_REQUEST[key] !== value));
}

/** The decision with every text of it on one line. Written out, as some of it is sought when read. */
function inLines({ verdict, scope, reason, deciding, missing, nearest }: Decision): Decision {
  return {
    verdict,
    scope,
    reason: line(reason),
    deciding: deciding.map(inLine),
    missing: missing.map(line),
    ...(nearest && { nearest: { statement: inLine(nearest.statement), mismatches: nearest.mismatches.map(line) } }),
  };
}

/** Names stand in quotes, which keep them on their line. */
function inLine(statement: StatementReference): StatementReference {
  const { location, ...rest } = statement;
  if (location === undefined) return rest;
  const { file, address } = location;
  return { ...rest, location: { ...location, file: line(file), ...(address !== undefined && { address: line(address) }) } };
}

function line(text: string): string {
  return printable(showUnknown(text));
}
