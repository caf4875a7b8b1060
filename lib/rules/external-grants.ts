import { isWholeAccount } from "../contract";
import type { CompiledStatement } from "../evaluate";
import { additionalCallers, isPositive } from "../judge";
import { hasUnknown } from "../unknown";
import type { JudgedPolicy } from "./rule";
import { includesAction, isOwnAccount, listed } from "./statements";

/** Whether the statement delegates access control to the access points of one account. */
function delegatesToAccessPoints({ conditions }: CompiledStatement): boolean {
  return conditions.some(
    (condition) =>
      condition.key === "s3:dataaccesspointaccount" && isPositive(condition) && condition.values.every((value) => !/[*?]/.test(value)),
  );
}

/** Which of the actions the statement allows to other accounts, and to whom. */
export function grantedToOthers(statement: CompiledStatement, policy: JudgedPolicy, names: readonly string[]): string | undefined {
  const others = additionalCallers(statement, (caller) => hasUnknown(caller) || isOwnAccount(caller, policy)).flatMap((caller) => {
    if (caller === "*") return delegatesToAccessPoints(statement) ? [] : ["everybody"];
    return isWholeAccount(caller) || caller.startsWith("arn:") ? [caller] : [];
  });
  if (others.length === 0) return undefined;
  const given = names.filter((name) => includesAction(statement, name));
  return given.length === 0 ? undefined : `${listed(others)}: ${given.join(", ")}`;
}
