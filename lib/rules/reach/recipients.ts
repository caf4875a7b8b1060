/** Whether a recipient of data belongs to the customer's account. */
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import type { AccountModel } from "../../plan";
import { hasUnknown, unknownsIn } from "../../unknown";
import type { Account } from "../rule";
import { isOwnPlaceholder } from "../statements";

export type Belonging = "own" | "other" | "unknown";

interface Estate {
  readonly model: AccountModel;
  readonly account: Account;
}

/** A resource that the plan manages itself. Data sources and variables may belong to anybody. */
const MANAGED = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_/;

/** @param recipient account ID, ARN, or name of a bucket */
export function belongingOf(recipient: string, { model, account }: Estate): Belonging {
  const text = substituteOwnAccount(recipient);
  const bucket = model.buckets.find(({ name, arn }) => text === name || text === substituteOwnAccount(arn));
  const id = bucket === undefined ? accountOf(text) : accountOf(substituteOwnAccount(bucket.account ?? ""));
  if (id === account.id || id === OWN_ACCOUNT || isOwnPlaceholder(recipient)) return "own";
  if (bucket !== undefined) return id === undefined || !account.isKnown ? "own" : "other";
  if (text === "*") return "other";
  if (hasUnknown(text)) return unknownsIn(text).every((source) => MANAGED.test(source)) ? "own" : "unknown";
  if (id === undefined) return "unknown";
  return account.isKnown || /^\d+$/.test(text) || /^arn:[^:]*:(iam|sts):/.test(text) ? "other" : "unknown";
}

/** The recipient that decides: one of another account, else one that is not known. */
export function outsideRecipient(
  recipients: readonly string[],
  estate: Estate,
): { readonly recipient: string; readonly isUnknown: boolean } | undefined {
  const others = recipients.map((recipient) => ({ recipient, belonging: belongingOf(recipient, estate) }));
  const found = others.find(({ belonging }) => belonging === "other") ?? others.find(({ belonging }) => belonging === "unknown");
  return found && { recipient: found.recipient, isUnknown: found.belonging === "unknown" };
}
