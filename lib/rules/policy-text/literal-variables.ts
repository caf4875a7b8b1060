import { isObject } from "../../json";
import type { Rule } from "../rule";

export const literalVariables: Rule = {
  id: "literal-variables",
  title: "a policy variable is plain text because of the policy's Version",
  severity: "medium",
  reason: "Without Version 2012-10-17, ${aws:username} stands for these very characters and matches nobody",
  remedy: 'write "Version": "2012-10-17"',
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  policy: ({ planned: { document } }) => {
    if (!isObject(document) || (document.Version !== undefined && document.Version !== "2008-10-17")) return undefined;
    const variable = JSON.stringify(document.Statement ?? "").match(/\$\{(aws|s3|sts|saml|cognito)[\w:/-]*[^}"]*\}/i);
    return variable === null ? undefined : `${variable[0]} is not a variable in this Version`;
  },
};
