import { substituteOwnAccount } from "../../contract";
import { fillUnknown } from "../../unknown";
import { matchesAction, s3Resource } from "../patterns";
import type { Rule } from "../rule";
import { actionsMatching } from "../s3-actions";
import { actionsOf, isAdmin, isAllOfS3, listed, resourcesOf } from "../statements";

export const wildcardBucket: Rule = {
  id: "wildcard-bucket",
  title: "a wildcard in the resource matches other buckets",
  severity: "high",
  reason:
    "The resource arn:aws:s3:::logs* matches every bucket whose name begins with logs, and all objects in them; * matches all buckets",
  remedy: "write the full name of the bucket, followed by /* for its objects",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  kinds: ["identity"],
  effect: "Allow",
  statement: (statement) => {
    if (isAdmin(statement) || isAllOfS3(statement)) return undefined;
    const actions = actionsOf(statement);
    if (actions.length > 0 && !actions.some(needsBucket)) return undefined;
    const wide = resourcesOf(statement).filter((resource) => /[*?]/.test(known(s3Resource(resource)?.bucket ?? "")));
    return wide.length === 0 ? undefined : `${listed(wide)} matches other buckets too`;
  },
};

function needsBucket(action: string): boolean {
  const { objects, buckets, account } = actionsMatching(action);
  return objects.length + buckets.length > 0 || (account.length === 0 && matchesAction("s3:*", action));
}

/** The text with a letter instead of each unknown part. */
function known(text: string): string {
  return fillUnknown(substituteOwnAccount(text), "x");
}
