/** All that decides about requests to a bucket or for a role, as the prover is given it. */
import type { World } from "../access";
import { accountOf, OWN_ACCOUNT } from "../contract";
import { PolicyGrammarError } from "../evaluate";
import type { Hash } from "../judge";
import type { AccountModel, PlannedBucket, PlannedRole } from "../plan";
import { bucketFacts, bucketWorlds, factsOfRole, principalOf, rolesNaming, trustWorld } from "../proof";
import { hasUnknown, showUnknown, unescapeUnknown } from "../unknown";

/** One for each bucket policy, with every role that may reach the bucket as a principal whose policies are known. */
export function worldsOfBucket(bucket: PlannedBucket, model: AccountModel): readonly World[] {
  const facts = bucketFacts(bucket, { account: accountOf(bucket.account ?? "") ?? OWN_ACCOUNT, model });
  const principals = rolesNaming(bucket.name, model).map((role) => principalOf(factsOfRole(role, model)));
  return bucketWorlds({ partition: bucket.arn.split(":")[1] ?? "aws", bucket: facts }).map(({ world }) => ({ ...world, principals }));
}

export function worldsOfRole(role: PlannedRole, model: AccountModel): readonly World[] {
  return [trustWorld(factsOfRole(role, model)).world];
}

/** By ARN, a hash of all that decides about requests to a bucket or for a role. */
export type AccessHashes = Readonly<Record<string, string>>;

/** Without resources of which a part is not known, because another value could stand in its place later. */
export function accessHashes(model: AccountModel, hash: Hash): AccessHashes {
  const defined = model.buckets.filter(({ isReferenced }) => !isReferenced);
  const entries = [
    ...defined.map((bucket) => [showUnknown(bucket.arn), hashOf(() => worldsOfBucket(bucket, model), hash)] as const),
    ...model.roles.map((role) => [showUnknown(role.arn), hashOf(() => worldsOfRole(role, model), hash)] as const),
  ];
  const names = entries.map(([name]) => name);
  const known = entries.filter(
    (entry): entry is [string, string] => entry[1] !== undefined && names.indexOf(entry[0]) === names.lastIndexOf(entry[0]),
  );
  return Object.fromEntries(known.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function hashOf(worlds: () => readonly World[], hash: Hash): string | undefined {
  try {
    const text = unescapeUnknown(JSON.stringify(sorted(worlds())));
    return hasUnknown(text) ? undefined : `sha256:${hash(text)}`;
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undefined;
  }
}

/** With members and principals in an order of their own, so that the order of files does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
  const inOrder = members.map(([name, member]) => [name, name === "principals" ? byText(member as readonly unknown[]) : member] as const);
  return Object.fromEntries(inOrder.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function byText(values: readonly unknown[]): unknown[] {
  return [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

const CONDITION_KEY = /^(aws:resourcetag|s3:buckettag|iam:resourcetag)\//i;
const EARLIER = " before the change";

/**
 * Both worlds with the tags of each: a request to the earlier resource met other tags than one to the later. What the earlier policies ask
 * of a tag becomes a question about a key of its own.
 */
export function withTagsOfEach(before: World, after: World): readonly [World, World] {
  if (JSON.stringify(before.facts) === JSON.stringify(after.facts)) return [before, after];
  const earlier = Object.fromEntries(Object.entries(before.facts ?? {}).map(([key, value]) => [key + EARLIER, value]));
  const facts = { ...after.facts, ...earlier };
  return [
    { ...(renamed({ ...before, facts: {} }) as World), facts },
    { ...after, facts },
  ];
}

/** The value with the names of the tag keys of conditions changed. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [CONDITION_KEY.test(name) ? name + EARLIER : name, renamed(member)]),
  );
}
