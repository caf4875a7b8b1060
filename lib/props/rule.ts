import type { PropValue } from "../errors";
import * as errors from "../errors";

/** Whether a value is given and known at synthesis: no token and no Terraform expression. */
export type IsKnown = (value: unknown) => boolean;

/** The rule for a prop. */
export interface Rule {
  readonly isOptional: boolean;
  /** Whether the prop narrows what is allowed, so that `undefined` in place of a value would silently allow more. */
  readonly isNarrowing?: boolean;
  /** Whether the construct itself depends on the value, so that it must be known at synthesis. */
  readonly mustBeKnown?: boolean;
  /** The remedy for a missing value, if the value cannot come from an environment variable. */
  readonly remedyIfMissing?: string;
  /** The error if a known value breaks the rule. */
  readonly check: (value: PropValue, isKnown: IsKnown) => Error | undefined;
  /** The members of a struct. */
  readonly members?: Rules;
  /** The rule of each item of a list. */
  readonly item?: Rule;
}

/** The rules of a struct, by prop. */
export type Rules = Readonly<Record<string, Rule>>;

/** The prop may be left out. */
export function optional(rule: Rule): Rule {
  return { ...rule, isOptional: true };
}

/**
 * The prop may be left out, and what is allowed without it is more than with it.
 *
 * Everywhere else `undefined` means "not given", as JavaScript has it. Here it is an error, because it is what an environment variable
 * that is not set gives.
 */
export function optionalNarrowing(rule: Rule): Rule {
  return { ...optional(rule), isNarrowing: true };
}

/** The error of one value. Values that only Terraform will know are never judged, but a text is no list, whatever Terraform makes of it. */
export function brokenRule(rule: Rule, value: PropValue, isKnown: IsKnown): Error | undefined {
  if (value.got === undefined) return rule.isOptional ? undefined : errors.missingProp(value, rule.remedyIfMissing);
  const isTextAsList = rule.item !== undefined && typeof value.got === "string";
  return rule.mustBeKnown || isTextAsList || isKnown(value.got) ? rule.check(value, isKnown) : undefined;
}

/** The first error of the values in a struct. @param struct with an empty name where the names of its members stand alone */
export function brokenMember(rules: Rules, struct: PropValue, isKnown: IsKnown): Error | undefined {
  if (!isStruct(struct.got)) return errors.wrongType(struct, "an object");
  const prefix = struct.prop === "" ? "" : `${struct.prop}.`;
  for (const [name, rule] of Object.entries(rules)) {
    const value = { prop: `${prefix}${name}`, got: struct.got[name], at: struct.at };
    if (rule.isNarrowing && value.got === undefined && Object.hasOwn(struct.got, name)) return errors.unsetNarrowing(value);
    const error = brokenRule(rule, value, isKnown);
    if (error) return error;
  }
  return undefined;
}

export function isStruct(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
