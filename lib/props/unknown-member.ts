import type { PropValue } from "../errors";
import { isStruct, type Rule, type Rules } from "./rule";

/** A member that no rule names, and the members that rules do name. */
export interface UnknownMember {
  readonly member: PropValue;
  /** As the user wrote it, without the path to it. */
  readonly name: string;
  readonly known: readonly string[];
}

/**
 * The first member that no rule names. TypeScript rejects most such members itself. In JavaScript and JSON, a misspelt member would
 * otherwise silently have its default.
 *
 * @param prefix before the name of each member: `cadence.`
 */
export function unknownMember(rules: Rules, { got, at }: PropValue, prefix = ""): UnknownMember | undefined {
  if (!isStruct(got)) return undefined;
  for (const [name, value] of Object.entries(got)) {
    if (value === undefined) continue;
    const member = { prop: `${prefix}${name}`, got: value, at };
    const rule = Object.hasOwn(rules, name) ? rules[name]! : undefined;
    const found = rule === undefined ? { member, name, known: Object.keys(rules) } : unknownInside(rule, member);
    if (found) return found;
  }
  return undefined;
}

function unknownInside({ members, item }: Rule, value: PropValue): UnknownMember | undefined {
  if (members !== undefined) return unknownMember(members, value, `${value.prop}.`);
  if (item === undefined || !Array.isArray(value.got)) return undefined;
  for (const [index, got] of value.got.entries()) {
    const found = unknownInside(item, { prop: `${value.prop}[${index}]`, got, at: value.at });
    if (found) return found;
  }
  return undefined;
}
