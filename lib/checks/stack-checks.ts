import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { ContractTerms } from "../contract";
import * as errors from "../errors";
import { resolveTokens } from "../tokens";
import { type CheckedBucket, referencesOf } from "./checked-bucket";
import { contractErrors } from "./contract-check";

/** A destination whose contract the stack is judged by. */
export interface CheckedDestination {
  readonly destination: Construct;
  readonly bucket: CheckedBucket;
  readonly terms: ContractTerms;
}

interface Registered {
  readonly buckets: Set<CheckedBucket>;
  readonly destinations: CheckedDestination[];
}

const registered = new WeakMap<IConstruct, Registered>();

/**
 * Makes the stack check, once its tree is complete, that the bucket is defined once, that its policy is right, and that no other resource
 * writes the policy: `aws_s3_bucket_policy` replaces the whole policy, so the last one written silently wins.
 */
export function checkBucketInStack(bucket: CheckedBucket): void {
  inStackOf(bucket).buckets.add(bucket);
}

/**
 * Makes the stack judge, once its tree is complete, whether its resources, as they will be written, keep the destination's contract.
 *
 * A destination whose bucket has a mistake itself is not judged, because everything that follows from the mistake would be reported too.
 */
export function checkContractInStack(checked: CheckedDestination): void {
  inStackOf(checked.destination).destinations.push(checked);
}

/** The buckets of a stack that are still in its tree. */
export function bucketsOf(stack: IConstruct): CheckedBucket[] {
  const constructs = new Set(stack.node.findAll());
  return [...(registered.get(stack)?.buckets ?? [])].filter((bucket) => constructs.has(bucket));
}

/** One validation for each stack, so that its tree is traversed once, however many destinations there are. */
function inStackOf(construct: IConstruct): Registered {
  const stack = TerraformStack.of(construct);
  let found = registered.get(stack);
  if (found === undefined) {
    found = { buckets: new Set(), destinations: [] };
    registered.set(stack, found);
    stack.node.addValidation({ validate: () => stackErrors(stack) });
  }
  return found;
}

function stackErrors(stack: TerraformStack): string[] {
  const { buckets, destinations } = registered.get(stack)!;
  const constructs = stack.node.findAll();
  const inTree = new Set(constructs);
  const bucketErrors = errorsByBucket(
    [...buckets].filter((bucket) => inTree.has(bucket)),
    constructs,
    stack,
  );
  const judged = destinations.filter(({ destination, bucket }) => inTree.has(destination) && !bucketErrors.has(bucket));
  return [...[...bucketErrors.values()].flat(), ...(judged.length === 0 ? [] : contractErrors(stack, constructs, judged))];
}

/** The mistakes of each bucket that has any. */
function errorsByBucket(
  buckets: readonly CheckedBucket[],
  constructs: readonly IConstruct[],
  stack: TerraformStack,
): Map<CheckedBucket, string[]> {
  const found = new Map<CheckedBucket, string[]>();
  const add = (bucket: CheckedBucket, texts: readonly string[]) => found.set(bucket, [...(found.get(bucket) ?? []), ...texts]);
  const owners = new Map<string, CheckedBucket>();
  for (const bucket of buckets) {
    const first = bucket._literalName === undefined ? undefined : owners.get(bucket._literalName);
    if (first !== undefined) {
      add(first, []);
      add(bucket, [errors.oneBucketTwice(bucket._literalName!, first.node.path, bucket.node.path)]);
      continue;
    }
    for (const reference of referencesOf(bucket)) owners.set(reference, bucket);
    const policyErrors = bucket._policyErrors();
    if (policyErrors.length > 0) add(bucket, policyErrors);
  }
  for (const construct of constructs) {
    if (!isBucketPolicy(construct)) continue;
    const owner = owners.get(String(resolveTokens(stack, construct.bucketInput)));
    if (owner === undefined || construct === owner.policy) continue;
    add(owner, [errors.twoPolicyOwners(owner._literalName ?? owner.node.path, construct.node.path, owner.node.path)]);
  }
  return found;
}

function isBucketPolicy(construct: IConstruct): construct is TerraformResource & { readonly bucketInput?: string } {
  return TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === "aws_s3_bucket_policy";
}
