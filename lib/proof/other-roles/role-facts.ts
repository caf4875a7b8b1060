import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import type { AccountModel, PlannedRole } from "../../plan";
import { unknownText } from "../../unknown";
import { roleFacts } from "../resource-facts";
import type { RoleFacts } from "../types";

/** The role. If it may not exist, its trust policy counts as unknown. */
export function asPossibleRole(role: PlannedRole): PlannedRole {
  if (!role.isUncertain) return role;
  return { ...role, trustPolicy: { ...role.trustPolicy, document: unknownText(`whether ${role.address} exists`) } };
}

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function factsOfRole(role: PlannedRole, model: AccountModel): RoleFacts {
  const arn = substituteOwnAccount(role.arn);
  return roleFacts(role, arn, { account: accountOf(arn) ?? accountOf(role.account ?? "") ?? OWN_ACCOUNT, model });
}
