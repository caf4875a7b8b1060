import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { judge } from "./contract/judge";
import type { DeliveryContract } from "./contract/types";
import type { DestinationBucket } from "./destination-bucket";
import * as errors from "./errors";
import { isPublic, preparePolicy } from "./evaluate";
import { type AccountModel, readConfiguration } from "./plan";
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
  const model = accountOf(scope, resources, { terraform_data: { contract: { input: contract } } });
  return judge(model.contracts[0]!.contract as DeliveryContract, model)
    .filter(({ outcome }) => outcome === "fail")
    .map(({ id, title, cause, remedy }) => errors.contractBroken(id, title, cause, remedy, scope.node.path));
}

/**
 * The statements that make the bucket policy public by AWS's definition: Block Public Access would refuse the policy.
 *
 * Their Sids, or their positions from 1.
 */
export function publicStatements(bucket: DestinationBucket): string[] {
  const [planned] = accountOf(bucket, [bucket.bucket, bucket.policy]).buckets;
  return planned!.policies.flatMap(({ document }) =>
    isPublic(preparePolicy(document, "resource"))
      .statements.filter((one) => one.isPublic === "yes")
      .map(({ statement }) => statement.sid ?? `${statement.index + 1}`),
  );
}

/** The account that the resources describe, as they are about to be written. */
function accountOf(
  scope: Construct,
  resources: readonly TerraformResource[],
  more: Record<string, Record<string, unknown>> = {},
): AccountModel {
  const resource = { ...more };
  for (const one of resources) {
    const type = one.terraformResourceType;
    resource[type] = { ...resource[type], ...one.toTerraform().resource[type] };
  }
  return readConfiguration(resolveTokens(scope, { resource }), scope.node.path);
}
