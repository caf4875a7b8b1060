/** The references that the `configuration` part of a plan lists for an expression. */
import { listOf, ownValue } from "../../json";
import { parseExpression } from "../expression/parse";
import { ExpressionSyntaxError } from "../expression/syntax";

/** A reference as steps: `module.logs["a"].bucket` → `module`, `logs`, `"a"`, `bucket`. */
export type Steps = readonly (string | number)[];

/** Parses references. The same few appear over and over, so each is parsed once. */
export class ReferenceParser {
  private readonly parsed = new Map<string, Steps | undefined>();

  /** The references of an expression. Those that cannot be parsed are left out. */
  public stepsIn(expression: unknown): Steps[] {
    return referencesIn(expression).flatMap((text) => {
      const steps = this.parse(text);
      return steps === undefined ? [] : [steps];
    });
  }

  private parse(text: string): Steps | undefined {
    if (!this.parsed.has(text)) this.parsed.set(text, parseSteps(text));
    return this.parsed.get(text);
  }
}

/** The references of an expression. Terraform also lists the prefixes of each, `aws_s3_bucket.x` after `aws_s3_bucket.x.id`, which are left out. */
export function referencesIn(expression: unknown): string[] {
  const texts = listOf(ownValue(expression, "references")).filter((text) => typeof text === "string");
  const longest: string[] = [];
  for (const text of texts) {
    const last = longest.at(-1);
    if (last === undefined || !(last.startsWith(text) && ".[".includes(last[text.length] ?? " "))) longest.push(text);
  }
  return longest;
}

function parseSteps(text: string): Steps | undefined {
  try {
    const expression = parseExpression(text);
    if (expression.kind !== "traversal") return undefined;
    const steps: (string | number)[] = [expression.root];
    for (const step of expression.steps) {
      const key = "attribute" in step ? step.attribute : step.key.kind === "literal" ? step.key.value : undefined;
      if (typeof key !== "string" && typeof key !== "number") return undefined;
      steps.push(key);
    }
    return steps;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}
