import { describe, expect, test } from "vitest";
import { awsError, denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

describe("by a stand-in role", () => {
  test("copies the role's permissions, uses them, counts as simulated, and deletes the role", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const roles = new Map<string, string[]>();
    place.aws
      .plan("iam:CreateRole", ({ input }) => {
        roles.set(input.RoleName, []);
        return { Role: { Arn: `arn:aws:iam::111111111111:role/${input.RoleName}` } };
      })
      .plan("iam:PutRolePolicy", ({ input }) => void roles.get(input.RoleName)?.push(input.PolicyName))
      .plan("iam:DeleteRolePolicy", ({ input }) => void roles.get(input.RoleName)?.pop())
      .plan("iam:DeleteRole", ({ input }) => void roles.delete(input.RoleName));

    const report = await place.validate({ asked: "stand-in" });

    expect(outcomeOf(report, "vendor-can-put")).toBe("pass simulated");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass computed");
    expect(roles.size).toBe(0);
    expect(place.journal.open).toEqual([]);
    const trust = JSON.parse(place.aws.made("iam:CreateRole")[0]?.input.AssumeRolePolicyDocument);
    expect(trust.Statement[0].Condition.ArnLike["aws:PrincipalArn"]).toContain("arn:aws:iam::111111111111:role/deployer");
  });

  test("fails aloud when the stand-in cannot be deleted", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws
      .plan("iam:CreateRole", ({ input }) => ({ Role: { Arn: `arn:aws:iam::111111111111:role/${input.RoleName}` } }))
      .plan("iam:PutRolePolicy", () => ({}))
      .plan("iam:DeleteRolePolicy", () => ({}))
      // The right was there before the role was created.
      .plan("iam:DeleteRole", () => {
        if (place.aws.made("iam:CreateRole").length > 0) throw denied();
        throw awsError("NoSuchEntityException", 404);
      });

    const report = await place.validate({ asked: "stand-in" });

    expect(report.left[0]?.what).toBe("role vendor-destination-stand-in-00000000");
    expect(report.left[0]?.command).toContain("aws iam delete-role --role-name vendor-destination-stand-in-00000000");
  });
});
