import { type DeliveryContract, isAssuming, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { type CompiledPolicy, compilePolicy, decide, type Policies, PolicyGrammarError, type Verdict } from "../../evaluate";
import { compiledPolicy } from "../../judge";
import type { PlannedOrganizationPolicy } from "../../plan";
import { sessionRequest } from "../reach/session-context";
import type { Account, Rule } from "../rule";

export const organizationPolicyDenies: Rule = {
  id: "organization-policy-denies",
  title: "a policy of the organization denies what the vendor needs",
  severity: "high",
  reason:
    "Service control policies limit the roles of an account, and resource control policies limit access to its buckets and roles, whatever else allows it",
  details:
    "If the plan attaches the policy to the account of the destination, or to a root or an organizational unit above it, the rule finds the " +
    "denial. If the plan does not show whether the account is below the target, it does not show whether the policy applies, and the exit code is 3.",
  remedy: "exempt the delivery role or the vendor's principal from the Deny",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  organizationPolicy: ({ organizationPolicy, contracts, account }) => {
    const compiled = compiledPolicy(organizationPolicy.policy, organizationPolicy.type);
    if (compiled instanceof PolicyGrammarError) return undefined;
    const applies = appliesTo(organizationPolicy, account);
    // Policies that are given separately and certainly apply decide the expectations themselves.
    const isGiven = organizationPolicy.level !== undefined;
    if (applies === "no" || (isGiven && (applies === "yes" || organizationPolicy.targets.length === 0))) return undefined;
    const denied = contracts.flatMap((contract) => deniedRequests(contract, { compiled, type: organizationPolicy.type, account }));
    const [worst] = [...denied.filter(({ isCertain }) => isCertain), ...denied];
    if (worst === undefined) return undefined;
    const text = `${organizationPolicy.address} denies ${worst.action} on ${worst.resource}`;
    if (applies === "yes" && worst.isCertain) return { detail: text, location: organizationPolicy.policy.location };
    return { detail: `whether ${text} for this account`, location: organizationPolicy.policy.location, isUnknown: true };
  },
};

interface Denied {
  readonly action: string;
  readonly resource: string;
  readonly isCertain: boolean;
}

/** Whether the plan attaches the policy to the account. */
function appliesTo({ targets }: PlannedOrganizationPolicy, account: Account): "yes" | "no" | "unknown" {
  const ids = targets.map((target) => substituteOwnAccount(target));
  if (ids.some((id) => id === account.id || id === OWN_ACCOUNT)) return "yes";
  return ids.length > 0 && account.isKnown && ids.every((id) => /^\d{12}$/.test(id)) ? "no" : "unknown";
}

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const FULL_ACCESS = compilePolicy(EVERYTHING, "identity");
const OPEN_TRUST = compilePolicy(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] },
  "trust",
);
const FULL_SERVICE_CONTROL = compilePolicy(EVERYTHING, "serviceControl");

interface Control {
  readonly compiled: CompiledPolicy;
  readonly type: PlannedOrganizationPolicy["type"];
  readonly account: Account;
}

/** The requests that the vendor needs and the policy denies, or may deny. A service control policy applies to roles of its own account only. */
function deniedRequests({ role, vendorPrincipals, expectations }: DeliveryContract, { compiled, type, account }: Control): Denied[] {
  const policies: Policies =
    type === "serviceControl"
      ? { serviceControlPolicies: [[compiled, FULL_SERVICE_CONTROL]], identityPolicies: [FULL_ACCESS] }
      : { resourceControlPolicies: [compiled], identityPolicies: [FULL_ACCESS] };
  return expectations
    .filter(
      ({ actor, expected, action }) => actor === "vendor" && expected === "allowed" && (type === "resourceControl" || !isAssuming(action)),
    )
    .flatMap(({ action, resource }) => {
      const [vendor] = type === "resourceControl" ? vendorPrincipals : [];
      const principal = substituteOwnAccount((isAssuming(action) ? undefined : role?.arn) ?? vendor ?? "");
      if (principal === "") return [];
      const own = substituteOwnAccount(principal).split(":")[4] ?? account.id;
      // The caller is treated as a principal of the bucket's account, so that only the organization's policy can deny.
      const session = { principal, account: own, resourceAccount: own };
      const request = sessionRequest(session, { action, resource: substituteOwnAccount(resource) }, compiled.statements);
      const verdict: Verdict = decide(request, { ...policies, ...(isAssuming(action) && { trustPolicy: OPEN_TRUST }) }).verdict;
      return verdict === "Allowed" ? [] : [{ action, resource, isCertain: verdict === "ExplicitlyDenied" }];
    });
}
