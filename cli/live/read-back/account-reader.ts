/** Reads from AWS, and keeps a record of what could not be read. */
import type { PolicyLocation } from "../../../lib/evaluate";
import type { PlannedPolicy, Setting } from "../../../lib/plan";
import { unknownText } from "../../../lib/unknown";
import { type Aws, bucketAddress, type Failure, failureOf, type OperationName, type Operations } from "../../aws";

/** An operation that failed. Its name shows which right is missing. */
export interface Unread {
  readonly operation: OperationName;
  readonly failure: Failure;
}

export const NOT_SET = Symbol("not set");

/** AWS's answer, `NOT_SET` if there is nothing of the kind, or a failure. */
export type Answer<N extends OperationName> = Operations[N][1] | typeof NOT_SET | Failure;

/** AWS's codes for "nothing of the kind is set". */
const NOT_SET_CODES = [
  "NoSuchBucketPolicy",
  "NoSuchPublicAccessBlockConfiguration",
  "ServerSideEncryptionConfigurationNotFoundError",
  "OwnershipControlsNotFoundError",
  "ObjectLockConfigurationNotFoundError",
  "NoSuchLifecycleConfiguration",
  "ReplicationConfigurationNotFoundError",
  "NoSuchWebsiteConfiguration",
  "NoSuchEntityException",
  "NoSuchEntity",
  "NoSuchAccessPointPolicy",
  "AccessGrantsInstanceNotExistsError",
  "AWSOrganizationsNotInUseException",
];

export class AccountReader {
  readonly unread: Unread[] = [];

  constructor(
    private readonly aws: Aws,
    private readonly signal: AbortSignal,
  ) {}

  async read<N extends OperationName>(operation: N, input: Operations[N][0]): Promise<Answer<N>> {
    try {
      return await this.aws.call(operation, input, { signal: this.signal });
    } catch (error) {
      this.signal.throwIfAborted();
      const failure = failureOf(error, operation);
      if (NOT_SET_CODES.includes(failure.code)) return NOT_SET;
      this.unread.push({ operation, failure });
      return failure;
    }
  }

  /** Whether the account is known to own the bucket. */
  async owns(bucket: string, account: string): Promise<boolean> {
    try {
      await this.aws.call("s3:HeadBucket", bucketAddress(bucket, account), { signal: this.signal });
      return true;
    } catch {
      this.signal.throwIfAborted();
      return false;
    }
  }
}

/** The content of an answer; undefined if there is none. */
export function contentOf<T extends object>(answer: T | typeof NOT_SET | Failure): T | undefined {
  return answer === NOT_SET || isFailure(answer) ? undefined : (answer as T);
}

/** A setting in an answer: undefined if it is not set, unknown if it could not be read. */
export function settingOf<T extends object>(right: string, answer: T | typeof NOT_SET | Failure, pick: (answer: T) => Setting): Setting {
  if (answer === NOT_SET) return undefined;
  return isFailure(answer) ? unknownText(right) : pick(answer as T);
}

export function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "kind" in answer && "cause" in answer;
}

export function livePolicy(text: string, location: PolicyLocation): PlannedPolicy {
  return { document: parse(text), text, location };
}

export function unreadPolicy(operation: OperationName, location: PolicyLocation): PlannedPolicy {
  return { document: unknownText(operation), location };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
