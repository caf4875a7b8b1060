import { refusedCharacter, refusedSid } from "../../judge";
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
  policy: ({ kind, planned }) => {
    const { text } = planned;
    if (kind === "resource" || text === undefined) return undefined;
    const wrong = refusedCharacter(text);
    if (wrong !== undefined)
      return `it contains ${JSON.stringify(wrong)} (U+${wrong.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")})`;
    const sid = refusedSid(planned);
    return sid === undefined ? undefined : `the Sid ${JSON.stringify(sid)} contains characters other than letters and digits`;
  },
};
