/** Every statement that the constructs write, each with its Sid. */
import { ASSUME_ROLE, DECRYPT, GENERATE_DATA_KEY, KMS_ALL, S3_ALL, SEND_MESSAGE, SQS_ALL } from "./actions";
import type { Statement } from "./document";

/**
 * Denies every request over plain HTTP, to the bucket and to its objects.
 *
 * The Sid is the one that AWS and the vendors publish. The value is the string `false`, which all scanners recognize.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function allowSslRequestsOnly(bucketArn: string): Statement {
  return {
    Sid: "AllowSSLRequestsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: S3_ALL,
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Denies TLS below a version.
 *
 * A request over plain HTTP has no TLS version, so that this statement does not deny it: `AllowSSLRequestsOnly` does.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
export function denyTlsBelow(bucketArn: string, version: string): Statement {
  return {
    Sid: "DenyOutdatedTLS",
    Effect: "Deny",
    Principal: "*",
    Action: S3_ALL,
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { NumericLessThan: { "s3:TlsVersion": version } },
  };
}

/** Lets the vendor's principals assume the role, with one of the external IDs where there are any. */
export function allowVendorToAssume(principalArns: readonly string[], externalIds: readonly string[]): Statement {
  return {
    Sid: "AllowVendorToAssumeRole",
    Effect: "Allow",
    Principal: { AWS: principalArns },
    Action: ASSUME_ROLE,
    ...(externalIds.length > 0 && { Condition: { StringEquals: { "sts:ExternalId": externalIds } } }),
  };
}

/** Lets one principal of the customer assume the role under one session name, to validate it. */
export function allowValidatorToAssume(principalArn: string, sessionName: string): Statement {
  return {
    Sid: "AllowValidatorToAssumeRole",
    Effect: "Allow",
    Principal: { AWS: principalArn },
    Action: ASSUME_ROLE,
    Condition: { StringEquals: { "sts:RoleSessionName": sessionName } },
  };
}

export interface Allowed {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principalArns?: readonly string[] | undefined;
}

/** Allows actions on resources, in an identity policy or, with principals, in a bucket policy. */
export function allow(sid: string, { actions, resources, principalArns }: Allowed): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    ...(principalArns && { Principal: { AWS: principalArns } }),
    Action: actions,
    Resource: resources,
  };
}

/**
 * Lets uploads to a bucket that encrypts with the KMS key use it, in an identity policy or, with principals, in the key's policy.
 *
 * The condition keeps the caller from using the key by itself. The host of S3 begins with `s3.` in every Region and partition.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function allowToUseKey(
  keyArn: string,
  { principalArns, ordinal = 1 }: { readonly principalArns?: readonly string[]; readonly ordinal?: number } = {},
): Statement {
  const sid = `AllowVendorToUseKey${ordinal === 1 ? "" : ordinal}`;
  const allowed = allow(sid, { actions: [GENERATE_DATA_KEY, DECRYPT], resources: [keyArn], principalArns });
  return { ...allowed, Condition: { StringLike: { "kms:ViaService": "s3.*" } } };
}

/**
 * Leaves a KMS key to the policies of its account, as the policy does that AWS gives a key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function allowAccountToUseKey(rootArn: string): Statement {
  return allow("AllowAccount", { actions: [KMS_ALL], resources: ["*"], principalArns: [rootArn] });
}

/**
 * Lets Amazon S3 send the events of one bucket of one account to the queue.
 *
 * A bucket's ARN holds no account. The condition on the account denies a bucket of the same name that another account owns later.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
export function allowBucketToSend(queueArn: string, bucketArn: string, accountId: string): Statement {
  return {
    Sid: "AllowBucketToSend",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: SEND_MESSAGE,
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": bucketArn }, StringEquals: { "aws:SourceAccount": accountId } },
  };
}

/**
 * Lets one rule of Amazon EventBridge send to the queue. The rule's ARN contains its account.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function allowRuleToSend(queueArn: string, ruleArn: string): Statement {
  return {
    Sid: "AllowRuleToSend",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: SEND_MESSAGE,
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
  };
}

/**
 * Denies every request to the queue over plain HTTP.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export function denyPlainHttpToQueue(queueArn: string): Statement {
  return {
    Sid: "AllowSSLRequestsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: SQS_ALL,
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
