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

export function suite(name: string, children: readonly XmlElement[]): XmlElement {
  const having = (child: string) => children.filter(({ children: inner }) => inner?.some((element) => element.name === child)).length;
  return {
    name: "testsuite",
    attributes: { name, tests: children.length, failures: having("failure"), errors: having("error"), skipped: having("skipped") },
    children,
  };
}

function sums(suites: readonly XmlElement[]): Record<string, number> {
  const sum = (name: string) => suites.reduce((total, { attributes }) => total + Number(attributes![name]), 0);
  return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors") };
}

/** A text of several lines, of which none can begin another one. */
export function linesOf(lines: readonly string[]): string {
  return lines.map(printable).join("\n");
}

/** @param more further lines on a failure */
export function resultCase(result: Result & { readonly accepted?: string }, contract: string, more: readonly string[] = []): XmlElement {
  const { title, id, outcome, expected, cause = "", remedy, location } = result;
  const attributes = { name: title, classname: `${contract}.${id}` };
  if (outcome === "pass") return { name: "testcase", attributes };
  if (result.accepted !== undefined) {
    return { name: "testcase", attributes, children: [{ name: "skipped", text: linesOf([`accepted: ${result.accepted}: ${cause}`]) }] };
  }
  if (outcome === "unknown") {
    return { name: "testcase", attributes, children: [{ name: "skipped", text: linesOf([`could not tell: ${cause}`]) }] };
  }
  const text = linesOf([
    `expected: ${expected}`,
    `cause: ${cause}`,
    ...(remedy ? [`remedy: ${remedy}`] : []),
    ...(location ? [`at: ${showPlace(location)}`] : []),
    ...more,
  ]);
  return { name: "testcase", attributes, children: [{ name: "failure", attributes: { message: cause, type: id }, text }] };
}
