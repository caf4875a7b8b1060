/** Inline policies of roles. */
import { ownValue } from "../../json";
import { nameOf } from "../resources/attributes";
import type { Instance, Inventory } from "../resources/inventory";
import { blocksOf } from "../resources/nested-blocks";
import { plannedPolicy } from "../resources/planned-policy";
import type { PlannedPolicy } from "../types";
import { mayList } from "./exclusive-lists";

/** The policies that an exclusive list holds or may hold; all of them where there is no such list. */
export function listed(policies: readonly PlannedPolicy[], list: readonly string[] | undefined): readonly PlannedPolicy[] {
  return list === undefined ? policies : policies.filter(({ name }) => mayList(list, name));
}

/**
 * The names in the argument `inline_policy`, which removes all others; `inline_policy = []` removes all. Undefined where the configuration
 * does not set it, or where a name is unknown.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#inline_policy
 */
export function exclusiveNames(role: Instance): ReadonlySet<string> | undefined {
  const blocks = role.isConfigured("inline_policy") ? blocksOf(role.get("inline_policy")) : undefined;
  const names = blocks?.map((block) => ownValue(block, "name")).filter((name) => name !== undefined && name !== null && name !== "");
  return names?.every((name) => typeof name === "string") ? new Set(names) : undefined;
}

/** Reads the inline policies of roles. States repeat policies with resources of their own in `inline_policy`: those count once. */
export class InlinePolicies {
  /** The names of the policies that the plan deletes, by role. */
  private readonly deleted = new Map<unknown, Set<unknown>>();

  public constructor(private readonly inventory: Inventory) {
    for (const before of inventory.removed("aws_iam_role_policy")) {
      const names = this.deleted.get(ownValue(before, "role")) ?? new Set();
      this.deleted.set(ownValue(before, "role"), names.add(ownValue(before, "name")));
    }
  }

  /** @param resources the resources of type `aws_iam_role_policy` that name the role */
  public ofRole(role: Instance, resources: readonly Instance[]): PlannedPolicy[] {
    const { problems } = this.inventory;
    const policies = resources
      .filter((resource) => !isRemovedByRole(role, nameOf(resource)))
      .map((resource) =>
        plannedPolicy({
          value: resource.get("policy"),
          source: `${resource.address}.policy`,
          location: resource.locate("policy"),
          problems,
          name: nameOf(resource),
        }),
      );
    return [...policies, ...this.inArgument(role, new Set(policies.map(({ name }) => name)))];
  }

  private inArgument(role: Instance, known: ReadonlySet<unknown>): PlannedPolicy[] {
    const { problems } = this.inventory;
    const policies: PlannedPolicy[] = [];
    const value = role.get("inline_policy");
    const blocks = blocksOf(value);
    const isConfigured = role.isConfigured("inline_policy");
    if (blocks === undefined && isConfigured) {
      const source = `${role.address}.inline_policy`;
      policies.push(plannedPolicy({ value: undefined, source, location: role.locate("inline_policy"), problems }));
    }
    const deleted = isConfigured ? undefined : this.deleted.get(nameOf(role));
    for (const [index, block] of (blocks ?? []).entries()) {
      const policy = ownValue(block, "policy");
      const name = ownValue(block, "name");
      if (deleted?.has(name)) continue;
      if (policy === undefined || policy === null || policy === "" || (typeof name === "string" && known.has(name))) continue;
      const location = Array.isArray(value) ? role.locate("inline_policy", index, "policy") : role.locate("inline_policy", "policy");
      const named = typeof name === "string" ? { name } : {};
      policies.push(
        plannedPolicy({ value: policy, source: `${role.address}.inline_policy[${index}].policy`, location, problems, ...named }),
      );
    }
    return policies;
  }
}

/** Whether the plan shows that the role itself removes the policy, because its `inline_policy` does not list it. */
function isRemovedByRole(role: Instance, name: string): boolean {
  const before = blocksOf(role.before("inline_policy")) ?? [];
  return before.some((block) => ownValue(block, "name") === name) && exclusiveNames(role)?.has(name) === false;
}
