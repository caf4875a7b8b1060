import { accountOf, isWholeAccount, substituteOwnAccount } from "../contract";
import type { CompiledStatement } from "../evaluate";
import { callersInConditions, namedPrincipals, namesEverybody } from "../judge";
import type { JudgedPolicy } from "./rule";
import { isExpected } from "./statements";

/**
 * Whether the statement grants the vendor access: each statement of its role's policies does, and so do statements of the bucket policy
 * that name it, or everybody in its role's account or organization.
 */
export function isVendorGrant(statement: CompiledStatement, { kind, contracts, account }: JudgedPolicy): boolean {
  if (kind === "identity") return true;
  if (kind !== "resource") return false;
  const isVendor = (caller: string) => isExpected(caller, contracts, "resource");
  if (namedPrincipals(statement).aws.some(isVendor)) return true;
  const roleAccounts = contracts.flatMap(({ role }) =>
    role === undefined ? [] : [accountOf(substituteOwnAccount(role.arn)) ?? account.id],
  );
  const includesRole = (caller: string) => {
    if (roleAccounts.length === 0 || !namesEverybody(statement)) return false;
    const id = substituteOwnAccount(caller);
    return isWholeAccount(id) ? roleAccounts.includes(accountOf(id)!) : /^o-/.test(id);
  };
  return callersInConditions(statement)?.some((caller) => isVendor(caller) || includesRole(caller)) === true;
}
