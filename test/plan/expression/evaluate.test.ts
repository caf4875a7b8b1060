import { expect, test } from "vitest";
import { groupFiles } from "../../../lib/plan";
import { ModuleBlocks } from "../../../lib/plan/configuration/blocks";
import { readModule } from "../../../lib/plan/configuration/module";
import type { Inventory } from "../../../lib/plan/resources/inventory";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { fixture, fixtureJson, jsonFile, model, shown } from "../read";

/** Expressions that are not evaluated, because configurations hardly ever build policies with them. */
const NOT_EVALUATED = [/"%\{ if/, /\/l\+\//, /%5s/];

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
  const isOpen = (value: unknown): boolean => NOT_EVALUATED.some((pattern) => pattern.test(JSON.stringify(value)));
  expect(results.filter(({ value }) => !isOpen(value))).toEqual(cases.filter(({ value }) => !isOpen(value)));
  for (const { terraform } of results.filter(({ value }) => isOpen(value))) expect(hasUnknown(String(terraform))).toBe(true);
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

test("the same expression in two instances gives two different placeholders", () => {
  const { buckets } = model({ aws_s3_bucket: { b: { count: 2, bucket: "${uuid()}" } } });

  expect(buckets[0]!.name).not.toBe(buckets[1]!.name);
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
