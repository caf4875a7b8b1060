import type { Rule } from "../rule";

export const duplicateSid: Rule = {
  id: "duplicate-sid",
  title: "two statements of a policy have the same Sid",
  severity: "medium",
  reason: "A Sid must be unique within its policy; IAM rejects duplicates",
  remedy: "give each statement its own Sid",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  policy: ({ compiled }) => {
    const seen = new Set<string>();
    for (const { reference } of compiled.statements) {
      if (reference.sid === undefined || reference.sid === "") continue;
      if (seen.has(reference.sid)) return `${JSON.stringify(reference.sid)} is used twice`;
      seen.add(reference.sid);
    }
    return undefined;
  },
};
