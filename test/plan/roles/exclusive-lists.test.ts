import { expect, test } from "vitest";
import { model } from "../read";

const ROLE = { r: { name: "deliver", assume_role_policy: '{"Version":"2012-10-17"}' } };

test("a policy in an exclusive list is attached, once", () => {
  const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
  const exclusive = { x: { role_name: "deliver", policy_arns: [arn] } };
  const attachment = { a: { role: "deliver", policy_arn: arn } };
  const namesIn = (resources: object) => model({ aws_iam_role: ROLE, ...resources }).roles[0]!.managedPolicies.map(({ name }) => name);

  expect(namesIn({ aws_iam_role_policy_attachments_exclusive: exclusive })).toEqual(["AdministratorAccess"]);
  expect(namesIn({ aws_iam_role_policy_attachments_exclusive: exclusive, aws_iam_role_policy_attachment: attachment })).toEqual([
    "AdministratorAccess",
  ]);
});

test("a policy that an exclusive list omits is removed", () => {
  const { roles } = model({
    aws_iam_role: ROLE,
    aws_iam_role_policy: {
      p: { name: "delivery", role: "deliver", policy: '{"Id":"p"}' },
      q: { name: "more", role: "deliver", policy: '{"Id":"q"}' },
    },
    aws_iam_role_policies_exclusive: { x: { role_name: "deliver", policy_names: ["more"] } },
    aws_iam_role_policy_attachment: { a: { role: "deliver", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" } },
    aws_iam_role_policy_attachments_exclusive: { x: { role_name: "deliver", policy_arns: [] } },
  });

  expect(roles[0]!.inlinePolicies.map(({ name }) => name)).toEqual(["more"]);
  expect(roles[0]!.managedPolicies).toEqual([]);
});
