/** Assembles the buckets that a plan describes from the resources that each set a part of one. */
import { ownValue, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { asText } from "../expression/value";
import { arnOf, bucketName, bucketRegion } from "../resources/attributes";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance, Inventory } from "../resources/inventory";
import { inSameAccount } from "../resources/provider";
import { refusedArguments } from "../resources/refused-arguments";
import { tagsOf } from "../resources/tags";
import { isUnresolved } from "../resources/unresolved-owner";
import type { PlannedBucket } from "../types";
import { readBucketArguments, readPolicyArgument } from "./bucket-arguments";
import { readPolicies, reportTwoPolicies } from "./bucket-policies";
import { type Draft, emptyDraft, settingOf } from "./draft";
import { bucketOf, isOfAnotherAccount, possibleBuckets } from "./owners";
import { applyAccountBlock, leaveUnknown, readRival, SETTING_RESOURCES } from "./settings";

export function readBuckets(inventory: Inventory): PlannedBucket[] {
  const byName = new Map<string, Draft>();
  /** Each bucket with the resource that defines it. */
  const defined: [Draft, Instance][] = [];
  for (const resource of inventory.instances("aws_s3_bucket")) {
    const draft = emptyDraft(resource, bucketName(resource), arnOf(resource));
    draft.tags = tagsOf(resource);
    draft.region = settingOf({ value: bucketRegion(resource), resource, argument: "region" });
    byName.set(draft.name, draft);
    defined.push([draft, resource]);
    readBucketArguments(draft, resource);
  }
  const foreign = readPolicies(
    inventory,
    defined.map(([draft]) => draft),
    byName,
  );
  const removed = new Set(inventory.removed("aws_s3_bucket_policy").map((before) => ownValue(before, "bucket")));
  for (const [draft, bucket] of defined) readPolicyArgument(draft, bucket, { problems: inventory.problems, removed });
  const all = [...defined, ...foreign];
  const drafts = all.map(([draft]) => draft);
  readSettings(inventory, { drafts, byName, defined });
  for (const account of inventory.instances("aws_s3_account_public_access_block")) {
    for (const [draft, bucket] of all) applyAccountBlock(draft, account, inAccountOf(account, bucket));
  }
  for (const draft of drafts) reportTwoPolicies(draft, inventory);
  return drafts.map(withAccessTags);
}

/**
 * Conditions see the tags of a general purpose bucket only where ABAC is enabled for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function withAccessTags({ abac = "Disabled", tags, ...bucket }: Draft): PlannedBucket {
  const accessTags = abac === "Disabled" ? {} : abac === "Enabled" ? tags : undefined;
  return accessTags === undefined ? bucket : { ...bucket, accessTags };
}

/** Whether the account's Block Public Access covers the bucket. Its argument `account_id` goes before the account of its provider. */
function inAccountOf(account: Instance, { provider }: Instance): "yes" | "no" | "maybe" {
  const id = asText(account.get("account_id"));
  return inSameAccount(provider, id === undefined || id === "" ? account.provider : { ...account.provider, account: id });
}

interface Buckets {
  readonly drafts: readonly Draft[];
  readonly byName: ReadonlyMap<string, Draft>;
  readonly defined: readonly (readonly [Draft, Instance])[];
}

function readSettings(inventory: Inventory, { drafts, byName, defined }: Buckets): void {
  const names = new Set(byName.keys());
  for (const kind of SETTING_RESOURCES) {
    const setters = new Map<Draft, Instance>(
      defined.filter(([, bucket]) => kind.bucketArguments.some((argument) => bucket.isConfigured(argument))),
    );
    const resources = inventory.instances(kind.type);
    for (const resource of resources) {
      const draft = byName.get(bucketOf(resource));
      if (draft === undefined) continue;
      if (isOfAnotherAccount(resource, draft)) {
        leaveUnknown(draft, kind, resource);
        continue;
      }
      draft.ignored.push(...ignoredChanges(resource));
      draft.refused.push(...refusedArguments(resource));
      const rival = setters.get(draft);
      if (rival === undefined) {
        kind.read(draft, resource);
        setters.set(draft, resource);
      } else {
        readRival(draft, kind, resource);
        draft.rivals.push({ addresses: [rival.address, resource.address], location: resource.location });
      }
    }
    for (const resource of inventory.kept(kind.type)) {
      const draft = byName.get(bucketOf(resource));
      if (draft === undefined || setters.has(draft)) continue;
      kind.read(draft, resource);
      setters.set(draft, resource);
    }
    for (const before of kind.afterRemoval === undefined ? [] : inventory.removed(kind.type)) {
      const draft = byName.get(textOf(ownValue(before, "bucket")) ?? "");
      if (draft !== undefined && !setters.has(draft)) kind.afterRemoval!(draft, before);
    }
    for (const resource of resources) {
      if (!isUnresolved(bucketOf(resource), names)) continue;
      for (const draft of possibleBuckets(bucketOf(resource), drafts)) leaveUnknown(draft, kind, resource);
    }
  }
  // New buckets have Object Ownership BucketOwnerEnforced; a bucket from before April 2023 keeps what it has.
  for (const [draft, bucket] of defined) {
    if (bucket.isExisting)
      draft.objectOwnership ??= unknownText(`Object Ownership of ${bucket.address}, which exists and does not show it`);
  }
}
