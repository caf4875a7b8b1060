/**
 * The report as JUnit XML: one suite a destination, one test case an expectation or setting, one suite for what was not judged at all,
 * one for the findings, and one for those that are accepted.
 */
import type { Severity } from "../../../lib/rules";
import { EXIT } from "../../exit-codes";
import { type EscapedText, showFindingPlace } from "../shared";
import { junitDocument, linesOf, resultCase, suite, type XmlElement } from "../shared/junit";
import { showAcceptance } from "./show-acceptance";
import type { CheckedDestination, CheckReport, ReportedAcceptance, ReportedFinding } from "./types";

/** @param isFailure whether a finding makes the check fail */
export function checkJunit(
  { destinations, undecided, findings, acceptances, exitCode }: CheckReport,
  isFailure: (severity: Severity) => boolean,
): EscapedText {
  // Only if the user allows unknown results does the check pass with them.
  const unknownAs = exitCode === EXIT.fine ? "skipped" : "error";
  const findingCases = findings.map((finding) => findingCase(finding, isFailure(finding.severity)));
  const acceptedCases = acceptances.flatMap((acceptance) => acceptance.findings.map((finding) => acceptedCase(finding, acceptance)));
  return junitDocument("vendor-destination check", [
    ...destinations.map((destination) => destinationSuite(destination, unknownAs)),
    ...(undecided.length === 0 ? [] : [suite("input", undecided.map(undecidedCase))]),
    ...(findingCases.length === 0 ? [] : [suite("findings", findingCases)]),
    ...(acceptedCases.length === 0 ? [] : [suite("accepted", acceptedCases)]),
  ]);
}

function destinationSuite({ vendor, bucket, contract, results }: CheckedDestination, unknownAs: "error" | "skipped"): XmlElement {
  return suite(
    `${vendor} → ${bucket} (${contract})`,
    // The suite of accepted findings contains the others.
    results
      .filter(({ accepted }) => accepted === undefined)
      .map((result) =>
        resultCase(result, contract, { unknownAs, more: result.explain === undefined ? [] : [`repeat: ${result.explain}`] }),
      ),
  );
}

/** Accepted findings are skipped test cases, so that they stay visible and do not fail. */
function acceptedCase({ ruleId, detail, location }: ReportedFinding, acceptance: ReportedAcceptance): XmlElement {
  const attributes = { name: `${ruleId}: ${detail}`, classname: location.address ?? location.file };
  return { name: "testcase", attributes, children: [{ name: "skipped", text: linesOf([`accepted: ${showAcceptance(acceptance)}`]) }] };
}

/** Unknowns that belong to no single expectation. Without this case, the report would look as if all were well. */
function undecidedCase(note: string): XmlElement {
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
