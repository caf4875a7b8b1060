/** The answer to one request, for people. */
import { showOwnAccount } from "../../../lib/contract";
import type { AccessRequest, Decision, StatementReference } from "../../../lib/evaluate";
import { explainDecision, showUnknown } from "../../../lib/evaluate";
import { type EscapedText, printable, TextWriter } from "../shared";
import { givenContext } from "./given-context";

/** @param expected the verdict that was asked for */
export function answerText(request: AccessRequest, decision: Decision, expected?: string): EscapedText {
  const { principal, action, resource, context } = request;
  const writer = new TextWriter({ colour: false });
  writer.line(showOwnAccount(principal)).line(`  ${showUnknown(action)} on ${showOwnAccount(resource)}`);
  for (const [key, value] of Object.entries(givenContext(context)))
    writer.line(`  ${showUnknown(key)} = ${showOwnAccount(Array.isArray(value) ? value.join(", ") : String(value))}`);
  writer.gap();
  for (const line of explainDecision(inLines(decision)).split("\n")) writer.line(line);
  if (expected !== undefined && expected !== decision.verdict) writer.line(`  expected: ${expected}, but it is ${decision.verdict}`);
  return writer.text;
}

/** The decision with each of its texts on one line. It is written out because some of its properties are getters. */
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
  return printable(showOwnAccount(text));
}
