/** Everything that decides about requests to a bucket or for a role, as input of the prover. */
import type { World } from "../access";
import { accountOf, OWN_ACCOUNT } from "../contract";
import { PolicyGrammarError } from "../evaluate";
import type { Hash } from "../judge";
import type { AccountModel, PlannedBucket, PlannedRole } from "../plan";
import { askedIn, bucketFacts, bucketWorlds, documentsOf, factsOfRole, principalOf, rolesNaming, trustWorld } from "../proof";
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

const PRINCIPAL_TAG = "aws:principaltag/";

/** By role and key, the tags of all roles that the policies use: `null` if the role lacks the tag, undefined if that is unknown. */
export function rolesTagsIn(worlds: readonly World[], { roles }: AccountModel): ReadonlyMap<string, string | null | undefined> {
  const asked = askedIn(worlds.flatMap(documentsOf)).filter((key) => key.startsWith(PRINCIPAL_TAG));
  const tagValue = ({ tags }: PlannedRole, name: string) => tags && (Object.hasOwn(tags, name) ? tags[name]! : null);
  return new Map(
    roles.flatMap((role) =>
      asked.map((key) => [`${key} of ${showUnknown(role.arn)}`, tagValue(role, key.slice(PRINCIPAL_TAG.length))] as const),
    ),
  );
}

/** By ARN, a hash of everything that decides about requests to a bucket or for a role. */
export type AccessHashes = Readonly<Record<string, string>>;

/** Resources with unknown parts have no hash, because the value may turn out differently later. */
export function accessHashes(model: AccountModel, hash: Hash): AccessHashes {
  const defined = model.buckets.filter(({ isReferenced }) => !isReferenced);
  const entries = [
    ...defined.map((bucket) => [showUnknown(bucket.arn), hashOf(() => worldsOfBucket(bucket, model), model, hash)] as const),
    ...model.roles.map((role) => [showUnknown(role.arn), hashOf(() => worldsOfRole(role, model), model, hash)] as const),
  ];
  const names = entries.map(([name]) => name);
  const known = entries.filter(
    (entry): entry is [string, string] => entry[1] !== undefined && names.indexOf(entry[0]) === names.lastIndexOf(entry[0]),
  );
  return Object.fromEntries(known.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function hashOf(read: () => readonly World[], model: AccountModel, hash: Hash): string | undefined {
  try {
    const worlds = read();
    const tags = [...rolesTagsIn(worlds, model)].sort();
    if (tags.some(([, value]) => value === undefined)) return undefined;
    const text = unescapeUnknown(JSON.stringify([sorted(worlds), tags]));
    return hasUnknown(text) ? undefined : `sha256:${hash(text)}`;
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undefined;
  }
}

/** Members and principals are sorted, so that the order of files does not matter. */
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
 * Both worlds with their own tags. The tags before and after the change differ, so conditions of the earlier policies on a tag use a key of
 * their own.
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

/** The value with other names for the tag keys in conditions. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [CONDITION_KEY.test(name) ? name + EARLIER : name, renamed(member)]),
  );
}
