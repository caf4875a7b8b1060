/** Resources of one stack that configure a bucket or role of another, by the references that CDK for Terraform generates. */
import { expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { jsonFile } from "../read";

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const REFERENCE = "${data.terraform_remote_state.cross-stack-reference-input-first.outputs.cross-stack-output-name}";

function stack(name: string, content: object): ReturnType<typeof jsonFile> {
  return jsonFile(`stacks/${name}/cdk.tf.json`, { "//": { metadata: { stackName: name } }, ...content });
}

function first(role: object): ReturnType<typeof jsonFile> {
  return stack("first", {
    output: { "cross-stack-output-name": { value: "${aws_iam_role.r.name}" } },
    resource: { aws_iam_role: { r: { assume_role_policy: TRUST, ...role } } },
  });
}

function attachedInFirst(role: object, second: object): readonly (string | undefined)[] {
  return readPlan([first(role), stack("second", { resource: second })])[0]!.roles[0]!.managedPolicies.map(({ name }) => name);
}

test.each([
  ["known", { name: "deliver" }],
  ["not known", { name_prefix: "deliver-" }],
  ["made up by the provider", {}],
])("an attachment in another stack counts, the role's name being %s", (_, role) => {
  const attachment = { a: { role: REFERENCE, policy_arn: ADMIN } };

  expect(attachedInFirst(role, { aws_iam_role_policy_attachment: attachment })).toEqual(["AdministratorAccess"]);
});

test("roles of two stacks with the same address are different", () => {
  const second = {
    aws_iam_role: { r: { assume_role_policy: TRUST } },
    aws_iam_role_policy_attachment: { a: { role: "${aws_iam_role.r.name}", policy_arn: ADMIN } },
  };

  expect(attachedInFirst({}, second)).toEqual([]);
});

test.each([
  ["generated", { name_prefix: "deliver-" }],
  ["made up by the provider", {}],
])("an attachment in another stack counts although that stack has a role at the same address, the names being %s", (_, role) => {
  const second = {
    aws_iam_role: { r: { assume_role_policy: TRUST, ...role } },
    aws_iam_role_policy_attachment: { a: { role: REFERENCE, policy_arn: ADMIN } },
  };

  expect(attachedInFirst(role, second)).toEqual(["AdministratorAccess"]);
});

test("without the other stack the name is unknown", () => {
  const [model] = readPlan([stack("second", { resource: { aws_s3_bucket: { b: { bucket: REFERENCE } } } })]);

  expect(model!.buckets[0]!.name).toContain("terraform_remote_state.cross-stack-reference-input-first");
});
