import type { DeliveryContract } from "../../../lib/contract";
import type { EscapedText } from "../shared";
import { validateHtml } from "./html";
import { validateJson } from "./json";
import { validateJunit } from "./junit";
import { validateMarkdown } from "./markdown";
import { validateText } from "./text";
import type { ValidateReport } from "./types";

export const FORMATS = ["text", "json", "junit", "markdown", "html"] as const;
export type ValidateFormat = (typeof FORMATS)[number];

/**
 * The whole report in one format. On standard output `text` is written while the validation runs.
 *
 * @param contracts the contract of each destination, in the report's order
 */
export function renderValidate(report: ValidateReport, contracts: readonly DeliveryContract[], format: ValidateFormat): EscapedText {
  switch (format) {
    case "text":
      return validateText(report);
    case "json":
      return validateJson(report);
    case "html":
      return validateHtml(report, contracts);
    case "junit":
      return validateJunit(report);
    case "markdown":
      return validateMarkdown(report, contracts);
  }
}
