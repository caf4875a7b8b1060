/** The report of `validate` as JUnit XML: one suite a destination, one test case for each thing that was tried, read or found. */
import type { EscapedText } from "../shared";
import { junitDocument, linesOf, resultCase, suite, type XmlElement } from "../shared/junit";
import { differenceOf, differenceTexts } from "./difference";
import type { DestinationReport, Leftover, LiveResult, ValidateReport } from "./types";

export function validateJunit({ destinations }: ValidateReport): EscapedText {
  return junitDocument("vendor-destination validate", destinations.map(destinationSuite));
}

function destinationSuite(report: DestinationReport): XmlElement {
  const { vendor, bucket, contract, results, stopped, left } = report;
  return suite(`${vendor} → ${bucket} (${contract})`, [
    ...results.map((result) => caseOf(result, contract)),
    ...(stopped === undefined ? [] : [notTold(contract, stopped)]),
    ...left.map((leftover) => leftBehind(contract, leftover)),
  ]);
}

function caseOf(result: LiveResult, contract: string): XmlElement {
  const difference = differenceOf(result);
  if (difference === undefined) return resultCase(result, contract);
  return resultCase({ ...result, cause: difference.cause }, contract, differenceTexts(difference));
}

function notTold(contract: string, stopped: string): XmlElement {
  const attributes = { name: "the validation came to its end", classname: `${contract}.stopped` };
  return { name: "testcase", attributes, children: [{ name: "skipped", attributes: { message: `stopped: ${stopped}` } }] };
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
