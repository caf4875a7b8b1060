import type { CompiledStatement } from "../evaluate";
import { namedPrincipals, tiedCallers } from "../judge";
import type { JudgedPolicy } from "./rule";
import { isExpected } from "./statements";

/** Whether the statement grants the vendor access: every statement of its role's policies, and bucket policy statements that name it. */
export function isVendorGrant(statement: CompiledStatement, { kind, contracts }: JudgedPolicy): boolean {
  if (kind === "identity") return true;
  if (kind !== "resource") return false;
  const isVendor = (caller: string) => isExpected(caller, contracts, "resource");
  return namedPrincipals(statement).aws.some(isVendor) || tiedCallers(statement)?.some(isVendor) === true;
}
