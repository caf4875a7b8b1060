/** Services that act on behalf of the own account: the statements of the bucket policy that restrict them to its sources. */
import type { RequestSet } from "../access";
import { OWN_ACCOUNT } from "../contract";
import { conditionsIn } from "./documents";
import type { BucketFacts } from "./types";

/** Keys that say on whose behalf a service acts. */
const SOURCE_KEYS = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];
const POSITIVE = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;

/** What services may do for the own account. Where its number is not known, a source that the policy names by its number counts as own. */
export function ownSources({ account, policies }: BucketFacts): readonly RequestSet[] {
  const found = new Map<string, Set<string>>();
  const add = (key: string, value: string) => found.set(key, (found.get(key) ?? new Set()).add(value));
  add("aws:SourceAccount", account);
  for (const policy of policies)
    for (const { operator, key, value } of conditionsIn(policy)) {
      const name = SOURCE_KEYS.find((one) => one.toLowerCase() === key.toLowerCase());
      if (name !== undefined && POSITIVE.test(operator) && isOwn(name, value, account)) add(name, value);
    }
  return [...found].map(([key, values]) => ({ callers: ["services"], like: { [key]: [...values] } }));
}

function isOwn(key: string, value: string, account: string): boolean {
  switch (key) {
    case "aws:SourceOrgID":
      return !/[*?]/.test(value);
    case "aws:SourceOrgPaths":
      return !/[*?]/.test(value.split("/")[0]!);
    case "aws:SourceAccount":
      return isOwnNumber(value, account);
    default: {
      const [, , service, , owner = "*", ...rest] = value.split(":");
      // The ARN of a bucket has no account, but each bucket has one owner.
      return service === "s3" && owner === "" ? !/[*?]/.test(rest.join(":")) : isOwnNumber(owner, account);
    }
  }
}

function isOwnNumber(text: string, account: string): boolean {
  return account === OWN_ACCOUNT ? !/[*?]/.test(text) && text !== "" : text === account;
}
