/** What would have to be known to decide a request, besides the texts of statements. */
import { hasUnknown, MAYBE, NO, unknownsIn } from "../../unknown";
import { isOwnHalfUnknown } from "../allowed";
import type { Evaluation } from "../evaluation";
import type { CompiledRequest } from "../request";

export function missingFacts(evaluation: Evaluation): string[] {
  const missing = evaluation.sameAccount === MAYBE ? missingAccounts(evaluation.request) : [];
  if (isOwnHalfUnknown(evaluation) && evaluation.sameAccount !== NO)
    missing.push(`the identity policies of ${evaluation.request.request.principal}`);
  return missing;
}

export function missingAccounts({ request, callerAccount, resourceAccount }: CompiledRequest): string[] {
  const missing = [callerAccount ?? "", resourceAccount ?? ""].filter(hasUnknown).flatMap(unknownsIn);
  if (callerAccount === undefined) missing.push(`the account of ${request.principal}`);
  if (resourceAccount === undefined) missing.push(`the account that owns ${request.resource}`);
  return missing;
}
