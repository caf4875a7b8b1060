/** What the rules of `check` find in the live policies and settings: harm that no request of the contract would meet. */
import type { DeliveryContract } from "../../lib/contract";
import { applyRules, type Finding, RULE_INFOS } from "../../lib/rules";
import type { LiveResult } from "../report/validate/types";
import type { ReadBack } from "./read-back";

export interface RuleFindings {
  readonly results: readonly LiveResult[];
  /** Other principals that the bucket policy names, where it cannot be told whether they have contracts of their own. */
  readonly others: readonly string[];
}

/** Of these severities, like `check`; what is less is a matter of style. */
const SEVERITIES = ["high", "medium"];

/** Rules about principals that no contract names. Another vendor of the same bucket is one, to who sees this contract alone. */
const ABOUT_OTHERS = ["unexpected-principal", "beyond-contract", "acl-rights-for-others", "control-rights-for-others"];

/**
 * @param neighbours every contract for the same bucket that is known
 * @param complete whether these are all that there are: the plan or state says so, a single contract does not
 */
export function ruleFindings(
  contract: DeliveryContract,
  { account }: ReadBack,
  { neighbours, complete }: { readonly neighbours: readonly DeliveryContract[]; readonly complete: boolean },
): RuleFindings {
  const found = applyRules(account, neighbours.includes(contract) ? neighbours : [contract, ...neighbours]).filter(
    ({ severity, acceptedAs }) => SEVERITIES.includes(severity) && acceptedAs === undefined,
  );
  const isOpen = (finding: Finding) => !complete && ABOUT_OTHERS.includes(finding.ruleId) && isOfAnotherVendor(finding, contract, account);
  return { results: found.filter((finding) => !isOpen(finding)).map(result), others: found.filter(isOpen).map(({ detail }) => detail) };
}

/** A statement of the bucket policy in which this contract's vendor has no part. */
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
