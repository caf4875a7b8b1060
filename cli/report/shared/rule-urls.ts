import { docsPage } from "../../version";

/** The page of a rule. */
export function helpPage(ruleId: string): string {
  return docsPage(`rules/${ruleId}.md`);
}
