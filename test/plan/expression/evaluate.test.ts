import { describe, expect, test } from "vitest";
import { groupFiles } from "../../../lib/plan";
import { ModuleBlocks } from "../../../lib/plan/configuration/blocks";
import { readModule } from "../../../lib/plan/configuration/module";
import type { Inventory } from "../../../lib/plan/resources/inventory";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { fixture, fixtureJson, jsonFile, model, shown } from "../read";

function inventory(files: Parameters<typeof groupFiles>[0]): Inventory {
  const [group] = groupFiles(files);
  const folders = new Map(group!.modules.map(({ folder, files: inner }) => [folder, new ModuleBlocks(folder, inner)]));
  const { folder, files: own, name, kind } = group!;
  return readModule({ root: new ModuleBlocks(folder, own), folders, name, source: kind });
}

test("expressions have the value that Terraform computes", () => {
  const { locals, cases } = fixtureJson("expressions.json") as { locals: unknown; cases: { value: unknown; terraform: unknown }[] };
  const resources = Object.fromEntries(cases.map(({ value }, index) => [`case_${index}`, { input: value }]));

  const data = inventory([jsonFile("main.tf.json", { locals, resource: { terraform_data: resources } })]).instances("terraform_data");

  const results = data.map((instance, index) => ({ value: cases[index]!.value, terraform: instance.get("input") ?? null }));
  expect(results).toEqual(cases);
});

test("modules, count and for_each give the same instances as Terraform, with the same values", () => {
  const files = ["main.tf.json", "modules/child/main.tf.json", "modules/child/deep/deep.tf.json"].map((name) => fixture(`modules/${name}`));
  const { inputs } = fixtureJson("modules/planned.json") as { inputs: Record<string, unknown> };

  const data = inventory(files).instances("terraform_data");

  expect(Object.fromEntries(data.map((instance) => [instance.address, instance.get("input")]))).toEqual(inputs);
});

test("an unknown part is named after its expression, and the text around it is kept", () => {
  const { buckets } = model(
    {
      aws_s3_bucket: {
        by_variable: { bucket: "logs-${var.stage}" },
        by_resource: { bucket: "logs-${random_id.suffix.hex}" },
        by_function: { bucket: 'logs-${yamldecode("a")}' },
      },
      random_id: { suffix: { byte_length: 2 } },
    },
    { variable: { stage: { type: "string" } } },
  );

  expect(shown(buckets.map(({ name }) => name))).toEqual(["logs-${var.stage}", "logs-${random_id.suffix.hex}", 'logs-${yamldecode("a")}']);
});

test("the same expression in two instances gives two different placeholders", () => {
  const { buckets } = model({ aws_s3_bucket: { b: { count: 2, bucket: "${uuid()}" } } });

  expect(buckets[0]!.name).not.toBe(buckets[1]!.name);
});

test.each([
  ...[
    'file("p.json")',
    'templatefile("p.tpl", {})',
    'fileset(".", "*")',
    'filesha256("p.json")',
    "timestamp()",
    "plantimestamp()",
    "uuid()",
  ],
  ...[
    'bcrypt("a")',
    'rsadecrypt("a", "b")',
    'base64gzip("a")',
    "yamlencode({ a = 1 })",
    'provider::aws::user_agent("a", "1", "b")',
    'provider::other::arn_build("aws", "s3", "", "", "b")',
    "provider::aws::arn_parse(uuid()).account_id",
  ],
])("%s, which does not follow from its arguments or is not evaluated, is unknown", (expression) => {
  const { buckets, problems } = model({ aws_s3_bucket: { b: { bucket: `\${${expression}}` } } });

  expect(hasUnknown(buckets[0]!.name)).toBe(true);
  expect(problems).toEqual([]);
});

test("functions of Terraform's own namespace are evaluated", () => {
  expect(model({ aws_s3_bucket: { b: { bucket: '${core::lower("ACME")}' } } }).buckets[0]!.name).toBe("acme");
});

