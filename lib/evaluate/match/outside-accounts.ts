/**
 * Account IDs and a role name that no policy means: they stand for every caller that is not named.
 *
 * An unknown value of a plan never turns out to be one of them: whatever a variable stands for, there is an outsider besides.
 */
import { isUnknown, type UnknownKind } from "../../unknown";

/** Stands for the customer's own account where the plan does not know its number. AWS assigns no account ID of zeros. */
export const OWN_ACCOUNT = "000000000000";
/** What reports call it when it is missing. */
export const OWN_ACCOUNT_NAME = "your own account (name it with --account)";
/** Accounts of outsiders, in order of preference: one that a contract names is not used. */
export const OUTSIDE_ACCOUNTS = ["999999999999", "888888888888", "777777777777"];
/** The name of an outsider's role. */
export const OUTSIDE_ROLE_NAME = "vendor-destination-stranger";

/** Whether the text is the account or the role name of an outsider. */
export function isOutsider(text: string): boolean {
  return text === OUTSIDE_ROLE_NAME || OUTSIDE_ACCOUNTS.includes(text);
}

/** What part of an outsider a character belongs to. */
export type OutsiderPart = "account" | "name" | undefined;

/** Stands for a placeholder, which may hold digits, when account IDs are looked for. */
const PLACEHOLDER_SIGN = "\uffff";
/** Stands for any other token that is not one character. */
const OTHER_SIGN = "x";

/** An account ID has 12 digits: with a digit beside it, or a placeholder that may hold one, it is another number. */
const OUTSIDERS = new RegExp(
  `(?<![\\d${PLACEHOLDER_SIGN}])(?:${[OWN_ACCOUNT, ...OUTSIDE_ACCOUNTS].join("|")})(?![\\d${PLACEHOLDER_SIGN}])|${OUTSIDE_ROLE_NAME}`,
  "g",
);

/** For each token of a text, what part of an outsider it belongs to. A token is a character, a placeholder, or a longer text for a wildcard. */
export function outsiderPartsIn(tokens: readonly string[]): OutsiderPart[] {
  const found: OutsiderPart[] = [];
  const text = tokens.map((token) => (token.length === 1 ? token : isUnknown(token) ? PLACEHOLDER_SIGN : OTHER_SIGN)).join("");
  for (const { 0: match, index } of text.matchAll(OUTSIDERS)) {
    for (let at = index; at < index + match.length; at++) found[at] = match === OUTSIDE_ROLE_NAME ? "name" : "account";
  }
  return found;
}

/** Whether a placeholder of that kind would have to be an outsider in order to contain such a part. */
export function wouldBeOutsider(kind: UnknownKind, part: OutsiderPart): boolean {
  if (part === "account") return kind === "otherAccount" || kind === "otherPrincipal";
  return part === "name" && kind !== "otherAccount";
}
