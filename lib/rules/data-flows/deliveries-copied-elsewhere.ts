import { outsideRecipient } from "../reach/recipients";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const deliveriesCopiedElsewhere: Rule = {
  id: "deliveries-copied-elsewhere",
  title: "deliveries are copied to another account",
  severity: "high",
  reason: "The owner of the copy decides who reads it. The policies of the destination no longer apply",
  details:
    "Copies are made by replication, AWS Backup, AWS DataSync, Amazon AppFlow, Amazon FSx, AWS Storage Gateway, and by calls that AWS Step Functions or Amazon EventBridge Scheduler make. If the plan does not show who receives the copy, " +
    "the exit code is 3.",
  remedy: "remove the copy, or copy to a bucket of your own account that the input holds",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-change-owner.html",
  dataFlow: ({ flow, destinations, isSourceKnown, model, account }) => {
    if (flow.kind !== "copy") return undefined;
    const { means, recipients } = flow;
    const names = listed(destinations.map(({ bucket }) => bucket.name));
    if (recipients.length === 0)
      return { detail: `${means} may copy objects of ${names}, and the plan does not show where to`, isUnknown: true };
    // Where the rule names the account, the account decides.
    const [first] = recipients;
    const outside = outsideRecipient(/^\d{12}$/.test(first!) ? [first!] : recipients, { model, account, destinations });
    if (outside === undefined) return undefined;
    if (isSourceKnown && !outside.isUnknown) return `${means} copies objects of ${names} to ${listed(recipients)}`;
    return { detail: `whether ${means} copies objects of ${names} to another account (${listed(recipients)})`, isUnknown: true };
  },
};
