import type { IConstruct } from "constructs";
import { templateExpression } from "../policy";
import { lazyText } from "./lazy-text";
import { resolveTokens } from "./resolve-tokens";

/**
 * A Terraform expression around texts that may hold tokens or expressions themselves.
 *
 * Written once the tree is complete, with tokens resolved: the functions of cdktf escape expressions that were written by hand, and
 * tokens inside of a text that begins with `${` lose their braces.
 */
export function lazyExpression(scope: IConstruct, texts: readonly string[], write: (...expressions: string[]) => string): string {
  const expressions = () => texts.map((text) => templateExpression(resolveTokens(scope, text) as string));
  return lazyText(() => `\${${write(...expressions())}}`);
}
