import type { Expectation, Result } from "../contract";
import type { Decision, NearestStatement, StatementReference } from "../evaluate";
import { hasUnknown, showUnknown } from "../unknown";

/** Why an expectation did not pass, and what to do. */
export function explanation(
  decision: Decision,
  outcome: "fail" | "unknown",
  expectation: Expectation,
): Omit<Result, "id" | "title" | "expected"> {
  const { deciding, nearest, reason } = decision;
  const location = (deciding[0] ?? nearest?.statement)?.location;
  const where = location === undefined ? {} : { location };
  if (outcome === "unknown") return { outcome, cause: showUnknown(reason), deciding, ...where };
  const mismatch = nearest === undefined ? "" : `; nearest: ${statementName(nearest.statement)}: ${nearest.mismatches.join("; ")}`;
  return {
    outcome,
    evidence: "computed",
    cause: mismatch === "" ? showUnknown(reason) : `${showUnknown(reason).replace(/\.$/, "")}${mismatch}`,
    remedy: showUnknown(remedyOf(decision, expectation)),
    deciding,
    ...where,
  };
}

/** Narrowing the Allow instead would deny the request over HTTPS too. */
const SSL_ONLY =
  'let the bucket policy refuse plain HTTP: Deny, Principal *, Action s3:*, Resource bucket and bucket/*, Condition Bool aws:SecureTransport "false"';

function statementName(statement: StatementReference): string {
  const { sid, index } = statement;
  return `statement ${sid === undefined ? index + 1 : JSON.stringify(sid)} of ${policyNameOf(statement)}`;
}

/** By its address where its name is not known. */
function policyNameOf({ policy, policyName, location }: StatementReference): string {
  const isNameless = policyName !== undefined && hasUnknown(policyName);
  return isNameless && location?.address !== undefined ? location.address : `the ${policyName ?? policy} policy`;
}

/** The last part of an object's ARN. The ARN of a role has a slash too, but no such part after the bucket. */
const SAMPLE_KEY = /(?<=:s3:::.*)\/[^/]*$/;

/** Whether the statement was meant for the request. One about other actions on other resources is not: widening it would be wrong. */
function isAboutTheSame({ mismatches }: NearestStatement): boolean {
  const differs = (part: string) => mismatches.some((text) => text.startsWith(`${part}:`));
  return !(differs("Action") && differs("Resource"));
}

function remedyOf(decision: Decision, { expected, action, resource, context }: Expectation): string {
  const [deciding] = decision.deciding;
  if (expected === "denied") {
    if (context["aws:SecureTransport"] === "false") return SSL_ONLY;
    return deciding ? `narrow or remove ${statementName(deciding)}` : `deny ${action}`;
  }
  // An Allow that is to blame is public, so that Block Public Access denies it to everybody else, too.
  if (decision.verdict === "ExplicitlyDenied" && deciding?.effect === "Allow")
    return `name the principals of ${statementName(deciding)}, or restrict it to fixed values, so that it is no longer public`;
  if (decision.verdict === "ExplicitlyDenied" && deciding)
    return `narrow ${statementName(deciding)} so that it does not apply to the vendor`;
  const { nearest } = decision;
  if (nearest === undefined) return `allow ${action}`;
  return isAboutTheSame(nearest)
    ? `widen ${statementName(nearest.statement)}`
    : `add a statement to ${policyNameOf(nearest.statement)} that allows ${action} on ${resource.replace(SAMPLE_KEY, "/*")}`;
}
