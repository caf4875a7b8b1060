/** Resources that affect the access to buckets and roles but are not read. The problem list names them, so that no verdict ignores them. */
import { AWSCC_TYPES, textsOf } from "./data-flows/tools";
import type { Inventory } from "./resources/inventory";

const ACCESS_POINT = "access points have policies of their own";

const REASONS: Readonly<Record<string, string>> = {
  aws_s3_access_point: ACCESS_POINT,
  aws_s3control_access_point_policy: ACCESS_POINT,
  aws_s3control_multi_region_access_point: ACCESS_POINT,
  aws_s3control_multi_region_access_point_policy: ACCESS_POINT,
  aws_s3_directory_bucket: "directory buckets follow other rules",
};

/** Access points grant nothing that the bucket policy does not delegate to them, and a rule reports such a delegation. */
export function reportUnsupported(inventory: Inventory): void {
  for (const [type, reason] of Object.entries(REASONS)) {
    for (const { address, location } of inventory.instances(type)) {
      inventory.problems.add({ id: "unsupported-resource", message: `${address} is not judged: ${reason}`, location });
    }
  }
  for (const resource of inventory
    .types()
    .filter((type) => AWSCC_TYPES.test(type))
    .flatMap((type) => inventory.instances(type))) {
    const message = `${resource.address} is not judged: only resources of the provider hashicorp/aws are read`;
    inventory.problems.add({ id: "unsupported-resource", message, location: resource.location, mentions: () => [textsOf(resource)] });
  }
}
