/** Bucket policies, from resources of type `aws_s3_bucket_policy`. */
import { hasUnknown, nameUnknown, unknownText } from "../../unknown";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import { isUnresolved } from "../resources/unresolved-owner";
import { type Draft, draftOfName } from "./draft";
import { bucketInPolicy, bucketOf, isOfAnotherAccount, possibleBuckets } from "./owners";

/**
 * Adds each policy to its bucket. A policy whose bucket cannot be resolved counts as uncertain for every bucket that it may belong to.
 *
 * @returns the buckets that the inventory does not define, with the resource of the policy
 */
export function readPolicies(inventory: Inventory, drafts: readonly Draft[], byName: Map<string, Draft>): Map<Draft, Instance> {
  const names = new Set(byName.keys());
  const unresolved: [Instance, Draft[]][] = [];
  const foreign = new Map<Draft, Instance>();
  for (const resource of inventory.instances("aws_s3_bucket_policy")) {
    const name = bucketOf(resource);
    const policy = resource.get("policy");
    const possible = isUnresolved(name, names) ? possibleBuckets(name, [...drafts, ...foreign.keys()]) : [];
    let draft = byName.get(name) ?? bucketInPolicy(policy, possible);
    if (hasUnknown(name) && bucketInPolicy(policy, draft === undefined ? [] : [draft]) === undefined)
      draft = bucketInPolicy(policy, drafts) ?? draft;
    if (draft === undefined && possible.length > 0) {
      unresolved.push([resource, possible]);
      continue;
    }
    if (draft === undefined) {
      draft = draftOfName(resource, name);
      byName.set(name, draft);
      foreign.set(draft, resource);
    } else draft.ignored.push(...ignoredChanges(resource));
    const location = resource.locate("policy");
    const isRefused = isOfAnotherAccount(resource, draft);
    const value = isRefused ? unknownText(`whether ${resource.address} sets the policy of a bucket of another account`) : policy;
    const planned = plannedPolicy({ value, source: `${resource.address}.policy`, location, problems: inventory.problems });
    draft.policies.push({ ...planned, ...((isRefused || !resource.isCertain) && { isUncertain: true }) });
    draft.locations.policies ??= location;
  }
  for (const resource of inventory.kept("aws_s3_bucket_policy")) {
    const draft = byName.get(bucketOf(resource));
    if (draft === undefined || draft.policies.length > 0) continue;
    const location = resource.locate("policy");
    const source = `${resource.address}.policy`;
    draft.policies.push(plannedPolicy({ value: resource.get("policy"), source, location, problems: inventory.problems }));
    draft.locations.policies ??= location;
  }
  for (const [{ address, location }, possible] of unresolved) {
    const document = unknownText(`whether ${address} is the policy of this bucket`);
    for (const draft of possible) draft.policies.push({ document, location, isUncertain: true });
  }
  return foreign;
}

/** Reports a bucket with more than one policy. */
export function reportTwoPolicies(draft: Draft, inventory: Inventory): void {
  const policies = draft.policies.filter(({ isUncertain }) => !isUncertain);
  if (policies.length < 2) return;
  const addresses = policies.map(({ location }) => location.address).join(" and ");
  const message = `the bucket ${JSON.stringify(nameUnknown(draft.name))} has ${policies.length} bucket policies, ${addresses}: each overwrites the other; merge them`;
  inventory.problems.add({ id: "two-bucket-policies", message, location: policies[1]!.location });
}
