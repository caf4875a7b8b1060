/** Whose the bucket is, and whose the role: within one account the role's policy suffices, across accounts it does not. */
import { expect, test } from "vitest";
import { judge } from "../../lib/judge/judge";
import type { AccountModel } from "../../lib/plan";
import { account, BUCKET, byBucketPolicy, byRole, DENY_HTTP, VENDOR } from "../contract/kandji-like";

function owned(model: AccountModel, id: string): AccountModel {
  return { ...model, buckets: model.buckets.map((bucket) => ({ ...bucket, account: id })) };
}

function outcomes(contract: ReturnType<typeof byRole>, model: AccountModel, id: string): string | undefined {
  return judge(contract, model).find((result) => result.id === id)?.outcome;
}

test.each([
  ["the role's account", "111111111111", "pass"],
  ["an account that nobody told", "", "pass"],
  ["another account", "333333333333", "fail"],
])("the vendor's role needs the bucket policy too where the bucket is of another account: %s", (_, id, expected) => {
  expect(outcomes(byRole(), owned(account(), id), "vendor-can-put")).toBe(expected);
});

test.each([
  ["111111111111", "pass"],
  ["333333333333", "fail"],
  ["", "unknown"],
])("a condition on your own account is decided by the bucket's, where no role tells it: %s", (id, expected) => {
  const grant = {
    Effect: "Allow",
    Principal: { AWS: VENDOR },
    Action: ["s3:PutObject", "s3:PutObjectAcl"],
    Resource: `${BUCKET}/*`,
    Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } },
  };

  expect(outcomes(byBucketPolicy(), owned(account({ bucketPolicy: [DENY_HTTP, grant] }), id), "vendor-can-put")).toBe(expected);
});
