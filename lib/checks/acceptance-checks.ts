import type { IConstruct } from "constructs";
import type { Acceptance } from "../contract";
import * as errors from "../errors";
import { day, optional, optionalNarrowing, type Rules, struct, text } from "../props";
import { addInfo } from "./annotations";
import { checkProps } from "./check-props";

/** Rules for the arguments of `acceptFinding`. */
const ACCEPTANCE_RULES: Rules = {
  id: text(),
  reason: text(),
  options: optional(struct({ statement: optionalNarrowing(text()), owner: optional(text()), expires: optionalNarrowing(day) })),
};

interface AcceptanceArguments {
  readonly id: string;
  readonly reason: string;
  readonly options?: Pick<Acceptance, "statement" | "owner" | "expires">;
}

/** The acceptance of a construct, which an annotation shows at synthesis. Throws if an argument is wrong. */
export function checkedAcceptance(construct: IConstruct, given: AcceptanceArguments): Acceptance {
  checkProps(ACCEPTANCE_RULES, given, construct.node.path);
  const { id, reason, options: { statement, owner, expires } = {} } = given;
  addInfo(construct, errors.findingAccepted(id, reason));
  return { id, reason, ...(statement && { statement }), ...(owner && { owner }), ...(expires && { expires }) };
}
