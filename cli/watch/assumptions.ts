/**
 * Who asked for sessions of the role lately, by CloudTrail's event history: it is on in every account and needs no trail.
 *
 * The event lies in the region of the endpoint that the vendor asked, which is the vendor's choice.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
import type { Aws } from "../aws";
import { SESSION_NAME } from "../probes";
import type { Assumption } from "../report/watch/types";
import { ask } from "./ask";

/** Pages of 50 events. */
const MOST_PAGES = 5;

/** Sessions that were asked for, the newest first; those of validations left out. */
export async function readAssumptions(aws: Aws, roleArn: string, since: number, signal: AbortSignal): Promise<Assumption[]> {
  // By the role's name first: in a busy account the events of the other roles would fill all pages.
  const found = await lookUp(aws, "ResourceName", roleArn, roleArn, since, signal);
  return found.length > 0 ? found : lookUp(aws, "EventName", "AssumeRole", roleArn, since, signal);
}

async function lookUp(
  aws: Aws,
  AttributeKey: "ResourceName" | "EventName",
  AttributeValue: string,
  roleArn: string,
  since: number,
  signal: AbortSignal,
): Promise<Assumption[]> {
  const found: Assumption[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const input = { LookupAttributes: [{ AttributeKey, AttributeValue }], StartTime: new Date(since), MaxResults: 50 };
    const answer = await ask(aws, "cloudtrail:LookupEvents", { ...input, ...(NextToken !== undefined && { NextToken }) }, signal);
    for (const { CloudTrailEvent } of answer.Events ?? []) {
      const assumption = readEvent(CloudTrailEvent, roleArn);
      if (assumption) found.push(assumption);
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return found.sort((one, other) => other.at - one.at);
}

interface AssumeRoleEvent {
  readonly eventName?: string;
  readonly eventTime?: string;
  readonly errorCode?: string;
  readonly sourceIPAddress?: string;
  readonly userIdentity?: { readonly accountId?: string };
  readonly requestParameters?: { readonly roleArn?: string; readonly roleSessionName?: string } | null;
}

function readEvent(text: string | undefined, roleArn: string): Assumption | undefined {
  let event: AssumeRoleEvent;
  try {
    event = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  const at = Date.parse(event.eventTime ?? "");
  const account = event.userIdentity?.accountId;
  const { roleArn: asked, roleSessionName: sessionName } = event.requestParameters ?? {};
  if (event.eventName !== "AssumeRole" || asked !== roleArn || account === undefined || Number.isNaN(at)) return undefined;
  if (sessionName === SESSION_NAME) return undefined;
  return {
    at,
    account,
    ...(sessionName !== undefined && { sessionName }),
    ...(event.sourceIPAddress !== undefined && { sourceIp: event.sourceIPAddress }),
    ...(event.errorCode !== undefined && { refused: event.errorCode }),
  };
}
