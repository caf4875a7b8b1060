import { describe, expect, it } from "vitest";
import { ACTION_LISTS, actionFacts, actionsMatching, isAction } from "../../lib/access";

describe("AWS's own actions", () => {
  it("are known whatever their letter case, and a misspelt one is none", () => {
    expect(isAction("s3:putobject")).toBe(true);
    expect(isAction("s3:PutObjekt")).toBe(false);
    expect(isAction("sqs:SendMessage")).toBe(false);
  });

  it("are matched by patterns, also behind a wildcard in front", () => {
    expect(actionsMatching("s3:*BucketPolicy")).toEqual(["s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"]);
    expect(actionsMatching("kms:Generate?ac")).toEqual(["kms:GenerateMac"]);
    expect(actionsMatching("s3:Put+Object")).toEqual([]);
  });

  it("tell which resources and condition keys go with them", () => {
    expect(actionFacts("s3:ListBucket")).toMatchObject({ accessLevel: "List", resourceTypes: expect.arrayContaining(["bucket"]) });
    expect(actionFacts("s3:ListBucket")!.conditionKeys).toContain("s3:prefix");
    expect(actionFacts("s3:PutObject")!.conditionKeys).not.toContain("s3:prefix");
  });

  it("come with the day of their list", () => {
    expect(ACTION_LISTS.map(({ service }) => service)).toEqual(["s3", "sts", "kms"]);
    for (const { date } of ACTION_LISTS) expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});
