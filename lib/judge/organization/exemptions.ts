/** What the administrators of an organization can change so that their Deny no longer applies to the vendor. */
import { accountOf } from "../../contract";
import type { CompiledStatement, Condition, Policies, StatementReference } from "../../evaluate";
import type { KnownOrganizations } from "../../plan";
import { hasUnknown, showUnknown } from "../../unknown";

/** The caller that the Deny applies to. */
export interface DeniedRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Whether the caller is a principal of the customer's account. */
  readonly isOwn: boolean;
  readonly organizations?: KnownOrganizations | undefined;
}

/**
 * The remedy where a policy of the organization decides: the lists and tags by which its Deny already exempts others. Undefined where no
 * such policy decides.
 */
export function organizationRemedy(
  deciding: readonly StatementReference[],
  policies: Pick<Policies, "serviceControlPolicies" | "resourceControlPolicies">,
  request: DeniedRequest,
): string | undefined {
  const { serviceControlPolicies = [], resourceControlPolicies = [] } = policies;
  const denying = [...serviceControlPolicies.flat(), ...resourceControlPolicies]
    .flatMap(({ denies }) => denies)
    .find(({ reference }) => deciding.includes(reference));
  if (denying === undefined) return undefined;
  const ways = exemptionsIn(denying, request);
  const ask = `ask the administrators of your organization to exempt ${showUnknown(request.principal)} from ${named(denying)}`;
  const how = ways.length === 0 ? ask : `${ask}: ${ways.join(", or ")}`;
  const isOpen = organizationOf(request) === undefined && denying.conditions.some(({ key }) => key.startsWith("aws:principalorg"));
  return isOpen ? `${how}; state the caller's organization with ${request.isOwn ? "--organization" : "--vendor-organization"}` : how;
}

function named({ reference: { sid, index, policy, policyName } }: CompiledStatement): string {
  const kind = policy === "serviceControl" ? "service control policy" : "resource control policy";
  return `statement ${sid === undefined ? index + 1 : JSON.stringify(sid)} of the ${kind}${policyName === undefined ? "" : ` ${policyName}`}`;
}

function organizationOf({ isOwn, organizations }: DeniedRequest): string | undefined {
  return isOwn ? organizations?.own : organizations?.vendor;
}

/** A Deny on "none of these values" exempts every request with one of them. The broadest exemption comes last. */
function exemptionsIn({ conditions }: CompiledStatement, request: DeniedRequest): string[] {
  const isBroad = ({ key }: Condition) => Number(key === "aws:principalorgid");
  const asked = conditions.filter(isExemption).sort((one, other) => isBroad(one) - isBroad(other));
  return [...new Set(asked.flatMap((condition) => exemption(condition, request) ?? []))];
}

function isExemption({ operator, negated }: Condition): boolean {
  return negated && /^(String|Arn)/.test(operator);
}

function exemption({ key, keyText, values }: Condition, request: DeniedRequest): string | undefined {
  const { principal, action, resource } = request;
  const [value] = values.map(showUnknown);
  const account = accountOf(principal);
  switch (key) {
    case "aws:principalaccount":
      return account === undefined ? undefined : `add ${account} to the list of ${keyText}`;
    case "aws:principalarn":
      return hasUnknown(principal) ? undefined : `add ${principal} to the list of ${keyText}`;
    case "aws:principalorgid":
      return `add ${organizationOf(request) ?? "the caller's organization"} to the list of ${keyText}, which exempts every account of that organization`;
  }
  const tag = keyText.slice(keyText.indexOf("/") + 1);
  if (key.startsWith("aws:resourcetag/")) return `tag ${taggedResource(action, resource)} with ${tag} = ${value}`;
  if (key.startsWith("aws:principaltag/")) return `tag ${showUnknown(principal)} with ${tag} = ${value}`;
  return undefined;
}

function taggedResource(action: string, resource: string): string {
  const [owner = resource] = resource.split("/");
  if (action.startsWith("s3:")) return showUnknown(`the bucket ${owner.split(":").at(-1)}, with ABAC enabled,`);
  return showUnknown(`the role ${resource.split("/").at(-1)}`);
}
