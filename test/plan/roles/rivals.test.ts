/** Exclusive arguments and resources: each removes what it does not list. */
import { expect, test } from "vitest";
import { model } from "../read";

const TRUST = '{"Version":"2012-10-17"}';
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const AUDIT = "arn:aws:iam::aws:policy/SecurityAudit";
const role = (more: object = {}) => ({ r: { name: "deliver", assume_role_policy: TRUST, ...more } });
const inline = { aws_iam_role_policy: { p: { role: "deliver", name: "delivery", policy: TRUST } } };
const attachment = (arn: string) => ({ aws_iam_role_policy_attachment: { a: { role: "deliver", policy_arn: arn } } });
const exclusive = (roles: string[], arn = READ) => ({ roles, policy_arn: arn });

const rivalsIn = (resource: object) => model(resource).roles[0]!.rivals?.map(({ addresses }) => addresses.join(" and ")) ?? [];

test.each<[string, object, string[]]>([
  [
    "inline_policy that omits a policy",
    { aws_iam_role: role({ inline_policy: [{ name: "base", policy: TRUST }] }), ...inline },
    ["aws_iam_role.r and aws_iam_role_policy.p"],
  ],
  ["an empty inline_policy", { aws_iam_role: role({ inline_policy: [] }), ...inline }, ["aws_iam_role.r and aws_iam_role_policy.p"]],
  [
    "one empty block inline_policy",
    { aws_iam_role: role({ inline_policy: [{}] }), ...inline },
    ["aws_iam_role.r and aws_iam_role_policy.p"],
  ],
  [
    "managed_policy_arns that omits a policy",
    { aws_iam_role: role({ managed_policy_arns: [AUDIT] }), ...attachment(READ) },
    ["aws_iam_role.r and aws_iam_role_policy_attachment.a"],
  ],
  [
    "an empty managed_policy_arns",
    { aws_iam_role: role({ managed_policy_arns: [] }), ...attachment(READ) },
    ["aws_iam_role.r and aws_iam_role_policy_attachment.a"],
  ],
  [
    "two exclusive attachments of one policy",
    { aws_iam_role: role(), aws_iam_policy_attachment: { a: exclusive(["deliver"]), b: exclusive(["other"]) } },
    ["aws_iam_policy_attachment.a and aws_iam_policy_attachment.b"],
  ],
  [
    "an exclusive attachment to other roles, and one to this role",
    { aws_iam_role: role(), aws_iam_policy_attachment: { b: { users: ["u"], policy_arn: READ } }, ...attachment(READ) },
    ["aws_iam_role_policy_attachment.a and aws_iam_policy_attachment.b"],
  ],
  [
    "an exclusive list that omits a policy",
    {
      aws_iam_role: role(),
      aws_iam_role_policy_attachments_exclusive: { x: { role_name: "deliver", policy_arns: [AUDIT] } },
      ...attachment(READ),
    },
    ["aws_iam_role_policy_attachments_exclusive.x and aws_iam_role_policy_attachment.a"],
  ],
  [
    "two exclusive lists",
    {
      aws_iam_role: role(),
      aws_iam_role_policies_exclusive: { x: { role_name: "deliver", policy_names: [] }, y: { role_name: "deliver", policy_names: [] } },
    },
    ["aws_iam_role_policies_exclusive.x and aws_iam_role_policies_exclusive.y"],
  ],
])("rivals: %s", (_, resource, rivals) => {
  expect(rivalsIn(resource)).toEqual(rivals);
});

test.each<[string, object]>([
  ["a policy that inline_policy lists", { aws_iam_role: role({ inline_policy: [{ name: "delivery", policy: TRUST }] }), ...inline }],
  ["an inline_policy that is null", { aws_iam_role: role({ inline_policy: null }), ...inline }],
  ["a policy that managed_policy_arns lists", { aws_iam_role: role({ managed_policy_arns: [READ] }), ...attachment(READ) }],
  [
    "exclusive attachments of two policies",
    { aws_iam_role: role(), aws_iam_policy_attachment: { a: exclusive(["deliver"]), b: exclusive(["other"], AUDIT) } },
  ],
  [
    "an exclusive attachment that lists the role too",
    { aws_iam_role: role(), aws_iam_policy_attachment: { a: exclusive(["deliver", "other"]) }, ...attachment(READ) },
  ],
])("no rivals: %s", (_, resource) => {
  expect(rivalsIn(resource)).toEqual([]);
});
