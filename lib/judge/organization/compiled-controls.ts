import type { Policies } from "../../evaluate";
import { readablePolicies } from "../compiled-policies";
import type { OrganizationControls } from "./controls";

/** The accounts of a request: of the caller, where it is a principal of an account, and of the resource. */
export interface ControlledAccounts {
  readonly caller: OrganizationControls;
  readonly resource: OrganizationControls;
}

type Controls = Pick<Policies, "serviceControlPolicies" | "resourceControlPolicies">;

/** The policies of the organization that limit a request, compiled. */
export function compiledControls({ caller, resource }: ControlledAccounts): Controls {
  const { serviceControlPolicies: levels } = caller;
  const { resourceControlPolicies } = resource;
  return {
    ...(levels && { serviceControlPolicies: levels.map((level) => readablePolicies(level, "serviceControl")) }),
    ...(resourceControlPolicies && { resourceControlPolicies: readablePolicies(resourceControlPolicies, "resourceControl") }),
  };
}
