import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { DestinationBucket } from "../destination-bucket";
import * as errors from "../errors";
import { attributeExpression, resolveTokens } from "../tokens";

const bucketsOf = new WeakMap<TerraformStack, DestinationBucket[]>();

/**
 * Has the stack check, once its tree is complete, that each destination bucket is defined once and that nobody else writes its policy:
 * `aws_s3_bucket_policy` replaces the whole policy, so the last one written silently wins.
 *
 * The whole tree is walked once, however many buckets there are.
 */
export function checkPolicyOwners(bucket: DestinationBucket): void {
  const stack = TerraformStack.of(bucket);
  const buckets = bucketsOf.get(stack) ?? [];
  if (buckets.length === 0) {
    bucketsOf.set(stack, buckets);
    stack.node.addValidation({ validate: () => [...definedTwice(buckets), ...policiesWrittenTwice(stack, buckets)] });
  }
  buckets.push(bucket);
}

function definedTwice(buckets: readonly DestinationBucket[]): string[] {
  const paths = new Map<string, string>();
  return buckets.flatMap((bucket) => {
    const name = bucket._literalName;
    if (name === undefined) return [];
    const first = paths.get(name);
    if (first === undefined) paths.set(name, bucket.node.path);
    return first === undefined ? [] : [errors.oneBucketTwice(name, first, bucket.node.path)];
  });
}

function policiesWrittenTwice(stack: TerraformStack, buckets: readonly DestinationBucket[]): string[] {
  const owners = new Map<string, DestinationBucket>();
  for (const bucket of buckets) {
    for (const reference of referencesOf(bucket)) owners.set(reference, bucket);
  }
  return stack.node.findAll().flatMap((construct) => {
    if (!isBucketPolicy(construct)) return [];
    const owner = owners.get(String(resolveTokens(stack, construct.bucketInput)));
    if (owner === undefined || construct === owner.policy) return [];
    return [errors.twoPolicyOwners(owner._literalName ?? owner.node.path, construct.node.path, owner.node.path)];
  });
}

/** Every text by which a resource can name the bucket. */
export function referencesOf({ bucket, _literalName }: DestinationBucket): string[] {
  const attributes = ["bucket", "id"].map((attribute) => `\${${attributeExpression(bucket, attribute)}}`);
  return _literalName === undefined ? attributes : [_literalName, ...attributes];
}

function isBucketPolicy(construct: IConstruct): construct is TerraformResource & { readonly bucketInput?: string } {
  return TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === "aws_s3_bucket_policy";
}
