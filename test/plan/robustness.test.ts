import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccountModel, PlanReadError, readConfiguration, readPlan, withLines } from "../../lib/plan";
import { parseTemplate } from "../../lib/plan/expression/parse";
import { ExpressionSyntaxError } from "../../lib/plan/expression/syntax";
import { fixture, fixtureJson, model } from "./read";

/** A busy machine must not fail these tests, which are not about time. */

/** Reads a file, and accepts nothing but models or a `PlanReadError`. */
function survives(bytes: Uint8Array, path = "main.tf.json", refusal = /./): AccountModel[] {
  const files = [{ path, bytes }];
  try {
    const models = readPlan(files);
    withLines(
      models.flatMap(({ buckets }) => buckets.map(({ location }) => location)),
      files,
    );
    JSON.stringify(models);
    return models;
  } catch (error) {
    expect(error).toBeInstanceOf(PlanReadError);
    expect((error as PlanReadError).message).toMatch(refusal);
    return [];
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const REAL = ["first-apply/plan.json", "applied.state.json", "modules/main.tf.json"];
const TYPES = [
  "aws_s3_bucket",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
];
const MORE_TYPES = [
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_acl",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_policy_attachment",
  "terraform_data",
];
const NAMES = ["a", "b", "__proto__", "constructor", "toString"];
const ATTRIBUTES = [
  "bucket",
  "policy",
  "rule",
  "acl",
  "access_control_policy",
  "versioning",
  "count",
  "for_each",
  "dynamic",
  "inline_policy",
  "input",
  "role",
  "name",
  "provider",
];
const TEXTS = [
  "${aws_s3_bucket.a.id}",
  "${aws_s3_bucket.b[0].arn}/*",
  "${each.value}",
  "${jsonencode(local.a)}",
  "${local.b}",
  '{"Statement":',
  "$${x}",
  "${a",
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string());
const anything = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...ATTRIBUTES, ...NAMES), fc.oneof(text, fc.array(text))) },
);
const body = fc.dictionary(fc.constantFrom(...ATTRIBUTES), anything);
const resources = fc.dictionary(
  fc.constantFrom(...TYPES, ...MORE_TYPES),
  fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(body, fc.array(body), anything)),
);
const configuration = fc.record(
  {
    resource: fc.oneof(resources, anything),
    data: fc.dictionary(
      fc.constantFrom("aws_iam_policy_document", "aws_region"),
      fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(body, anything)),
    ),
    locals: fc.oneof(fc.dictionary(fc.constantFrom("a", "b"), anything), anything),
    module: fc.dictionary(fc.constantFrom("m"), fc.oneof(fc.constant({ source: "./" }), anything)),
    variable: anything,
    provider: anything,
  },
  { requiredKeys: ["resource"] },
);

test("any bytes give models or a PlanReadError", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void survives(bytes)));
});

test("any JSON gives models or a PlanReadError", () => {
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (json) => void survives(encode(json))));
});

test("any configuration of the supported resources gives a model, unless Terraform would refuse it", () => {
  fc.assert(
    fc.property(configuration, (content) => {
      const models = survives(encode(JSON.stringify(content)), "main.tf.json", /declares \S+ twice|that Terraform refuses/);

      if (!JSON.stringify(content).includes("[")) expect(models).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test("real files with a value replaced or removed anywhere give models or a PlanReadError", () => {
  for (const name of REAL) {
    const paths = everyPath(fixtureJson(name));
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.option(fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...TEXTS)), { nil: undefined }),
        (path, value) => {
          const content = fixtureJson(name);
          const parent = path
            .slice(0, -1)
            .reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, content as Record<string, unknown>);
          parent[path.at(-1)!] = value;
          survives(encode(JSON.stringify(content)), name);
        },
      ),
      { numRuns: 150 },
    );
  }
});

test("real files cut off or with a byte changed anywhere give models or a PlanReadError", () => {
  for (const name of REAL) {
    const { bytes } = fixture(name);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        survives(cut ? bytes.slice(0, at) : bytes.map((byte, index) => (index === at ? value : byte)), name);
      }),
      { numRuns: 150 },
    );
  }
});

test("any text is parsed or rejected as an expression", () => {
  const pieces = fc.constantFrom(
    "${",
    "}",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    '"',
    "for ",
    " in ",
    "x",
    ".",
    "*",
    ":",
    "=",
    "=>",
    "?",
    "-",
    "!",
    "1",
    "jsonencode",
    ",",
    "...",
    "$${",
    "%{",
    "\\",
    "é",
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(pieces, { maxLength: 30 }), fc.array(fc.string({ maxLength: 3 }))), (parts) => {
      try {
        parseTemplate(`\${${parts.join("")}}`);
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionSyntaxError);
      }
    }),
    { numRuns: 2000 },
  );
});

test("values nested without end do not crash the reader", () => {
  const deep = (open: string, close: string, depth = 100_000): string => open.repeat(depth) + close.repeat(depth);
  const policyOf = (policy: string): AccountModel => model({ aws_s3_bucket_policy: { p: { bucket: "b", policy } } });

  survives(encode(deep("[", "]")));
  survives(encode(`{"resource":${deep('{"a":', "}").replace("}", "1}")}}`));
  survives(
    encode(
      `{"resource":{"aws_s3_bucket":{"a":{"bucket":${deep("[", "]")}}},"terraform_data":{"t":{"input":${deep('{"a":', "}").replace(":}", ":1}")}}}}}`,
    ),
  );
  survives(encode(`{"planned_values":{"root_module":${deep('{"child_modules":[', "]}").replace("[]", "[{}]")}}}`));
  expect(policyOf(deep("[", "]")).problems).toMatchObject([{ id: "policy-not-json" }]);
  expect(policyOf(`\${${deep("(", ")")}}`).problems).toMatchObject([{ id: "invalid-expression" }]);
  expect(policyOf(`\${jsondecode("${deep("[", "]")}")}`).buckets).toHaveLength(1);
  expect(policyOf(`\${${"!".repeat(100_000)}true}`).buckets).toHaveLength(1);
  expect(policyOf(`\${a${".b".repeat(100_000)}}`).buckets).toHaveLength(1);
});

test("property names of the prototype are ordinary names", () => {
  const names = '{"__proto__":{"bucket":"one"},"constructor":{"bucket":"two"},"toString":{"bucket":"${aws_s3_bucket.__proto__.id}"}}';

  const [account] = survives(encode(`{"resource":{"aws_s3_bucket":${names},"__proto__":{"x":{}}}}`));

  expect(account!.buckets.map(({ name }) => name)).toEqual(["one", "two", "one"]);
  expect(({} as Record<string, unknown>).bucket).toBeUndefined();
});

test("a key called __proto__ survives evaluation", () => {
  const { contracts } = readConfiguration(
    JSON.parse('{"resource":{"terraform_data":{"t":{"input":{"schemaVersion":1,"expectations":[],"__proto__":{"x":"${1}"}}}}}}'),
    "test",
  );

  expect(Object.keys(contracts[0]!.contract as object)).toContain("__proto__");
});

function everyPath(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return path.length === 0 ? [] : [path];
  const below = Object.entries(value).flatMap(([key, child]) => everyPath(child, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}
