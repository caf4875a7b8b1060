import { expect, it } from "vitest";
import { everyAction, everyActionMatching, goesWith, OTHER_TYPE } from "../../lib/access/data";

it("names the actions of every service as AWS writes them", () => {
  expect(everyActionMatching("IAM:putrole*")).toEqual(["iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]);
  expect(everyActionMatching("lambda:Update?unctionCode")).toEqual(["lambda:UpdateFunctionCode"]);
  expect(everyActionMatching("dynamodb:GetItem")).toEqual(["dynamodb:GetItem"]);
  expect(everyActionMatching("dynamodb:GetItemm")).toEqual([]);
  expect(everyActionMatching("nosuchservice:*")).toEqual([]);
  expect(everyActionMatching("s3:PutObj*t")).toEqual(["s3:PutObject"]);
});

it("finds the actions of all services behind a wildcard in front", () => {
  expect(everyActionMatching("*")).toEqual(everyAction());
  expect(everyActionMatching("*:PutBucketPolicy")).toEqual([
    "s3:PutBucketPolicy",
    "s3-outposts:PutBucketPolicy",
    "s3express:PutBucketPolicy",
  ]);
  expect(everyAction().length).toBeGreaterThan(20_000);
  expect(new Set(everyAction()).size).toBe(everyAction().length);
  expect(everyAction().filter((name) => !/^[a-z0-9-]+:\w[\w-]*$/.test(name))).toEqual([]);
});

it("tells the actions that no resource with a question of its own goes with", () => {
  expect(goesWith("s3:PutObject", OTHER_TYPE)).toBe(false);
  expect(goesWith("s3:PutObject", "object")).toBe(true);
  expect(goesWith("s3:PutAccountPublicAccessBlock", OTHER_TYPE)).toBe(true);
  expect(goesWith("s3:CreateAccessGrant", OTHER_TYPE)).toBe(true);
  expect(goesWith("sts:AssumeRole", OTHER_TYPE)).toBe(false);
  expect(goesWith("iam:PutRolePolicy", OTHER_TYPE)).toBe(true);
});
