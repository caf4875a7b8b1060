import type { TerraformResource } from "cdktf";

/**
 * The expression for an attribute of a resource, as Terraform writes it: `aws_s3_bucket.logs.arn`.
 *
 * For use in the resource's own stack. cdktf's own references also reach other stacks, and each records the calls that led to it:
 * together that takes longer than the rest of a construct.
 *
 * @param path of the attribute: `arn`, `rule[0].object_ownership`.
 */
export function attributeExpression({ terraformResourceType, friendlyUniqueId }: TerraformResource, path: string): string {
  return `${terraformResourceType}.${friendlyUniqueId}.${path}`;
}
