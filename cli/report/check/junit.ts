/**
 * The report as JUnit XML: one suite a destination, one test case an expectation or setting, one suite for what was not judged at all,
 * and one for the findings.
 *
 * The dialect is the one that Jenkins documents and other servers read.
 *
 * @see https://plugins.jenkins.io/junit/
 */
import type { Severity } from "../../../lib/rules";
import { showFindingPlace, showPlace } from "../shared/locations";
import { type XmlElement, xmlDocument } from "../shared/xml";
import type { CheckedDestination, CheckedResult, CheckReport, ReportedFinding } from "./types";

/** @param isFailure whether a finding makes the check fail */
export function checkJunit(report: CheckReport, isFailure: (severity: Severity) => boolean): string {
  const suites = [
    ...report.destinations.map(destinationSuite),
    ...(report.notTold.length === 0 ? [] : [suite("input", report.notTold.map(notToldCase))]),
    ...(report.findings.length === 0
      ? []
      : [
          suite(
            "findings",
            report.findings.map((finding) => findingCase(finding, isFailure(finding.severity))),
          ),
        ]),
  ];
  return xmlDocument({ name: "testsuites", attributes: { name: "vendor-destination check", ...sums(suites) }, children: suites });
}

function destinationSuite({ vendor, bucket, contract, results }: CheckedDestination): XmlElement {
  return suite(
    `${vendor} → ${bucket} (${contract})`,
    results.map((result) => resultCase(result, contract)),
  );
}

export function suite(name: string, children: XmlElement[]): XmlElement {
  const having = (child: string) => children.filter(({ children: inner }) => inner?.some((element) => element.name === child)).length;
  return {
    name: "testsuite",
    attributes: { name, tests: children.length, failures: having("failure"), errors: having("error"), skipped: having("skipped") },
    children,
  };
}

export function sums(suites: readonly XmlElement[]): Record<string, number> {
  const sum = (name: string) => suites.reduce((total, { attributes }) => total + Number(attributes![name]), 0);
  return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors") };
}

export function resultCase(result: Omit<CheckedResult, "kind">, contract: string): XmlElement {
  const { title, id, outcome, expected, cause = "", remedy, location } = result;
  const attributes = { name: title, classname: `${contract}.${id}` };
  if (outcome === "pass") return { name: "testcase", attributes };
  if (outcome === "unknown") {
    return { name: "testcase", attributes, children: [{ name: "skipped", text: `could not tell: ${cause}` }] };
  }
  const text = [
    `expected: ${expected}`,
    `cause: ${cause}`,
    ...(remedy ? [`remedy: ${remedy}`] : []),
    ...(location ? [`at: ${showPlace(location)}`] : []),
  ].join("\n");
  return { name: "testcase", attributes, children: [{ name: "failure", attributes: { message: cause, type: id }, text }] };
}

/** What is no single expectation, and would look green otherwise. */
function notToldCase(note: string): XmlElement {
  const attributes = { name: `could not tell: ${note}`, classname: "input" };
  return { name: "testcase", attributes, children: [{ name: "error", attributes: { message: note, type: "could-not-tell" } }] };
}

function findingCase(finding: ReportedFinding, fails: boolean): XmlElement {
  const { ruleId, detail, severity, reason, remedy, help, location } = finding;
  const attributes = { name: `${ruleId}: ${detail}`, classname: location.address ?? location.file };
  const text = [`severity: ${severity}`, `why: ${reason}`, `remedy: ${remedy}`, `at: ${showFindingPlace(finding)}`, help].join("\n");
  if (!fails) return { name: "testcase", attributes, children: [{ name: "system-out", text }] };
  return { name: "testcase", attributes, children: [{ name: "failure", attributes: { message: detail, type: ruleId }, text }] };
}
