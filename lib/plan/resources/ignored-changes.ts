/**
 * Changes that Terraform ignores: the value of such an argument in AWS may differ from the configuration.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
 */
import { listOf, ownValue } from "../../json";
import type { IgnoredChange } from "../types";
import type { Instance } from "./inventory";

const BLOCK_PUBLIC_ACCESS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** The arguments that verdicts depend on, by resource type. */
const JUDGED: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket: ["acl", "grant", "policy", "server_side_encryption_configuration", "versioning"],
  aws_s3_bucket_abac: ["abac_status"],
  aws_s3_bucket_acl: ["access_control_policy", "acl"],
  aws_s3_bucket_ownership_controls: ["rule"],
  aws_s3_bucket_policy: ["policy"],
  aws_s3_bucket_public_access_block: BLOCK_PUBLIC_ACCESS,
  aws_s3_bucket_server_side_encryption_configuration: ["rule"],
  aws_s3_bucket_versioning: ["versioning_configuration"],
  aws_iam_role: ["assume_role_policy", "inline_policy", "managed_policy_arns", "permissions_boundary"],
  aws_iam_role_policy: ["policy"],
  aws_iam_policy: ["policy"],
};

/** The arguments that verdicts depend on, that the configuration sets, and whose changes are ignored. */
export function ignoredChanges(resource: Instance): IgnoredChange[] {
  const ignored = ignoredIn(resource);
  if (ignored === undefined) return [];
  const isIgnored = (name: string) => ignored === "all" || listOf(ignored).some((text) => argumentIn(text) === name);
  const names = (JUDGED[resource.type] ?? []).filter((name) => isIgnored(name) && resource.isConfigured(name));
  return names.map((argument) => ({ address: resource.address, argument, location: resource.locate("lifecycle") }));
}

/** Whether tags that AWS holds may be others than the configuration sets. */
export function areTagsIgnored(resource: Instance): boolean {
  const ignored = ignoredIn(resource);
  return ignored === "all" || listOf(ignored).some((text) => /^tags(_all)?$/.test(argumentIn(text) ?? ""));
}

function ignoredIn(resource: Instance): unknown {
  if (!resource.isConfigured("lifecycle")) return undefined;
  const lifecycle = resource.get("lifecycle");
  return ownValue(Array.isArray(lifecycle) ? lifecycle[0] : lifecycle, "ignore_changes");
}

/** `rule` of `rule[0].object_ownership`. */
function argumentIn(text: unknown): string | undefined {
  return typeof text === "string" ? /^\w+/.exec(text)?.[0] : undefined;
}