test.each([
  ['provider::aws::arn_build("aws", "iam", "", "444455556666", "role/b")', "arn:aws:iam::444455556666:role/b"],
  ['provider::aws::arn_parse("arn:aws:iam::444455556666:role/a:b").account_id', "444455556666"],
  ['provider::aws::arn_parse("arn:aws:iam::444455556666:role/a:b").resource', "role/a:b"],
  ['provider::aws::trim_iam_role_path("arn:aws:iam::444455556666:role/with/path/b")', "arn:aws:iam::444455556666:role/b"],
])("%s, a function of the provider hashicorp/aws, is evaluated", (expression, expected) => {
  expect(model({ aws_s3_bucket: { b: { bucket: `\${${expression}}` } } }).buckets[0]!.name).toBe(expected);
});

test.each([
  'provider::aws::arn_parse("b")',
  'provider::aws::trim_iam_role_path("arn:aws:iam::444455556666:user/b")',
  'provider::aws::arn_build("aws", "iam", "b")',
])("%s fails, as the provider refuses the argument", (expression) => {
  const { buckets, problems } = model({ aws_s3_bucket: { b: { bucket: `\${${expression}}` } } });

  expect(hasUnknown(buckets[0]!.name)).toBe(true);
  expect(problems.map(({ id }) => id)).toEqual(["unresolved-reference"]);
});

test("an ARN is built from a part that is not known", () => {
  const { buckets } = model({ aws_s3_bucket: { b: { bucket: '${provider::aws::arn_build("aws", "iam", "", uuid(), "role/b")}' } } });

  expect(shown(buckets[0]!.name)).toBe("arn:aws:iam::${uuid() of aws_s3_bucket.b}:role/b");
});

test("an undeclared name is reported", () => {
  const { buckets, problems } = model({ aws_s3_bucket: { b: { bucket: "a-${aws_s3_bucket.gone.id}" } } });

  expect(shown(buckets[0]!.name)).toBe("a-${aws_s3_bucket.gone.id}");
  expect(problems).toEqual([
    {
      id: "unresolved-reference",
      message: '"aws_s3_bucket.gone.id" cannot be resolved: aws_s3_bucket.gone is not declared in this module',
      location: { file: "test", address: "aws_s3_bucket.b", pointer: "/resource/aws_s3_bucket/b/bucket" },
    },
  ]);
});

test("a policy variable that is not escaped is reported, with the remedy", () => {
  const { problems } = model({ aws_s3_bucket_policy: { p: { bucket: "b", policy: '{"Resource":"arn:aws:s3:::b/${aws:username}"}' } } });

  expect(problems[0]).toMatchObject({ id: "invalid-expression" });
  expect(problems[0]!.message).toContain('write "$${" for a literal "${"');
});

test.each([
  ['"arn:aws:${var.n}" == ""', false],
  ['"" != "arn:aws:${var.n}"', true],
  ['"a${var.n}" == "b"', false],
  ['"${var.n}a" == "b"', false],
  ['"a${var.n}" == "b${var.m}"', false],
  ['"ab${var.n}cd" == "abd"', false],
  ['"a${var.n}" == null', false],
  ["[var.n] != null", true],
  ["{ n = var.n } != null", true],
  ['contains([null, ""], "arn:${var.n}")', false],
  ['contains(["x${var.n}", "arn:${var.n}"], "arn:${var.n}")', true],
  ['contains(["x${var.n}"], "arn:${var.m}")', false],
  ['contains(["a${var.n}"], "arn:${var.m}")', undefined],
  ['contains(var.n, "a")', undefined],
  ['compact(["", "a${var.n}", null])[0] == "a${var.n}"', true],
  ['length(compact(["", var.n])) == 1', undefined],
  ["length(compact(var.n)) == 1", undefined],
  ['"a${var.n}" == "abc"', undefined],
  ['"a${var.n}" == "a"', undefined],
  ['"a${var.n}b" == "ab"', undefined],
  ['"ab${var.n}" == "a${var.m}"', undefined],
  ['"${var.n}" == ""', undefined],
  ["var.n == null", undefined],
  ["aws_s3_bucket.b.bucket_prefix == null", undefined],
  ["[var.n] == []", undefined],
])("conditions on values that are partly unknown are decided as far as they are known: %s", (condition, expected) => {
  const { buckets } = model(
    { aws_s3_bucket: { b: { bucket: `\${${condition} ? "yes" : "no"}`, bucket_prefix: "${var.n}" } } },
    { variable: { n: {}, m: {} } },
  );

  const [name] = shown(buckets.map((bucket) => bucket.name));
  expect(name === "yes" ? true : name === "no" ? false : undefined).toBe(expected);
});

