import { namedPrincipals } from "../../judge";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const trustService: Rule = {
  id: "trust-service",
  title: "an AWS service can assume the vendor's role",
  severity: "medium",
  reason: "The role is for the vendor. A service that assumes it acts with the vendor's permissions for whoever configures that service",
  remedy: "give the service its own role",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement, { contracts }) => {
    if (contracts.length === 0) return undefined;
    const { services } = namedPrincipals(statement);
    return services.length === 0 ? undefined : `${listed(services)} can assume the role`;
  },
};
