import { same } from "../../evaluate";
import { isPositive, namedPrincipals } from "../../judge";
import { NO } from "../../unknown";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const sourceConditionOnVendor: Rule = {
  id: "source-condition-on-vendor",
  title: "a condition on the calling service applies to a principal that is not a service",
  severity: "medium",
  reason:
    "aws:SourceAccount and aws:SourceArn are present only when an AWS service makes the request on somebody's behalf. A vendor's " +
    "role or user sends neither, so the statement never applies to it",
  remedy: "remove the condition; in a role's trust policy, use sts:ExternalId instead",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  kinds: ["resource", "trust"],
  effect: "Allow",
  statement: (statement) => {
    if (statement.conditions.length === 0) return undefined;
    const named = namedPrincipals(statement).aws.filter((text) => text !== "*");
    if (named.length === 0) return undefined;
    const never = statement.conditions.find(
      (condition) => /^aws:source(arn|account|orgid|orgpaths)$/.test(condition.key) && isPositive(condition),
    );
    if (never === undefined) return undefined;
    const detail = `${never.operatorText} ${never.keyText} never applies to requests of ${listed(namedPrincipals(statement).aws)}`;
    if (named.some((text) => same(text, "*") === NO)) return detail;
    return { detail: `${detail}, unless Principal is *`, isUnknown: true };
  },
};
