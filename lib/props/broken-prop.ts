import * as errors from "../errors";
import { nearestName } from "./nearest-name";
import { brokenMember, type IsKnown, isStruct, type Rules } from "./rule";
import { unknownMember } from "./unknown-member";

/** The props of a construct or factory, and their rules. */
export interface PropsCheck {
  readonly rules: Rules;
  readonly props: unknown;
  /** Path of the construct; empty for a factory. */
  readonly at: string;
  /** @default - every value is known */
  readonly isKnown?: IsKnown;
}

/** The error for the first prop that is wrong. An unknown name comes first, because it may be a misspelt name of a prop that is missing. */
export function brokenProp({ rules, props, at, isKnown = () => true }: PropsCheck): Error | undefined {
  const struct = { prop: "props", got: props, at };
  const unknown = unknownMember(rules, struct);
  if (unknown) return errors.unknownProp(unknown.member, unknown.known, nearestName(unknown.name, unknown.known));
  return isStruct(props) ? brokenMember(rules, { ...struct, prop: "" }, isKnown) : errors.wrongType(struct, "an object");
}
