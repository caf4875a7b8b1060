/** What could not be read is named by its right, in words, whichever read is denied. */
import { expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { rightFor } from "../../../cli/aws/rights";
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
