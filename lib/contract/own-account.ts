/**
 * The customer's own account, where the plan does not know its number.
 *
 * The plan reader leaves a placeholder for it (`data.aws_caller_identity`, the account in a role's ARN). Undecided, it might be any
 * account, that of a stranger too. So one number stands for it everywhere.
 */

import { OWN_ACCOUNT } from "../evaluate";
import { hasUnknown, unknownPattern } from "../unknown";

export { OWN_ACCOUNT };

const PLACEHOLDER = unknownPattern(/account(?: of aws[\w.]*)?/, "g");

/** Whether the text names the account by a placeholder. */
export function hasOwnAccount(text: string): boolean {
  return hasUnknown(text) && text.search(PLACEHOLDER) !== -1;
}

/** The value with the number in the place of the placeholder, in every text within. */
export function substituteOwnAccount<Value>(value: Value, account = OWN_ACCOUNT): Value {
  if (typeof value === "string") return (hasOwnAccount(value) ? value.replace(PLACEHOLDER, account) : value) as Value;
  if (Array.isArray(value)) return value.map((item) => substituteOwnAccount(item, account)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [substituteOwnAccount(key, account), substituteOwnAccount(item, account)]),
  ) as Value;
}
