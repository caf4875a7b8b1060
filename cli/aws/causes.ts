/**
 * What AWS's refusals and errors mean here, and what to do about each. The first entry that fits wins.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */

/**
 * - `denied`: AWS answered that the caller may not. Also what a right that has not spread yet looks like.
 * - `notYet`: the thing does not exist yet, or settings are still spreading; worth waiting.
 * - `transient`: overload or a broken connection; the SDK has retried already.
 * - `fatal`: waiting does not help.
 */
export type FailureKind = "denied" | "notYet" | "transient" | "fatal";

export interface Cause {
  /** Stable id, for reports. */
  readonly id: string;
  readonly codes: readonly string[];
  /** Narrows the entry to messages that match. */
  readonly message?: RegExp;
  /** Narrows the entry to these operations. */
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
    cause: "a policy denies the request explicitly",
    remedy: "find the Deny statement in the kind of policy that AWS's message names, and exempt this request or remove the statement",
  },
  {
    id: "service-control-policy",
    codes: DENIED,
    message: /service control policy|resource control policy/i,
    kind: "denied",
    cause: "a policy of the organization (SCP or RCP) does not let the request through",
    remedy: "ask the administrators of the AWS organization to exempt the vendor's principal and this bucket",
  },
  {
    id: "permissions-boundary",
    codes: DENIED,
    message: /permissions boundary/i,
    kind: "denied",
    cause: "the permissions boundary of the caller does not allow the request",
    remedy: "allow the action in the permissions boundary, or give the role another boundary",
  },
  {
    id: "no-identity-policy",
    codes: DENIED,
    message: /no identity-based policy allows/i,
    kind: "denied",
    cause: "no identity policy of the caller allows the request",
    remedy: "allow the action in the caller's own policies: the role's inline policy, or the vendor's policies in the vendor's account",
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
    cause: "the caller may not use the KMS key that encrypts the bucket",
    remedy:
      "use SSE-S3, or allow kms:GenerateDataKey (and kms:Decrypt for multipart uploads) in the key policy and in the caller's own policy",
  },
  {
    id: "object-lock",
    codes: [...DENIED, "InvalidRequest"],
    message: /object lock|legal hold|retention|WORM/i,
    kind: "fatal",
    cause: "Object Lock protects the object version",
    remedy:
      "switch the default retention of Object Lock off for this bucket, or use a bucket without it; the version goes when its retention ends",
  },
  {
    id: "mfa-delete",
    codes: DENIED,
    message: /mfa|multi-?factor/i,
    kind: "fatal",
    cause: "MFA delete is on: versions can only be deleted with a code from the root user's device",
    remedy: "switch MFA delete off for this bucket, or remove the version with `--mfa`",
  },
  {
    id: "access-denied",
    codes: DENIED,
    kind: "denied",
    cause:
      "AWS refused: no policy allows it, a policy denies it, the bucket belongs to another account than expected, " +
      "or something outside these policies (SCP, RCP, Block Public Access, the caller's own policies) stops it",
    remedy: "compare the statements that the report names with the request; see docs/validate.md for what cannot be seen from this account",
  },
  {
    id: "unsigned",
    codes: ["MissingAuthenticationToken", "MissingAuthenticationTokenException", "MissingSecurityHeader"],
    kind: "denied",
    cause: "the service takes no unsigned requests",
    remedy: "sign the request",
  },
  {
    id: "no-such-bucket",
    codes: ["NoSuchBucket"],
    kind: "notYet",
    cause: "there is no bucket with this name, or it was created a moment ago",
    remedy: "check the bucket's name, and that the bucket was applied",
  },
  {
    id: "not-found",
    codes: ["NotFound", "404"],
    operations: ["s3:HeadBucket"],
    kind: "notYet",
    cause: "there is no bucket with this name, or it was created a moment ago",
    remedy: "check the bucket's name, and that the bucket was applied",
  },
  {
    id: "no-such-key",
    codes: ["NoSuchKey"],
    kind: "notYet",
    cause: "the test object is not there; versioning that was switched on within the last 15 minutes shows like this too",
    remedy: "run validate again in a quarter of an hour; if it stays, look for a lifecycle rule or a process that removes objects at once",
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
    cause: "the request went to another region than the bucket's",
    remedy: "set the bucket's region in the construct (and in the vendor's form) to the region where the bucket is",
  },
  {
    id: "temporary-redirect",
    codes: ["TemporaryRedirect", "307"],
    kind: "notYet",
    cause: "the DNS entry of the new bucket is still on its way",
    remedy: "run validate again in some minutes",
  },
  {
    id: "clock-skew",
    codes: ["RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException"],
    kind: "fatal",
    cause: "the clock of this machine is wrong: AWS accepts at most 15 minutes of difference",
    remedy: "set the clock (NTP) and run validate again",
  },
  {
    id: "signature",
    codes: ["SignatureDoesNotMatch"],
    kind: "fatal",
    cause: "the secret access key does not fit the access key id, or a proxy changes requests",
    remedy: "check the credentials; take the proxy out of the way",
  },
  {
    id: "bad-credentials",
    codes: ["InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken"],
    kind: "fatal",
    cause: "AWS does not know these credentials",
    remedy: "check the profile or the environment that they come from",
  },
  {
    id: "expired-credentials",
    codes: ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"],
    kind: "fatal",
    cause: "the credentials have expired",
    remedy: "get new ones (for example `aws sso login`) and run validate again",
  },
  {
    id: "web-identity",
    codes: ["InvalidIdentityToken", "IDPRejectedClaim", "IDPCommunicationError"],
    kind: "fatal",
    cause: "AWS does not accept the web identity token: expired, from another issuer, or for another audience",
    remedy: "get a fresh token, and compare its `iss`, `aud` and `sub` with the OIDC provider and the trust policy",
  },
  {
    id: "no-credentials",
    codes: ["CredentialsProviderError", "CredentialsError", "TokenProviderError"],
    kind: "fatal",
    cause: "there are no credentials to act with",
    remedy:
      "name a profile (--profile, --vendor-profile; awsProfile, vendorAwsProfile of the construct) or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  },
  {
    id: "acl-not-supported",
    codes: ["AccessControlListNotSupported"],
    kind: "fatal",
    cause:
      "the bucket's ownership is BucketOwnerEnforced, which refuses every ACL but bucket-owner-full-control; the vendor's client will fail too",
    remedy: "set the object ownership to BucketOwnerPreferred for a vendor that sets ACLs",
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
    cause: "the KMS key of the bucket's default encryption cannot be used: disabled, deleted or of the wrong kind",
    remedy: "enable the key or set another one in the bucket's encryption; SSE-S3 needs none",
  },
  {
    id: "kms-throttled",
    codes: ["KMS.ThrottlingException"],
    kind: "transient",
    cause: "KMS is asked too often",
    remedy: "switch the bucket key on, or run validate again later",
  },
  {
    id: "requester-pays",
    codes: ["MissingRequestPayment"],
    kind: "denied",
    cause: "the bucket makes the requester pay, which the vendor's client must agree to",
    remedy: "set the request payment of the bucket to BucketOwner",
  },
  {
    id: "precondition",
    codes: ["PreconditionFailed", "412"],
    kind: "fatal",
    cause: "an object with the name of the test object exists already; it was not touched",
    remedy: "run validate again: each run takes a new name",
  },
  {
    id: "conflict",
    codes: ["OperationAborted", "ConditionalRequestConflict", "409", "ConflictException"],
    kind: "notYet",
    cause: "another change of the same bucket or object is under way",
    remedy: "run validate again when the change is through",
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
    cause: "AWS asks for fewer requests, or is not available for the moment",
    remedy: "run validate again later, or lower --concurrency",
  },
  {
    id: "server-error",
    codes: ["InternalError", "InternalFailure", "ServiceFailure", "500", "502", "504"],
    kind: "transient",
    cause: "AWS answered with an error of its own",
    remedy: "run validate again",
  },
  {
    id: "self-signed",
    codes: ["DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "CERT_HAS_EXPIRED"],
    kind: "fatal",
    cause: "the endpoint's certificate is not one that this machine trusts",
    remedy: "name the certificate's issuer with NODE_EXTRA_CA_CERTS=<file>",
  },
  {
    id: "not-aws",
    codes: ["NotAnAnswerOfAws"],
    kind: "transient",
    cause: "something between here and AWS answered in AWS's place: a proxy, a firewall, a login page",
    remedy: "check HTTPS_PROXY, HTTP_PROXY, NO_PROXY and AWS_ENDPOINT_URL, and let requests to AWS through",
  },
  {
    id: "proxy",
    codes: ["ProxyError"],
    kind: "transient",
    cause: "the proxy does not let the request through",
    remedy: "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and what the proxy allows",
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
    cause: "the endpoint cannot be reached, or the connection broke",
    remedy: "check the network, the proxy and AWS_ENDPOINT_URL",
  },
  {
    id: "not-implemented",
    codes: ["NotImplemented", "501", "MethodNotAllowed", "InternalNotImplemented"],
    kind: "fatal",
    cause: "the endpoint does not know this operation",
    remedy: "nothing to do on AWS; an emulator or a gateway may lack it",
  },
  {
    id: "role-limit",
    codes: ["LimitExceeded", "LimitExceededException"],
    kind: "fatal",
    cause: "a quota of the account is used up",
    remedy: "free some of it (the message names which), or ask for a higher quota",
  },
  {
    id: "text-refused",
    codes: ["TextRefused"],
    kind: "fatal",
    cause: "S3 refused the text, which is no policy on purpose, so nothing is known about the right",
    remedy: "nothing to do: the live policies are evaluated instead",
  },
  {
    id: "malformed-policy",
    codes: ["MalformedPolicy", "MalformedPolicyDocument"],
    kind: "fatal",
    cause: "AWS does not accept the policy's text",
    remedy: "correct the text; a principal that does not exist any more shows like this too",
  },
];
