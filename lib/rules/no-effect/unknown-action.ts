import { ACTION_LISTS, actionsMatching } from "../../access/data";
import { hasUnknown } from "../../unknown";
import type { Rule } from "../rule";
import { actionsMatching as olderActionsMatching, REQUESTS } from "../s3-actions";

export const unknownAction: Rule = {
  id: "unknown-action",
  title: "AWS has no such action",
  severity: "medium",
  reason:
    "A statement with a misspelt action, or with the name of a request that needs a permission with another name, allows and denies nothing. " +
    "Amazon S3 refuses such a bucket policy; IAM accepts the policy of a role",
  remedy: "write the action as AWS does",
  source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
  statement: ({ action }) => {
    const faults = (action?.texts ?? []).flatMap((text) => {
      const fault = actionFault(text);
      return fault === NO_FAULT ? [] : [{ text, ...fault }];
    });
    const request = faults.find(({ needed }) => needed !== undefined);
    if (request !== undefined) return `${request.text}: the request needs ${request.needed}`;
    const unknown = faults.find(({ listDate }) => listDate !== undefined);
    return unknown && `${unknown.text} is not in AWS's list of ${unknown.listDate}`;
  },
};

/** Why AWS has no such action: it is the name of a request that needs another action, or AWS's list does not contain it. */
export interface ActionFault {
  readonly needed?: string;
  readonly listDate?: string;
}

const NO_FAULT: ActionFault = {};

/** Empty if AWS has the action, or if the actions of its service are not listed here. */
export function actionFault(action: string): ActionFault {
  const needed = REQUESTS.get(action.toLowerCase());
  if (needed !== undefined) return { needed };
  const listDate = listDateOf(action);
  return listDate === undefined || isListed(action) ? NO_FAULT : { listDate };
}

/** The date of the list of the action's service; undefined for a service whose actions are not listed here. */
function listDateOf(action: string): string | undefined {
  const service = action.slice(0, action.indexOf(":")).toLowerCase();
  return ACTION_LISTS.find((list) => list.service === service)?.date;
}

function isListed(pattern: string): boolean {
  if (hasUnknown(pattern) || actionsMatching(pattern).length > 0) return true;
  // AWS no longer lists some actions that it still accepts.
  const { objects, buckets, account } = olderActionsMatching(pattern);
  return objects.length + buckets.length + account.length > 0;
}
