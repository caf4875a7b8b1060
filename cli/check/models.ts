import { type DeliveryContract, readContract, UnknownContractError } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import type { Estate, PlannedBucket, PlannedContract, PlannedPolicy, PlannedRole, PlanProblem } from "../../lib/plan";
import type { Finding } from "../../lib/rules";

/** A contract with where it was found. */
export interface Assignment {
  readonly contract: DeliveryContract;
  readonly location: PolicyLocation;
  /** Name of the stack, plan or state that the contract is in. */
  readonly part?: string;
}

/** The contracts that travel in the plans. Throws `ContractError`. */
export function contractsIn({ contracts }: Estate): Assignment[] {
  return contracts.map((planned) => {
    const { location, part } = planned;
    return { contract: contractOf(planned), location, ...(part !== undefined && { part }) };
  });
}

const known = new WeakMap<PlannedContract, DeliveryContract>();

/** Each contract is read once, because reading thousands of contracts takes a noticeable part of a check. */
function contractOf(planned: PlannedContract): DeliveryContract {
  const { file, address } = planned.location;
  const found = known.get(planned) ?? readContract(planned.contract, address === undefined ? file : `${file} ${address}`);
  known.set(planned, found);
  return found;
}

/**
 * The estate without contracts that lack a known value for a required part, and those contracts. Each becomes a problem, because nothing is
 * judged by it.
 */
export function withoutUnknownContracts(estate: Estate): {
  readonly estate: Estate;
  readonly unknownContracts: readonly PlannedContract[];
} {
  const problems: PlanProblem[] = [];
  const unknownContracts: PlannedContract[] = [];
  const contracts = estate.contracts.filter((planned) => {
    const reason = whyUnknown(planned);
    if (reason === undefined) return true;
    problems.push({ id: "plan-incomplete", message: reason, location: planned.location });
    unknownContracts.push(planned);
    return false;
  });
  return { estate: { ...estate, contracts, problems: [...estate.problems, ...problems] }, unknownContracts };
}

/**
 * Tests whether a finding may be about what belongs to one of the contracts: a contract travels with the stack of its bucket and role. Where
 * that has none, any finding may.
 */
export function belongsToOneOf(contracts: readonly PlannedContract[], { buckets, roles }: Estate): (finding: Finding) => boolean {
  const files = new Set<string>();
  for (const { part, location } of contracts) {
    const beside = [...buckets, ...roles].filter((each) => each.part === part);
    if (beside.length === 0) return (finding) => finding.contracts.length === 0;
    for (const place of [location, ...beside.flatMap((each) => [each.location, ...policiesOf(each).map((policy) => policy.location)])])
      files.add(place.file);
  }
  return (finding) => finding.contracts.length === 0 && files.has(finding.location.file);
}

function policiesOf(owner: PlannedBucket | PlannedRole): readonly PlannedPolicy[] {
  return "policies" in owner ? owner.policies : [owner.trustPolicy, ...owner.inlinePolicies, ...owner.managedPolicies];
}

function whyUnknown(planned: PlannedContract): string | undefined {
  try {
    contractOf(planned);
    return undefined;
  } catch (error) {
    if (error instanceof UnknownContractError) return error.reason;
    throw error;
  }
}
