import { isObject } from "../../json";
import type { Rule } from "../rule";

export const policyVersion: Rule = {
  id: "policy-version",
  title: "the policy does not have the current Version",
  severity: "low",
  reason: "Without Version 2012-10-17, policy variables are plain text and newer elements are not available",
  remedy: 'write "Version": "2012-10-17"',
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
  policy: ({ planned: { document } }) => {
    if (!isObject(document) || document.Version === "2012-10-17") return undefined;
    if (typeof document.Version === "string" && document.Version !== "2008-10-17") return undefined;
    return document.Version === undefined ? "Version is missing" : "Version is 2008-10-17";
  },
};
