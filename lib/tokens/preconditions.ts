import type { TerraformResource } from "cdktf";

const preconditionsOf = new WeakMap<TerraformResource, { condition: any; error_message: string }[]>();

/**
 * Has Terraform check something before it makes a resource.
 *
 * It is an override, which is added to whatever `lifecycle` the resource has by then: one that is set later does not drop it.
 */
export function addPrecondition(resource: TerraformResource, condition: any, errorMessage: string): void {
  const preconditions = [...(preconditionsOf.get(resource) ?? []), { condition, error_message: errorMessage }];
  preconditionsOf.set(resource, preconditions);
  resource.addOverride("lifecycle.precondition", preconditions);
}
