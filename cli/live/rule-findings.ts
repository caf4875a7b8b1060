/** Applies the rules of `check` to the live policies and settings: they find risks that no request of the contract would show. */

import type { DeliveryContract } from "../../lib/contract";
import { applyRules, type Finding, RULE_INFOS, reasonInContracts } from "../../lib/rules";
import { rightFor } from "../aws";
import type { LiveResult } from "../report/validate";
import { docsPage } from "../version";
import { ACCESS_GRANTS, type ReadBack, type Unread } from "./read-back";

/** As in `check`, findings of lower severities do not count, but what a rule could not tell does. */
const SEVERITIES = ["high", "medium"];

/** A finding of a rule, and what the report says of it. */
export interface RuleFinding {
  readonly finding: Finding;
  readonly result: LiveResult;
}

/**
 * @param contracts all known contracts for the same bucket; a caller that none of them names is unexpected
 * @param owner the account that owns the bucket
 */
export function ruleFindings(
  { account, unread = [] }: ReadBack,
  contracts: readonly DeliveryContract[],
  owner: string | undefined,
): RuleFinding[] {
  return applyRules(account, contracts, owner === undefined ? {} : { account: owner })
    .filter(({ severity, isUnknown, acceptedAs }) => (SEVERITIES.includes(severity) || isUnknown) && acceptedAs === undefined)
    .map((finding) => ({ finding, result: withReason(result(readable(finding, unread)), reasonInContracts(finding, contracts)) }));
}

/** The placeholder of a policy that could not be read is the name of the right, which says nothing to people. */
const PLACEHOLDER = /\$\{((?:s3|iam|kms):\w+)\}/g;

function readable(finding: Finding, unread: readonly Unread[]): Finding {
  const [, right] = new RegExp(PLACEHOLDER).exec(finding.detail) ?? [];
  if (!finding.isUnknown || right === undefined) return finding;
  const failure = unread.find(({ operation }) => rightFor(operation) === right)?.failure;
  const remedy =
    failure?.kind === "denied" ? `grant the deployer ${right} (${docsPage("validate.md#rights")})` : (failure?.remedy ?? finding.remedy);
  return { ...finding, detail: finding.detail.replace(PLACEHOLDER, "a policy that could not be read ($1)"), remedy };
}

/** Accepted or not, a finding stays in the report. */
function withReason(found: LiveResult, accepted: string | undefined): LiveResult {
  return accepted === undefined ? found : { ...found, accepted };
}

/** Remedies for a live account, where the rule's own remedy names an option of `check`. */
const LIVE_REMEDIES: Readonly<Record<string, string>> = {
  "service-grants-access": "remove the statement from the policy of the access point, or delete the access point",
  "access-point-delegation": "grant access in the bucket policy, or review the policies of the access points",
  "unexpected-principal":
    "remove the principal, or define a destination for it; if the bucket is in another account of yours, name it with --bucket-owner",
};

/** The remedy of a rule's finding in a live account. */
export function liveRemedy({ ruleId, remedy, location }: Pick<Finding, "ruleId" | "remedy"> & Partial<Pick<Finding, "location">>): string {
  if (location?.address === ACCESS_GRANTS) return remedy;
  return LIVE_REMEDIES[ruleId] ?? remedy;
}

function result({ ruleId, detail, remedy, location, statement, isUnknown }: Finding): LiveResult {
  const name = statement && (statement.sid === undefined ? `statement ${statement.index + 1}` : `"${statement.sid}"`);
  const where = name === undefined ? "" : `${name} of the ${location.address}: `;
  return {
    id: ruleId,
    title: RULE_INFOS.get(ruleId)!.title,
    kind: "extra",
    expected: "absent",
    ...(isUnknown ? { outcome: "unknown" } : { outcome: "fail", evidence: "computed" }),
    cause: `${where}${detail}`,
    remedy: liveRemedy({ ruleId, remedy, location }),
    deciding: [],
    location,
  };
}
