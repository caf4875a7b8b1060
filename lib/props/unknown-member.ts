import type { PropValue } from "../errors";
import * as errors from "../errors";
import { isStruct, type Rule, type Rules } from "./rule";

/**
 * The error of the first member that no rule names. TypeScript finds such a member by itself; JSON needs this, or a misspelt member would
 * silently mean its default.
 *
 * @param prefix before the name of each member: `cadence.`
 */
export function unknownMember(rules: Rules, { got, at }: PropValue, prefix = ""): Error | undefined {
  if (!isStruct(got)) return undefined;
  for (const [name, value] of Object.entries(got)) {
    const member = { prop: `${prefix}${name}`, got: value, at };
    const rule = Object.hasOwn(rules, name) ? rules[name]! : undefined;
    const error = rule === undefined ? errors.unknownMember(member, Object.keys(rules)) : unknownInside(rule, member);
    if (error) return error;
  }
  return undefined;
}

function unknownInside({ members, item }: Rule, value: PropValue): Error | undefined {
  if (members !== undefined) return unknownMember(members, value, `${value.prop}.`);
  if (item === undefined || !Array.isArray(value.got)) return undefined;
  for (const [index, got] of value.got.entries()) {
    const error = unknownInside(item, { prop: `${value.prop}[${index}]`, got, at: value.at });
    if (error) return error;
  }
  return undefined;
}
