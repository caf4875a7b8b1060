import { describe, expect, test } from "vitest";
import { CAUSES } from "../../../cli/aws/causes";
import { failureOf, showCause, showFailure } from "../../../cli/aws/failure";
import { awsError, denied } from "../fake-aws";

describe("the catalogue of causes", () => {
  test("has an id, a cause and a remedy for each entry, and no id twice", () => {
    expect(new Set(CAUSES.map(({ id }) => id)).size).toBe(CAUSES.length);
    for (const { cause, remedy } of CAUSES) expect(cause.length * remedy.length).toBeGreaterThan(0);
  });

  test.each([
    ["AccessDenied", 403, "Access Denied", "access-denied", "denied"],
    ["AccessDenied", 403, "… with an explicit deny in a resource-based policy", "explicit-deny", "denied"],
    ["AccessDenied", 403, "… because no identity-based policy allows the s3:PutObject action", "no-identity-policy", "denied"],
    ["AccessDenied", 403, "… because no resource-based policy allows the s3:PutObject action", "no-resource-policy", "denied"],
    ["AccessDenied", 403, "… because no permissions boundary allows the s3:PutObject action", "permissions-boundary", "denied"],
    ["AccessDenied", 403, "… because no service control policy allows", "service-control-policy", "denied"],
    ["AccessDenied", 403, "User … is not authorized to perform: kms:GenerateDataKey", "kms", "denied"],
    ["AccessDenied", 403, "Access Denied because object protected by object lock.", "object-lock", "fatal"],
    ["NoSuchBucket", 404, "", "no-such-bucket", "notYet"],
    ["PermanentRedirect", 301, "", "wrong-region", "fatal"],
    ["AuthorizationHeaderMalformed", 400, "the region 'us-east-1' is wrong", "wrong-region", "fatal"],
    ["TemporaryRedirect", 307, "", "temporary-redirect", "notYet"],
    ["RequestTimeTooSkewed", 403, "", "clock-skew", "fatal"],
    ["AccessControlListNotSupported", 400, "", "acl-not-supported", "fatal"],
    ["KMS.DisabledException", 400, "", "kms-key", "fatal"],
    ["PreconditionFailed", 412, "", "precondition", "fatal"],
    ["OperationAborted", 409, "", "conflict", "notYet"],
    ["SlowDown", 503, "", "throttled", "transient"],
    ["InternalError", 500, "", "server-error", "transient"],
    ["ExpiredToken", 400, "", "expired-credentials", "fatal"],
    ["InvalidClientTokenId", 403, "", "bad-credentials", "fatal"],
    ["InvalidIdentityToken", 400, "", "web-identity", "fatal"],
    ["MissingAuthenticationToken", 403, "", "unsigned", "denied"],
    ["MalformedPolicy", 400, "", "malformed-policy", "fatal"],
    ["NotImplemented", 501, "", "not-implemented", "fatal"],
  ])("knows %s (%i) %s", (name, status, message, causeId, kind) => {
    expect(failureOf(awsError(name, status, message), "s3:PutObject")).toMatchObject({ causeId, kind });
  });

  test("knows a refusal of HEAD, which has no body, by its status", () => {
    expect(failureOf(awsError("UnknownError", 403), "s3:HeadBucket")).toMatchObject({ causeId: "access-denied", code: "403" });
    expect(failureOf(awsError("NotFound", 404), "s3:HeadBucket").causeId).toBe("not-found");
  });

  test("takes a status without AWS's request id for somebody else's", () => {
    const error = Object.assign(new Error("<html>"), { name: "UnknownError", $metadata: { httpStatusCode: 403 } });

    expect(failureOf(error, "s3:PutObject")).toMatchObject({ causeId: "not-aws", kind: "transient" });
  });

  test("knows a network that is not there", () => {
    const error = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });

    expect(failureOf(error, "s3:PutObject")).toMatchObject({ causeId: "network", kind: "transient", code: "ENOTFOUND" });
  });

  test.each([
    ["Could not load credentials from any providers", "no-credentials"],
    ["Could not resolve credentials using profile: [nope] in configuration/credentials file(s).", "no-such-profile"],
  ])("says '%s' in its own words alone", (message, causeId) => {
    const failure = failureOf(Object.assign(new Error(message), { name: "CredentialsProviderError" }), "sts:GetCallerIdentity");

    expect(failure.causeId).toBe(causeId);
    expect(showCause(failure, " (the profile)")).toBe(`${failure.cause} (the profile)`);
    expect(failure.remedy).not.toContain("--vendor");
  });

  test("keeps what the SDK adds to a cause", () => {
    const error = Object.assign(new Error("The SSO session of this profile has expired"), { name: "CredentialsProviderError" });

    expect(showCause(failureOf(error, "sts:GetCallerIdentity"))).toBe(
      "no credentials were found: CredentialsProviderError: The SSO session of this profile has expired",
    );
  });

  test("shows an unknown error as AWS said it", () => {
    const failure = failureOf(awsError("Novel", 418, "short and stout"), "s3:PutObject");

    expect(failure).toMatchObject({ kind: "fatal", cause: "AWS answered Novel: short and stout" });
    expect(showFailure(failure)).toBe("Novel (HTTP 418): short and stout");
  });

  test("takes the bucket's region from the answer", () => {
    const failure = failureOf(awsError("PermanentRedirect", 301, "", { "X-Amz-Bucket-Region": "eu-west-3" }), "s3:HeadBucket");

    expect(failure.region).toBe("eu-west-3");
  });

  test("takes an error of anything", () => {
    expect(failureOf("odd", "s3:PutObject")).toMatchObject({ kind: "fatal", message: "odd" });
    expect(showFailure(failureOf(denied(""), "s3:PutObject"))).toBe("AccessDenied (HTTP 403)");
  });
});
