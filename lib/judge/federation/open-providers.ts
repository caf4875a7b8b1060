import type { CompiledPolicy } from "../../evaluate";
import { namedPrincipals } from "../allowed-principals";
import { type FederatedCallers, federatedCallers, namesOneOwner } from "./federated-callers";

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

/** The identity providers of a trust policy of which every statement restricts the identities to one owner by the subject of the token. */
export function tiedProviders({ allows }: CompiledPolicy): string[] {
  const statements = allows.map((statement) => ({ statement, providers: namedPrincipals(statement).federated }));
  const isOpen = (provider: string) =>
    statements.some(({ statement, providers }) => providers.includes(provider) && !namesOneOwner(provider, statement));
  return [...new Set(statements.flatMap(({ providers }) => providers))].filter((provider) => !isOpen(provider));
}
