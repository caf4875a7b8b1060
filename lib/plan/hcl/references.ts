/**
 * Arguments that are references, not values. In the JSON syntax their texts are names, not templates: `"aws.west"`, where the native syntax
 * has `aws.west`.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
 */

const OF_RESOURCES = ["depends_on", "provider"];
const OF_LIFECYCLE = ["ignore_changes", "replace_triggered_by"];

/** By the types of the blocks around the argument. */
const REFERENCES: ReadonlyMap<string, readonly string[]> = new Map([
  ["resource", OF_RESOURCES],
  ["resource/lifecycle", OF_LIFECYCLE],
  ["data", OF_RESOURCES],
  ["check/data", OF_RESOURCES],
  ["ephemeral", OF_RESOURCES],
  ["module", ["depends_on", "providers"]],
  ["output", ["depends_on"]],
  ["variable", ["type"]],
  ["moved", ["from", "to"]],
  ["removed", ["from"]],
  ["import", ["provider", "to"]],
]);

/** Whether an argument is a reference. The type of its block comes last in the path. */
export function isReference(path: readonly string[], argument: string): boolean {
  if (path.at(-1) === "dynamic") return argument === "iterator";
  return REFERENCES.get(path.join("/"))?.includes(argument) ?? false;
}

/**
 * Whether an argument takes only literal values, so that its texts are not templates in the JSON syntax, like the default of a variable.
 */
export function isLiteral(path: readonly string[], argument: string): boolean {
  return path.length === 1 && path[0] === "variable" && argument === "default";
}
