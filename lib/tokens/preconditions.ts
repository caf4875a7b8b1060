import type { TerraformResource } from "cdktf";

const preconditionsOf = new WeakMap<TerraformResource, { condition: any; error_message: string }[]>();

/**
 * Adds a Terraform precondition to a resource.
 *
 * It is an override, so that a `lifecycle` that is set later does not drop it.
 */
export function addPrecondition(resource: TerraformResource, condition: any, errorMessage: string): void {
  const preconditions = [...(preconditionsOf.get(resource) ?? []), { condition, error_message: errorMessage }];
  preconditionsOf.set(resource, preconditions);
  resource.addOverride("lifecycle.precondition", preconditions);
}
