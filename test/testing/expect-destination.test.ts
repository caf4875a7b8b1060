import { AssertionError } from "node:assert";
import { TerraformVariable, Testing } from "cdktf";
import { expectDestination, synthesize } from "cdktf-vendor-destination/testing";
import { describe, expect, test } from "vitest";
import { KandjiDestination, type KandjiDestinationProps, SixSenseDestination, VendorPermissions } from "../../lib";
import { KANDJI, newStack, SIX_SENSE } from "../constructs/synthesized";

function stackWithKandji(props: Partial<KandjiDestinationProps> = {}) {
  const stack = newStack();
  const kandji = new KandjiDestination(stack, "Kandji", { ...KANDJI, destinationPath: "activity", ...props });
  return { stack, kandji, assertions: () => expectDestination(stack, "Kandji") };
}

function failureOf(assert: () => unknown): AssertionError {
  try {
    assert();
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return error as AssertionError;
  }
  throw new Error("it did not fail");
}

describe("an assertion that holds", () => {
  test("answers itself, so that several can be chained", () => {
    const { assertions } = stackWithKandji();

    assertions()
      .vendorMayAssume()
      .vendorMay("s3:PutObject", { under: "activity/" })
      .vendorMay("s3:PutObject", { key: "activity/2026/events.json" })
      .vendorMay("s3:ListBucket", { under: "activity/" })
      .vendorMayNot("s3:DeleteBucket")
      .strangerMayNotAssume()
      .strangerMayNot("s3:PutObject")
      .refusesHttp()
      .isHealthy();
  });

  test("takes an account model, so that the stack is synthesized once", () => {
    const account = synthesize(stackWithKandji().stack);

    expectDestination(account, "Kandji").isHealthy();
    expectDestination(account, "stack/Kandji").isHealthy();
    expectDestination(account).isHealthy();
  });

  test("sees what was changed since the last one", () => {
    const { assertions, kandji } = stackWithKandji();
    assertions().vendorMay("s3:GetObject");

    kandji.bucket.addToResourcePolicy({ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `${kandji.bucket.bucketArn}/*` });

    expect(() => assertions().vendorMay("s3:GetObject")).toThrow(AssertionError);
  });
});

