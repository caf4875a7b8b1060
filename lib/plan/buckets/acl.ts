/** ACLs of buckets, reduced to the canned ACL with the same effect. */
import { isObject, listOf, ownValue, valueAt } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { blocksOf, firstBlock } from "../resources/nested-blocks";
import { applySetting, type Draft } from "./draft";

/** Reads an `aws_s3_bucket_acl`. */
export function readAcl(draft: Draft, resource: Instance): void {
  const canned = resource.get("acl");
  const policy = firstBlock(resource.get("access_control_policy"));
  const owner = firstBlock(ownValue(policy, "owner"));
  if (isObject(policy)) {
    const value = cannedFor(ownValue(policy, "grant"), resource, ownValue(owner, "id"));
    applySetting(draft, "acl", { value, resource, argument: "access_control_policy" });
  } else applySetting(draft, "acl", { value: canned ?? policy, resource, argument: "acl" });
}

/** The canned ACL with the same public access; `foreign` for a grant to another account, `custom` for grants that no canned ACL has. */
export function cannedFor(grants: unknown, resource: Instance, owner?: unknown): string {
  const blocks = blocksOf(grants);
  if (blocks === undefined) return unknownText(`${resource.address}.grant`);
  let result = "custom";
  for (const block of blocks) {
    const grantee = blocksOf(ownValue(block, "grantee"))?.[0] ?? block;
    const uri = valueAt(grantee, "uri");
    const permissions = ownValue(block, "permissions") ?? [ownValue(block, "permission")];
    if (result === "custom" && isForeign(valueAt(grantee, "id") ?? valueAt(grantee, "email_address"), owner)) result = "foreign";
    if (typeof uri !== "string" || uri === "") continue;
    if (hasUnknown(uri)) return unknownText(`${resource.address}.grant`);
    const writes = listOf(permissions).some((permission) => permission !== "READ" && permission !== "READ_ACP");
    if (uri.endsWith("/AllUsers")) result = writes || result === "public-read-write" ? "public-read-write" : "public-read";
    else if (uri.endsWith("/AuthenticatedUsers") && (result === "custom" || result === "foreign")) result = "authenticated-read";
  }
  return result;
}

/** Whether a grantee is certainly not the owner. */
function isForeign(grantee: unknown, owner: unknown): boolean {
  return typeof grantee === "string" && grantee !== "" && !hasUnknown(grantee) && grantee !== owner;
}
