import { listOf, ownValue } from "../../json";
import { isUnknown, nameUnknown, unknownText } from "../../unknown";
import { attributeOf, nameOf } from "../resources/attributes";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import type { PlannedPolicy } from "../types";
import { mayList } from "./exclusive-lists";
import { textsOf } from "./texts";

const NONE: ReadonlySet<unknown> = new Set();

/** Managed policies by ARN. The document is known where the plan defines the policy. */
export class ManagedPolicies {
  private readonly byArn = new Map<unknown, Instance>();
  private readonly read = new Map<Instance, PlannedPolicy>();
  /** The ARNs of the policies that the plan detaches, by role. */
  private detached: Map<unknown, Set<unknown>> | undefined;

  public constructor(private readonly inventory: Inventory) {
    for (const policy of inventory.instances("aws_iam_policy")) this.byArn.set(attributeOf(policy, "arn"), policy);
  }

  /** @param argument the argument of `user` that holds the ARN */
  public find(arn: unknown, user: Instance, argument: string): PlannedPolicy {
    const policy = this.byArn.get(arn) ?? this.inventory.policyElsewhere?.(arn);
    if (policy !== undefined) return this.document(policy);
    const source = typeof arn === "string" ? nameUnknown(arn) : `${user.address}.${argument}`;
    const known = typeof arn === "string" && !isUnknown(arn);
    return { ...(known ? { name: source.split("/").at(-1)! } : {}), document: unknownText(source), location: user.locate(argument) };
  }

  /**
   * The managed policies of a role.
   *
   * @param attachments the resources that attach policies to the role
   * @param list the exclusive list of the role, where it has one
   */
  public ofRole(role: Instance, attachments: readonly Instance[], list: readonly string[] | undefined): PlannedPolicy[] {
    const mayKeep = (arn: unknown) => list === undefined || mayList(list, textsOf([arn])[0]);
    const policies = attachments
      .filter((attachment) => mayKeep(attachment.get("policy_arn")))
      .map((attachment) => this.find(attachment.get("policy_arn"), attachment, "policy_arn"));
    const attached = new Set(attachments.map((attachment) => attachment.get("policy_arn")));
    const value = role.get("managed_policy_arns");
    const isConfigured = role.isConfigured("managed_policy_arns");
    if (isUnknown(value) && isConfigured) policies.push(this.find(value, role, "managed_policy_arns"));
    if (!isConfigured) for (const arn of this.detachedFrom(role)) attached.add(arn);
    for (const arn of textsOf(value)) {
      if (attached.has(arn) || !mayKeep(arn)) continue;
      attached.add(arn);
      policies.push(this.find(arn, role, "managed_policy_arns"));
    }
    for (const arn of list ?? []) if (!attached.has(arn)) policies.push(this.find(arn, role, "managed_policy_arns"));
    return policies;
  }

  /** The ARNs of the policies that the plan detaches from the role. */
  private detachedFrom(role: Instance): ReadonlySet<unknown> {
    this.detached ??= this.readDetached();
    return this.detached.get(nameOf(role)) ?? NONE;
  }

  private readDetached(): Map<unknown, Set<unknown>> {
    const detached = new Map<unknown, Set<unknown>>();
    const add = (role: unknown, arn: unknown) => detached.set(role, (detached.get(role) ?? new Set()).add(arn));
    for (const before of this.inventory.removed("aws_iam_role_policy_attachment"))
      add(ownValue(before, "role"), ownValue(before, "policy_arn"));
    for (const before of this.inventory.removed("aws_iam_policy_attachment")) {
      for (const role of listOf(ownValue(before, "roles"))) add(role, ownValue(before, "policy_arn"));
    }
    return detached;
  }

  /** The resources of the plan that define managed policies of the role. */
  public defining(role: Instance, attachments: readonly Instance[]): Instance[] {
    const arns = [...attachments.map((attachment) => attachment.get("policy_arn")), ...textsOf(role.get("managed_policy_arns"))];
    return arns.flatMap((arn) => this.byArn.get(arn) ?? []);
  }

  /** A policy that is attached to several roles is parsed once. */
  private document(policy: Instance): PlannedPolicy {
    const known = this.read.get(policy);
    if (known !== undefined) return known;
    const document = plannedPolicy({
      value: policy.get("policy"),
      source: `${policy.address}.policy`,
      location: policy.locate("policy"),
      problems: this.inventory.problems,
      name: nameOf(policy),
    });
    this.read.set(policy, document);
    return document;
  }
}
