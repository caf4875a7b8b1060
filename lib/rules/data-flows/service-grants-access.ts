import { PolicyGrammarError } from "../../evaluate";
import { additionalCallers, compiledPolicy } from "../../judge";
import { outsideRecipient } from "../reach/recipients";
import type { JudgedDataFlow, Rule } from "../rule";
import { isExpected, listed } from "../statements";

export const serviceGrantsAccess: Rule = {
  id: "service-grants-access",
  title: "a service gives somebody outside your account access to deliveries",
  severity: "high",
  reason: "Grants and policies of services apply beside those of buckets and roles, so neither of these shows who has access",
  details:
    "The rule reads S3 Access Grants, access points, ACLs of objects, AWS Lake Formation, AWS Transfer Family and policies of backup vaults. If the plan does not show who receives access, the exit code is 3.",
  remedy: "remove the grant, or grant access to principals of your own account",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-cross-accounts.html",
  dataFlow: (judged) => {
    const { flow, destinations, isSourceKnown, model, account } = judged;
    if (flow.kind !== "grant" && flow.kind !== "policy") return undefined;
    const names = listed(destinations.map(({ bucket }) => bucket.name));
    const recipients = flow.kind === "policy" ? callersIn(judged) : flow.recipients;
    if (recipients === undefined) return { detail: `whom ${flow.means} gives access to ${names}`, isUnknown: true };
    const outside = outsideRecipient(recipients, { model, account, destinations });
    if (outside === undefined) return undefined;
    const who = outside.recipient === "*" ? "everybody" : outside.recipient;
    if (isSourceKnown && !outside.isUnknown) return `${flow.means} gives ${who} access to ${names}`;
    return { detail: `whether ${flow.means} gives ${who} access to ${names}`, isUnknown: true };
  },
};

/** The callers whom the policy of the flow allows; undefined where they are not known. */
function callersIn({ flow, destinations }: JudgedDataFlow): readonly string[] | undefined {
  const compiled = flow.policy && compiledPolicy(flow.policy, "resource");
  if (compiled === undefined || compiled instanceof PolicyGrammarError) return undefined;
  if (compiled.allows.some(({ principal }) => principal === undefined || principal.not)) return undefined;
  const contracts = destinations.flatMap((destination) => destination.contracts);
  return compiled.allows.flatMap((statement) => additionalCallers(statement, (caller) => isExpected(caller, contracts, "resource")));
}
