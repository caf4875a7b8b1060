/**
 * Reads who requested sessions of the role, from CloudTrail's event history. Every account has it, without a trail.
 *
 * CloudTrail records the event in the region of the STS endpoint, which the vendor chooses.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
import { VALIDATION_SESSION_NAME } from "../../lib/contract";
import type { Assumption } from "../report/watch";
import { type Asker, ask } from "./ask";

/** Pages of 50 events. */
const MOST_PAGES = 5;

/** Sessions that were requested, the newest first, without those of validations. */
export async function readAssumptions(asker: Asker, roleArn: string, since: number): Promise<Assumption[]> {
  // By the role's name first: in a busy account, events of other roles would fill all pages.
  const found = await lookUp(asker, { AttributeKey: "ResourceName", AttributeValue: roleArn, roleArn, since });
  return found.length > 0 ? found : lookUp(asker, { AttributeKey: "EventName", AttributeValue: "AssumeRole", roleArn, since });
}

interface LookUp {
  readonly AttributeKey: "ResourceName" | "EventName";
  readonly AttributeValue: string;
  readonly roleArn: string;
  readonly since: number;
}

async function lookUp(asker: Asker, { AttributeKey, AttributeValue, roleArn, since }: LookUp): Promise<Assumption[]> {
  const found: Assumption[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const input = { LookupAttributes: [{ AttributeKey, AttributeValue }], StartTime: new Date(since), MaxResults: 50 };
    const answer = await ask(asker, "cloudtrail:LookupEvents", { ...input, ...(NextToken !== undefined && { NextToken }) });
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
  if (sessionName === VALIDATION_SESSION_NAME) return undefined;
  return {
    at,
    account,
    ...(sessionName !== undefined && { sessionName }),
    ...(event.sourceIPAddress !== undefined && { sourceIp: event.sourceIPAddress }),
    ...(event.errorCode !== undefined && { refused: event.errorCode }),
  };
}
