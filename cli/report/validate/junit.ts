/** The report of `validate` as JUnit XML: one suite a destination, one test case for each thing that was tried, read or found. */

import { resultCase, suite, sums } from "../check/junit";
import { type XmlElement, xmlDocument } from "../shared/xml";
import type { DestinationReport, ValidateReport } from "./types";

export function validateJunit(report: ValidateReport): string {
  const suites = report.destinations.map(destinationSuite);
  return xmlDocument({ name: "testsuites", attributes: { name: "vendor-destination validate", ...sums(suites) }, children: suites });
}

function destinationSuite(report: DestinationReport): XmlElement {
  const { vendor, bucket, contract, results, stopped, left } = report;
  return suite(`${vendor} → ${bucket} (${contract})`, [
    ...results.map((result) => resultCase(result, contract)),
    ...(stopped === undefined ? [] : [notTold(contract, stopped)]),
    ...left.map(({ what, reason, command }) => leftBehind(contract, what, `${reason}\n${command}`)),
  ]);
}

function notTold(contract: string, stopped: string): XmlElement {
  const attributes = { name: "the validation came to its end", classname: `${contract}.stopped` };
  return { name: "testcase", attributes, children: [{ name: "skipped", attributes: { message: `stopped: ${stopped}` } }] };
}

function leftBehind(contract: string, what: string, text: string): XmlElement {
  const attributes = { name: `${what} was removed again`, classname: `${contract}.left-behind` };
  const failure = { name: "failure", attributes: { message: `${what} is left behind`, type: "left-behind" }, text };
  return { name: "testcase", attributes, children: [failure] };
}
