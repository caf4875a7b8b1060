/** Whose the bucket is, and whose the role: within one account the role's policy suffices, across accounts it does not. */
import { describe, expect, test } from "vitest";
import { judge } from "../../lib/judge/judge";
import { roleOf } from "../../lib/judge/planned-resources";
import type { AccountModel, PlannedRole } from "../../lib/plan";
import { unknownText } from "../../lib/unknown";
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

describe("accounts that are unknown", () => {
  const of = (model: AccountModel, bucket: string, role: string): AccountModel => ({
    ...owned(model, bucket),
    roles: model.roles.map((each) => ({ ...each, account: role })),
  });
  const [profile, other] = ["account of the profile a", "account of the profile b"].map((name) => unknownText(name)) as [string, string];
  const contract = { ...byRole(), role: { ...byRole().role!, arn: unknownText("the ARN of the role") } };

  test.each<[string, string, string, string]>([
    ["the same credentials", profile, profile, "pass"],
    ["two profiles", profile, other, "unknown"],
    ["one known, one not", "111111111111", other, "unknown"],
    ["two that are known", "333333333333", "111111111111", "fail"],
  ])("of the bucket and of the role: %s", (_, bucket, role, expected) => {
    const judged = role === "111111111111" ? byRole() : contract;

    expect(outcomes(judged, of(account(), bucket, role), "vendor-can-put")).toBe(expected);
  });
});

test("a role is found by its ARN, then by its name where its account may be the same, then in the stack of the bucket", () => {
  const [role] = account().roles;
  const [bucket] = account().buckets;
  const inAccount = (id: string, part?: string): PlannedRole => ({
    ...role!,
    arn: role!.arn.replace(/::[^:]*:/, `::${id}:`),
    ...(part && { part }),
  });
  const found = (...roles: PlannedRole[]) => roleOf(byRole(), { ...account(), roles, buckets: [{ ...bucket!, part: "one" }] });
  const [own, foreign] = [inAccount("111111111111"), inAccount("333333333333")];

  expect(found(foreign, own)).toBe(own);
  expect(found(foreign)).toBeUndefined();
  const [one, two] = [inAccount(unknownText("account"), "one"), inAccount(unknownText("account"), "two")];
  expect(found(two)).toBe(two);
  expect(found(two, one)).toBe(one);
  expect(found(two, { ...two })).toBeUndefined();
});
