import { describe, expect, it } from "vitest";
import { type AccessRequest, compilePolicy, decide, explainDecision, unknownText } from "../../lib/evaluate";
import type { UnknownKind } from "../../lib/unknown/placeholder";

const VENDOR = "arn:aws:sts::444455556666:assumed-role/delivery/run";
const VENDOR_ROLE = "arn:aws:iam::444455556666:role/delivery";
const PUT: AccessRequest = {
  principal: VENDOR,
  action: "s3:PutObject",
  resource: "arn:aws:s3:::logs/a.json",
  resourceAccount: "111122223333",
  context: { "aws:SecureTransport": "true" },
};
const location = { file: "cdk.tf.json", address: "aws_s3_bucket_policy.logs", line: 12 };

function bucketPolicy(...statements: object[]) {
  return compilePolicy({ Version: "2012-10-17", Statement: statements }, "resource", { name: "logs", location });
}

const GRANT = { Sid: "Vendor", Effect: "Allow", Principal: { AWS: VENDOR_ROLE }, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const SSL = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } };

describe("decide", () => {
  it("says that the customer permits, where the vendor's half is not known", () => {
    const decision = decide(PUT, { resourcePolicy: bucketPolicy(GRANT, SSL) });

    expect(decision).toMatchObject({ verdict: "Allowed", scope: "customer", missing: [] });
    expect(decision.deciding).toEqual([{ policy: "resource", policyName: "logs", index: 0, sid: "Vendor", effect: "Allow", location }]);
    expect(explainDecision(decision)).toBe(
      [
        "Allowed by your account: The resource's policy allows it; the caller also needs an Allow in its own account.",
        '  decided by: Allow "Vendor" (statement 1 of resource policy "logs", aws_s3_bucket_policy.logs, cdk.tf.json line 12)',
      ].join("\n"),
    );
  });

  it("says allowed, where both halves are known", () => {
    const identity = compilePolicy({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }, "identity");

    expect(decide(PUT, { resourcePolicy: bucketPolicy(GRANT), identityPolicies: [identity] })).toMatchObject({
      verdict: "Allowed",
      scope: "full",
    });
  });

  it("names the statement that denies", () => {
    const decision = decide({ ...PUT, context: { "aws:SecureTransport": "false" } }, { resourcePolicy: bucketPolicy(GRANT, SSL) });

    expect(decision.verdict).toBe("ExplicitlyDenied");
    expect(decision.deciding.map(({ index }) => index)).toEqual([1]);
  });

  it("names the nearest Allow and what did not match", () => {
    const decision = decide(
      { ...PUT, resource: "arn:aws:s3:::other/a.json" },
      { resourcePolicy: bucketPolicy({ ...GRANT, Action: "s3:Get*" }, GRANT) },
    );

    expect(decision.verdict).toBe("ImplicitlyDenied");
    expect(decision.nearest?.statement.index).toBe(1);
    expect(decision.nearest?.mismatches).toEqual(["Resource: arn:aws:s3:::logs/* does not match arn:aws:s3:::other/a.json"]);
    expect(explainDecision(decision)).toContain('  nearest: Allow "Vendor"');
    expect(JSON.parse(JSON.stringify(decision))).toMatchObject({ verdict: "ImplicitlyDenied", nearest: { statement: { index: 1 } } });
  });

  it("names the condition that did not match", () => {
    const grant = { ...GRANT, Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } } };

    expect(decide(PUT, { resourcePolicy: bucketPolicy(grant) }).nearest?.mismatches).toEqual([
      "Condition: StringEquals s3:x-amz-acl bucket-owner-full-control: the request has no such key",
    ]);
  });

  it("decides for the own account what the bucket policy decides by itself, and says what is missing for the rest", () => {
    const user = "arn:aws:iam::111122223333:user/alice";
    const named = bucketPolicy({ ...GRANT, Principal: { AWS: user } });

    expect(decide({ ...PUT, principal: user }, { resourcePolicy: named })).toMatchObject({ verdict: "Allowed", scope: "full" });
    expect(decide({ ...PUT, principal: user }, { resourcePolicy: bucketPolicy(GRANT) })).toMatchObject({
      verdict: "unknown",
      missing: [`the identity policies of ${user}`],
    });
  });

  it("decides by a placeholder that stands on both sides", () => {
    const role = unknownText("var.vendor_role_arn");
    const policies = { resourcePolicy: bucketPolicy({ ...GRANT, Principal: { AWS: role } }) };
    const request = { ...PUT, principal: role, principalAccount: "444455556666" };

    expect(decide(request, policies).verdict).toBe("Allowed");
    expect(decide({ ...request, principal: VENDOR }, policies)).toMatchObject({ verdict: "unknown", missing: ["var.vendor_role_arn"] });
  });

  it.each([
    ["a name", "arn:aws:s3:::⟨name⟩/*", "arn:aws:s3:::⟨name⟩/k", "Allowed"],
    ["a name and what begins with it", "arn:aws:s3:::⟨name⟩/*", "arn:aws:s3:::⟨name⟩-other/k", "ImplicitlyDenied"],
    ["a name and the bucket itself", "arn:aws:s3:::⟨name⟩/*", "arn:aws:s3:::⟨name⟩", "ImplicitlyDenied"],
    ["a name and a wildcard", "arn:aws:s3:::⟨name⟩*", "arn:aws:s3:::⟨name⟩-other/k", "Allowed"],
    ["a name and an object of any bucket", "arn:aws:s3:::⟨name⟩", "arn:aws:s3:::logs/k", "ImplicitlyDenied"],
    ["a name and a bucket", "arn:aws:s3:::⟨name⟩", "arn:aws:s3:::logs", "unknown"],
    ["a part of a name", "arn:aws:s3:::logs-⟨name⟩/*", "arn:aws:s3:::logs-⟨name⟩.x/k", "ImplicitlyDenied"],
    ["an ARN", "⟨bucketArn⟩/*", "⟨bucketArn⟩/k", "Allowed"],
    ["an ARN and what begins with it", "⟨bucketArn⟩/*", "⟨bucketArn⟩-other/k", "ImplicitlyDenied"],
    ["an ARN and the bucket itself", "⟨bucketArn⟩/*", "⟨bucketArn⟩", "ImplicitlyDenied"],
    ["an ARN and an object", "⟨bucketArn⟩", "arn:aws:s3:::logs/k", "ImplicitlyDenied"],
  ])("decides by what a value can be: %s", (_, pattern, resource, verdict) => {
    const open = (text: string) => text.replace(/⟨(\w+)⟩/g, (_match, kind) => unknownText("x", kind as UnknownKind));
    const statement = { ...GRANT, Action: "s3:*", Resource: open(pattern) };

    expect(decide({ ...PUT, resource: open(resource) }, { resourcePolicy: bucketPolicy(statement) }).verdict).toBe(verdict);
  });

  it("is sure of a denial whatever a Deny that may apply says", () => {
    const perhaps = { ...SSL, Resource: `${unknownText("b.arn")}/*` };

    expect(decide({ ...PUT, action: "s3:GetObject" }, { resourcePolicy: bucketPolicy(GRANT, perhaps) }).verdict).toBe("ImplicitlyDenied");
    expect(decide({ ...PUT, context: {} }, { resourcePolicy: bucketPolicy(GRANT, perhaps) }).verdict).toBe("Allowed");
    expect(decide({ ...PUT, context: { "aws:SecureTransport": "false" } }, { resourcePolicy: bucketPolicy(GRANT, perhaps) }).verdict).toBe(
      "unknown",
    );
  });

  it("does not know what Block Public Access does while a setting is not known", () => {
    const policies = { resourcePolicy: bucketPolicy(GRANT, { ...GRANT, Principal: "*" }) };
    const restrictPublicBuckets = unknownText("var.restrict");

    expect(decide(PUT, { ...policies, blockPublicAccess: { restrictPublicBuckets } })).toMatchObject({
      verdict: "unknown",
      missing: ["var.restrict"],
    });
  });

  it("says so where it depends on an account that is not known", () => {
    const { resourceAccount: _, ...request } = PUT;
    const identity = compilePolicy({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }, "identity");

    expect(decide(request, { identityPolicies: [identity] })).toMatchObject({
      verdict: "unknown",
      missing: [`the account that owns ${PUT.resource}`],
    });
  });
});
