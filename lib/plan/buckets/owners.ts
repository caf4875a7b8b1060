/** Which bucket a resource configures. */
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { ENVIRONMENT_ACCOUNT } from "../resources/provider";
import { possibleOwnersOf } from "../resources/unresolved-owner";
import type { Draft } from "./draft";

/** The argument `bucket`, which equals the name of the bucket whichever attribute it refers to. */
export function bucketOf(resource: Instance): string {
  const bucket = resource.get("bucket");
  return typeof bucket === "string" && bucket !== "" ? bucket : unknownText(`${resource.address}.bucket`);
}

/** The buckets that an unresolved name may mean. */
export function possibleBuckets(name: string, drafts: readonly Draft[]): Draft[] {
  const mayOwn = possibleOwnersOf(
    name,
    drafts.map(({ address }) => address),
  );
  return drafts.filter(({ address }) => mayOwn(address));
}

/** The bucket whose ARN the policy names, as S3 accepts no other bucket in a bucket policy. */
export function bucketInPolicy(policy: unknown, drafts: readonly Draft[]): Draft | undefined {
  const text: unknown = isUnknown(policy) ? undefined : policy;
  if (typeof text !== "string") return undefined;
  return drafts.find(({ arn }) => text.includes(`"${arn}"`) || text.includes(`"${arn}/`));
}

const BUCKET_ARN = /"arn:[^:"]*:s3:::([^"/*?:]+)["/]/g;

/** The names of the buckets in a policy whose own bucket is unknown. */
export function bucketsInPolicy(resource: Instance): readonly unknown[] {
  const [bucket, policy] = [resource.get("bucket"), resource.get("policy")];
  if (typeof bucket !== "string" || !hasUnknown(bucket) || typeof policy !== "string") return [];
  return [...policy.matchAll(BUCKET_ARN)].map((match) => match[1]);
}

/**
 * Whether AWS may refuse the settings of the resource, because only the account that owns a bucket can configure it. The credentials of the
 * environment count as those of that account.
 */
export function isOfAnotherAccount({ provider }: Instance, { account }: Draft): boolean {
  const isOpen = [account, provider.account].some((each) => !each || each === ENVIRONMENT_ACCOUNT);
  return !isOpen && account !== provider.account;
}
