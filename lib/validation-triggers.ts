import type { TerraformResource } from "cdktf";
import type { DestinationBucket } from "./destination-bucket";
import { attributeExpression } from "./tokens";
import type { VendorRole } from "./vendor-role";

/** Attributes of the live resources. A change of any makes the validation run again. */
export function validationTriggers(bucket: DestinationBucket, role: VendorRole | undefined): { [name: string]: string } {
  const attribute = (resource: TerraformResource, path: string) => `\${${attributeExpression(resource, path)}}`;
  const asJson = (expression: string) => `\${jsonencode(${expression})}`;
  const publicAccess = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
    .map((setting) => attributeExpression(bucket.publicAccessBlock, setting))
    .join(", ");
  return {
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
  };
}
