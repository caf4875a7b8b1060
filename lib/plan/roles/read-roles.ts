/** The roles that a plan describes, with their policies. */
import { textOf } from "../../json";
import { arnOf, attributeOf, nameOf, pathOf } from "../resources/attributes";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import { refusedArguments } from "../resources/refused-arguments";
import { tagsOf } from "../resources/tags";
import type { PlannedRole } from "../types";
import { exclusiveLists } from "./exclusive-lists";
import { InlinePolicies, listed } from "./inline-policies";
import { ManagedPolicies } from "./managed-policies";
import { PolicyRivals } from "./rivals";
import { accountOfRole, groupByRole, keyOfRole, roleOf } from "./role-keys";
import { textsOf } from "./texts";
import { unresolvedPolicies } from "./unresolved-policies";

export function readRoles(inventory: Inventory): PlannedRole[] {
  const roles = inventory.instances("aws_iam_role");
  if (roles.length === 0) return [];
  const managed = new ManagedPolicies(inventory);
  const inline = new InlinePolicies(inventory);
  const inlineResources = groupByRole(inventory.instances("aws_iam_role_policy"));
  const attachments = groupByRole(attachmentsIn(inventory.instances), rolesOfAttachment);
  const keptInline = groupByRole(inventory.kept("aws_iam_role_policy"));
  const keptAttachments = groupByRole(attachmentsIn(inventory.kept), rolesOfAttachment);
  const inlineLists = exclusiveLists(inventory, "aws_iam_role_policies_exclusive", "policy_names");
  const attachmentLists = exclusiveLists(inventory, "aws_iam_role_policy_attachments_exclusive", "policy_arns");
  const rivals = new PolicyRivals(inventory);
  const unresolved = unresolvedPolicies(inventory, roles);
  return roles.map((role) => {
    const key = keyOfRole(role);
    const attached = attachments.get(key) ?? [];
    const inlineOfRole = inlineResources.get(key) ?? [];
    const allAttached = withKept(attached, keptAttachments.get(key), (attachment) => attachment.get("policy_arn"));
    const allInline = withKept(inlineOfRole, keptInline.get(key), nameOf);
    const arn = arnOf(role);
    const boundary = role.get("permissions_boundary");
    const parts = [role, ...inlineOfRole, ...managed.defining(role, attached)];
    const rivalsOfRole = rivals.of({ role, key, inline: inlineOfRole, attachments: attached });
    return {
      address: role.address,
      ...(!role.isCertain && { isUncertain: true }),
      location: role.location,
      name: nameOf(role),
      path: pathOf(role),
      arn,
      account: accountOfRole(role, arn),
      uniqueId: textOf(attributeOf(role, "unique_id")),
      trustPolicy: plannedPolicy({
        value: role.get("assume_role_policy"),
        source: `${role.address}.assume_role_policy`,
        location: role.locate("assume_role_policy"),
        problems: inventory.problems,
      }),
      inlinePolicies: [...listed(inline.ofRole(role, allInline), inlineLists.get(key)), ...unresolved(role)],
      managedPolicies: managed.ofRole(role, allAttached, attachmentLists.get(key)),
      permissionsBoundary:
        boundary === undefined || boundary === null || boundary === "" ? undefined : managed.find(boundary, role, "permissions_boundary"),
      tags: tagsOf(role),
      ...(rivalsOfRole.length > 0 && { rivals: rivalsOfRole }),
      ignored: parts.flatMap(ignoredChanges),
      refused: [...parts, ...attached].flatMap(refusedArguments),
    };
  });
}

function attachmentsIn(instances: Inventory["instances"]): Instance[] {
  return ["aws_iam_role_policy_attachment", "aws_iam_policy_attachment"].flatMap((type) => instances(type));
}

function rolesOfAttachment(attachment: Instance): readonly string[] {
  return attachment.type === "aws_iam_policy_attachment" ? textsOf(attachment.get("roles")) : [roleOf(attachment)];
}

/** The resources with those that AWS keeps, unless one of the same key takes its place. */
function withKept(
  managed: readonly Instance[],
  kept: readonly Instance[] | undefined,
  keyOf: (instance: Instance) => unknown,
): readonly Instance[] {
  if (kept === undefined) return managed;
  const keys = new Set(managed.map(keyOf));
  return [...managed, ...kept.filter((instance) => !keys.has(keyOf(instance)))];
}
