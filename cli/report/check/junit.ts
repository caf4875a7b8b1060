/**
 * The report as JUnit XML: one suite a destination, one test case an expectation or setting, one suite for what was not judged at all,
 * and one for the findings.
 */
import type { Severity } from "../../../lib/rules";
import { type EscapedText, showFindingPlace } from "../shared";
import { junitDocument, linesOf, resultCase, suite, type XmlElement } from "../shared/junit";
import type { CheckedDestination, CheckReport, ReportedFinding } from "./types";

/** @param isFailure whether a finding makes the check fail */
export function checkJunit({ destinations, notTold, findings }: CheckReport, isFailure: (severity: Severity) => boolean): EscapedText {
  const findingCases = findings.map((finding) => findingCase(finding, isFailure(finding.severity)));
  return junitDocument("vendor-destination check", [
    ...destinations.map(destinationSuite),
    ...(notTold.length === 0 ? [] : [suite("input", notTold.map(notToldCase))]),
    ...(findingCases.length === 0 ? [] : [suite("findings", findingCases)]),
  ]);
}

function destinationSuite({ vendor, bucket, contract, results }: CheckedDestination): XmlElement {
  return suite(
    `${vendor} → ${bucket} (${contract})`,
    results.map((result) => resultCase(result, contract, result.explain === undefined ? [] : [`repeat: ${result.explain}`])),
  );
}

/** What is no single expectation, and would look green otherwise. */
function notToldCase(note: string): XmlElement {
  const attributes = { name: `could not tell: ${note}`, classname: "input" };
  return { name: "testcase", attributes, children: [{ name: "error", attributes: { message: note, type: "could-not-tell" } }] };
}

function findingCase(finding: ReportedFinding, fails: boolean): XmlElement {
  const { ruleId, detail, severity, reason, remedy, help, location } = finding;
  const attributes = { name: `${ruleId}: ${detail}`, classname: location.address ?? location.file };
  if (finding.isUnknown) {
    return { name: "testcase", attributes, children: [{ name: "error", attributes: { message: detail, type: "could-not-tell" } }] };
  }
  const text = linesOf([`severity: ${severity}`, `why: ${reason}`, `remedy: ${remedy}`, `at: ${showFindingPlace(finding)}`, help]);
  if (!fails) return { name: "testcase", attributes, children: [{ name: "system-out", text }] };
  return { name: "testcase", attributes, children: [{ name: "failure", attributes: { message: detail, type: ruleId }, text }] };
}
