import { expect, test } from "vitest";
import { model, shown } from "../read";

test("a role has its policies of every kind", () => {
  const { roles, problems } = shown(
    model({
      aws_iam_role: {
        r: {
          name: "deliver",
          path: "/vendors/",
          assume_role_policy: '{"Version":"2012-10-17"}',
          inline_policy: [{ name: "block", policy: '{"Id":"block"}' }, {}],
          managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "${aws_iam_policy.p.arn}"],
          permissions_boundary: "arn:aws:iam::111122223333:policy/limits/edge",
        },
      },
      aws_iam_role_policy: {
        by_name: { name: "one", role: "deliver", policy: '{"Id":"one"}' },
        by_reference: { role: "${aws_iam_role.r.id}", policy: '{"Id":"two"}' },
      },
      aws_iam_policy: { p: { name: "managed", policy: '{"Id":"managed"}' }, q: { name_prefix: "q-", policy: '{"Id":"q"}' } },
      aws_iam_role_policy_attachment: { a: { role: "${aws_iam_role.r.name}", policy_arn: "${aws_iam_policy.p.arn}" } },
      aws_iam_policy_attachment: { b: { name: "b", roles: ["other", "${aws_iam_role.r.name}"], policy_arn: "${aws_iam_policy.q.arn}" } },
    }),
  );

  expect(problems).toEqual([]);
  const [role] = roles;
  expect(role).toMatchObject({ name: "deliver", path: "/vendors/", arn: "arn:aws:iam::${account}:role/vendors/deliver" });
  expect(role!.inlinePolicies.map(({ name, document }) => [name, document])).toEqual([
    ["one", { Id: "one" }],
    ["${aws_iam_role_policy.by_reference.name}", { Id: "two" }],
    ["block", { Id: "block" }],
  ]);
  expect(role!.inlinePolicies[2]!.location.pointer).toBe("/resource/aws_iam_role/r/inline_policy/0/policy");
  expect(role!.managedPolicies.map(({ name, document }) => [name, document])).toEqual([
    ["managed", { Id: "managed" }],
    ["q-${aws_iam_policy.q.name}", { Id: "q" }],
    ["ReadOnlyAccess", "${arn:aws:iam::aws:policy/ReadOnlyAccess}"],
  ]);
  expect(role!.permissionsBoundary).toMatchObject({ name: "edge", document: "${arn:aws:iam::111122223333:policy/limits/edge}" });
});

test("a permissions boundary that the plan defines has its document", () => {
  const { roles } = model({
    aws_iam_role: { r: { name: "r", permissions_boundary: "${aws_iam_policy.edge.arn}" }, s: { name: "s" } },
    aws_iam_policy: { edge: { name: "edge", policy: '{"Id":"edge"}' } },
  });

  expect(roles[0]!.permissionsBoundary).toMatchObject({ name: "edge", document: { Id: "edge" } });
  expect(roles[1]!.permissionsBoundary).toBeUndefined();
  expect(roles[1]!.path).toBe("/");
});

test("two references to the ARN of one role give the same text", () => {
  const { roles, buckets } = model({
    aws_iam_role: { r: { name_prefix: "deliver-" } },
    aws_s3_bucket_policy: { p: { bucket: "b", policy: "${jsonencode({ Principal = { AWS = aws_iam_role.r.arn } })}" } },
  });

  expect(buckets[0]!.policies[0]!.document).toEqual({ Principal: { AWS: roles[0]!.arn } });
  expect(shown(roles[0]!.arn)).toBe("arn:aws:iam::${account}:role/deliver-${aws_iam_role.r.name}");
});

test("contracts are found as objects, under a key, and as JSON text", () => {
  const contract = { schemaVersion: 1, expectations: [] };

  const { contracts } = model({
    terraform_data: {
      plain: { input: contract },
      nested: { input: { contract, other: [1] } },
      text: { input: "${jsonencode({ contract = { schemaVersion = 1, expectations = [] } })}" },
      listed: { input: { contracts: [contract, contract] } },
      other: { input: { schemaVersion: 1 } },
      none: {},
    },
  });

  expect(contracts.map(({ contract: found, location }) => [location.address, found])).toEqual([
    ["terraform_data.plain", contract],
    ["terraform_data.nested", contract],
    ["terraform_data.text", contract],
    ["terraform_data.listed", contract],
    ["terraform_data.listed", contract],
  ]);
});
