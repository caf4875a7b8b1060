import type { DeliveryContract } from "../../contract";
import type { Condition } from "../../evaluate";
import { isPositive } from "../../judge";
import { hasUnknown } from "../../unknown";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const weakExternalId: Rule = {
  id: "weak-external-id",
  title: "the condition on the external ID can be met without your external ID",
  severity: "medium",
  reason:
    "A wildcard matches any ID, IfExists accepts requests without an ID, and an ID that no contract names belongs to another " +
    "customer. The condition does not protect you from the vendor's other customers",
  remedy: "use StringEquals with the external ID that the vendor uses for you, and no other",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  kinds: ["trust"],
  effect: "Allow",
  statement: ({ conditions }, { contracts }) => {
    if (conditions.length === 0) return undefined;
    const about = conditions.filter(({ key }) => key === "sts:externalid");
    // All conditions must be met, so one that requires the whole ID suffices.
    if (about.length === 0 || about.some((condition) => isWholeId(condition, contracts))) return undefined;
    const weak = about.find((condition) => condition.operator !== "Null" || condition.values.includes("false"));
    return weak && `${weak.operatorText} sts:ExternalId ${listed(weak.values)}`;
  },
};

/** Whether the condition is met by fixed IDs only, and where contracts name any, by those alone. */
function isWholeId(condition: Condition, contracts: readonly DeliveryContract[]): boolean {
  const { operator, values } = condition;
  if (!isPositive(condition) || (operator === "StringLike" && values.some((value) => /[*?]/.test(value)))) return false;
  const named = contracts.flatMap(({ externalIds }) => externalIds);
  return named.length === 0 || values.every((value) => hasUnknown(value) || named.includes(value));
}
