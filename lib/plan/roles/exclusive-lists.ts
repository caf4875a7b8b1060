/** Exclusive resources: the provider removes all policies of a role that they do not list, and attaches the managed ones that they list. */
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import { attributeOf, nameOf } from "../resources/attributes";
import type { Inventory } from "../resources/inventory";
import { keyOf } from "./role-keys";
import { textsOf } from "./texts";

/**
 * The lists of one type of exclusive resource, by the key of the role. A list with an element that cannot be identified is left out.
 *
 * @param argument the argument that holds the list
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
 */
export function exclusiveLists(inventory: Inventory, type: string, argument: string): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  const isIdentified = identifiedPolicies(inventory);
  for (const resource of inventory.instances(type)) {
    const [role, list] = [resource.get("role_name"), resource.get(argument)];
    if (typeof role === "string" && Array.isArray(list) && list.every((item) => typeof item === "string" && isIdentified(item)))
      lists.set(keyOf(resource, role), textsOf(list));
  }
  return lists;
}

/** Tests whether an element of such a list identifies a policy, by a known text or as a policy of the plan. */
export function identifiedPolicies(inventory: Inventory): (item: unknown) => boolean {
  let planned: ReadonlySet<unknown> | undefined;
  return (item) => {
    if (!isUnknown(item)) return true;
    planned ??= new Set([
      ...inventory.instances("aws_iam_role_policy").map(nameOf),
      ...inventory.instances("aws_iam_policy").map((policy) => attributeOf(policy, "arn")),
    ]);
    return planned.has(item);
  };
}

/** Whether the list holds the name. An unknown name may be any that the list holds. */
export function mayList(list: readonly string[], name = unknownText("the name")): boolean {
  return list.includes(name) || (hasUnknown(name) && list.length > 0);
}
