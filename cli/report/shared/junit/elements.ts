/**
 * JUnit XML in the dialect that Jenkins documents and other servers read.
 *
 * @see https://plugins.jenkins.io/junit/
 */
import type { Result } from "../../../../lib/contract";
import { type EscapedText, printable, showPlace } from "..";
import { type XmlElement, xmlDocument } from "./xml";

export function junitDocument(name: string, suites: readonly XmlElement[]): EscapedText {
  return xmlDocument({ name: "testsuites", attributes: { name, ...sums(suites) }, children: suites });
}

/** @param properties of the suite, such as the endpoints that were asked */
export function suite(name: string, children: readonly XmlElement[], properties: readonly Property[] = []): XmlElement {
  const having = (child: string) => children.filter(({ children: inner }) => inner?.some((element) => element.name === child)).length;
  return {
    name: "testsuite",
    attributes: { name, tests: children.length, failures: having("failure"), errors: having("error"), skipped: having("skipped") },
    children: [...(properties.length === 0 ? [] : [propertiesElement(properties)]), ...children],
  };
}

export interface Property {
  readonly name: string;
  readonly text: string;
}

function propertiesElement(properties: readonly Property[]): XmlElement {
  const children = properties.map(({ name, text }) => ({ name: "property", attributes: { name, value: text } }));
  return { name: "properties", children };
}

function sums(suites: readonly XmlElement[]): Record<string, number> {
  const sum = (name: string) => suites.reduce((total, { attributes }) => total + Number(attributes![name]), 0);
  return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors") };
}

/** A text of several lines, escaped so that no line contains a line break of its own. */
export function linesOf(lines: readonly string[]): string {
  return lines.map(printable).join("\n");
}

export interface ResultCaseOptions {
  /** Further lines on a failure. */
  readonly more?: readonly string[];
  /** What the test case printed. */
  readonly output?: string | undefined;
  /** The form of an unknown result. An error fails a build, a skipped test case does not. */
  readonly unknownAs: "error" | "skipped";
}

export function resultCase(result: Result & { readonly accepted?: string }, contract: string, options: ResultCaseOptions): XmlElement {
  const { more = [], output, unknownAs } = options;
  const { title, id, outcome, expected, cause = "", remedy, location } = result;
  const attributes = { name: title, classname: `${contract}.${id}` };
  const printed = output === undefined ? [] : [{ name: "system-out", text: linesOf([output]) }];
  const testCase = (...children: XmlElement[]): XmlElement => ({ name: "testcase", attributes, children: [...children, ...printed] });
  if (outcome === "pass") return testCase();
  if (result.accepted !== undefined) return testCase({ name: "skipped", text: linesOf([`accepted: ${result.accepted}: ${cause}`]) });
  if (outcome === "unknown") {
    if (unknownAs === "skipped") return testCase({ name: "skipped", text: linesOf([`could not tell: ${cause}`]) });
    const lines = linesOf([`could not tell: ${cause}`, ...(remedy ? [`remedy: ${remedy}`] : [])]);
    return testCase({ name: "error", attributes: { message: `could not tell: ${cause}`, type: id }, text: lines });
  }
  const text = linesOf([
    `expected: ${expected}`,
    `cause: ${cause}`,
    ...(remedy ? [`remedy: ${remedy}`] : []),
    ...(location ? [`at: ${showPlace(location)}`] : []),
    ...more,
  ]);
  return testCase({ name: "failure", attributes: { message: cause, type: id }, text });
}
