/** The callers outside the account that can assume a role. */
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import type { CompiledStatement } from "../../evaluate";
import { additionalCallers, federatedCallers, isPositive, namedPrincipals } from "../../judge";
import type { PlannedRole } from "../../plan";
import { hasUnknown } from "../../unknown";
import type { Account } from "../rule";
import { isOwnPlaceholder } from "../statements";
import { trustOf } from "./role-chains";

export interface OutsideCaller {
  readonly who: string;
  /** Whether the plan leaves it open that such a caller can assume the role. */
  readonly isUnknown: boolean;
}

/** Another rule reports `*` without a condition, which is wrong whatever the role can do. */
export function outsideCallersOf(role: PlannedRole, account: Account): readonly OutsideCaller[] {
  const outsideCallers = (trustOf(role)?.allows ?? []).flatMap((statement) => outsideCallersIn(statement, account));
  return [...new Map(outsideCallers.map((caller) => [caller.who, caller])).values()];
}

function outsideCallersIn(statement: CompiledStatement, account: Account): OutsideCaller[] {
  if (statement.principal === undefined) return [{ who: "whoever its trust policy names, which is not known", isUnknown: true }];
  const { federated, services } = namedPrincipals(statement);
  const isOwn = (caller: string) => {
    const id = accountOf(substituteOwnAccount(caller));
    return caller !== "*" && (id === account.id || id === OWN_ACCOUNT || isOwnPlaceholder(caller));
  };
  const named = additionalCallers(statement, isOwn).filter((caller) => caller !== "*" && !federated.includes(caller));
  return [
    ...named.map((who) => ({ who, isUnknown: hasUnknown(who) || accountOf(substituteOwnAccount(who)) === undefined })),
    ...federated.flatMap((provider) => {
      const callers = federatedCallers(provider, statement);
      const isForeign = accountOf(substituteOwnAccount(provider)) !== undefined && !isOwn(provider) && account.isKnown;
      if (isForeign) return [{ who: provider, isUnknown: false }];
      return callers === undefined ? [] : [{ who: callers.who, isUnknown: callers.isUnknown === true }];
    }),
    ...services.flatMap((service) => {
      const accounts = sourceAccounts(statement).filter((id) => account.isKnown && id !== account.id && id !== OWN_ACCOUNT);
      return accounts.map((id) => ({ who: `${service} on behalf of the account ${id}`, isUnknown: false }));
    }),
    ...services
      .filter((service) => service === "*" || (/^rolesanywhere\./.test(service) && statement.conditions.length === 0))
      .map((service) => ({
        who: service === "*" ? "every AWS service" : "holders of any certificate of IAM Roles Anywhere",
        isUnknown: service !== "*",
      })),
  ];
}

/** The accounts on whose behalf the statement allows a service. */
function sourceAccounts({ conditions }: CompiledStatement): string[] {
  return conditions
    .filter((condition) => /^aws:source(account|arn)$/.test(condition.key) && isPositive(condition))
    .flatMap(({ values }) => values.flatMap((value) => accountOf(substituteOwnAccount(value)) ?? []));
}
