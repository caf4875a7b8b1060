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
  return contracts.map(({ contract, location, part }) => ({
    contract: readContract(contract, placeOf(location)),
    location,
    ...(part !== undefined && { part }),
  }));
}

/** The estate without the contracts of which a needed part is not known: each is a problem, because nothing is judged by it. */
export function withoutUnknownContracts(estate: Estate): { readonly estate: Estate; readonly hasUnknownContract: boolean } {
  const problems: PlanProblem[] = [];
  const contracts = estate.contracts.filter((planned) => {
    const reason = whyUnknown(planned);
    if (reason !== undefined) problems.push({ id: "plan-incomplete", message: reason, location: planned.location });
    return reason === undefined;
  });
  return { estate: { ...estate, contracts, problems: [...estate.problems, ...problems] }, hasUnknownContract: problems.length > 0 };
}

function whyUnknown({ contract, location }: PlannedContract): string | undefined {
  try {
    readContract(contract, placeOf(location));
    return undefined;
  } catch (error) {
    if (error instanceof UnknownContractError) return error.reason;
    throw error;
  }
}

function placeOf({ file, address }: PolicyLocation): string {
  return address === undefined ? file : `${file} ${address}`;
}
