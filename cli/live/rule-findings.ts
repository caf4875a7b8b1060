/** Applies the rules of `check` to the live policies and settings: they find risks that no request of the contract would show. */
import type { DeliveryContract } from "../../lib/contract";
import { applyRules, type Finding, RULE_INFOS } from "../../lib/rules";
import type { LiveResult } from "../report/validate";
import type { ReadBack } from "./read-back";

export interface RuleFindings {
  readonly results: readonly LiveResult[];
  /** Findings about other principals of the bucket policy, which may have contracts of their own. */
  readonly others: readonly string[];
}

/** As in `check`, findings of lower severities do not count. */
const SEVERITIES = ["high", "medium"];

/** Rules about principals that no known contract names. Another vendor of the same bucket is such a principal if only this contract is known. */
const ABOUT_OTHERS = ["unexpected-principal", "beyond-contract", "acl-rights-for-others", "control-rights-for-others"];

/**
 * @param neighbours all known contracts for the same bucket
 * @param complete whether there are no others: a plan or state shows all, a single contract does not
 */
export function ruleFindings(
  contract: DeliveryContract,
  { account }: ReadBack,
  { neighbours, complete }: { readonly neighbours: readonly DeliveryContract[]; readonly complete: boolean },
): RuleFindings {
  const found = applyRules(account, neighbours.includes(contract) ? neighbours : [contract, ...neighbours]).filter(
    ({ severity, acceptedAs }) => SEVERITIES.includes(severity) && acceptedAs === undefined,
  );
  const isUndecided = (finding: Finding) =>
    !complete && ABOUT_OTHERS.includes(finding.ruleId) && isOfAnotherVendor(finding, contract, account);
  return {
    results: found.filter((finding) => !isUndecided(finding)).map(result),
    others: found.filter(isUndecided).map(({ detail }) => detail),
  };
}

/** Whether the finding is about a statement of the bucket policy that does not name this contract's vendor. */
function isOfAnotherVendor(
  { statement, location }: Finding,
  { bucket, vendorPrincipals }: DeliveryContract,
  account: ReadBack["account"],
): boolean {
  const policies = account.buckets.find(({ name }) => name === bucket.name)?.policies ?? [];
  const policy = policies.find((candidate) => candidate.location.address === location.address);
  if (statement === undefined || policy === undefined) return false;
  const { Statement } = policy.document as { Statement?: unknown };
  const { Principal } = ([Statement].flat()[statement.index] ?? {}) as { Principal?: unknown };
  const principal = JSON.stringify(Principal ?? "*");
  return !principal.includes('"*"') && !vendorPrincipals.some((arn) => principal.includes(JSON.stringify(arn)));
}

function result({ ruleId, detail, remedy, location, statement }: Finding): LiveResult {
  const name = statement && (statement.sid === undefined ? `statement ${statement.index + 1}` : `"${statement.sid}"`);
  const where = name === undefined ? "" : `${name} of the ${location.address}: `;
  return {
    id: ruleId,
    title: RULE_INFOS.get(ruleId)!.title,
    kind: "extra",
    expected: "no such thing",
    outcome: "fail",
    evidence: "computed",
    cause: `${where}${detail}`,
    remedy,
    deciding: [],
    location,
  };
}
