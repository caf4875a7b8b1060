import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * The beginning of the names of a construct's Terraform outputs: its path below the stack, in snake case.
 *
 * @param usualId id that the construct has as a part of another one, which is left out.
 */
export function outputPrefix({ node }: Construct, usualId: string): string {
  const path = node.scopes.slice(TerraformStack.of(node.scopes.at(-1)!).node.scopes.length).map((scope) => scope.node.id);
  if (path.length > 1 && path.at(-1) === usualId) path.pop();
  const prefix = path.map(snakeCase).join("_");
  return /^[0-9]/.test(prefix) ? `_${prefix}` : prefix;
}

/** `AWS Account ID` and `SixSense` as `aws_account_id` and `six_sense`. */
export function snakeCase(text: string): string {
  const words = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").match(/[A-Za-z0-9]+/g) ?? ["field"];
  return words.join("_").toLowerCase();
}
