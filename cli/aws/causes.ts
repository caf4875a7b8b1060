/**
 * What AWS's errors mean for a validation, and what to do about each. This file is one long table, because the order matters: the first
 * entry that matches wins.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */

/**
 * - `denied`: AWS denied the request. A permission that has not propagated yet has the same answer.
 * - `notYet`: the resource does not exist yet, or a change is still propagating. A later request may succeed.
 * - `transient`: overload or a broken connection. The SDK has retried already.
 * - `fatal`: a later request would fail too.
 */
export type FailureKind = "denied" | "notYet" | "transient" | "fatal";

export interface Cause {
  /** Stable ID, for reports. */
  readonly id: string;
  readonly codes: readonly string[];
  /** The entry applies only to messages that match. */
  readonly message?: RegExp;
  /** The entry applies only to these operations. */
  readonly operations?: readonly string[];
  readonly kind: FailureKind;
  readonly cause: string;
  readonly remedy: string;
}

const DENIED = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden", "403", "AllAccessDisabled"];

export const CAUSES: readonly Cause[] = [
  {
    id: "explicit-deny",
    codes: DENIED,
    message: /with an explicit deny/i,
    kind: "denied",
    cause: "a policy explicitly denies the request",
    remedy: "exempt this request from the Deny statement of the policy type that AWS names, or remove the statement",
  },
  {
    id: "service-control-policy",
    codes: DENIED,
    message: /service control policy|resource control policy/i,
    kind: "denied",
    cause: "an SCP or RCP of the organization denies the request",
    remedy: "ask the administrators of the AWS organization to exempt the vendor's principal and this bucket",
  },
  {
    id: "permissions-boundary",
    codes: DENIED,
    message: /permissions boundary/i,
    kind: "denied",
    cause: "the caller's permissions boundary does not allow the request",
    remedy: "allow the action in the permissions boundary, or set another boundary",
  },
  {
    id: "no-identity-policy",
    codes: DENIED,
    message: /no identity-based policy allows/i,
    kind: "denied",
    cause: "no identity-based policy of the caller allows the request",
    remedy: "allow the action in the role's policies, or in the vendor's policies in the vendor's account",
  },
  {
    id: "no-resource-policy",
    codes: DENIED,
    message: /no resource-based policy allows/i,
    kind: "denied",
    cause: "the bucket policy or trust policy does not allow the request",
    remedy: "name the caller and the action in an Allow statement of that policy",
  },
  {
    id: "kms",
    codes: DENIED,
    message: /kms:/i,
    kind: "denied",
    cause: "the caller may not use the bucket's KMS key",
    remedy: "use SSE-S3, or allow kms:GenerateDataKey (for multipart uploads also kms:Decrypt) in the key policy and the caller's policies",
  },
  {
    id: "object-lock",
    codes: [...DENIED, "InvalidRequest"],
    message: /object lock|legal hold|retention|WORM/i,
    kind: "fatal",
    cause: "Object Lock protects the object version",
    remedy:
      "remove the bucket's default retention, or use a bucket without Object Lock; the version can be deleted when its retention ends",
  },
  {
    id: "mfa-delete",
    codes: DENIED,
    message: /mfa|multi-?factor/i,
    kind: "fatal",
    cause: "MFA delete is on: deleting a version needs the root user's MFA code",
    remedy: "turn MFA delete off for this bucket, or delete the version with `--mfa`",
  },
  {
    id: "access-denied",
    codes: DENIED,
    kind: "denied",
    cause: "AWS denied the request and did not say which policy decided",
    remedy:
      "check the statements that the report names, then the bucket's owner, SCPs, RCPs, Block Public Access and the caller's own policies",
  },
  {
    id: "unsigned",
    codes: ["MissingAuthenticationToken", "MissingAuthenticationTokenException", "MissingSecurityHeader"],
    kind: "denied",
    cause: "the service requires signed requests",
    remedy: "sign the request",
  },
  {
    id: "no-such-bucket",
    codes: ["NoSuchBucket"],
    kind: "notYet",
    cause: "there is no bucket with this name, or it was created a moment ago",
    remedy: "check the bucket's name, and that Terraform has created it",
  },
  {
    id: "not-found",
    codes: ["NotFound", "404"],
    operations: ["s3:HeadBucket"],
    kind: "notYet",
    cause: "there is no bucket with this name, or it was created a moment ago",
    remedy: "check the bucket's name, and that Terraform has created it",
  },
  {
    id: "no-such-key",
    codes: ["NoSuchKey"],
    kind: "notYet",
    cause: "the test object does not exist, or versioning was enabled within the last 15 minutes",
    remedy: "run validate again in 15 minutes; if it fails again, look for a process that deletes new objects",
  },
  {
    id: "wrong-region",
    codes: [
      "PermanentRedirect",
      "301",
      "MovedPermanently",
      "AuthorizationHeaderMalformed",
      "IllegalLocationConstraintException",
      "IncorrectEndpoint",
    ],
    kind: "fatal",
    cause: "AWS redirected the request: it went to a region that is not the bucket's",
    remedy: "set the actual region of the bucket in the construct and in the vendor's form",
  },
  {
    id: "temporary-redirect",
    codes: ["TemporaryRedirect", "307"],
    kind: "notYet",
    cause: "the DNS entry of the new bucket has not propagated yet",
    remedy: "run validate again in a few minutes",
  },
  {
    id: "clock-skew",
    codes: ["RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException"],
    kind: "fatal",
    cause: "this machine's clock differs from AWS's by more than 15 minutes",
    remedy: "synchronize the clock (NTP), and run validate again",
  },
  {
    id: "signature",
    codes: ["SignatureDoesNotMatch"],
    kind: "fatal",
    cause: "the secret access key does not match the access key ID, or a proxy modifies requests",
    remedy: "check the credentials, and bypass the proxy",
  },
  {
    id: "bad-credentials",
    codes: ["InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken"],
    kind: "fatal",
    cause: "AWS does not recognize these credentials",
    remedy: "check the profile or the environment variables that they come from",
  },
  {
    id: "expired-credentials",
    codes: ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"],
    kind: "fatal",
    cause: "the credentials have expired",
    remedy: "renew them (for example with `aws sso login`), and run validate again",
  },
  {
    id: "web-identity",
    codes: ["InvalidIdentityToken", "IDPRejectedClaim", "IDPCommunicationError"],
    kind: "fatal",
    cause: "STS rejected the web identity token: it has expired, or its issuer or audience is wrong",
    remedy: "get a new token, and compare its `iss`, `aud` and `sub` with the OIDC provider and the trust policy",
  },
  {
    id: "no-such-profile",
    codes: ["CredentialsProviderError"],
    message: /could not resolve credentials using profile/i,
    kind: "fatal",
    cause: "the AWS configuration files have no such profile, or it holds no credentials",
    remedy: "name one of those that `aws configure list-profiles` prints",
  },
  {
    id: "no-credentials",
    codes: ["CredentialsProviderError", "CredentialsError", "TokenProviderError"],
    kind: "fatal",
    cause: "no credentials were found",
    remedy: "name a profile with --profile (awsProfile of the construct), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  },
  {
    id: "acl-not-supported",
    codes: ["AccessControlListNotSupported"],
    kind: "fatal",
    cause: "the bucket's Object Ownership is BucketOwnerEnforced, which disables ACLs; the vendor's uploads fail too",
    remedy: "set Object Ownership to BucketOwnerPreferred for a vendor that sets ACLs",
  },
  {
    id: "kms-key",
    codes: [
      "KMS.DisabledException",
      "KMS.NotFoundException",
      "KMS.InvalidStateException",
      "KMS.KMSInvalidStateException",
      "KMS.InvalidKeyUsageException",
    ],
    kind: "fatal",
    cause: "the KMS key of the bucket's default encryption is disabled, deleted or of the wrong type",
    remedy: "enable the key, set another key, or use SSE-S3",
  },
  {
    id: "kms-throttled",
    codes: ["KMS.ThrottlingException"],
    kind: "transient",
    cause: "KMS throttles requests",
    remedy: "enable the S3 Bucket Key, or run validate again later",
  },
  {
    id: "requester-pays",
    codes: ["MissingRequestPayment"],
    kind: "denied",
    cause: "the bucket has Requester Pays on, and the request does not accept the charge",
    remedy: "set the bucket's request payment to BucketOwner",
  },
  {
    id: "precondition",
    codes: ["PreconditionFailed", "412"],
    kind: "fatal",
    cause: "an object with the test object's key exists already; it was not changed",
    remedy: "run validate again: each run uses new keys",
  },
  {
    id: "conflict",
    codes: ["OperationAborted", "ConditionalRequestConflict", "409", "ConflictException"],
    kind: "notYet",
    cause: "another change of the same bucket or object is in progress",
    remedy: "run validate again when that change is complete",
  },
  {
    id: "throttled",
    codes: [
      "SlowDown",
      "Throttling",
      "ThrottlingException",
      "TooManyRequestsException",
      "RequestLimitExceeded",
      "429",
      "503",
      "ServiceUnavailable",
    ],
    kind: "transient",
    cause: "AWS throttles requests, or is temporarily unavailable",
    remedy: "run validate again later, or lower --concurrency",
  },
  {
    id: "server-error",
    codes: ["InternalError", "InternalFailure", "ServiceFailure", "500", "502", "504"],
    kind: "transient",
    cause: "AWS had an internal error",
    remedy: "run validate again",
  },
  {
    id: "self-signed",
    codes: ["DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "CERT_HAS_EXPIRED"],
    kind: "fatal",
    cause: "this machine does not trust the endpoint's certificate",
    remedy: "name the certificate's issuer with NODE_EXTRA_CA_CERTS=FILE",
  },
  {
    id: "tls",
    codes: ["BrokenTlsHandshake"],
    kind: "transient",
    cause: "the TLS handshake with the endpoint broke",
    remedy: "check the network, the proxy and AWS_ENDPOINT_URL",
  },
  {
    id: "not-aws",
    codes: ["NotAnAnswerOfAws"],
    kind: "transient",
    cause: "the answer is not from AWS but from a proxy, a firewall or a login page",
    remedy: "check HTTPS_PROXY, HTTP_PROXY, NO_PROXY and AWS_ENDPOINT_URL, and allow requests to AWS",
  },
  {
    id: "proxy",
    codes: ["ProxyError"],
    kind: "transient",
    cause: "the proxy rejected the request, or cannot be reached",
    remedy: "check HTTPS_PROXY, HTTP_PROXY, NO_PROXY and the proxy's rules",
  },
  {
    id: "network",
    codes: [
      "ENOTFOUND",
      "EAI_AGAIN",
      "ECONNREFUSED",
      "ECONNRESET",
      "EPIPE",
      "ETIMEDOUT",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "TimeoutError",
      "RequestTimeout",
      "NetworkingError",
    ],
    kind: "transient",
    cause: "the endpoint cannot be reached, or the connection was interrupted",
    remedy: "check the network, the proxy and AWS_ENDPOINT_URL",
  },
  {
    id: "not-implemented",
    codes: ["NotImplemented", "501", "MethodNotAllowed", "InternalNotImplemented"],
    kind: "fatal",
    cause: "the endpoint does not support this operation",
    remedy: "none on AWS; an emulator or a gateway may lack the operation",
  },
  {
    id: "role-limit",
    codes: ["LimitExceeded", "LimitExceededException"],
    kind: "fatal",
    cause: "a quota of the account is exhausted",
    remedy: "free some of the quota that the message names, or request a higher one",
  },
  {
    id: "nothing-written",
    codes: ["NothingWritten"],
    kind: "fatal",
    cause: "nothing was written, because no known credentials could remove it",
    remedy: "grant the deployer the rights to remove test objects, or validate with --read-only",
  },
  {
    id: "text-refused",
    codes: ["TextRefused"],
    kind: "fatal",
    cause: "S3 rejected the deliberately invalid policy, so the right is unknown",
    remedy: "none: the live policies are evaluated instead",
  },
  {
    id: "delete-ignored",
    codes: ["DeleteIgnored"],
    kind: "transient",
    cause: "AWS answered that it deleted the object, but the object is still there",
    remedy: "look for a proxy or a gateway that answers instead of S3, then remove the test object",
  },
  {
    id: "put-ignored",
    codes: ["PutIgnored"],
    kind: "transient",
    cause: "AWS answered that it stored the object, but the object is not there",
    remedy: "look for a proxy or a gateway that answers instead of S3, or for a process that deletes new objects",
  },
  {
    id: "abort-ignored",
    codes: ["AbortIgnored"],
    kind: "transient",
    cause: "AWS answered that it aborted the upload, but the upload is still open",
    remedy: "look for a proxy or a gateway that answers instead of S3, then abort the upload",
  },
  {
    id: "delete-not-seen",
    codes: ["DeleteNotSeen"],
    kind: "fatal",
    cause: "AWS answered that it deleted the object, but no known credentials may list the bucket to confirm it",
    remedy: "give the deployer s3:ListBucketVersions on the bucket",
  },
  {
    id: "malformed-policy",
    codes: ["MalformedPolicy", "MalformedPolicyDocument"],
    kind: "fatal",
    cause: "AWS rejected the policy document",
    remedy: "correct the policy; check also that its principals exist",
  },
];
