import { accountOf, OWN_ACCOUNT } from "../../contract";
import type { CompiledPolicy, CompiledStatement } from "../../evaluate";
import { hasUnknown } from "../../unknown";
import { isPositive, namedPrincipals } from "../allowed-principals";

export interface OpenService {
  readonly service: string;
  /** The other accounts for which it may act; absent if the statement names none. */
  readonly accounts?: readonly string[];
  /** Whether the plan does not show for whom the service acts. */
  readonly isUnknown?: true;
}

/**
 * The services that a trust policy lets act for others than the own account. A service that is named without a source assumes only roles that
 * somebody of the account passes to it, except IAM Roles Anywhere, which acts for whoever holds a certificate.
 *
 * @param account 12 digits; undefined if it is not known
 */
export function servicesForOthers({ allows }: Pick<CompiledPolicy, "allows">, account: string | undefined): OpenService[] {
  return allows.flatMap((statement) =>
    namedPrincipals(statement).services.flatMap((service): OpenService[] => {
      const accounts = foreignSources(statement, account);
      if (accounts.length > 0) return [{ service, accounts }];
      if (service === "*") return [{ service }];
      return /^rolesanywhere\./.test(service) && statement.conditions.length === 0 ? [{ service, isUnknown: true }] : [];
    }),
  );
}

function foreignSources({ conditions }: CompiledStatement, account: string | undefined): string[] {
  if (account === undefined) return [];
  return conditions
    .filter((condition) => /^aws:source(account|arn)$/.test(condition.key) && isPositive(condition))
    .flatMap(({ values }) => values.map((value) => accountOf(value)))
    .filter((source) => source !== undefined && source !== account && source !== OWN_ACCOUNT && !hasUnknown(source)) as string[];
}
