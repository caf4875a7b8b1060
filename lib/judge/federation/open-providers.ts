import type { CompiledPolicy } from "../../evaluate";
import { namedPrincipals } from "../allowed-principals";
import { type FederatedCallers, federatedCallers } from "./federated-callers";

export interface OpenProvider extends FederatedCallers {
  /** As the policy names it. */
  readonly provider: string;
}

/** The identity providers of a trust policy whose identities no condition restricts to one owner. */
export function openProviders({ allows }: CompiledPolicy): OpenProvider[] {
  return allows.flatMap((statement) =>
    namedPrincipals(statement).federated.flatMap((provider) => {
      const callers = federatedCallers(provider, statement);
      return callers === undefined ? [] : [{ provider, ...callers }];
    }),
  );
}
