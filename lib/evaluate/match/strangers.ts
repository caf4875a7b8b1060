/**
 * Accounts and a name that stand for somebody whom no policy means: they take the part of all who are not named.
 *
 * Of what a plan leaves open, nothing turns out to be a stranger: whatever a variable stands for, there is a stranger besides.
 */
import type { UnknownKind } from "../../unknown";

/** The customer's own account, where the plan does not know its number: nobody's, since AWS hands out no account of zeros. */
export const OWN_ACCOUNT = "000000000000";
/** What it is called where somebody misses it. */
export const OWN_ACCOUNT_NAME = "your own account (tell it by --account)";
/** Accounts of strangers, in the order in which they are taken: one that a contract names is none. */
export const STRANGER_ACCOUNTS = ["999999999999", "888888888888", "777777777777"];
/** The name of a stranger's role. */
export const STRANGER_NAME = "vendor-destination-stranger";

/** Whether the text is the account or the name of a stranger. */
export function isStranger(text: string): boolean {
  return text === STRANGER_NAME || STRANGER_ACCOUNTS.includes(text);
}

export type Stranger = "account" | "name" | undefined;

/** An account is as long as it is: digits beside it, or a placeholder that may hold some, make it another number. */
const STRANGERS = new RegExp(`(?<![\\d\u0000])(?:${[OWN_ACCOUNT, ...STRANGER_ACCOUNTS].join("|")})(?![\\d\u0000])|${STRANGER_NAME}`, "g");

/** For each token of a text whether it belongs to a stranger. A token is a character, U+0000 for a placeholder, or longer for anything else. */
export function strangersIn(tokens: readonly string[]): Stranger[] {
  const found: Stranger[] = [];
  const text = tokens.map((token) => (token.length === 1 ? token : "x")).join("");
  for (const { 0: match, index } of text.matchAll(STRANGERS)) {
    for (let at = index; at < index + match.length; at++) found[at] = match === STRANGER_NAME ? "name" : "account";
  }
  return found;
}

/** Whether a placeholder of that kind would have to be a stranger to take a part of one in. */
export function wouldBeStranger(kind: UnknownKind, stranger: Stranger): boolean {
  if (stranger === "account") return kind === "otherAccount" || kind === "otherPrincipal";
  return stranger === "name" && kind !== "otherAccount";
}
