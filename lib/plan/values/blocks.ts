/**
 * The blocks of a resource, as references to it see them.
 *
 * A configuration does not show what the provider adds: `vpc_config[0].vpc_id` has a value although no configuration sets it. In a list of
 * blocks, what is missing or null is therefore unknown, where it would be an error in any other value.
 */

/** The names of what the blocks, or lists of blocks, are. */
const names = new WeakMap<object, string>();
/** Objects that are a map or, in the JSON syntax, a block: only a use as `[0]` tells. */
const single = new WeakMap<object, string>();

const DEEPEST = 10;

/** Says that the value is what a resource has in an argument. */
export function markArgument(value: unknown, name: string, depth = 0): void {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return;
  if (!Array.isArray(value)) {
    single.set(value, name);
    return;
  }
  if (names.has(value) || !value.every((item) => typeof item === "object" && item !== null && !Array.isArray(item))) return;
  names.set(value, name);
  for (const [index, block] of value.entries()) markBlock(block, `${name}[${index}]`, depth);
}

function markBlock(block: object, name: string, depth: number): void {
  names.set(block, name);
  for (const [argument, value] of Object.entries(block)) markArgument(value, `${name}.${argument}`, depth + 1);
}

/** The name of the blocks or of the block; undefined for any other value. */
export function nameOfBlock(value: object): string | undefined {
  return names.get(value);
}

/** The only block of an argument in the JSON syntax; undefined for any other value. */
export function onlyBlock(value: object): object | undefined {
  const name = single.get(value);
  if (name === undefined) return undefined;
  if (!names.has(value)) markBlock(value, `${name}[0]`, 0);
  return value;
}
