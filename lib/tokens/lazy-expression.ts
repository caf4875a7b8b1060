import type { IConstruct } from "constructs";
import { templateExpression } from "../policy";
import { lazyText } from "./lazy-text";
import { resolveTokens } from "./resolve-tokens";

/**
 * A Terraform expression around texts that may hold tokens or expressions.
 *
 * It is written once the tree is complete, with tokens resolved: cdktf's functions escape handwritten expressions, and tokens in a text
 * that begins with `${` lose their braces.
 */
export function lazyExpression(scope: IConstruct, texts: readonly string[], write: (...expressions: string[]) => string): string {
  const expressions = () => texts.map((text) => templateExpression(resolveTokens(scope, text) as string));
  return lazyText(() => `\${${write(...expressions())}}`);
}
