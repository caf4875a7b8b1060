import { type DeliveryContract, readContract, UnknownContractError } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import type { Estate, PlannedContract, PlanProblem } from "../../lib/plan";

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

/** The estate without contracts that lack a known value for a required part. Each becomes a problem, because nothing is judged by it. */
export function withoutUnknownContracts(estate: Estate): { readonly estate: Estate; readonly hasUnknownContract: boolean } {
  const problems: PlanProblem[] = [];
  const contracts = estate.contracts.filter((planned) => {
    const reason = whyUnknown(planned);
    if (reason !== undefined) problems.push({ id: "plan-incomplete", message: reason, location: planned.location });
    return reason === undefined;
  });
  return { estate: { ...estate, contracts, problems: [...estate.problems, ...problems] }, hasUnknownContract: problems.length > 0 };
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
