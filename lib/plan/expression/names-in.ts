/** The names that expressions refer to: `aws_s3_bucket.x`, `var.y`, `each.key`. */
import { ownValue } from "../../json";
import { isTemplate, parseTemplate } from "./parse";
import { type Expression, ExpressionSyntaxError, SPLAT_ITEM, type Step } from "./syntax";

const DEEPEST = 60;
/** How many parts of a reference tell what it refers to; two where the root is the type of a resource. */
const PARTS: Readonly<Record<string, number>> = { data: 3, self: 1, ephemeral: 3 };

/** The names in a value of Terraform's JSON syntax. An expression that cannot be parsed adds the empty name. */
export function namesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  const visitValue = (each: unknown, iterators: ReadonlySet<string>, depth: number): void => {
    if (typeof each === "string") {
      if (isTemplate(each)) visitText(each, iterators);
    } else if (typeof each === "object" && each !== null && depth <= DEEPEST) {
      const inner = withIterators(each, iterators);
      for (const [key, item] of Object.entries(each)) {
        visitValue(key, inner, depth + 1);
        visitValue(item, inner, depth + 1);
      }
    }
  };
  const visitText = (text: string, iterators: ReadonlySet<string>): void => {
    try {
      visit(parseTemplate(text), iterators);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      names.add("");
    }
  };
  const visitSteps = (steps: readonly Step[], local: ReadonlySet<string>): void => {
    for (const step of steps) if ("key" in step) visit(step.key, local);
  };
  const visit = (expression: Expression, local: ReadonlySet<string>): void => {
    switch (expression.kind) {
      case "literal":
        return;
      case "traversal":
        visitSteps(expression.steps, local);
        if (expression.root !== SPLAT_ITEM && !local.has(expression.root)) {
          const steps = expression.steps.map((step) => ("attribute" in step ? step.attribute : ""));
          names.add(nameOfReference([expression.root, ...steps]));
        }
        return;
      case "for": {
        visit(expression.over, local);
        const inner = new Set([...local, expression.valueName, ...(expression.keyName === undefined ? [] : [expression.keyName])]);
        for (const part of [expression.key, expression.value, expression.condition]) if (part !== undefined) visit(part, inner);
        return;
      }
      default:
        for (const part of partsOf(expression)) visit(part, local);
        if ("steps" in expression) visitSteps(expression.steps, local);
    }
  };
  visitValue(value, new Set(), 0);
  return names;
}

function partsOf(expression: Exclude<Expression, { kind: "literal" | "traversal" | "for" }>): readonly Expression[] {
  switch (expression.kind) {
    case "template":
      return expression.parts;
    case "splat":
      return [expression.of, expression.each];
    case "relative":
    case "unary":
      return [expression.of];
    case "list":
      return expression.items;
    case "object":
      return expression.entries.flat();
    case "call":
      return expression.args;
    case "conditional":
      return [expression.test, expression.yes, expression.no];
    case "binary":
      return [expression.left, expression.right];
  }
}

/** The names that a `dynamic` block defines for its content. */
function withIterators(object: object, iterators: ReadonlySet<string>): ReadonlySet<string> {
  const names = Object.entries(object).flatMap(([label, spec]) =>
    (Array.isArray(spec) ? spec : [spec]).flatMap((each: unknown) =>
      ownValue(each, "for_each") === undefined || ownValue(each, "content") === undefined
        ? []
        : [String(ownValue(each, "iterator") ?? label)],
    ),
  );
  return names.length === 0 ? iterators : new Set([...iterators, ...names]);
}

/** The parts of a reference that tell what it refers to. */
export function nameOfReference(parts: readonly string[]): string {
  return parts.slice(0, PARTS[parts[0]!] ?? 2).join(".");
}
