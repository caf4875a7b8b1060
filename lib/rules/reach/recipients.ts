/** Whether a recipient of data belongs to the customer's account. */
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { memoizeByObject } from "../../evaluate";
import type { AccountModel, PlannedBucket } from "../../plan";
import { hasUnknown, referencesIn, unknownsIn } from "../../unknown";
import type { Account } from "../rule";
import { isOwnPlaceholder } from "../statements";
import { itemsAt, positionsBy } from "./positions";

export type Belonging = "own" | "other" | "unknown";

interface Estate {
  readonly model: AccountModel;
  readonly account: Account;
  /** The buckets whose data is received. */
  readonly destinations?: readonly { readonly bucket: PlannedBucket }[];
}

/** A resource that the plan manages itself. Data sources and variables may belong to anybody. */
const MANAGED = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_/;

/** @param recipient account ID, ARN, or name of a bucket */
export function belongingOf(recipient: string, { model, account, destinations = [] }: Estate): Belonging {
  const text = substituteOwnAccount(recipient);
  const bucket = bucketNamed(text, model.buckets);
  const id = bucket === undefined ? accountOf(text) : accountOf(substituteOwnAccount(bucket.account ?? ""));
  if (id === account.id || id === OWN_ACCOUNT || isOwnPlaceholder(recipient)) return "own";
  if (bucket !== undefined) {
    if (destinations.every((each) => each.bucket.account === bucket.account)) return "own";
    return id === undefined || !account.isKnown ? "unknown" : "other";
  }
  if (text === "*") return "other";
  if (id === undefined && hasUnknown(text))
    return unknownsIn(text)
      .flatMap(originsOf)
      .every((source) => MANAGED.test(source))
      ? "own"
      : "unknown";
  if (id === undefined) return "unknown";
  return account.isKnown || /^\d+$/.test(text) || /^arn:[^:]*:(iam|sts):/.test(text) ? "other" : "unknown";
}

/** The references behind an unknown value, or the value itself. */
function originsOf(source: string): readonly string[] {
  const references = referencesIn(source);
  return references.length === 0 ? [source] : references;
}

const positionsIn = memoizeByObject((buckets: readonly PlannedBucket[]) =>
  positionsBy(buckets, ({ name, arn }) => [name, substituteOwnAccount(arn)]),
);

/** The bucket of that name or ARN. */
function bucketNamed(text: string, buckets: readonly PlannedBucket[]): PlannedBucket | undefined {
  return itemsAt(buckets, [positionsIn(buckets).get(text)])[0];
}

/** The recipient that matters most: one in another account, otherwise an unknown one. */
export function outsideRecipient(
  recipients: readonly string[],
  estate: Estate,
): { readonly recipient: string; readonly isUnknown: boolean } | undefined {
  const others = recipients.map((recipient) => ({ recipient, belonging: belongingOf(recipient, estate) }));
  const found = others.find(({ belonging }) => belonging === "other") ?? others.find(({ belonging }) => belonging === "unknown");
  return found && { recipient: found.recipient, isUnknown: found.belonging === "unknown" };
}
