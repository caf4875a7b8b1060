/** Policies that a role may have. */
import { unknownText } from "../../unknown";
import { nameOf } from "../resources/attributes";
import type { Instance, Inventory } from "../resources/inventory";
import { inSameAccount } from "../resources/provider";
import { isUnresolved, possibleOwnersOf } from "../resources/unresolved-owner";
import type { PlannedPolicy } from "../types";
import { identifiedPolicies } from "./exclusive-lists";
import { textsOf } from "./texts";

/** Resources that set the policies of a role, with the argument that names the role and, for exclusive ones, the list of policies. */
const SETTERS: readonly (readonly [type: string, role: string, list?: string])[] = [
  ["aws_iam_role_policy", "role"],
  ["aws_iam_role_policy_attachment", "role"],
  ["aws_iam_policy_attachment", "roles"],
  ["aws_iam_role_policies_exclusive", "role_name", "policy_names"],
  ["aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"],
];

/** For each role, an unknown policy for every resource whose effect on the role is unknown. */
export function unresolvedPolicies(inventory: Inventory, roles: readonly Instance[]): (role: Instance) => PlannedPolicy[] {
  const ofName = new Map<string, Instance[]>();
  for (const role of roles) ofName.set(nameOf(role), [...(ofName.get(nameOf(role)) ?? []), role]);
  const known = new Set(ofName.keys());
  const addresses = roles.map(({ address }) => address);
  const isIdentified = identifiedPolicies(inventory);
  const found: (readonly [mayConcern: (role: Instance) => boolean, policy: PlannedPolicy])[] = [];
  for (const [type, argument, listArgument] of SETTERS) {
    for (const resource of inventory.instances(type)) {
      const value = resource.get(argument);
      const given = textsOf(Array.isArray(value) ? value : [value]);
      const names = given.filter((name) => isUnresolved(name, known));
      const inAnyAccount = given.filter((name) => known.has(name) && isInUnknownAccount(resource, ofName.get(name)!));
      const ownerTests = names.map((name) => possibleOwnersOf(name, addresses));
      const list = listArgument === undefined ? [] : resource.get(listArgument);
      const isListUnknown = !Array.isArray(list) || !list.every((item) => typeof item === "string" && isIdentified(item));
      if (names.length === 0 && inAnyAccount.length === 0 && !isListUnknown) continue;
      const mayConcern = (role: Instance) =>
        ownerTests.some((mayOwn) => mayOwn(role.address)) ||
        (inAnyAccount.includes(nameOf(role)) && inSameAccount(resource.provider, role.provider) === "maybe") ||
        (isListUnknown && value === nameOf(role) && inSameAccount(resource.provider, role.provider) !== "no");
      const document = unknownText(`what ${resource.address} does to the policies of this role`);
      found.push([mayConcern, { document, location: resource.location }]);
    }
  }
  return (role) => found.filter(([mayConcern]) => mayConcern(role)).map(([, policy]) => policy);
}

/** Whether the roles of that name are in accounts other than the resource's, as far as known, and perhaps in the same one. */
function isInUnknownAccount(resource: Instance, roles: readonly Instance[]): boolean {
  const relations = roles.map((role) => inSameAccount(resource.provider, role.provider));
  return relations.includes("maybe") && !relations.includes("yes");
}
