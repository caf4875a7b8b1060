/** Resources that decide on access to buckets and roles as well, but are not read: a verdict must not pass over them in silence. */
import type { Inventory } from "./resources/inventory";

const UNSUPPORTED: Readonly<Record<string, string>> = {
  aws_s3_access_point: "access points have policies of their own",
  aws_s3control_access_point_policy: "access points have policies of their own",
  aws_s3control_multi_region_access_point: "access points have policies of their own",
  aws_s3control_multi_region_access_point_policy: "access points have policies of their own",
  aws_s3_directory_bucket: "directory buckets follow other rules",
  awscc_s3_bucket: "only resources of the provider hashicorp/aws are read",
  awscc_s3_bucket_policy: "only resources of the provider hashicorp/aws are read",
  awscc_iam_role: "only resources of the provider hashicorp/aws are read",
  awscc_iam_role_policy: "only resources of the provider hashicorp/aws are read",
};

/** Arguments that say of which bucket or role the resource is a part. */
const NAMING = ["bucket", "role_name"];

export function reportUnsupported(inventory: Inventory): void {
  for (const [type, reason] of Object.entries(UNSUPPORTED)) {
    for (const instance of inventory.instances(type)) {
      // An access point gives nothing that the bucket policy does not leave to it, which is a rule's finding.
      const about = type.startsWith("awscc_") ? NAMING.map((name) => instance.get(name)).filter((value) => typeof value === "string") : [];
      inventory.problems.add("unsupported-resource", `${instance.address} is not judged: ${reason}`, instance.location, about);
    }
  }
}
