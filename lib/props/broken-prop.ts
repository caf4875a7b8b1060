import { brokenMember, type IsKnown, type Rules } from "./rule";

/** The props of a construct or factory, and what they must hold. */
export interface PropsCheck {
  readonly rules: Rules;
  readonly props: unknown;
  /** Path of the construct; empty for a factory. */
  readonly at: string;
  /** @default - every value is known */
  readonly isKnown?: IsKnown;
}

/** The error of the first prop that is wrong. */
export function brokenProp({ rules, props, at, isKnown = () => true }: PropsCheck): Error | undefined {
  return brokenMember(rules, { prop: "props", got: props, at }, isKnown, "");
}
