import type { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { type TerraformResource, Token } from "cdktf";
import type { Acceptance } from "./contract";
import type { DestinationBucket } from "./destination-bucket";
import { attributeExpression, jsonText, lazyText, lazyValue, resourceAddress } from "./tokens";
import { keyIn, keyPoliciesOf } from "./vendor-key-policy";
import type { VendorRole } from "./vendor-role";

/** What makes the validation of a destination run again. */
export interface Triggers {
  /** Values of the live resources: a change of any. */
  readonly triggers: { readonly [name: string]: string };
  /** References to resources or attributes: a planned change in place of any. */
  readonly replaceTriggeredBy: string[];
}

export interface ValidatedResources {
  readonly bucket: DestinationBucket;
  readonly role: VendorRole | undefined;
  /** The policy that the destination defines for the KMS key. */
  readonly keyPolicy: KmsKeyPolicy | undefined;
  readonly acceptances: () => readonly Acceptance[];
}

/**
 * What a validation of the bucket and the role depends on.
 *
 * A repair does not change a value that the configuration determines, so that value alone would not show it. A resource that was deleted by
 * hand and is defined again has an `id` that is unknown in the plan. A resource that was changed by hand and is set right has a planned
 * change. Resources with tags are referred to by attribute, since a change of tags is not a reason to validate.
 */
export function validationTriggers({ bucket, role, keyPolicy, acceptances }: ValidatedResources): Triggers {
  const attribute = (resource: TerraformResource, path: string) => `\${${attributeExpression(resource, path)}}`;
  const asJson = (expression: string) => `\${jsonencode(${expression})}`;
  const publicAccess = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
    .map((setting) => attributeExpression(bucket.publicAccessBlock, setting))
    .join(", ");
  // The user may define a policy for the key after the destination.
  const keyPolicies = () => new Set([...(keyPolicy ? [keyPolicy] : []), ...keyPoliciesOf(bucket)]);
  const withoutTags = (): TerraformResource[] => [
    bucket.policy,
    bucket.publicAccessBlock,
    bucket.ownershipControls,
    bucket.encryptionConfiguration,
    bucket.versioningConfiguration,
    ...(bucket.lifecycleConfiguration ? [bucket.lifecycleConfiguration] : []),
    ...(role ? [role.inlinePolicy] : []),
    ...keyPolicies(),
  ];
  const key = keyIn(bucket);
  // Terraform reads the policy of a key back also where another resource sets it, so only a policy of its own is a value of it.
  const writtenPolicies = () => [...keyPolicies(), ...(key?.policyInput === undefined ? [] : [key])];
  return {
    triggers: {
      bucket: attribute(bucket.bucket, "arn"),
      bucketPolicy: attribute(bucket.policy, "policy"),
      publicAccessBlock: asJson(`[${publicAccess}]`),
      ownership: attribute(bucket.ownershipControls, "rule[0].object_ownership"),
      encryption: asJson(attributeExpression(bucket.encryptionConfiguration, "rule")),
      versioning: attribute(bucket.versioningConfiguration, "versioning_configuration[0].status"),
      ...(role && {
        role: attribute(role.role, "unique_id"),
        trustPolicy: attribute(role.role, "assume_role_policy"),
        inlinePolicy: attribute(role.inlinePolicy, "policy"),
      }),
      keyPolicy: lazyText(() => {
        const policies = writtenPolicies();
        return policies.length === 0 ? undefined : policies.map((policy) => attribute(policy, "policy")).join("");
      }),
      ...(key && { keyIsEnabled: asJson(attributeExpression(key, "is_enabled")) }),
      acceptances: lazyText(() => (acceptances().length === 0 ? undefined : jsonText(acceptances()))),
      resourceIds: lazyText(() =>
        asJson(
          `[${withoutTags()
            .map((resource) => attributeExpression(resource, "id"))
            .join(", ")}]`,
        ),
      ),
    },
    replaceTriggeredBy: Token.asList(
      lazyValue(() => [
        ...withoutTags().map(resourceAddress),
        ...(role ? ["assume_role_policy", "permissions_boundary"].map((path) => attributeExpression(role.role, path)) : []),
        ...(key ? ["policy", "is_enabled"].map((path) => attributeExpression(key, path)) : []),
      ]),
    ),
  };
}
