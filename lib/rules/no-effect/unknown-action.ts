import type { Rule } from "../rule";
import { REQUESTS } from "../s3-actions";

export const unknownAction: Rule = {
  id: "unknown-action",
  title: "an action is the name of a request, not of a permission",
  severity: "medium",
  reason:
    "Some requests to Amazon S3 need a permission with another name; a statement with the name of the request allows and denies " +
    "nothing",
  remedy: "write the action that the request needs",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
  statement: ({ action }) => {
    const wrong = (action?.texts ?? []).find((text) => REQUESTS.has(text.toLowerCase()));
    return wrong && `${wrong}: the request needs ${REQUESTS.get(wrong.toLowerCase())}`;
  },
};
