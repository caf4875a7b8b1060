/** Service and resource control policies in the plan. */
import type { Inventory } from "../resources/inventory";
import type { PlannedOrganizationPolicy } from "../types";
import { policyIn, textIn } from "./flow";

const TYPES: Readonly<Record<string, PlannedOrganizationPolicy["type"]>> = {
  SERVICE_CONTROL_POLICY: "serviceControl",
  RESOURCE_CONTROL_POLICY: "resourceControl",
};

export function readOrganizationPolicies(inventory: Inventory): PlannedOrganizationPolicy[] {
  const attachments = inventory.instances("aws_organizations_policy_attachment");
  return inventory.instances("aws_organizations_policy").flatMap((resource) => {
    const type = TYPES[textIn(resource, "type") ?? "SERVICE_CONTROL_POLICY"];
    if (type === undefined) return [];
    const targets = attachments
      .filter((attachment) => refersTo(textIn(attachment, "policy_id") ?? "", resource.address, resource.get("id")))
      .map((attachment) => textIn(attachment, "target_id") ?? "");
    return [{ type, policy: policyIn(resource, "content", inventory), targets, address: resource.address }];
  });
}

function refersTo(policyId: string, address: string, id: unknown): boolean {
  return policyId === id || policyId.includes(address);
}
