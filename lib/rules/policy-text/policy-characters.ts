import { textOf, valueAt } from "../../json";
import { showUnknown, stripUnknown } from "../../unknown";
import type { Rule } from "../rule";

export const policyCharacters: Rule = {
  id: "policy-characters",
  title: "the policy contains a character that IAM rejects",
  severity: "high",
  everywhere: true,
  reason:
    "IAM accepts tab, line feed, carriage return and U+0020 to U+00FF, and only letters and digits in a Sid; a dash or quotation " +
    "mark from a word processor makes apply fail",
  remedy: "replace the character with a plain one",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  policy: ({ kind, planned: { text, document } }) => {
    if (kind === "resource" || text === undefined) return undefined;
    const wrong = /[^\t\n\r\u0020-\u00ff]/.exec(stripUnknown(text));
    if (wrong !== null)
      return `it contains ${JSON.stringify(wrong[0])} (U+${wrong[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")})`;
    const statements = valueAt(document, "Statement");
    const sids = (Array.isArray(statements) ? statements : [statements]).map((each) => textOf(valueAt(each, "Sid")) ?? "");
    const sid = sids.find((each) => /[^A-Za-z0-9]/.test(stripUnknown(each)));
    return sid === undefined ? undefined : `the Sid ${JSON.stringify(showUnknown(sid))} contains characters other than letters and digits`;
  },
};
