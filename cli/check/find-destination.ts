/** Finds the bucket and the role of a destination without a contract: those that the user names, otherwise the only ones that fit. */
import { accountOf } from "../../lib/contract";
import type { Estate, PlannedBucket, PlannedRole } from "../../lib/plan";
import { hasUnknown, showUnknown } from "../../lib/unknown";
import { bucketIsNotNamed, roleIsNotNamed, unknownBucket, unknownRole } from "../errors";

export function findBucket(name: string | undefined, { buckets }: Estate): PlannedBucket | undefined {
  // Only the name is known of a bucket that just a policy names.
  const defined = buckets.filter(({ isReferenced }) => !isReferenced);
  const candidates = defined.length > 0 ? defined : buckets;
  if (name !== undefined) {
    const found = candidates.find((bucket) => bucket.name === name || bucket.address === name);
    if (found === undefined && candidates.length > 0 && candidates.every((bucket) => !hasUnknown(bucket.name))) {
      throw unknownBucket(
        name,
        candidates.map((bucket) => bucket.name),
      );
    }
    return found;
  }
  if (candidates.length === 1) return candidates[0]!;
  throw bucketIsNotNamed(candidates.map((bucket) => showUnknown(bucket.name)));
}

/**
 * The role that the user names (in the bucket's account, if there are several), otherwise the only one that trusts the vendor, otherwise
 * the only one.
 */
export function findRole(
  name: string | undefined,
  principals: readonly string[],
  { estate: { roles }, bucket }: { readonly estate: Estate; readonly bucket: PlannedBucket | undefined },
): PlannedRole | undefined {
  if (name !== undefined) {
    const named = roles.filter((role) => role.name === name || role.address === name);
    if (named.length === 0 && roles.length > 0 && roles.every((role) => !hasUnknown(role.name))) {
      throw unknownRole(
        name,
        roles.map((role) => role.name),
      );
    }
    return named.find(({ account }) => account === bucket?.account) ?? named[0];
  }
  const accounts = principals.map(accountOf).filter((account) => account !== undefined);
  const trusting = roles.filter(({ trustPolicy: { text = "" } }) => principals.some((principal) => text.includes(`"${principal}"`)));
  const near = roles.filter(({ trustPolicy: { text = "" } }) => accounts.some((account) => text.includes(account)));
  for (const candidates of [trusting, near, roles]) if (candidates.length === 1) return candidates[0];
  throw roleIsNotNamed(roles.map((role) => showUnknown(role.name)));
}
