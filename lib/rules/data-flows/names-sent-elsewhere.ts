import { outsideRecipient } from "../reach/recipients";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const namesSentElsewhere: Rule = {
  id: "names-sent-elsewhere",
  title: "the names of deliveries are sent to another account",
  severity: "medium",
  reason: "Inventories, analytics exports and event notifications contain the names, sizes and times of all objects",
  remedy: "send them to a bucket, queue, topic or function of your own account",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html",
  dataFlow: ({ flow, destinations, isSourceKnown, model, account }) => {
    if (flow.kind !== "report") return undefined;
    const [first] = flow.recipients;
    if (first === undefined) return undefined;
    const outside = outsideRecipient(/^\d{12}$/.test(first) ? [first] : flow.recipients, { model, account, destinations });
    if (outside === undefined) return undefined;
    const text = `${flow.means} about ${listed(destinations.map(({ bucket }) => bucket.name))} goes to ${listed(flow.recipients)}`;
    return isSourceKnown && !outside.isUnknown ? text : { detail: `${text}, which may be another account`, isUnknown: true };
  },
};
