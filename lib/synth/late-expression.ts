import type { IConstruct } from "constructs";
import { templateExpression } from "../policy/template";
import { lateText } from "./late-text";
import { resolveTokens } from "./resolve-tokens";

/**
 * A Terraform expression around texts that may hold tokens or expressions themselves.
 *
 * Written once the tree is complete, with tokens resolved: the functions of cdktf escape expressions that were written by hand, and
 * tokens inside of a text that begins with `${` lose their braces.
 */
export function lateExpression(scope: IConstruct, texts: readonly string[], write: (...expressions: string[]) => string): string {
  const expressions = () => texts.map((text) => templateExpression(resolveTokens(scope, text) as string));
  return lateText(() => `\${${write(...expressions())}}`);
}
