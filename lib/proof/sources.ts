/** Services that act on behalf of the own account, by statements of the bucket policy that restrict them to sources of this account. */
import type { RequestSet } from "../access";
import { OWN_ACCOUNT } from "../contract";
import { hasUnknown } from "../unknown";
import { conditionsIn } from "./documents";
import type { BucketFacts } from "./types";

/** Keys that say on whose behalf a service acts. */
const SOURCE_KEYS = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];
const POSITIVE = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;

/**
 * What services may do for the own account. If its account ID or organization is unknown, a source that the policy names counts as its own.
 */
export function ownSources({ account, policies }: BucketFacts, organization: string | undefined): readonly RequestSet[] {
  const found = new Map<string, Set<string>>();
  const add = (key: string, value: string) => found.set(key, (found.get(key) ?? new Set()).add(value));
  add("aws:SourceAccount", account);
  for (const policy of policies)
    for (const { operator, key, value } of conditionsIn(policy)) {
      const name = SOURCE_KEYS.find((one) => one.toLowerCase() === key.toLowerCase());
      if (name !== undefined && POSITIVE.test(operator) && isOwn(name, value, { account, organization })) add(name, value);
    }
  return [...found].map(([key, values]) => ({ callers: ["services"], like: { [key]: [...values] } }));
}

function isOwn(
  key: string,
  value: string,
  { account, organization }: { readonly account: string; readonly organization: string | undefined },
): boolean {
  switch (key) {
    case "aws:SourceOrgID":
    case "aws:SourceOrgPaths": {
      const [id = ""] = value.split("/");
      return !/[*?]/.test(id) && (organization === undefined || hasUnknown(id) || id === organization);
    }
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
