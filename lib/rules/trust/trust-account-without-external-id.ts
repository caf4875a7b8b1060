import { callersInConditions, isPositive, namedPrincipals } from "../../judge";
import type { Rule } from "../rule";
import { isOwnAccount, listed } from "../statements";

export const trustAccountWithoutExternalId: Rule = {
  id: "trust-account-without-external-id",
  title: "the trust policy trusts another account as a whole without an external ID",
  severity: "medium",
  acceptedBy: "R-xacct",
  reason:
    "Every principal of that account can assume the role, and another customer of the vendor can make the vendor use this role (the " +
    "confused deputy problem)",
  remedy: "name the vendor's role or user, or require an external ID with the condition StringEquals sts:ExternalId",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement, policy) => {
    if (callersInConditions(statement) !== undefined) return undefined;
    if (statement.conditions.some((condition) => condition.key === "sts:externalid" && isPositive(condition))) return undefined;
    const whole = namedPrincipals(statement).aws.filter((text) => /(^\d{12}|:\d{12}:root)$/.test(text) && !isOwnAccount(text, policy));
    return whole.length === 0 ? undefined : `${listed(whole)} can assume the role`;
  },
};
