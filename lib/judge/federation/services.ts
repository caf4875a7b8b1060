import { accountOf, OWN_ACCOUNT } from "../../contract";
import type { CompiledPolicy, CompiledStatement } from "../../evaluate";
import { hasUnknown } from "../../unknown";
import { isPositive, namedPrincipals } from "../allowed-principals";

export interface OpenService {
  readonly service: string;
  /** Whether the plan does not show for whom the service acts. */
  readonly isUnknown?: true;
}

/**
 * The services that a trust policy lets act for others than the own account. A service that is named without a source assumes only roles that
 * somebody of the account passes to it, except IAM Roles Anywhere, which acts for whoever holds a certificate.
 *
 * @param account 12 digits; undefined if it is not known
 */
export function servicesForOthers({ allows }: CompiledPolicy, account: string | undefined): OpenService[] {
  return allows.flatMap((statement) =>
    namedPrincipals(statement).services.flatMap((service): OpenService[] => {
      if (service === "*" || isForForeignSource(statement, account)) return [{ service }];
      return /^rolesanywhere\./.test(service) && statement.conditions.length === 0 ? [{ service, isUnknown: true }] : [];
    }),
  );
}

function isForForeignSource({ conditions }: CompiledStatement, account: string | undefined): boolean {
  if (account === undefined) return false;
  return conditions
    .filter((condition) => /^aws:source(account|arn)$/.test(condition.key) && isPositive(condition))
    .some(({ values }) =>
      values.some((value) => {
        const source = accountOf(value);
        return source !== undefined && source !== account && source !== OWN_ACCOUNT && !hasUnknown(source);
      }),
    );
}