describe("an assertion that fails", () => {
  test("says who, what, the verdict, the nearest statement and the remedy where nothing allows", () => {
    const { assertions } = stackWithKandji({ permissions: VendorPermissions.LEAST_PRIVILEGE });

    const { message, actual, expected } = failureOf(() => assertions().vendorMay("s3:PutObject", { under: "other/" }));

    expect(message).toContain('stack/Kandji does not satisfy "the vendor may s3:PutObject under "other/""');
    expect(message).toMatch(/who +arn:aws:iam::\d{12}:role\/kandji-acme-kandji-activity\n/);
    expect(message).toMatch(/what +s3:PutObject on arn:aws:s3:::acme-kandji-activity\/other\/vendor-destination-test\n/);
    expect(message).toMatch(/verdict +ImplicitlyDenied\n/);
    expect(message).toMatch(/nearest: statement "AllowVendorOnObjects" .*acme-kandji-activity\/activity\/\* does not match/);
    expect(message).toMatch(/remedy +widen statement "AllowVendorOnObjects"/);
    expect({ actual, expected }).toEqual({ actual: "ImplicitlyDenied", expected: "Allowed" });
  });

  test("says which statement denies, and where it stands", () => {
    const { assertions, kandji } = stackWithKandji();
    kandji.bucket.addToResourcePolicy({
      Sid: "DenyUploads",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${kandji.bucket.bucketArn}/*`,
    });

    const { message } = failureOf(() => assertions().vendorMay("s3:PutObject"));

    expect(message).toMatch(/verdict +ExplicitlyDenied\n/);
    expect(message).toMatch(/decided by +Deny "DenyUploads" \(statement 2 of resource policy, aws_s3_bucket_policy\.Kandji_Bucket_Policy_/);
    expect(message).toMatch(/remedy +narrow statement "DenyUploads"/);
  });

  test("says which statement allows what shall not be", () => {
    const { assertions } = stackWithKandji();

    const { message } = failureOf(() => assertions().vendorMayNot("s3:PutObject", { under: "other/" }));

    expect(message).toMatch(/verdict +Allowed\n/);
    expect(message).toMatch(/decided by +Allow "AllowVendorOnObjects" \(statement 2 of identity policy "vendor-delivery"/);
    expect(message).toMatch(/remedy +narrow or remove statement "AllowVendorOnObjects"/);
  });

  test("shows the keys of the request that it set", () => {
    const { message } = failureOf(() => stackWithKandji().assertions().vendorMay("s3:PutObject", { overHttp: true }));

    expect(message).toContain('does not satisfy "the vendor may s3:PutObject over plain HTTP"');
    expect(message).toMatch(/with +aws:SecureTransport = false/);
  });

  test("names the stranger that gets in", () => {
    const { assertions, kandji } = stackWithKandji();
    kandji.role!.role.addOverride(
      "assume_role_policy",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sts:AssumeRole" }],
      }),
    );

    const { message } = failureOf(() => assertions().strangerMayNotAssume());

    expect(message).toContain('does not satisfy "another principal of the vendor\'s account may not assume the role"');
  });

  test("refuses HTTP only where a statement does", () => {
    const { assertions, kandji } = stackWithKandji();
    kandji.bucket.policy.addOverride("policy", JSON.stringify({ Version: "2012-10-17", Statement: [] }));

    expect(failureOf(() => assertions().refusesHttp()).message).toContain(
      'does not satisfy "the vendor may not s3:PutObject over plain HTTP"',
    );
  });

  test("lists every broken expectation of a destination that is not healthy", () => {
    const { assertions, kandji } = stackWithKandji();
    kandji.bucket.publicAccessBlock.blockPublicPolicy = false;
    kandji.bucket.versioningConfiguration.addOverride("versioning_configuration.status", "Enabled");

    const { message, actual } = failureOf(() => assertions().isHealthy());

    expect(message).toContain("stack/Kandji is not healthy: 2 expectations do not hold");
    expect(message).toMatch(/block-public-policy: .*\n(.*\n)+ +versioning: /);
    expect(actual).toEqual(["block-public-policy: fail", "versioning: fail"]);
  });

  test("lists what the rules of check find", () => {
    const { assertions, kandji } = stackWithKandji();
    kandji.bucket.addToResourcePolicy({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444444444444:role/reader" },
      Action: "s3:GetObject",
      Resource: `${kandji.bucket.bucketArn}/*`,
    });

    const { message, actual } = failureOf(() => assertions().isHealthy());

    expect(message).toMatch(
      /is not healthy: 1 expectation does not hold, 1 finding\n {2}nobody-else-reaches-bucket: .*\n(?: {4}.*\n)+ {2}unexpected-principal: no contract names .*reader\n {4}remedy +remove the principal/,
    );
    expect(message).toMatch(/because +arn:aws:sts::444444444444:assumed-role\/reader\/session can s3:GetObject on /);
    expect(actual).toEqual(["nobody-else-reaches-bucket: fail", "unexpected-principal"]);
  });

  test("does not take what could not be told for an answer", () => {
    const { stack, kandji, assertions } = stackWithKandji();
    kandji.bucket.policy.addOverride("policy", `\${${new TerraformVariable(stack, "policy", { type: "string" }).fqn}}`);

    for (const assert of [() => assertions().vendorMay("s3:PutObject"), () => assertions().strangerMayNot("s3:GetObject")]) {
      expect(failureOf(assert).message).toMatch(/verdict +could not tell/);
    }
    expect(() => assertions().isHealthy()).toThrow(AssertionError);
    expect(() => assertions().isHealthy({ allowUnknown: true })).not.toThrow();
  });
});

describe("a question that makes no sense fails", () => {
  test("for a destination that the stack does not have", () => {
    const { stack } = stackWithKandji();
    new SixSenseDestination(stack, "SixSense", SIX_SENSE);

    expect(() => expectDestination(stack, "Other")).toThrow(
      `UnknownDestination: 'destination' must be one of the stack, got "Other"; it has stack/Kandji, stack/SixSense (at stack)`,
    );
    expect(() => expectDestination(stack)).toThrow("got none; it has stack/Kandji, stack/SixSense");
    expect(() => expectDestination(newStack())).toThrow("got none; it has none");
  });

  test.each(["s3:Nonsense", "s3:*", "sqs:SendMessage"])("for the action %s", (action) => {
    expect(() => stackWithKandji().assertions().vendorMay(action)).toThrow(
      `UnknownAction: 'action' must be an S3 action on a bucket or an object, got "${action}"; write one action in full, e.g. "s3:PutObject"`,
    );
  });

  test("for the role of a vendor that assumes none", () => {
    const stack = newStack();
    new SixSenseDestination(stack, "SixSense", SIX_SENSE);

    expect(() => expectDestination(stack).vendorMayAssume()).toThrow("NoRole: the vendor of stack/SixSense assumes no role");
  });
});

test("aspects are applied before anything is asked", async () => {
  const { Aspects } = await import("cdktf");
  const { stack, kandji, assertions } = stackWithKandji();
  Aspects.of(stack).add({
    visit: (node) => {
      if (node === kandji.bucket.publicAccessBlock) kandji.bucket.publicAccessBlock.blockPublicAcls = false;
    },
  });

  expect(() => assertions().isHealthy()).toThrow("block-public-acls");
  expect(Testing.synth(stack)).toContain('"block_public_acls": false');
});
