/** Converts the text of a file to JSON, and finds positions in the text by pointers into that JSON. */
import type { JsonObject } from "../../json";
import { withoutMarks } from "../../unknown";
import { parseSyntax, type SyntaxTree } from "./body";
import { syntaxErrorAt } from "./hcl-syntax-error";
import { offsetsOf } from "./places";
import { type HclPosition, positionsAt } from "./position";
import { Scanner } from "./scanner";
import { toJson } from "./to-json";

/**
 * The JSON form of a `.tf` or `.tofu` file: what a `.tf.json` file holds that means the same.
 *
 * @param text - of the file; a byte order mark at its start is ignored
 * @throws HclSyntaxError where Terraform would not read the file; nothing else
 */
export function parseHcl(text: string): JsonObject {
  return toJson(parseTree(text));
}

/**
 * The JSON form of a `.tfvars` file, which holds arguments only.
 *
 * Values are templates there as everywhere: `evaluateJson` makes plain values of them.
 *
 * @throws HclSyntaxError also for blocks
 */
export function parseHclValues(text: string): JsonObject {
  const tree = parseTree(text);
  const block = tree.body.items.find((item) => item.kind === "block");
  if (block !== undefined) throw syntaxErrorAt(tree.text, block.start, "a file of values must not hold blocks");
  return toJson(tree);
}

/** Where the values at JSON pointers into the JSON form begin in the text. A pointer without a value gives the nearest enclosing one. */
export function hclPositions(text: string, pointers: readonly string[]): HclPosition[] {
  const tree = parseTree(text);
  return positionsAt(tree.text, offsetsOf(tree, pointers));
}

function parseTree(text: string): SyntaxTree {
  return parseSyntax(new Scanner(withoutMarks(text.startsWith("\ufeff") ? text.slice(1) : text)));
}
