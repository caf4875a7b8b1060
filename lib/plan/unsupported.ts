/** Resources that affect the access to buckets and roles but are not read. The problem list names them, so that no verdict ignores them. */
import type { Inventory } from "./resources/inventory";

const ACCESS_POINT = "access points have policies of their own";
const CLOUD_CONTROL = "only resources of the provider hashicorp/aws are read";

const REASONS: Readonly<Record<string, string>> = {
  aws_s3_access_point: ACCESS_POINT,
  aws_s3control_access_point_policy: ACCESS_POINT,
  aws_s3control_multi_region_access_point: ACCESS_POINT,
  aws_s3control_multi_region_access_point_policy: ACCESS_POINT,
  aws_s3_directory_bucket: "directory buckets follow other rules",
  awscc_s3_bucket: CLOUD_CONTROL,
  awscc_s3_bucket_policy: CLOUD_CONTROL,
  awscc_iam_role: CLOUD_CONTROL,
  awscc_iam_role_policy: CLOUD_CONTROL,
};

/** Arguments that name the bucket or role that a resource configures. */
const OWNER_ARGUMENTS = ["bucket", "role_name"];

export function reportUnsupported(inventory: Inventory): void {
  for (const [type, reason] of Object.entries(REASONS)) {
    for (const instance of inventory.instances(type)) {
      // An access point grants nothing that the bucket policy does not delegate to it, and a rule reports such a delegation.
      const owners = type.startsWith("awscc_") ? OWNER_ARGUMENTS.map((argument) => instance.get(argument)) : [];
      const about = owners.filter((owner) => typeof owner === "string");
      const message = `${instance.address} is not judged: ${reason}`;
      inventory.problems.add({ id: "unsupported-resource", message, location: instance.location, about });
    }
  }
}
