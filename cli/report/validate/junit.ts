/** The report of `validate` as JUnit XML: one suite a destination, one test case for each thing that was tried, read or found. */
import type { EscapedText } from "../shared";
import { junitDocument, linesOf, type Property, resultCase, suite, type XmlElement } from "../shared/junit";
import { differenceOf, differenceTexts } from "./difference";
import { factsOfDestination, factsOfRun, notOfAws, requestsOf } from "./provenance";
import type { DestinationReport, Leftover, LiveResult, ValidateReport } from "./types";

export function validateJunit(report: ValidateReport): EscapedText {
  const warning = notOfAws(report);
  const facts = [...factsOfRun(report), ...(warning === undefined ? [] : [{ name: "not AWS", text: warning }])];
  const suites = report.destinations.map((destination) => destinationSuite(destination, facts));
  return junitDocument("vendor-destination validate", suites);
}

function destinationSuite(report: DestinationReport, facts: readonly Property[]): XmlElement {
  const { vendor, bucket, contract, results, stopped, left } = report;
  const cases = [
    ...results.map((result) => caseOf(result, contract)),
    ...(stopped === undefined ? [] : [stoppedCase(contract, stopped)]),
    ...left.map((leftover) => leftBehind(contract, leftover)),
  ];
  return suite(`${vendor} → ${bucket} (${contract})`, cases, [...facts, ...factsOfDestination(report)]);
}

function caseOf(result: LiveResult, contract: string): XmlElement {
  const difference = differenceOf(result);
  const options = { output: requestsOf(result), unknownAs: "error" } as const;
  if (difference === undefined) return resultCase(result, contract, options);
  return resultCase({ ...result, cause: difference.cause }, contract, { ...options, more: differenceTexts(difference) });
}

function stoppedCase(contract: string, stopped: string): XmlElement {
  const attributes = { name: "the validation ran to completion", classname: `${contract}.stopped` };
  return { name: "testcase", attributes, children: [{ name: "error", attributes: { message: `stopped: ${stopped}`, type: "stopped" } }] };
}

function leftBehind(contract: string, { what, reason, command }: Leftover): XmlElement {
  const attributes = { name: `${what} was removed again`, classname: `${contract}.left-behind` };
  const failure = {
    name: "failure",
    attributes: { message: `${what} is left behind`, type: "left-behind" },
    text: linesOf([reason, command]),
  };
  return { name: "testcase", attributes, children: [failure] };
}
