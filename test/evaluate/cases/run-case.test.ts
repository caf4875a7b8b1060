import { describe, expect, it } from "vitest";
import { runCase } from "../../../lib/evaluate";

const INPUT = {
  id: "one",
  request: {
    principal: "arn:aws:sts::444455556666:assumed-role/delivery/run",
    action: "s3:PutObject",
    resource: "arn:aws:s3:::logs/a.json",
    resourceAccount: "111122223333",
  },
};

describe("cases", () => {
  it("give one line of JSON each", () => {
    expect(JSON.stringify(runCase({ ...INPUT, expected: "ImplicitlyDenied" }))).toBe(
      '{"id":"one","verdict":"ImplicitlyDenied","expected":"ImplicitlyDenied","deciding":[]}',
    );
  });

  it.each<[string, unknown, string]>([
    ["no object", 7, "'case' must be an object, got 7"],
    ["no id", {}, "'id' must be text, got nothing"],
    ["no request", { id: "x" }, "'request' must be an object, got nothing"],
    ["no principal", { id: "x", request: {} }, "'request.principal' must be text, got nothing"],
    [
      "a wrong expectation",
      { ...INPUT, expected: "allowed" },
      "'expected' must be one of Allowed, ExplicitlyDenied, ImplicitlyDenied, unknown",
    ],
    [
      "an object in the context",
      { ...INPUT, request: { ...INPUT.request, context: { a: {} } } },
      "'request.context.a' must be text or a list of texts",
    ],
    [
      "a setting that is no truth value",
      { ...INPUT, blockPublicAccess: { restrictPublicBuckets: 1 } },
      "'blockPublicAccess.restrictPublicBuckets' must be true or false, got 1",
    ],
    [
      "a setting that is misspelt",
      { ...INPUT, blockPublicAccess: { RestrictPublicBuckets: true } },
      "'blockPublicAccess.RestrictPublicBuckets' must be one of",
    ],
    ["a policy under a name that is misspelt", { ...INPUT, resourcePolcy: {} }, "'resourcePolcy' is no member of a case; known are"],
    ["policies that are no list", { ...INPUT, identityPolicies: {} }, "'identityPolicies' must be a list"],
    ["ownership that is no text", { ...INPUT, objectOwnership: 1 }, "'objectOwnership' must be one of BucketOwnerEnforced"],
    [
      "an account that is none",
      { ...INPUT, request: { ...INPUT.request, resourceAccount: "1111" } },
      "'request.resourceAccount' must be a 12-digit account ID as text",
    ],
    [
      "one context key in two letter cases",
      { ...INPUT, request: { ...INPUT.request, context: { "aws:SourceIp": "192.0.2.1", "aws:sourceip": "192.0.2.2" } } },
      "'request.context.aws:sourceip' must stand only once",
    ],
    ["an id that is an object", { id: { toString: 1 } }, "'id' must be text"],
    ["a policy that AWS would refuse", { ...INPUT, resourcePolicy: {} }, "'Statement' is required, got nothing"],
  ])("fail with a message for %s", (_, wrong, message) => {
    const result = runCase(wrong);

    expect(result.verdict).toBe("error");
    expect(result.error).toContain(message);
  });
});
