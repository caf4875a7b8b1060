/** The references that the `configuration` part of a plan lists for an expression. */
import { listOf, ownValue } from "../../json";

/** Terraform also lists the prefixes of each reference, `aws_s3_bucket.x` after `aws_s3_bucket.x.id`, which are left out. */
export function referencesIn(expression: unknown): string[] {
  const texts = listOf(ownValue(expression, "references")).filter((text) => typeof text === "string");
  const longest: string[] = [];
  for (const text of texts) {
    const last = longest.at(-1);
    if (last === undefined || !(last.startsWith(text) && ".[".includes(last[text.length] ?? " "))) longest.push(text);
  }
  return longest;
}
