/** Roles have their names within an account. */
import { hasUnknown } from "../../unknown";
import { nameOf } from "../resources/attributes";
import type { Instance } from "../resources/inventory";
import { isAccountId } from "../resources/provider";

/** Identifies the role that a resource names, in the account of the resource. */
export function keyOf(resource: Instance, roleName: string): string {
  return `${resource.provider.account} ${roleName}`;
}

export function keyOfRole(role: Instance): string {
  return keyOf(role, nameOf(role));
}

/** The argument `role`, which equals the name of the role whichever attribute it refers to. */
export function roleOf(resource: Instance): string {
  const role = resource.get("role");
  return typeof role === "string" ? role : "";
}

/** The resources by the roles that they name. */
export function groupByRole(
  instances: readonly Instance[],
  namesOf: (instance: Instance) => readonly string[] = (instance) => [roleOf(instance)],
): Map<string, Instance[]> {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    for (const key of namesOf(instance).map((name) => keyOf(instance, name))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [instance]);
      else group.push(instance);
    }
  }
  return groups;
}

/** The account of a role: that of its ARN, else that of its provider. */
export function accountOfRole(role: Instance, arn: string): string {
  const account = hasUnknown(arn) ? undefined : arn.split(":")[4];
  return isAccountId(account) ? account : role.provider.account;
}
