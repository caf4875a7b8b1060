/** The roles that a plan describes, with the policies that are attached to them. */

import { own } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { isUnknown } from "../expression/value";
import { arnOf, attributeOf, nameOf, pathOf } from "../resources/attributes";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import { blocksOf } from "../resources/policy-document";
import { isAstray, possibleOwnersOf } from "../resources/unresolved-owner";
import type { PlannedPolicy, PlannedRole } from "../types";

export function readRoles(inventory: Inventory): PlannedRole[] {
  const roles = inventory.instances("aws_iam_role");
  if (roles.length === 0) return [];
  const managed = new ManagedPolicies(inventory);
  const inline = groupBy(inventory.instances("aws_iam_role_policy"), (policy) => [roleOf(policy)]);
  const attachments = groupBy(
    [...inventory.instances("aws_iam_role_policy_attachment"), ...inventory.instances("aws_iam_policy_attachment")],
    (attachment) => (attachment.type === "aws_iam_policy_attachment" ? textsOf(attachment.get("roles")) : [roleOf(attachment)]),
  );
  const inlineOnly = exclusive(inventory, "aws_iam_role_policies_exclusive", "policy_names");
  const attachedOnly = exclusive(inventory, "aws_iam_role_policy_attachments_exclusive", "policy_arns");
  const perhaps = perhapsAttached(inventory, roles);
  return roles.map((role) => {
    const name = nameOf(role);
    const attached = attachments.get(name) ?? [];
    const boundary = role.get("permissions_boundary");
    return {
      address: role.address,
      location: role.location,
      name,
      path: pathOf(role),
      arn: arnOf(role),
      trustPolicy: plannedPolicy(
        role.get("assume_role_policy"),
        `${role.address}.assume_role_policy`,
        role.locate("assume_role_policy"),
        inventory.problems,
      ),
      inlinePolicies: [...kept(inlinePolicies(role, inline.get(name) ?? [], inventory), inlineOnly.get(name)), ...perhaps(role)],
      managedPolicies: managedPolicies(role, attached, managed, inventory, attachedOnly.get(name)),
      permissionsBoundary:
        boundary === undefined || boundary === null || boundary === "" ? undefined : managed.find(boundary, role, "permissions_boundary"),
      ignored: [role, ...(inline.get(name) ?? []), ...managed.defining(role, attached)].flatMap(ignoredChanges),
    };
  });
}

/** The text in `role`, which is the role's name however the plan refers to it. */
function roleOf(resource: Instance): string {
  const role = resource.get("role");
  return typeof role === "string" ? role : "";
}

/**
 * What an exclusive resource leaves to a role, by the role's name: the provider takes away whatever it does not list, and attaches the
 * managed policies that it lists.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
 */
function exclusive(inventory: Inventory, type: string, list: string): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  const told = toldIn(inventory);
  for (const resource of inventory.instances(type)) {
    const [role, left] = [resource.get("role_name"), resource.get(list)];
    if (typeof role === "string" && Array.isArray(left) && left.every(told)) lists.set(role, textsOf(left));
  }
  return lists;
}

/** Whether it is known which policy an element of such a list means, by its text or as one of the plan's own. */
function toldIn(inventory: Inventory): (item: unknown) => boolean {
  let own: ReadonlySet<unknown> | undefined;
  return (item) => {
    if (!isUnknown(item)) return true;
    own ??= new Set([
      ...inventory.instances("aws_iam_role_policy").map(nameOf),
      ...inventory.instances("aws_iam_policy").map((policy) => attributeOf(policy, "arn")),
    ]);
    return own.has(item);
  };
}

/** Those whose name the list has, or whose name is not known. */
function kept(policies: readonly PlannedPolicy[], only: readonly string[] | undefined): readonly PlannedPolicy[] {
  return only === undefined ? policies : policies.filter(({ name }) => mayBeOf(only, name));
}

/** Whether the list holds the name. One that is not known may be any that the list has. */
function mayBeOf(list: readonly string[], name = "\u0000"): boolean {
  return list.includes(name) || (hasUnknown(name) && list.length > 0);
}

/** Resources that set the policies of a role, with the arguments that name the role and, of exclusive ones, the policies. */
const SETTING: readonly (readonly [type: string, role: string, list?: string])[] = [
  ["aws_iam_role_policy", "role"],
  ["aws_iam_role_policy_attachment", "role"],
  ["aws_iam_policy_attachment", "roles"],
  ["aws_iam_role_policies_exclusive", "role_name", "policy_names"],
  ["aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"],
];

