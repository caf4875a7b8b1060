/** The third answer of a rule: it neither passes nor fails. */
import { expect, test } from "vitest";
import { findingsOf } from "./example-account";

const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:root" }, Action: "sts:AssumeRole" };

test("what is not known is a finding of its own kind", () => {
  const permissions = { Effect: "Allow", Action: ["iam:PassRole"], Resource: "*" };

  expect(findingsOf("other-role", { trust, permissions })).toContainEqual(
    expect.objectContaining({
      ruleId: "other-role-reaches-destination",
      severity: "info",
      isUnknown: true,
      detail:
        "could not tell: arn:aws:iam::333333333333:root can assume other, which may call iam:PassRole and so give itself access; " +
        "it may pass a role that has access to a service",
    }),
  );
});

test("what is known is not", () => {
  const permissions = { Effect: "Allow", Action: ["iam:PutRolePolicy"], Resource: "*" };

  const found = findingsOf("other-role", { trust, permissions }).filter(({ ruleId }) => ruleId === "other-role-reaches-destination");

  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ severity: "medium" });
  expect(found[0]).not.toHaveProperty("isUnknown");
});
