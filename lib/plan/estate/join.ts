/** Joins what stacks, plans and states describe into one estate. */
import { hasUnknown } from "../../unknown";
import type { AccountModel, Estate } from "../account-model";
import type { PlannedBucket, PlannedKeys, PlannedRole, Rivals } from "../types";

/** @param parts each with placeholders that name it, where there are several */
export function joinParts(parts: readonly AccountModel[]): Estate {
  const [first] = parts;
  const kms = parts.flatMap(({ kms }) => kms ?? []);
  const organizations = commonOrganizations(parts);
  return {
    name: parts.map(({ name }) => name).join(", "),
    source: first?.source ?? "tf.json",
    parts: parts.map(({ name, source, buckets, roles }) => ({ name, source, buckets: buckets.length, roles: roles.length })),
    buckets: joinBuckets(parts.flatMap(({ name: part, buckets }) => buckets.map((bucket) => ({ ...bucket, part })))),
    roles: joinRoles(parts.flatMap(({ name: part, roles }) => roles.map((role) => ({ ...role, part })))),
    contracts: parts.flatMap(({ name: part, contracts }) => contracts.map((contract) => ({ ...contract, part }))),
    ...(kms.length > 0 && { kms: joinKeys(kms) }),
    dataFlows: parts.flatMap(({ dataFlows = [] }) => dataFlows),
    serviceGrants: parts.flatMap(({ serviceGrants = [] }) => serviceGrants),
    organizationPolicies: parts.flatMap(({ organizationPolicies = [] }) => organizationPolicies),
    ...(organizations && { organizations }),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** The organization to which the accounts of all parts with buckets or roles belong. */
function commonOrganizations(parts: readonly AccountModel[]): AccountModel["organizations"] {
  const [first, ...more] = parts
    .filter(({ buckets, roles }) => buckets.length + roles.length > 0)
    .map(({ organizations }) => organizations);
  return more.every((other) => other?.own === first?.own) ? first : undefined;
}

function joinKeys(all: readonly PlannedKeys[]): PlannedKeys {
  return {
    keys: all.flatMap(({ keys }) => keys),
    policies: all.flatMap(({ policies }) => policies),
    aliases: all.flatMap(({ aliases }) => aliases),
    grants: all.flatMap(({ grants }) => grants),
  };
}

/** Every bucket that a part defines. A bucket that parts only name in policies appears once, with all of these policies. */
function joinBuckets(all: readonly PlannedBucket[]): PlannedBucket[] {
  const defined = new Set(all.filter(({ isReferenced }) => !isReferenced).map(({ name }) => name));
  const referenced = new Map<string, PlannedBucket>();
  for (const bucket of all) {
    if (!bucket.isReferenced || defined.has(bucket.name)) continue;
    const known = referenced.get(bucket.name);
    referenced.set(bucket.name, known === undefined ? bucket : { ...known, policies: [...known.policies, ...bucket.policies] });
  }
  const rest = all.filter(({ isReferenced }) => !isReferenced);
  return [...withRivals(rest, ({ name }) => name, withPoliciesOf), ...referenced.values()];
}

function withPoliciesOf(bucket: PlannedBucket, others: readonly PlannedBucket[]): PlannedBucket {
  return { ...bucket, policies: [...bucket.policies, ...others.flatMap(({ policies }) => policies)] };
}

/**
 * Every role. A role that two parts define has the policies of both. If the account is unknown, the parts count as applied to different
 * accounts, because IAM would refuse a second role of that name in one account.
 */
function joinRoles(all: readonly PlannedRole[]): PlannedRole[] {
  return withRivals(
    all,
    ({ account = "", name, part }) => `${account} ${name}${hasUnknown(account) ? ` ${part}` : ""}`,
    (role, others) => ({
      ...role,
      inlinePolicies: [...role.inlinePolicies, ...others.flatMap(({ inlinePolicies }) => inlinePolicies)],
      managedPolicies: [...role.managedPolicies, ...others.flatMap(({ managedPolicies }) => managedPolicies)],
    }),
  );
}

interface Defined {
  readonly name: string;
  readonly part?: string;
  readonly address: string;
  readonly location: PlannedBucket["location"];
  readonly rivals?: readonly Rivals[];
}

/** Marks resources that several parts define: each apply overwrites what the other part set. */
function withRivals<Resource extends Defined>(
  all: readonly Resource[],
  keyOf: (resource: Resource) => string,
  merge: (resource: Resource, others: readonly Resource[]) => Resource,
): Resource[] {
  const byKey = new Map<string, Resource[]>();
  for (const resource of all) byKey.set(keyOf(resource), [...(byKey.get(keyOf(resource)) ?? []), resource]);
  return all.map((resource) => {
    const others = hasUnknown(resource.name) ? [] : byKey.get(keyOf(resource))!.filter(({ part }) => part !== resource.part);
    const [rival] = others;
    if (rival === undefined) return resource;
    const addresses = [resource, rival].map(({ address, part }) => `${address} of ${part}`);
    return { ...merge(resource, others), rivals: [...(resource.rivals ?? []), { addresses, location: rival.location }] };
  });
}
