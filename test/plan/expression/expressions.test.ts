import { expect, test } from "vitest";
import { groupFiles } from "../../../lib/plan";
import { ModuleBlocks } from "../../../lib/plan/configuration/blocks";
import { readModule } from "../../../lib/plan/configuration/module";
import type { Inventory } from "../../../lib/plan/resources/inventory";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { fixture, fixtureJson, jsonFile, model, shown } from "../read";

/** The few things that are left open, each because a policy is hardly ever built with it. */
const LEFT_OPEN = [/"%\{ if/, /\/l\+\//, /%5s/];

function inventory(files: Parameters<typeof groupFiles>[0]): Inventory {
  const [group] = groupFiles(files);
  const folders = new Map(group!.modules.map(({ folder, files: inner }) => [folder, new ModuleBlocks(folder, inner)]));
  const { folder, files: own, name, kind } = group!;
  return readModule({ root: new ModuleBlocks(folder, own), folders, name, source: kind });
}

test("expressions evaluate to what Terraform makes of them", () => {
  const { locals, cases } = fixtureJson("expressions.json") as { locals: unknown; cases: { value: unknown; terraform: unknown }[] };
  const resources = Object.fromEntries(cases.map(({ value }, index) => [`case_${index}`, { input: value }]));

  const data = inventory([jsonFile("main.tf.json", { locals, resource: { terraform_data: resources } })]).instances("terraform_data");

  const results = data.map((instance, index) => ({ value: cases[index]!.value, terraform: instance.get("input") ?? null }));
  const isOpen = (value: unknown): boolean => LEFT_OPEN.some((pattern) => pattern.test(JSON.stringify(value)));
  expect(results.filter(({ value }) => !isOpen(value))).toEqual(cases.filter(({ value }) => !isOpen(value)));
  for (const { terraform } of results.filter(({ value }) => isOpen(value))) expect(hasUnknown(String(terraform))).toBe(true);
});

test("modules, count and for_each make the instances that Terraform makes, with the same values", () => {
  const files = ["main.tf.json", "modules/child/main.tf.json", "modules/child/deep/deep.tf.json"].map((name) => fixture(`modules/${name}`));
  const { inputs } = fixtureJson("modules/planned.json") as { inputs: Record<string, unknown> };

  const data = inventory(files).instances("terraform_data");

  expect(Object.fromEntries(data.map((instance) => [instance.address, instance.get("input")]))).toEqual(inputs);
});

test("what is not known is named after the expression, and the text around it stays", () => {
  const { buckets } = model(
    {
      aws_s3_bucket: {
        by_variable: { bucket: "logs-${var.stage}" },
        by_resource: { bucket: "logs-${random_id.suffix.hex}" },
        by_function: { bucket: 'logs-${cidrhost("10.0.0.0/8", 1)}' },
      },
      random_id: { suffix: { byte_length: 2 } },
    },
    { variable: { stage: { type: "string" } } },
  );

  expect(shown(buckets.map(({ name }) => name))).toEqual([
    "logs-${var.stage}",
    "logs-${random_id.suffix.hex}",
    'logs-${cidrhost("10.0.0.0/8", 1)}',
  ]);
});

test("the same expression in two instances is not taken for the same value", () => {
  const { buckets } = model({ aws_s3_bucket: { b: { count: 2, bucket: "${uuid()}" } } });

  expect(buckets[0]!.name).not.toBe(buckets[1]!.name);
});

test("fails to resolve what is not declared, and says so", () => {
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

test("fails on a policy variable that is not escaped, with the remedy", () => {
  const { problems } = model({ aws_s3_bucket_policy: { p: { bucket: "b", policy: '{"Resource":"arn:aws:s3:::b/${aws:username}"}' } } });

  expect(problems[0]).toMatchObject({ id: "invalid-expression" });
  expect(problems[0]!.message).toContain('write "$${" for a literal "${"');
});

test("things that are defined by themselves end in a placeholder", () => {
  const { buckets } = model(
    { aws_s3_bucket: { a: { bucket: "${aws_s3_bucket.b.id}x" }, b: { bucket: "${local.x}" } } },
    { locals: { x: "${local.y}", y: "${aws_s3_bucket.a.id}" } },
  );

  expect(buckets.every(({ name }) => hasUnknown(name))).toBe(true);
});

test("a list that contains itself many times over is left open instead of filling the memory", () => {
  const locals = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`l${n + 1}`, [`\${local.l${n}}`, `\${local.l${n}}`]]));

  const { buckets } = model({ aws_s3_bucket: { b: { bucket: "${jsonencode(local.l60)}" } } }, { locals: { l0: "lol", ...locals } });

  expect(hasUnknown(buckets[0]!.name)).toBe(true);
});