test.each([
  ["aws_eks_cluster.c.vpc_config[0].subnets", "yes"],
  ["aws_eks_cluster.c.vpc_config[0].vpc_id", undefined],
  ["aws_eks_cluster.c.vpc_config[0].unset", undefined],
  ["aws_eks_cluster.c.vpc_config[1].vpc_id", undefined],
  ["aws_eks_cluster.c.vpc_config[0].inner[0].id", undefined],
  ["aws_eks_cluster.c.one_object[0].subnets", "yes"],
  ["aws_eks_cluster.c.one_object[0].vpc_id", undefined],
  ["aws_eks_cluster.c.one_object.vpc_id", "failed"],
  ["aws_eks_cluster.c.tags.subnets", "yes"],
  ["aws_eks_cluster.c.tags.vpc_id", "failed"],
  ["local.blocks[0].vpc_id", "failed"],
])("what a configuration does not show of a block of a resource is unknown: %s", (expression, expected) => {
  const block = { subnets: "yes", unset: null };
  const { buckets } = model(
    {
      aws_eks_cluster: { c: { vpc_config: [{ ...block, inner: [{}] }], one_object: { ...block }, tags: { subnets: "yes" } } },
      aws_s3_bucket: { b: { bucket: `\${try(${expression}, "failed")}` } },
    },
    { locals: { blocks: [block] } },
  );

  const name = buckets[0]!.name;
  expect(hasUnknown(name) ? undefined : name).toBe(expected);
});

test.each([
  ['replace("a_ID_${data.aws_caller_identity.me.account_id}/_ID_", "_ID_", "x")', "ax${account}/x"],
  ['replace("arn:_ID_", "_ID_", data.aws_caller_identity.me.account_id)', "arn:${account}"],
  ['replace(data.aws_caller_identity.me.account_id, "-", "")', "${account}"],
  ['replace("_ID_/${var.n}", "_ID_", "x")', 'x/${replace(var.n, "_ID_", "x")}'],
  ['replace("_ID_/${var.n}", "_ID_", "y${var.m}")', 'y${var.m}/${replace(var.n, "_ID_", "y${var.m}")}'],
  ['replace("_I${var.n}", "_ID_", "x")', undefined],
  ['replace("${var.n}D_", "_ID_", "x")', undefined],
  ['replace("1${data.aws_caller_identity.me.account_id}", "12", "x")', undefined],
  ['replace("a${var.n}", "/a/", "x")', undefined],
  ['replace("a${var.n}", "", "x")', undefined],
  ['replace("abc", var.n, "x")', undefined],
  ['replace(var.n, "a", "x")', undefined],
])("replace keeps what is unknown apart: %s", (expression, expected) => {
  const { buckets } = model(
    { aws_s3_bucket: { b: { bucket: `\${${expression}}` } } },
    { variable: { n: {}, m: {} }, data: { aws_caller_identity: { me: {} } } },
  );

  expect(shown(buckets[0]!.name)).toBe(expected ?? `\${${expression}}`);
});

