/** Arguments whose changes `lifecycle.ignore_changes` hides from Terraform. */
import { expect, test } from "vitest";
import { readConfiguration } from "../../../lib/plan";

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}]}';

function bucketWith(type: string, part: object): readonly string[] {
  const config = { resource: { aws_s3_bucket: { b: { bucket: "b" } }, [type]: { p: { bucket: "b", ...part } } } };
  return (readConfiguration(config, "main.tf.json").buckets[0]!.ignored ?? []).map(({ address, argument }) => `${address}.${argument}`);
}

test.each([
  ["an argument of a nested block", { ignore_changes: ["rule[0].object_ownership"] }],
  ["a block in a list", [{ ignore_changes: ["rule"] }]],
  ["all arguments", { ignore_changes: "all" }],
])("%s is ignored with its block", (_, lifecycle) => {
  const rule = [{ object_ownership: "BucketOwnerEnforced" }];

  expect(bucketWith("aws_s3_bucket_ownership_controls", { rule, lifecycle })).toEqual(["aws_s3_bucket_ownership_controls.p.rule"]);
});

test.each([
  ["an argument that no verdict depends on", { rule: [{}], lifecycle: { ignore_changes: ["expected_bucket_owner"] } }],
  ["an argument that is not set", { lifecycle: { ignore_changes: ["rule"] } }],
  ["another setting of the lifecycle", { rule: [{}], lifecycle: { prevent_destroy: true } }],
])("%s is not", (_, part) => {
  expect(bucketWith("aws_s3_bucket_ownership_controls", part)).toEqual([]);
});

test("a role lists the ignored changes of its policies, wherever they are defined", () => {
  const lifecycle = { ignore_changes: ["policy"] };
  const config = {
    resource: {
      aws_iam_role: { r: { name: "r", assume_role_policy: TRUST } },
      aws_iam_role_policy: { inline: { role: "${aws_iam_role.r.name}", policy: POLICY, lifecycle } },
      aws_iam_policy: { managed: { name: "m", policy: POLICY, lifecycle } },
      aws_iam_role_policy_attachment: { a: { role: "${aws_iam_role.r.name}", policy_arn: "${aws_iam_policy.managed.arn}" } },
    },
  };

  expect(readConfiguration(config, "main.tf.json").roles[0]!.ignored?.map(({ address }) => address)).toEqual([
    "aws_iam_role_policy.inline",
    "aws_iam_policy.managed",
  ]);
});
