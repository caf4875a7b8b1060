/** The roles that a plan describes, with their policies. */
import { ownValue } from "../../json";
import { arnOf, nameOf, pathOf } from "../resources/attributes";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance, Inventory } from "../resources/inventory";
import { blocksOf } from "../resources/nested-blocks";
import { plannedPolicy } from "../resources/planned-policy";
import type { PlannedPolicy, PlannedRole } from "../types";
import { exclusiveLists, mayList } from "./exclusive-lists";
import { ManagedPolicies } from "./managed-policies";
import { tagsOf } from "./tags";
import { textsOf } from "./texts";
import { unresolvedPolicies } from "./unresolved-policies";

export function readRoles(inventory: Inventory): PlannedRole[] {
  const roles = inventory.instances("aws_iam_role");
  if (roles.length === 0) return [];
  const managed = new ManagedPolicies(inventory);
  const inline = groupBy(inventory.instances("aws_iam_role_policy"), (policy) => [roleOf(policy)]);
  const attachments = groupBy(
    [...inventory.instances("aws_iam_role_policy_attachment"), ...inventory.instances("aws_iam_policy_attachment")],
    (attachment) => (attachment.type === "aws_iam_policy_attachment" ? textsOf(attachment.get("roles")) : [roleOf(attachment)]),
  );
  const inlineLists = exclusiveLists(inventory, "aws_iam_role_policies_exclusive", "policy_names");
  const attachmentLists = exclusiveLists(inventory, "aws_iam_role_policy_attachments_exclusive", "policy_arns");
  const unresolved = unresolvedPolicies(inventory, roles);
  return roles.map((role) => {
    const name = nameOf(role);
    const attached = attachments.get(name) ?? [];
    const inlineOfRole = inline.get(name) ?? [];
    const boundary = role.get("permissions_boundary");
    return {
      address: role.address,
      location: role.location,
      name,
      path: pathOf(role),
      arn: arnOf(role),
      trustPolicy: plannedPolicy({
        value: role.get("assume_role_policy"),
        source: `${role.address}.assume_role_policy`,
        location: role.locate("assume_role_policy"),
        problems: inventory.problems,
      }),
      inlinePolicies: [...listed(inlinePolicies(role, inlineOfRole, inventory), inlineLists.get(name)), ...unresolved(role)],
      managedPolicies: managed.ofRole(role, attached, attachmentLists.get(name)),
      permissionsBoundary:
        boundary === undefined || boundary === null || boundary === "" ? undefined : managed.find(boundary, role, "permissions_boundary"),
      tags: tagsOf(role),
      ignored: [role, ...inlineOfRole, ...managed.defining(role, attached)].flatMap(ignoredChanges),
    };
  });
}

/** The argument `role`, which equals the name of the role whichever attribute it refers to. */
function roleOf(resource: Instance): string {
  const role = resource.get("role");
  return typeof role === "string" ? role : "";
}

function groupBy(instances: readonly Instance[], keysOf: (instance: Instance) => readonly string[]): Map<string, Instance[]> {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    for (const key of keysOf(instance)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [instance]);
      else group.push(instance);
    }
  }
  return groups;
}

/** The policies that an exclusive list holds or may hold; all of them where there is no such list. */
function listed(policies: readonly PlannedPolicy[], list: readonly string[] | undefined): readonly PlannedPolicy[] {
  return list === undefined ? policies : policies.filter(({ name }) => mayList(list, name));
}

/** Inline policies. States repeat policies with resources of their own in `inline_policy`: those count once, at the resource. */
function inlinePolicies(role: Instance, resources: readonly Instance[], inventory: Inventory): PlannedPolicy[] {
  const { problems } = inventory;
  const policies = resources.map((resource) =>
    plannedPolicy({
      value: resource.get("policy"),
      source: `${resource.address}.policy`,
      location: resource.locate("policy"),
      problems,
      name: nameOf(resource),
    }),
  );
  const names = new Set(policies.map(({ name }) => name));
  const value = role.get("inline_policy");
  const blocks = blocksOf(value);
  const isConfigured = role.isConfigured("inline_policy");
  if (blocks === undefined && isConfigured) {
    const source = `${role.address}.inline_policy`;
    policies.push(plannedPolicy({ value: undefined, source, location: role.locate("inline_policy"), problems }));
  }
  const removed = isConfigured
    ? []
    : inventory
        .removed("aws_iam_role_policy")
        .filter((before) => ownValue(before, "role") === nameOf(role))
        .map((before) => ownValue(before, "name"));
  for (const [index, block] of (blocks ?? []).entries()) {
    const policy = ownValue(block, "policy");
    const name = ownValue(block, "name");
    if (removed.includes(name)) continue;
    if (policy === undefined || policy === null || policy === "" || (typeof name === "string" && names.has(name))) continue;
    const location = Array.isArray(value) ? role.locate("inline_policy", index, "policy") : role.locate("inline_policy", "policy");
    const named = typeof name === "string" ? { name } : {};
    policies.push(plannedPolicy({ value: policy, source: `${role.address}.inline_policy[${index}].policy`, location, problems, ...named }));
  }
  return policies;
}
