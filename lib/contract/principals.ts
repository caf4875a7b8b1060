/** What a principal of a contract or a policy tells about its account. */
import { ACCOUNT_ID, splitArn } from "../evaluate";
import { hasUnknown, kindOfUnknown, unknownsIn, unknownText } from "../unknown";

/** The account of an ARN, or the account ID itself; undefined where it is not known. */
export function accountOf(principal: string): string | undefined {
  const account = accountPart(principal);
  return account !== undefined && ACCOUNT_ID.test(account) ? account : undefined;
}

/** The account of a principal; a placeholder where it is not known. */
export function accountNamedBy(principal: string): string {
  const kind = kindOfUnknown(principal) === "otherPrincipal" ? "otherAccount" : undefined;
  return accountPart(principal) ?? unknownText(`the account of ${unknownsIn(principal).join(" ") || principal}`, kind);
}

function accountPart(principal: string): string | undefined {
  if (ACCOUNT_ID.test(principal)) return principal;
  return hasUnknown(principal) ? splitArn(principal)?.account : principal.split(":")[4];
}

/** Whether the principal stands for every principal of an account. */
export function isWholeAccount(principal: string): boolean {
  return principal.endsWith(":root") || ACCOUNT_ID.test(principal);
}

/** The account, if the principal is a whole account: its root ARN or its number. */
export function wholeAccountOf(principal: string): string | undefined {
  return isWholeAccount(principal) ? accountOf(principal) : undefined;
}
