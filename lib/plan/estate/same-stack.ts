/** Finds inputs that show the same stack: copies of a file, or a plan together with its configuration or state. */
import { memoizeByObject } from "../../evaluate";
import { listOf, ownValue } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { bucketName, nameOf } from "../resources/attributes";
import type { Inventory } from "../resources/inventory";
import type { PlannedBucket, PlannedDataFlow, PlannedPolicy, PlannedRole, PlanProblem } from "../types";

/** A stack as it was read, before it is joined with others. */
export interface ReadStack {
  /** Path of its first file. */
  readonly file: string;
  /** The content of its files, parsed. */
  readonly contents: readonly unknown[];
  readonly inventory: Inventory;
}

/** One stack, with the other inputs that show it. */
export interface DistinctStack {
  readonly stack: ReadStack;
  readonly repeated: readonly ReadStack[];
}

/**
 * A plan shows the result of apply, computed values included. A configuration shows the same with fewer computed values. A state shows what
 * existed before.
 */
const RANKS: Readonly<Record<Inventory["source"], number>> = { plan: 0, "cdk.tf.json": 1, "tf.json": 1, state: 2, live: 3 };

/** The stacks, each once and in their order: the most informative input, with the others that show the same stack. */
export function distinctStacks(stacks: readonly ReadStack[]): DistinctStack[] {
  if (stacks.length === 1) return [{ stack: stacks[0]!, repeated: [] }];
  const groups: Named[][] = [];
  const byKey = new Map<string, Set<Named[]>>();
  for (const stack of stacks) {
    const named = { stack, names: ownNames(stack) };
    const candidates = new Set(keysToFind(named).flatMap((key) => [...(byKey.get(key) ?? [])]));
    let group = [...candidates].find((each) => each.some((other) => isSameStack(named, other)));
    if (group === undefined) {
      group = [];
      groups.push(group);
    }
    group.push(named);
    for (const key of keysOf(named)) byKey.set(key, (byKey.get(key) ?? new Set()).add(group));
  }
  return groups.map((group) => {
    const [stack, ...repeated] = group.map((named) => named.stack).sort((one, other) => rankOf(one) - rankOf(other));
    return { stack: stack!, repeated };
  });
}

interface Named {
  readonly stack: ReadStack;
  /** The names of buckets and roles by address. */
  readonly names: ReadonlyMap<string, string>;
}

function ownNames({ inventory }: ReadStack): ReadonlyMap<string, string> {
  return new Map([
    ...inventory.instances("aws_s3_bucket").map((bucket) => [bucket.address, bucketName(bucket)] as const),
    ...inventory.instances("aws_iam_role").map((role) => [role.address, nameOf(role)] as const),
  ]);
}

function rankOf({ inventory }: ReadStack): number {
  return RANKS[inventory.source];
}

/** What two inputs of the same stack have in common, so that not all pairs of inputs are compared. */
function keysOf({ stack, names }: Named): string[] {
  const known = [...names].filter(([, name]) => !hasUnknown(name));
  return [...known.map(([address, name]) => `${address} ${name}`), contentOf(stack), addressesOf(names, rankOf(stack))];
}

function keysToFind(named: Named): string[] {
  const others = [...new Set(Object.values(RANKS))].filter((rank) => rank !== rankOf(named.stack));
  return [...keysOf(named).slice(0, -1), ...others.map((rank) => addressesOf(named.names, rank))];
}

/** All addresses, for stacks of one rank. */
function addressesOf(names: ReadonlyMap<string, string>, rank: number): string {
  return `${rank} ${[...names.keys()].sort().join(" ")}`;
}

function isSameStack(one: Named, other: Named): boolean {
  const pairs = [...one.names].flatMap(([address, name]) => (other.names.has(address) ? [[name, other.names.get(address)!] as const] : []));
  const known = pairs.filter(([left, right]) => !hasUnknown(left) && !hasUnknown(right));
  if (known.some(([left, right]) => left !== right)) return false;
  if (known.length > 0) return true;
  // Root modules of the same files are different ones, such as one for each environment: each has names of its own.
  if (one.stack.inventory.source === "tf.json" && other.stack.inventory.source === "tf.json") return false;
  // Two plans of one module differ in nothing but generated names. A plan and a configuration of the same addresses are one stack.
  if (rankOf(one.stack) === rankOf(other.stack)) return contentOf(one.stack) === contentOf(other.stack);
  return pairs.length > 0 && pairs.length === one.names.size && pairs.length === other.names.size;
}

const contentOf = memoizeByObject((stack: ReadStack) => JSON.stringify(stack.contents));

