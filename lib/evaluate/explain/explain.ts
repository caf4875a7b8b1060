/** Renders a decision for people. */

import { showUnknown } from "../../unknown";
import type { Decision, NearestStatement, StatementReference } from "../types";

const TITLES = {
  Allowed: "Allowed",
  ExplicitlyDenied: "Denied explicitly",
  ImplicitlyDenied: "Denied implicitly",
  unknown: "Could not tell",
} as const;

/** The decision in a few lines: verdict and reason, the statements that decided, what is missing, what came closest. */
export function explainDecision(decision: Decision): string {
  const permitted = decision.scope === "customer" && decision.verdict === "Allowed";
  const title = permitted ? "Allowed by your account" : TITLES[decision.verdict];
  return [
    `${title}: ${showUnknown(decision.reason)}`,
    ...decision.deciding.map(
      (statement) => `  ${decision.verdict === "unknown" ? "undecided" : "decided by"}: ${describeStatement(statement)}`,
    ),
    ...decision.missing.map((source) => `  missing: ${showUnknown(source)}`),
    ...(decision.nearest === undefined ? [] : explainNearest(decision.nearest)),
  ].join("\n");
}

/** `Allow "Vendor" (statement 2 of resource policy "logs", main.tf.json line 12)`. */
export function describeStatement(statement: StatementReference): string {
  const { effect, sid, index, policy, policyName, location } = statement;
  const kind = policy.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const place = location === undefined ? "" : `, ${location.file}${location.line === undefined ? "" : ` line ${location.line}`}`;
  const address = location?.address === undefined ? "" : `, ${location.address}`;
  const document = kind === "permissions boundary" ? kind : `${kind} policy`;
  const name = policyName === undefined ? "" : ` ${JSON.stringify(policyName)}`;
  return `${effect}${sid === undefined ? "" : ` ${JSON.stringify(sid)}`} (statement ${index + 1} of ${document}${name}${address}${place})`;
}

function explainNearest({ statement, mismatches }: NearestStatement): string[] {
  return [`  nearest: ${describeStatement(statement)}`, ...mismatches.map((mismatch) => `    ${mismatch}`)];
}
