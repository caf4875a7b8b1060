/** Service and resource control policies in the plan. */
import { hasUnknown } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import { mayMeanElsewhere } from "../resources/unresolved-owner";
import type { PlannedOrganizationPolicy } from "../types";
import { policyIn, refersTo, textIn } from "./flow";
import { withAccountsBelow } from "./organization";

const TYPES: Readonly<Record<string, PlannedOrganizationPolicy["type"]>> = {
  SERVICE_CONTROL_POLICY: "serviceControl",
  RESOURCE_CONTROL_POLICY: "resourceControl",
};

export function readOrganizationPolicies(inventory: Inventory): PlannedOrganizationPolicy[] {
  const type = "aws_organizations_policy_attachment";
  const [attachments, others] = [inventory.instances(type), inventory.elsewhere?.(type) ?? []];
  return inventory.instances("aws_organizations_policy").flatMap((resource) => {
    const kind = TYPES[textIn(resource, "type") ?? "SERVICE_CONTROL_POLICY"];
    if (kind === undefined) return [];
    const own = attachments.filter((each) => refersTo(policyIdOf(each), resource));
    const targets = [...own, ...[...attachments, ...others].filter((each) => mayAttach(policyIdOf(each), resource))].map(
      (each) => textIn(each, "target_id") ?? "",
    );
    return [
      {
        type: kind,
        policy: policyIn(resource, "content", inventory),
        targets: withAccountsBelow(targets, inventory),
        ...(!resource.isCertain && { isUncertain: true as const }),
        address: resource.address,
      },
    ];
  });
}

function policyIdOf(attachment: Instance): string {
  return textIn(attachment, "policy_id") ?? "";
}

/** An ID that something outside the stack gives may be the policy's. */
function mayAttach(policyId: string, policy: Instance): boolean {
  return policyId === policy.get("id") || (hasUnknown(policyId) && mayMeanElsewhere(policyId));
}
