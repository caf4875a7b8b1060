import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { judge } from "./contract/judge";
import type { DeliveryContract } from "./contract/types";
import type { DestinationBucket } from "./destination-bucket";
import * as errors from "./errors";
import { readConfiguration } from "./plan";
import { resolveTokens } from "./resolve-tokens";
import type { VendorRole } from "./vendor-role";

/**
 * What the destination's resources, as they are about to be written, break of its contract.
 *
 * The judge shares no code with the constructs that wrote the policies. What only Terraform will know is left to `check` on the plan.
 */
export function brokenExpectations(scope: Construct, contract: unknown, bucket: DestinationBucket, role: VendorRole | undefined): string[] {
  const resources: TerraformResource[] = [
    bucket.bucket,
    bucket.publicAccessBlock,
    bucket.ownershipControls,
    bucket.encryptionConfiguration,
    bucket.versioningConfiguration,
    bucket.policy,
    ...(role ? [role.role, role.inlinePolicy] : []),
  ];
  const resource: Record<string, Record<string, unknown>> = {};
  for (const one of resources) {
    const type = one.terraformResourceType;
    resource[type] = { ...resource[type], ...one.toTerraform().resource[type] };
  }
  const model = readConfiguration(resolveTokens(scope, { resource }), scope.node.path);
  const resolved = resolveTokens(scope, contract) as DeliveryContract;
  return judge(resolved, model)
    .filter(({ outcome }) => outcome === "fail")
    .map(({ id, title, cause, remedy }) => errors.contractBroken(id, title, cause, remedy, scope.node.path));
}
