/**
 * The customer's own account, where the plan does not contain its number.
 *
 * The plan reader writes a placeholder for it (`data.aws_caller_identity`, the account in a role's ARN). A placeholder could be any
 * account, including a stranger's, so one fixed number stands for the own account everywhere.
 */

import { OWN_ACCOUNT } from "../evaluate";
import { ANY_NAME, hasUnknown, showUnknown, unknownPattern, unknownText } from "../unknown";

export { OWN_ACCOUNT };

const PLACEHOLDER = unknownPattern(new RegExp(`account(?: of the ${ANY_NAME})?`), "g");
const DEFAULT_PLACEHOLDER = unknownPattern(/account/, "g");

/** Whether the text contains the placeholder of the own account. */
export function hasOwnAccount(text: string): boolean {
  return hasUnknown(text) && text.search(PLACEHOLDER) !== -1;
}

/** The value with the number instead of the placeholder in every text in it. */
export function substituteOwnAccount<Value>(value: Value, account = OWN_ACCOUNT): Value {
  return substitute(value, PLACEHOLDER, account);
}

/** The same for the account of the credentials from the environment alone. */
export function substituteDefaultAccount<Value>(value: Value, account: string): Value {
  return substitute(value, DEFAULT_PLACEHOLDER, account);
}

const NUMBER = new RegExp(`(?<!\\d)${OWN_ACCOUNT}(?!\\d)`, "g");

/** For people: the text with its placeholders, and with one in place of the number. */
export function showOwnAccount(text: string): string {
  return showUnknown(text.replace(NUMBER, unknownText("account")));
}

function substitute<Value>(value: Value, placeholder: RegExp, account: string): Value {
  if (typeof value === "string") return (hasOwnAccount(value) ? value.replace(placeholder, account) : value) as Value;
  if (Array.isArray(value)) return value.map((item) => substitute(item, placeholder, account)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [substitute(key, placeholder, account), substitute(item, placeholder, account)]),
  ) as Value;
}