interface Resources {
  readonly name: string;
  readonly buckets: readonly PlannedBucket[];
  readonly roles: readonly PlannedRole[];
  readonly dataFlows?: readonly PlannedDataFlow[];
}

type Resource = PlannedBucket | PlannedRole | PlannedDataFlow;

/** Where two inputs of the same stack contradict each other: at least one of them is out of date. */
export function contradictions(judged: Resources, other: Resources): PlanProblem[] {
  const differing = <Each extends Resource>(mine: readonly Each[], theirs: readonly Each[], partsOf: (resource: Each) => unknown) => {
    const partsByAddress = partsAt(mine, partsOf);
    return [...partsAt(theirs, partsOf)].flatMap(([address, parts]) =>
      mayBeSame(partsByAddress.get(address) ?? [], parts) ? [] : theirs.find((each) => each.address === address)!,
    );
  };
  const certain = ({ dataFlows = [] }: Resources) => dataFlows.filter(({ isUncertain }) => !isUncertain);
  return [
    ...differing(judged.buckets, other.buckets, partsOfBucket),
    ...differing(judged.roles, other.roles, partsOfRole),
    ...differing(certain(judged), certain(other), partsOfFlow),
  ].map(({ address, location }) => ({
    id: "plan-incomplete",
    message: `${judged.name} and ${other.name} show the same stack and differ in ${address}: one of them is out of date`,
    location,
  }));
}

/** A resource may have several flows. */
function partsAt<Each extends Resource>(resources: readonly Each[], partsOf: (resource: Each) => unknown): Map<string, unknown[]> {
  const byAddress = new Map<string, unknown[]>();
  for (const resource of resources) byAddress.set(resource.address, [...(byAddress.get(resource.address) ?? []), partsOf(resource)]);
  return byAddress;
}

/**
 * Resources that a state shows and a plan of the same stack does not list, not even to delete them. The plan was made from another state.
 */
export function unplanned(plan: ReadStack, state: Resources): PlanProblem[] {
  const changes = plan.contents.flatMap((content) => listOf(ownValue(content, "resource_changes")));
  const listed = new Set(changes.map((change) => ownValue(change, "address")));
  const all: readonly Resource[] = [...state.buckets, ...state.roles, ...(state.dataFlows ?? [])];
  return all
    .filter(({ address }) => !listed.has(address))
    .map(({ address, location }) => ({
      id: "plan-incomplete",
      message: `${state.name} shows ${address}, which the plan ${plan.inventory.name} of the same stack does not list: one of them is out of date`,
      location,
    }));
}

function partsOfBucket({ name, blockPublicAccess, encryption, versioning, objectOwnership, acl, policies }: PlannedBucket): unknown {
  return [name, blockPublicAccess, encryption, versioning, objectOwnership, acl, policies.map(documentOf)];
}

function partsOfRole({ name, path, trustPolicy, inlinePolicies, managedPolicies, permissionsBoundary }: PlannedRole): unknown {
  return [
    name,
    path,
    documentOf(trustPolicy),
    inlinePolicies.map(documentOf),
    managedPolicies.map(documentOf),
    permissionsBoundary?.document,
  ];
}

function partsOfFlow({ kind, means, source, recipients, policy }: PlannedDataFlow): unknown {
  return [kind, means, source, recipients, policy?.document];
}

function documentOf({ document }: PlannedPolicy): unknown {
  return document;
}

/** Whether two values are equal, as far as they are known. */
export function mayBeSame(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined || one === null || other === null)
    return (one ?? other ?? undefined) === undefined || isOpen(one ?? other);
  if (isOpen(one) || isOpen(other)) return true;
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  const left = one as Record<string, unknown>;
  const right = other as Record<string, unknown>;
  return keys.length === Object.keys(other).length && keys.every((key) => mayBeSame(left[key], right[key]));
}

function isOpen(value: unknown): boolean {
  return typeof value === "string" && hasUnknown(value);
}

/** The buckets with what a state shows and the configuration or plan leaves to AWS: the buckets exist, and keep their ACLs. */
export function withState(buckets: readonly PlannedBucket[], inState: readonly PlannedBucket[]): PlannedBucket[] {
  const byAddress = new Map(inState.map((bucket) => [bucket.address, bucket]));
  return buckets.map((bucket) => {
    const known = byAddress.get(bucket.address);
    if (known === undefined) return bucket;
    const objectOwnership = bucket.objectOwnership ?? unknownText(`Object Ownership of ${bucket.address}, which exists and is not managed`);
    return { ...bucket, acl: bucket.acl ?? known.acl, objectOwnership };
  });
}
