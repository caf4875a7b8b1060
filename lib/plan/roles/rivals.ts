/** Resources that undo each other's changes to the policies of a role. */
import { hasUnknown } from "../../unknown";
import { nameOf } from "../resources/attributes";
import type { Instance, Inventory } from "../resources/inventory";
import type { Rivals } from "../types";
import { exclusiveNames } from "./inline-policies";
import { groupByRole, keyOf } from "./role-keys";
import { textsOf } from "./texts";

/** What configures the policies of one role. */
interface RolePolicies {
  readonly role: Instance;
  readonly key: string;
  readonly inline: readonly Instance[];
  /** `aws_iam_role_policy_attachment` and `aws_iam_policy_attachment`. */
  readonly attachments: readonly Instance[];
}

/** Finds the rivals of each role. */
export class PolicyRivals {
  private readonly inlineLists: Map<string, Instance[]>;
  private readonly attachmentLists: Map<string, Instance[]>;
  /** The resources of type `aws_iam_policy_attachment` of each policy: each detaches the policy from all that it does not list. */
  private readonly byPolicy = new Map<unknown, Instance[]>();

  public constructor(inventory: Inventory) {
    const roleName = (resource: Instance) => textsOf([resource.get("role_name")]);
    this.inlineLists = groupByRole(inventory.instances("aws_iam_role_policies_exclusive"), roleName);
    this.attachmentLists = groupByRole(inventory.instances("aws_iam_role_policy_attachments_exclusive"), roleName);
    for (const attachment of inventory.instances("aws_iam_policy_attachment")) {
      const arn = attachment.get("policy_arn");
      if (typeof arn === "string") this.byPolicy.set(arn, [...(this.byPolicy.get(arn) ?? []), attachment]);
    }
  }

  public of(policies: RolePolicies): Rivals[] {
    return [...this.ofInline(policies), ...this.ofAttachments(policies)];
  }

  private ofInline({ role, key, inline }: RolePolicies): Rivals[] {
    const names = exclusiveNames(role);
    const omitted = (known: ReadonlySet<string>) => inline.find((resource) => isMissing(nameOf(resource), known));
    const lists = this.inlineLists.get(key) ?? [];
    const own = names && omitted(names);
    return [
      ...(own === undefined ? [] : [between(role, own)]),
      ...lists.flatMap((list) => {
        const known = knownTexts(list.get("policy_names"));
        const other = known && omitted(known);
        return other === undefined ? [] : [between(list, other)];
      }),
      ...inPairs(lists),
    ];
  }

  private ofAttachments({ role, key, attachments }: RolePolicies): Rivals[] {
    const omitted = (known: ReadonlySet<string>) => attachments.find((attachment) => isMissing(attachment.get("policy_arn"), known));
    const names = role.isConfigured("managed_policy_arns") ? knownTexts(role.get("managed_policy_arns")) : undefined;
    const own = names && omitted(names);
    const lists = this.attachmentLists.get(key) ?? [];
    return [
      ...(own === undefined ? [] : [between(role, own)]),
      ...lists.flatMap((list) => {
        const known = knownTexts(list.get("policy_arns"));
        const other = known && omitted(known);
        return other === undefined ? [] : [between(list, other)];
      }),
      ...inPairs(lists),
      ...attachments.flatMap((attachment) => this.detaching(attachment, key)),
    ];
  }

  /** The attachment with one of the same policy that does not list the role. */
  private detaching(attachment: Instance, key: string): Rivals[] {
    const others = this.byPolicy.get(attachment.get("policy_arn")) ?? [];
    const rival = others.find((other) => {
      if (other === attachment || other.provider.account !== attachment.provider.account) return false;
      const roles = other.get("roles") ?? [];
      return Array.isArray(roles) && !roles.some((name) => typeof name !== "string" || hasUnknown(name) || keyOf(other, name) === key);
    });
    return rival === undefined ? [] : [between(attachment, rival)];
  }
}

function between(one: Instance, other: Instance): Rivals {
  return { addresses: [one.address, other.address], location: other.location };
}

/** The first with each of the others. */
function inPairs([first, ...others]: readonly Instance[]): Rivals[] {
  return first === undefined ? [] : others.map((other) => between(first, other));
}

/** The texts of a list of which every element is known. */
function knownTexts(list: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(list)) return list === null ? new Set() : undefined;
  return list.every((item) => typeof item === "string") ? new Set(list) : undefined;
}

/** Whether a list certainly does not hold the value. A placeholder in the list may be any value, unless it is the same one. */
function isMissing(value: unknown, known: ReadonlySet<string>): boolean {
  if (typeof value !== "string" || known.has(value)) return false;
  return known.size === 0 || (!hasUnknown(value) && ![...known].some(hasUnknown));
}
