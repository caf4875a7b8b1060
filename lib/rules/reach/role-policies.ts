/** What is attached to a role, with the texts of AWS managed policies that the plan does not hold. */
import { type CompiledPolicy, type CompiledStatement, memoizeByObject, type Policies, showUnknown } from "../../evaluate";
import { readablePolicies, withAwsText } from "../../judge";
import type { PlannedRole } from "../../plan";
import { isUnknown, unknownsIn } from "../../unknown";

export interface RolePolicies {
  readonly identityPolicies: readonly CompiledPolicy[];
  readonly permissionsBoundary?: CompiledPolicy;
  /** The policies whose text is not known, for people. */
  readonly unknown: readonly string[];
}

export const policiesOfRole = memoizeByObject(read);

function read({ inlinePolicies, managedPolicies, permissionsBoundary }: PlannedRole): RolePolicies {
  const attached = [...inlinePolicies, ...managedPolicies].map(withAwsText);
  const [boundary] = permissionsBoundary === undefined ? [] : readablePolicies([withAwsText(permissionsBoundary)], "permissionsBoundary");
  const unknown = attached.filter(({ document }) => isUnknown(document));
  return {
    identityPolicies: readablePolicies(attached, "identity"),
    ...(boundary && { permissionsBoundary: boundary }),
    unknown: unknown.map(({ document }) => showUnknown(unknownsIn(String(document)).join(" "))),
  };
}

/** The policies with which the evaluator decides for a session of the role. */
export function ownPolicies(role: PlannedRole): Pick<Policies, "identityPolicies" | "permissionsBoundary"> {
  const { identityPolicies, permissionsBoundary } = policiesOfRole(role);
  return { identityPolicies, ...(permissionsBoundary && { permissionsBoundary }) };
}

/** Whether every element of the statement is known. */
export function isKnownStatement({ unknowns }: CompiledStatement): boolean {
  return unknowns.length === 0;
}
