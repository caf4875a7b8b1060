import type { Severity } from "../../../lib/rules";
import { type EscapedText, jsonText } from "../shared";
import { checkGithub } from "./github";
import { isFailure } from "./is-failure";
import { checkJunit } from "./junit";
import { checkMarkdown } from "./markdown";
import { checkSarif } from "./sarif";
import { checkText } from "./text";
import type { CheckReport } from "./types";

export const FORMATS = ["text", "json", "sarif", "junit", "markdown", "github"] as const;
export type CheckFormat = (typeof FORMATS)[number];

export interface RenderOptions {
  readonly format: CheckFormat;
  /** Lowest severity of a finding that fails the check. */
  readonly failOn: Severity | "none";
  readonly version: string;
  readonly colour: boolean;
  /** In text, only what is not as expected. */
  readonly quiet: boolean;
  /** Every destination with its whole matrix, however many there are. */
  readonly full: boolean;
}

export function renderCheck(report: CheckReport, options: RenderOptions): EscapedText {
  const { format, failOn, version } = options;
  switch (format) {
    case "text":
      return checkText(report, options);
    case "json":
      return jsonText(
        { ...report, undecided: undefined, destinations: report.destinations.map((one) => ({ ...one, findingRules: undefined })) },
        2,
      );
    case "sarif":
      return checkSarif(report, version);
    case "junit":
      return checkJunit(report, (severity) => isFailure(severity, failOn));
    case "markdown":
      return checkMarkdown(report);
    case "github":
      return checkGithub(report);
  }
}