/** A policy that is not known for each resource of which is not known what it does to the role. */
function perhapsAttached(inventory: Inventory, roles: readonly Instance[]): (role: Instance) => PlannedPolicy[] {
  const known = new Set(roles.map(nameOf));
  const addresses = roles.map(({ address }) => address);
  const told = toldIn(inventory);
  const found: (readonly [may: (role: Instance) => boolean, policy: PlannedPolicy])[] = [];
  for (const [type, argument, list] of SETTING) {
    for (const resource of inventory.instances(type)) {
      const value = resource.get(argument);
      const names = textsOf(Array.isArray(value) ? value : [value]).filter((name) => isAstray(name, known));
      const leads = names.map((name) => possibleOwnersOf(name, addresses));
      const left = list === undefined ? [] : resource.get(list);
      const isOpen = !Array.isArray(left) || !left.every(told);
      if (names.length === 0 && !isOpen) continue;
      const may = (role: Instance) => leads.some((lead) => lead(role.address)) || (isOpen && value === nameOf(role));
      const document = unknownText(`what ${resource.address} does to the policies of this role`);
      found.push([may, { document, location: resource.location }]);
    }
  }
  return (role) => found.filter(([may]) => may(role)).map(([, policy]) => policy);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
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

/** States repeat policies that have resources of their own in `inline_policy`: those count once, with the resource's place. */
function inlinePolicies(role: Instance, resources: readonly Instance[], inventory: Inventory): PlannedPolicy[] {
  const { problems } = inventory;
  const policies = resources.map((resource) =>
    plannedPolicy(resource.get("policy"), `${resource.address}.policy`, resource.locate("policy"), problems, nameOf(resource)),
  );
  const names = new Set(policies.map(({ name }) => name));
  const value = role.get("inline_policy");
  const blocks = blocksOf(value);
  if (blocks === undefined && role.isConfigured("inline_policy")) {
    policies.push(plannedPolicy(undefined, `${role.address}.inline_policy`, role.locate("inline_policy"), problems));
  }
  const removed = role.isConfigured("inline_policy")
    ? []
    : removedOf(role, "aws_iam_role_policy", inventory).map((before) => own(before, "name"));
  for (const [index, block] of (blocks ?? []).entries()) {
    const policy = own(block, "policy");
    const name = own(block, "name");
    if (removed.includes(name)) continue;
    if (policy === undefined || policy === null || policy === "" || (typeof name === "string" && names.has(name))) continue;
    const location = Array.isArray(value) ? role.locate("inline_policy", index, "policy") : role.locate("inline_policy", "policy");
    const missing = `${role.address}.inline_policy[${index}].policy`;
    policies.push(plannedPolicy(policy, missing, location, problems, typeof name === "string" ? name : undefined));
  }
  return policies;
}

/** What the plan takes away from the role. */
function removedOf(role: Instance, type: string, inventory: Inventory): readonly unknown[] {
  return inventory.removed(type).filter((before) => own(before, "role") === nameOf(role));
}

function managedPolicies(
  role: Instance,
  attachments: readonly Instance[],
  managed: ManagedPolicies,
  inventory: Inventory,
  only: readonly string[] | undefined,
): PlannedPolicy[] {
  const isLeft = (arn: unknown) => only === undefined || mayBeOf(only, textsOf([arn])[0]);
  const policies = attachments
    .filter((attachment) => isLeft(attachment.get("policy_arn")))
    .map((attachment) => managed.find(attachment.get("policy_arn"), attachment, "policy_arn"));
  const attached = new Set(attachments.map((attachment) => attachment.get("policy_arn")));
  const value = role.get("managed_policy_arns");
  if (isUnknown(value) && role.isConfigured("managed_policy_arns")) policies.push(managed.find(value, role, "managed_policy_arns"));
  if (!role.isConfigured("managed_policy_arns"))
    for (const before of removedOf(role, "aws_iam_role_policy_attachment", inventory)) attached.add(own(before, "policy_arn"));
  for (const arn of textsOf(value)) {
    if (attached.has(arn) || !isLeft(arn)) continue;
    attached.add(arn);
    policies.push(managed.find(arn, role, "managed_policy_arns"));
  }
  for (const arn of only ?? []) if (!attached.has(arn)) policies.push(managed.find(arn, role, "managed_policy_arns"));
  return policies;
}

/** Managed policies by ARN: those of the plan have their documents, of others only the ARN is known. */
class ManagedPolicies {
  private readonly byArn = new Map<unknown, Instance>();
  private readonly read = new Map<Instance, PlannedPolicy>();

  public constructor(private readonly inventory: Inventory) {
    for (const policy of inventory.instances("aws_iam_policy")) this.byArn.set(attributeOf(policy, "arn"), policy);
  }

  public find(arn: unknown, user: Instance, attribute: string): PlannedPolicy {
    const policy = this.byArn.get(arn);
    if (policy !== undefined) return this.document(policy);
    const source = typeof arn === "string" ? arn.replaceAll("\u0000", "") : `${user.address}.${attribute}`;
    const known = typeof arn === "string" && !isUnknown(arn);
    return { ...(known ? { name: source.split("/").at(-1)! } : {}), document: unknownText(source), location: user.locate(attribute) };
  }

  /** The resources of the plan that define policies of the role. */
  public defining(role: Instance, attachments: readonly Instance[]): Instance[] {
    const arns = [...attachments.map((attachment) => attachment.get("policy_arn")), ...textsOf(role.get("managed_policy_arns"))];
    return arns.flatMap((arn) => this.byArn.get(arn) ?? []);
  }

  /** One policy may be attached to many roles: it is parsed once. */
  private document(policy: Instance): PlannedPolicy {
    const known = this.read.get(policy);
    if (known !== undefined) return known;
    const { problems } = this.inventory;
    const document = plannedPolicy(policy.get("policy"), `${policy.address}.policy`, policy.locate("policy"), problems, nameOf(policy));
    this.read.set(policy, document);
    return document;
  }
}
