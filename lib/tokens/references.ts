/**
 * References to resources of the same stack, as plain text.
 *
 * cdktf's own references also reach other stacks, and each records the calls that led to it: together that takes longer than the rest
 * of a construct.
 */
import type { ITerraformDependable, TerraformResource } from "cdktf";

/**
 * The expression for an attribute of a resource: `aws_s3_bucket.logs.arn`.
 *
 * @param path of the attribute: `arn`, `rule[0].object_ownership`.
 */
export function attributeExpression(resource: TerraformResource, path: string): string {
  return `${resourceAddress(resource)}.${path}`;
}

/** The resource as something to depend on. */
export function dependableOn(resource: TerraformResource): ITerraformDependable {
  return {
    get fqn() {
      return resourceAddress(resource);
    },
  };
}

/** The address of a resource: `aws_s3_bucket.logs`. */
export function resourceAddress({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
