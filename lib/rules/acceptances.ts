/** Which findings users can accept, and what an acceptance covers. */
import { type Acceptance, type DeliveryContract, PROOF_IDS, type Result } from "../contract";
import { CONTRACT_RULES } from "./contract-rules";
import type { Finding } from "./rule";
import { RULES } from "./rules";

const { vendorLockedOut, accessTooWide, settingDiffers, couldNotTell, pinContract, pinPrincipal, planIncomplete } = CONTRACT_RULES;

const RULE_IDS = new Set(RULES.map(({ id }) => id));

/** IDs that stand for many expectations or settings, each of which has its own ID. */
const OF_EXPECTATIONS = new Set([vendorLockedOut, accessTooWide, settingDiffers, couldNotTell].map(({ id }) => id));

/**
 * Why nobody can accept a finding with this ID; undefined if it can be accepted.
 *
 * @param contracts the contracts that the acceptance is about
 */
export function whyNotAcceptable(id: string, contracts: readonly DeliveryContract[]): string | undefined {
  if (RULE_IDS.has(id) || id === CONTRACT_RULES.accessWidened.id) return undefined;
  if (OF_EXPECTATIONS.has(id)) return `'${id}' stands for many expectations; name the one expectation by the ID that the report shows`;
  if (id === pinContract.id || id === pinPrincipal.id) return `'${id}' is approved in the pin; rewrite the pin with --write-pin`;
  if (id === planIncomplete.id) return "a part that was not read may contain anything; check the complete input";
  const isExpected = contracts.some(({ expectations, posture }) => [...expectations, ...posture].some((item) => item.id === id));
  return isExpected || Object.values<string>(PROOF_IDS).includes(id)
    ? undefined
    : `no rule, and no expectation or setting of the contract, has the ID '${id}'`;
}

/** Whether an acceptance covers a finding of a rule, apart from the contracts. It also covers that the rule could not tell. */
export function coversFinding(acceptance: Acceptance, { ruleId, location, statement }: Pick<Finding, "ruleId" | "location" | "statement">) {
  return (
    acceptance.id === ruleId &&
    (acceptance.address === undefined || acceptance.address === location.address) &&
    (acceptance.statement === undefined || acceptance.statement === statement?.sid)
  );
}

/** Whether an acceptance covers a broken or unknown expectation or setting, apart from the contracts. */
export function coversResult(acceptance: Acceptance, { id, outcome, location, deciding }: Result): boolean {
  return (
    outcome !== "pass" &&
    acceptance.id === id &&
    (acceptance.address === undefined ||
      [location, ...deciding.map((one) => one.location)].some((at) => at?.address === acceptance.address)) &&
    (acceptance.statement === undefined || deciding.some(({ sid }) => sid === acceptance.statement))
  );
}

/** Why the contracts accept a finding: each contract that the finding concerns must. Undefined where they do not. */
export function reasonInContracts(finding: Finding, contracts: readonly DeliveryContract[]): string | undefined {
  const reasons = contracts
    .filter(({ id }) => finding.contracts.includes(id))
    .map((contract) => acceptancesOf(contract).find((acceptance) => coversFinding(acceptance, finding))?.reason);
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** Why a contract accepts that one of its expectations or settings is broken or unknown; undefined where it does not. */
export function reasonInContract(result: Result, contract: DeliveryContract): string | undefined {
  return acceptancesOf(contract).find((acceptance) => coversResult(acceptance, result))?.reason;
}

/** What a contract accepts, and can accept. */
function acceptancesOf(contract: DeliveryContract): Acceptance[] {
  return (contract.acceptances ?? []).filter(({ id }) => whyNotAcceptable(id, [contract]) === undefined);
}

/** Whether an acceptance still holds on a day, `2027-01-31`. */
export function holdsOn({ expires }: Acceptance, day: string): boolean {
  return expires === undefined || day <= expires;
}
