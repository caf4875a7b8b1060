import { isPositive, namedPrincipals, namesEverybody } from "../../judge";
import type { Rule } from "../rule";
import { isExpected } from "../statements";

/** Keys that a vendor's requests from its own network do not have. */
const ABSENT_KEYS =
  /^(aws:(sourcevpc|sourcevpce|vpcsourceip|referer|calledvia|calledviafirst|calledvialast|principalservicename)|s3:dataaccesspoint\w+)$/;

export const conditionKeyAbsent: Rule = {
  id: "condition-key-absent",
  title: "a condition of the vendor's grant uses a key that the vendor's requests do not have",
  severity: "medium",
  reason: "A positive operator is false when the key is missing, so the grant never applies to the vendor",
  remedy: "remove the condition, or add IfExists to the operator if the key may be missing",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  kinds: ["identity", "resource", "trust"],
  effect: "Allow",
  statement: (statement, { kind, contracts }) => {
    if (contracts.length === 0 || statement.conditions.length === 0 || namesEverybody(statement)) return undefined;
    const side = kind === "trust" ? "trust" : "resource";
    if (kind !== "identity" && !namedPrincipals(statement).aws.some((caller) => isExpected(caller, contracts, side))) return undefined;
    const never = statement.conditions.find((condition) => ABSENT_KEYS.test(condition.key) && isPositive(condition));
    return never && `${never.operatorText} ${never.keyText}`;
  },
};
