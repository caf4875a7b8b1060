import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { TerraformStack } from "cdktf";
import type { DestinationBucket } from "./destination-bucket";
import { allowAccountToUseKey, allowToUseKey } from "./policy";
import { PolicyBuilder, resolveTokens } from "./tokens";

/** The policies that this file has written, by their keys. Several destinations may share a key. */
const written = new WeakMap<KmsKey, { readonly builder: PolicyBuilder; readonly policy: KmsKeyPolicy; count: number }>();

/**
 * Lets principals of another account use the KMS key of the bucket, because their own policies do not suffice.
 *
 * A key policy is written as a whole. So this only adds a policy to a key that the same stack defines without one. Any other key policy
 * belongs to the user, and the contract shows what it lacks.
 */
export function allowInKeyPolicy(bucket: DestinationBucket, principalArns: readonly string[]): KmsKeyPolicy | undefined {
  const key = keyIn(bucket);
  if (key === undefined) return undefined;
  let known = written.get(key);
  if (known === undefined) {
    if (key.policyInput !== undefined) return undefined;
    const account = new DataAwsCallerIdentity(key, "VendorDestinationAccount", { provider: key.provider });
    const builder = new PolicyBuilder("resource", key);
    builder.add(allowAccountToUseKey(`arn:${bucket.partition}:iam::${account.accountId}:root`));
    const policy = new KmsKeyPolicy(key, "VendorDestinationPolicy", {
      keyId: key.keyId,
      policy: builder.finalText,
      provider: key.provider,
    });
    known = { builder, policy, count: 0 };
    written.set(key, known);
  }
  known.count += 1;
  known.builder.add(allowToUseKey("*", { principalArns, ordinal: known.count }));
  return known.policy;
}

const keysByArn = new WeakMap<TerraformStack, Map<string, KmsKey>>();

/** The key of the bucket, if the same stack defines it. The result is cached for buckets that share the key. */
export function keyIn(bucket: DestinationBucket): KmsKey | undefined {
  if (bucket._kmsKeyArn === undefined) return undefined;
  const arn = resolveTokens(bucket, bucket._kmsKeyArn);
  if (typeof arn !== "string" || !arn.includes("aws_kms_key.")) return undefined;
  const stack = TerraformStack.of(bucket);
  const known = keysByArn.get(stack) ?? new Map<string, KmsKey>();
  keysByArn.set(stack, known);
  const found = known.get(arn);
  if (found === undefined || !isInTree(found)) {
    known.clear();
    for (const each of stack.node.findAll()) if (each instanceof KmsKey) known.set(String(resolveTokens(each, each.arn)), each);
  }
  return known.get(arn);
}

function isInTree({ node }: KmsKey): boolean {
  return node.scope?.node.tryFindChild(node.id)?.node === node;
}

/** The policies that resources of the same stack set for the key of the bucket. */
export function keyPoliciesOf(bucket: DestinationBucket): KmsKeyPolicy[] {
  if (bucket._kmsKeyArn === undefined) return [];
  const key = keyIn(bucket);
  const arn = resolveTokens(bucket, bucket._kmsKeyArn);
  const names = [arn, ...(key ? [key.keyId, key.id].map((name) => resolveTokens(bucket, name)) : [])];
  const isOfKey = (name: unknown) =>
    names.some((one) => one === name || (typeof name === "string" && String(one).endsWith(`:key/${name}`)));
  return keyPoliciesIn(TerraformStack.of(bucket)).filter((each) => isOfKey(resolveTokens(each, each.keyIdInput)));
}

const policiesByStack = new WeakMap<TerraformStack, { readonly children: number; readonly policies: readonly KmsKeyPolicy[] }>();

/** Searched once for all buckets that are synthesized together, and again if the stack has changed since. */
function keyPoliciesIn(stack: TerraformStack): readonly KmsKeyPolicy[] {
  const children = stack.node.children.length;
  const known = policiesByStack.get(stack);
  if (known?.children === children) return known.policies;
  const policies = stack.node.findAll().filter((each): each is KmsKeyPolicy => each instanceof KmsKeyPolicy);
  policiesByStack.set(stack, { children, policies });
  queueMicrotask(() => policiesByStack.delete(stack));
  return policies;
}
