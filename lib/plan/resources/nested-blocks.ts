/** Nested blocks of a resource: Terraform's JSON writes a single one as an object or as a list of one. */
import { isObject, ownValue } from "../../json";
import { isUnknown, nameUnknown, unknownText } from "../../unknown";

/** All blocks of one name. `undefined` where their number is unknown. */
export function blocksOf(value: unknown): readonly unknown[] | undefined {
  if (isUnknown(value) || (Array.isArray(value) && value.some(isUnknown))) return undefined;
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

/** The first block of one name; a placeholder where it is unknown whether there is one. */
export function firstBlock(blocks: unknown): unknown {
  if (Array.isArray(blocks)) return blocks.find((block) => isObject(block) || isUnknown(block));
  return isObject(blocks) || isUnknown(blocks) ? blocks : undefined;
}

/** `block.attribute`. The attributes of an unknown block are unknown. */
export function inBlock(block: unknown, attribute: string): unknown {
  return isUnknown(block) ? unknownText(`${nameUnknown(block)}.${attribute}`) : ownValue(block, attribute);
}
