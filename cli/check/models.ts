import { type DeliveryContract, readContract } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import type { Estate } from "../../lib/plan";

/** A contract with where it was found. */
export interface Assignment {
  readonly contract: DeliveryContract;
  readonly location: PolicyLocation;
  /** Name of the stack, plan or state that the contract is in. */
  readonly part?: string;
}

/** The contracts that travel in the plans. Throws `ContractError`. */
export function contractsIn({ contracts }: Estate): Assignment[] {
  return contracts.map(({ contract, location, part }) => {
    const { file, address } = location;
    return {
      contract: readContract(contract, address === undefined ? file : `${file} ${address}`),
      location,
      ...(part !== undefined && { part }),
    };
  });
}