test("a policy with a part that depends on an unknown condition is unknown, not malformed", () => {
  const template =
    '{"Statement":[{"Effect":"Allow","Resource":"$${k}"%%{ if c }},{"Effect":"Allow","Action":"kms:Decrypt","Resource":"$${k}"%%{ endif }}]}';
  const { roles, problems } = model(
    {
      aws_iam_role: { r: { name: "r" } },
      aws_iam_role_policy: { p: { role: "r", policy: '${templatestring(local.t, { k = "arn:${var.n}", c = var.c })}' } },
    },
    { variable: { n: {}, c: {} }, locals: { t: template } },
  );

  expect(problems).toEqual([]);
  expect(shown(roles[0]!.inlinePolicies[0]!.document)).toBe("${aws_iam_role_policy.p.policy}");
});

test("circular definitions give a placeholder", () => {
  const { buckets } = model(
    { aws_s3_bucket: { a: { bucket: "${aws_s3_bucket.b.id}x" }, b: { bucket: "${local.x}" } } },
    { locals: { x: "${local.y}", y: "${aws_s3_bucket.a.id}" } },
  );

  expect(buckets.every(({ name }) => hasUnknown(name))).toBe(true);
});

test("lists that contain each other many times are unknown instead of filling the memory", () => {
  const locals = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`l${n + 1}`, [`\${local.l${n}}`, `\${local.l${n}}`]]));

  const { buckets } = model({ aws_s3_bucket: { b: { bucket: "${jsonencode(local.l60)}" } } }, { locals: { l0: "lol", ...locals } });

  expect(hasUnknown(buckets[0]!.name)).toBe(true);
});

describe("loops that take more steps than this program makes", () => {
  const list = Array.from({ length: 300 }, (_, index) => `e${index}`);
  const loops = (depth: number): string => (depth === 0 ? '"x"' : `[for v${depth} in local.list : ${loops(depth - 1)}]`);
  const problem = (source: string) => ({
    id: "loop-limit",
    message: `"${source}" is not evaluated: the expressions of this stack take more than 5,000,000 steps`,
  });

  test("give an unknown value, which is reported once for the outermost loop", () => {
    const { roles, problems } = model(
      { aws_iam_role: { r: { name: "r", assume_role_policy: `\${jsonencode(${loops(4)})}` } } },
      { locals: { list } },
    );

    expect(hasUnknown(String(roles[0]!.trustPolicy.document))).toBe(true);
    expect(problems).toMatchObject([problem(loops(4))]);
  });

  test("are bounded where functions and operators in them go through large values", () => {
    const big = Array.from({ length: 15_000 }, (_, index) => ({ key: index, value: `v${index}` }));
    const { problems } = model(
      { aws_iam_role: { r: { name: "r", assume_role_policy: "${jsonencode([for a in local.list : jsonencode(local.big) == a])}" } } },
      { locals: { list, big } },
    );

    expect(problems).toMatchObject([problem("[for a in local.list : jsonencode(local.big) == a]")]);
  });

  test("are bounded where dynamic blocks stand inside each other", () => {
    const nested = (depth: number): object =>
      depth === 0 ? { name: "x" } : { dynamic: { [`b${depth}`]: { for_each: "${local.list}", content: nested(depth - 1) } } };
    const { problems } = model(
      {
        aws_iam_role: { r: { name: "r", assume_role_policy: "{}", dynamic: { inline_policy: { for_each: ["a"], content: nested(3) } } } },
      },
      { locals: { list } },
    );

    expect(problems).toContainEqual(expect.objectContaining(problem("dynamic b1")));
  });

  test("of two levels are evaluated", () => {
    const { roles } = model(
      { aws_iam_role: { r: { name: "r", assume_role_policy: `\${jsonencode({ Id = join("", flatten(${loops(2)})) })}` } } },
      { locals: { list } },
    );

    expect(roles[0]!.trustPolicy.document).toEqual({ Id: "x".repeat(90_000) });
  });
});
