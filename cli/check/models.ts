import { type DeliveryContract, readContract } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import { bucketOf, roleOf } from "../../lib/judge";
import type { AccountModel } from "../../lib/plan";

/** A contract and the account that it is about. */
export interface Assignment {
  readonly contract: DeliveryContract;
  readonly location: PolicyLocation;
  readonly model: AccountModel;
}

/** The contracts that travel in the plans, each with its account. Throws `ContractError`. */
export function contractsIn(models: readonly AccountModel[]): Assignment[] {
  return models.flatMap((model) =>
    model.contracts.flatMap(({ contract, location }) => {
      const { file, address } = location;
      return assign(readContract(contract, address === undefined ? file : `${file} ${address}`), location, [model, ...models]);
    }),
  );
}

/**
 * The first of the models that defines the bucket. Where it does not define the role too, and another one does, the two are judged as one.
 * Where none defines the bucket, the contract cannot be judged, and is kept to say so.
 */
export function assign(contract: DeliveryContract, location: PolicyLocation, models: readonly AccountModel[]): Assignment[] {
  const home = models.find((model) => bucketOf(contract, model) !== undefined);
  if (home === undefined) return [{ contract, location, model: models[0]! }];
  if (contract.role === undefined || roleOf(contract, home) !== undefined) return [{ contract, location, model: home }];
  const role = models.map((model) => roleOf(contract, model)).find((found) => found !== undefined);
  return [{ contract, location, model: role === undefined ? home : { ...home, roles: [...home.roles, role] } }];
}
