/** The callers outside the account that can assume a role. */
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import type { CompiledStatement } from "../../evaluate";
import { additionalCallers, federatedCallers, namedPrincipals, type OpenService, servicesForOthers } from "../../judge";
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
  const { federated } = namedPrincipals(statement);
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
    ...servicesForOthers({ allows: [statement] }, account.isKnown ? account.id : undefined).flatMap(serviceCallers),
  ];
}

function serviceCallers({ service, accounts, isUnknown }: OpenService): OutsideCaller[] {
  const who = service === "*" ? "every AWS service" : service;
  if (accounts !== undefined) return accounts.map((id) => ({ who: `${who} on behalf of the account ${id}`, isUnknown: false }));
  return [{ who: isUnknown ? "holders of any certificate of IAM Roles Anywhere" : who, isUnknown: isUnknown === true }];
}
