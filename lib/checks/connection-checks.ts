import { freeText, listOf, struct, text } from "../props";
import { checkProps } from "./check-props";

/** Rules for a `ConnectionField`. */
export const CONNECTION_FIELD = struct({ label: text(), value: freeText });

const CONNECTION_DETAILS_RULES = { form: text(), fields: listOf(CONNECTION_FIELD, { atLeastOne: true }) };

/** Throws if a prop of connection details is known and wrong. */
export function checkConnectionDetailsProps(props: unknown, at: string): void {
  checkProps(CONNECTION_DETAILS_RULES, props, at);
}
