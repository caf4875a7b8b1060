/** The roles that a plan describes, with the policies that are attached to them. */
import { unknownText } from "../evaluate/unknown";
import { arnOf, attributeOf, nameOf, pathOf } from "./attributes";
import { isUnknown } from "./expression/value";
import { own } from "./json";
import { plannedPolicy } from "./planned-policy";
import { blocksOf } from "./policy-document";
import type { Instance, Inventory } from "./resources";
import type { PlannedPolicy, PlannedRole } from "./types";

export function readRoles(inventory: Inventory): PlannedRole[] {
  const roles = inventory.instances("aws_iam_role");
  if (roles.length === 0) return [];
  const managed = new ManagedPolicies(inventory);
  const inline = groupBy(inventory.instances("aws_iam_role_policy"), (policy) => [roleOf(policy)]);
  const attachments = groupBy(
    [...inventory.instances("aws_iam_role_policy_attachment"), ...inventory.instances("aws_iam_policy_attachment")],
    (attachment) => (attachment.type === "aws_iam_policy_attachment" ? textsOf(attachment.get("roles")) : [roleOf(attachment)]),
  );
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
      inlinePolicies: inlinePolicies(role, inline.get(name) ?? [], inventory),
      managedPolicies: managedPolicies(role, attached, managed),
      permissionsBoundary:
        boundary === undefined || boundary === null || boundary === "" ? undefined : managed.find(boundary, role, "permissions_boundary"),
    };
  });
}

/** The text in `role`, which is the role's name however the plan refers to it. */
function roleOf(resource: Instance): string {
  const role = resource.get("role");
  return typeof role === "string" ? role : "";
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
function inlinePolicies(role: Instance, resources: readonly Instance[], { problems }: Inventory): PlannedPolicy[] {
  const policies = resources.map((resource) =>
    plannedPolicy(resource.get("policy"), `${resource.address}.policy`, resource.locate("policy"), problems, nameOf(resource)),
  );
  const names = new Set(policies.map(({ name }) => name));
  const value = role.get("inline_policy");
  const blocks = blocksOf(value);
  if (blocks === undefined && role.isConfigured("inline_policy")) {
    policies.push(plannedPolicy(undefined, `${role.address}.inline_policy`, role.locate("inline_policy"), problems));
  }
  for (const [index, block] of (blocks ?? []).entries()) {
    const policy = own(block, "policy");
    const name = own(block, "name");
    if (policy === undefined || policy === null || policy === "" || (typeof name === "string" && names.has(name))) continue;
    const location = Array.isArray(value) ? role.locate("inline_policy", index, "policy") : role.locate("inline_policy", "policy");
    const missing = `${role.address}.inline_policy[${index}].policy`;
    policies.push(plannedPolicy(policy, missing, location, problems, typeof name === "string" ? name : undefined));
  }
  return policies;
}

function managedPolicies(role: Instance, attachments: readonly Instance[], managed: ManagedPolicies): PlannedPolicy[] {
  const policies = attachments.map((attachment) => managed.find(attachment.get("policy_arn"), attachment, "policy_arn"));
  const attached = new Set(attachments.map((attachment) => attachment.get("policy_arn")));
  const value = role.get("managed_policy_arns");
  if (isUnknown(value) && role.isConfigured("managed_policy_arns")) policies.push(managed.find(value, role, "managed_policy_arns"));
  for (const arn of textsOf(value)) if (!attached.has(arn)) policies.push(managed.find(arn, role, "managed_policy_arns"));
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
