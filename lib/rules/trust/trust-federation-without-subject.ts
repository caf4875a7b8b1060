import { federatedCallers, namedPrincipals } from "../../judge";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const trustFederationWithoutSubject: Rule = {
  id: "trust-federation-without-subject",
  title: "the trust policy admits identities of a provider that are not yours",
  severity: "high",
  reason:
    "Many customers share the issuers of GitHub, GitLab, Amazon Cognito and others. A condition on the audience alone is met by the tokens of " +
    "all of them, and a wildcard within an organization's name by every organization whose name begins so",
  details:
    "A trust policy has to fix the subject: `sub`, or another claim that names the owner. For an issuer that the program does not know, it cannot tell " +
    "whose identities the issuer serves, and the exit code is 3.",
  remedy: "add a condition on the subject of the token, such as StringLike token.actions.githubusercontent.com:sub repo:acme/logs:*",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement) => {
    const callers = namedPrincipals(statement).federated.flatMap((provider) => federatedCallers(provider, statement) ?? []);
    const certain = callers.filter(({ isUnknown }) => !isUnknown);
    if (callers.length === 0) return undefined;
    const detail = `${listed((certain.length > 0 ? certain : callers).map(({ who }) => who))} can assume the role`;
    return certain.length > 0 ? detail : { detail, isUnknown: true };
  },
};
