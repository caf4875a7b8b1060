/** The references that the `configuration` part of a plan lists for an expression. */
import { listOf, ownValue } from "../../json";
import { nameOfReference } from "../expression/names-in";

const DEEPEST = 60;

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

/** The names in an argument, its nested blocks included, of the part `configuration` of a plan. Each once. */
export function namesInPlan(planned: unknown): string[] {
  const names = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > DEEPEST) return;
    const references = ownValue(value, "references");
    if (Array.isArray(references)) {
      for (const text of listOf(references)) if (typeof text === "string") names.add(nameOfReference(text.split(/[.[]/)));
    } else if (ownValue(value, "constant_value") === undefined) for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(planned, 0);
  return [...names];
}
