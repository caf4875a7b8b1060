// The test kit with Node.js alone: no test framework, no transformation. Run by test/package/testing.test.ts.
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { TerraformStack, Testing } = require("cdktf");
const { KandjiDestination } = require("cdktf-vendor-destination");
const { expectDestination, policySnapshot } = require("cdktf-vendor-destination/testing");

const stack = new TerraformStack(Testing.app(), "stack");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new KandjiDestination(stack, "Kandji", { bucketName: "acme-kandji", vendorAccountId: "222222222222", vendorRoleName: "kandji" });

test("an assertion that holds passes", () => {
  expectDestination(stack, "Kandji").vendorMay("s3:PutObject").strangerMayNotAssume().refusesHttp().isHealthy();
});

test("an assertion that does not hold throws an AssertionError", () => {
  assert.throws(() => expectDestination(stack, "Kandji").vendorMay("s3:PutBucketPolicy"), assert.AssertionError);
});

test("policies are printed by construct path", () => {
  assert.match(policySnapshot(stack), /^Kandji\/Bucket\/Policy \(bucket policy\)$/m);
});
