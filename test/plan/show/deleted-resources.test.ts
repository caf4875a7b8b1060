import { describe, expect, test } from "vitest";
import { jsonFile, only } from "../read";

const policyOf = (arn: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn }] });

describe("a plan", () => {
  const bucket = { address: "aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" };
  const role = { address: "aws_iam_role.r", mode: "managed", type: "aws_iam_role", name: "r" };
  const removed = (type: string, before: object, actions = ["delete"]) => ({
    address: `${type}.p`,
    mode: "managed",
    type,
    name: "p",
    change: { actions, before, after: null },
  });
  const planWith = (changes: object[], planned: object[] = [], more: object = {}) =>
    jsonFile("plan.json", {
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            { ...bucket, values: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
            {
              ...role,
              values: {
                name: "deliver",
                assume_role_policy: '{"Version":"2012-10-17"}',
                inline_policy: [{ name: "delivery", policy: '{"Id":"p"}' }],
                managed_policy_arns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
              },
            },
            ...planned,
          ],
        },
      },
      resource_changes: changes,
      configuration: {
        root_module: {
          resources: [
            { ...bucket, expressions: { bucket: {} } },
            { ...role, expressions: { name: {} } },
          ],
        },
      },
      ...more,
    });

  test("removes deleted policies, though attributes from AWS still show them", () => {
    const { buckets, roles } = only([
      planWith([
        removed("aws_s3_bucket_policy", { bucket: "acme-logs" }),
        removed("aws_iam_role_policy", { role: "deliver", name: "delivery" }),
        removed("aws_iam_role_policy_attachment", { role: "deliver", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" }),
      ]),
    ]);

    expect(buckets[0]!.policies).toEqual([]);
    expect(roles[0]!.inlinePolicies).toEqual([]);
    expect(roles[0]!.managedPolicies).toEqual([]);
  });

  test("removes a policy that is replaced by one with another name", () => {
    const change = removed("aws_iam_role_policy", { role: "deliver", name: "delivery" }, ["delete", "create"]);
    const after = { role: "deliver", name: "other", policy: "{}" };
    const replaced = { ...change, change: { ...change.change, after } };

    const { roles } = only([planWith([replaced], [{ ...replaced, values: after }])]);

    expect(roles[0]!.inlinePolicies.map(({ name }) => name)).toEqual(["other"]);
  });

  test("keeps policies that it only forgets, and policies of the same name of other roles", () => {
    const { buckets, roles } = only([
      planWith([
        removed("aws_s3_bucket_policy", { bucket: "acme-logs" }, ["forget"]),
        removed("aws_iam_role_policy", { role: "other", name: "delivery" }),
      ]),
    ]);

    expect(buckets[0]!.policies).toHaveLength(1);
    expect(roles[0]!.inlinePolicies).toHaveLength(1);
    expect(roles[0]!.managedPolicies).toHaveLength(1);
  });

  test("with deferred changes is incomplete", () => {
    expect(only([planWith([], [], { deferred_changes: [{ reason: "provider_config_unknown" }] })]).problems.map(({ id }) => id)).toContain(
      "plan-incomplete",
    );
    expect(only([planWith([])]).problems).toEqual([]);
  });
});
