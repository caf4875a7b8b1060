/** What could not be read is named by its right, in words, whichever read is denied. */
import { expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { rightFor } from "../../../cli/aws/rights";
import { destinationLine, validateText } from "../../../cli/report/validate/text";
import type { Provenance } from "../../../cli/report/validate/types";
import { wholeReport } from "../../../cli/validate/all";
import { awsError } from "../fake-aws";
import { CUSTOMER } from "../fake-destination";
import { EnforcedDestination, type Example } from "../validate/enforced";

const KEY = `arn:aws:kms:eu-west-1:${CUSTOMER}:key/00000000-0000-4000-8000-000000000000`;

function placeWithKey(example: Example): EnforcedDestination {
  const place = new EnforcedDestination(example);
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY };
  place.answer("s3:GetBucketEncryption", () => ({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }] },
  }));
  return place;
}

const READS: readonly OperationName[] = [
  "s3:GetBucketPolicy",
  "s3:GetPublicAccessBlock",
  "s3:GetBucketEncryption",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketAcl",
  "iam:GetRole",
  "iam:ListRolePolicies",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "kms:ListGrants",
];

test.each(READS.flatMap((operation) => (["kandji", "sixsense"] as const).map((example) => [operation, example] as const)))(
  "%s (%s)",
  async (operation, example) => {
    const place = placeWithKey(example);
    place.aws.plan(operation, () => {
      throw awsError("AccessDenied", 403);
    });

    const { results, notChecked } = await place.validate({ asked: "deployer" });

    const shown = results.filter(({ outcome }) => outcome !== "pass");
    for (const { id, cause = "", remedy = "", deciding } of shown) {
      expect(`${cause} ${remedy}`, id).not.toContain("${");
      // A placeholder of a policy has no statements that anybody could look at.
      expect(
        deciding.filter(({ location }) => location?.address === "live"),
        id,
      ).toEqual([]);
    }
    const isAsked = place.aws.calls.some((call) => call.operation === operation);
    if (isAsked) expect(JSON.stringify([shown, notChecked])).toContain(rightFor(operation));
  },
);

const SETTINGS: readonly OperationName[] = [
  "s3:GetBucketLifecycleConfiguration",
  "s3:GetBucketReplication",
  "s3:GetBucketWebsite",
  "s3:GetBucketNotificationConfiguration",
  "s3:GetBucketPolicyStatus",
  "s3:GetBucketVersioning",
  "s3:ListBucketInventoryConfigurations",
  "s3:ListBucketAnalyticsConfigurations",
];

test.each(SETTINGS)("%s that is denied is counted in the summary, and named beside the destination", async (operation) => {
  const place = new EnforcedDestination("sixsense");
  place.aws.plan(operation, () => {
    throw awsError("AccessDenied", 403);
  });

  const report = await place.validate({ asked: "deployer" });

  expect(report.notRead).toEqual([rightFor(operation)]);
  const whole = wholeReport([report], { program: "p", now: () => 0, started: 0, provenance: () => ({}) as Provenance });
  expect(validateText(whole)).toMatch(/, 1 not read$/m);
  expect(destinationLine(report, { colour: false })).toContain(`1 not read (${rightFor(operation)})`);
});

test("a report of a destination that was read has no such count", async () => {
  expect(await new EnforcedDestination("sixsense").validate({ asked: "deployer" })).not.toHaveProperty("notRead");
});

test.each([
  ["is denied", "AccessDenied", 403, "unknown"],
  ["fails", "InternalError", 500, "unknown"],
  ["is no operation of the emulator", "NotImplemented", 501, undefined],
])("who pays for requests is unknown where reading it %s", async (_, code, status, outcome) => {
  const place = new EnforcedDestination("sixsense");
  place.aws.plan("s3:GetBucketRequestPayment", () => {
    throw awsError(code, status);
  });

  const { results } = await place.validate({ asked: "deployer" });

  expect(results.find(({ id }) => id === "requester-pays")?.outcome).toBe(outcome);
});
