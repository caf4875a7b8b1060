import { brokenProp, type Rules } from "../props";
import { isKnown } from "../tokens";

/** Throws for the first prop that is known and wrong. @param at path of the construct; empty for a factory. */
export function checkProps(rules: Rules, props: unknown, at: string): void {
  const error = brokenProp({ rules, props, at, isKnown });
  if (error) throw error;
}
