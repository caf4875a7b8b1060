import { repeatedSid } from "../../judge";
import type { Rule } from "../rule";

export const duplicateSid: Rule = {
  id: "duplicate-sid",
  title: "two statements of a policy have the same Sid",
  severity: "medium",
  reason: "A Sid must be unique within its policy; IAM rejects duplicates",
  remedy: "give each statement its own Sid",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  policy: ({ compiled }) => {
    const sid = repeatedSid(compiled);
    return sid && `${JSON.stringify(sid)} is used twice`;
  },
};
