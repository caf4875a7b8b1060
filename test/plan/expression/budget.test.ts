/** Expressions that would take minutes end, with an unknown value, and modules that call each other many times do, too. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfiguration, readPlan } from "../../../lib/plan";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { model, textFile } from "../read";

/** What makes a value larger, of two values before it. */
const GROWING = [
  (a: string, b: string) => `join("-", flatten([${a}, ${b}]))`,
  (a: string, b: string) => `concat(flatten([${a}]), flatten([${b}]), flatten([${a}]))`,
  (a: string, b: string) => `[for x in flatten([${a}]) : ${b}]`,
  (a: string) => `[for x in range(200) : [for y in range(200) : ${a}]]`,
  (a: string) => `{ for x in range(50) : "k\${x}" => ${a} }`,
  (a: string, b: string) => `jsonencode([${a}, ${b}])`,
  (a: string) => `base64encode(jsonencode(${a}))`,
  (a: string) => `replace(jsonencode(${a}), "/(a|b|,)/", "$1$1$1")`,
  (a: string) => `regexall("a*b*a*", jsonencode(${a}))`,
  (a: string) => `split(",", jsonencode(${a}))`,
  (a: string, b: string) => `setproduct(flatten([${a}]), flatten([${b}]))`,
  (a: string) => `format("%s%s%9999s", jsonencode(${a}), jsonencode(${a}), "a")`,
  (a: string) => `formatlist("%s-%s", flatten([${a}]), "a")`,
  (a: string) => `templatestring("%{ for x in y ~}\${x}\${x}%{ endfor ~}", { y = flatten([${a}]) })`,
  (a: string) => `sha256(jsonencode(${a}))`,
  (a: string, b: string) => `jsonencode(${a}) == jsonencode(${b}) ? ${a} : ${b}`,
  (a: string) => `indent(999, join("\\n", flatten([${a}])))`,
  (a: string) => `"\${jsonencode(${a})}\${jsonencode(${a})}"`,
];

test("any expressions over each other end", () => {
  const step = fc.record({ grow: fc.constantFrom(...GROWING), one: fc.nat(), other: fc.nat() });

  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
      const locals: Record<string, unknown> = { l0: ["a", "b"] };
      for (const [index, { grow, one, other }] of steps.entries()) {
        // Values that were made last grow fastest.
        const [first, second] = [one, other].map((at) => `local.l${Math.max(0, index - (at % 3))}`);
        locals[`l${index + 1}`] = `\${${grow(first!, second!)}}`;
      }
      const { buckets } = model({ aws_s3_bucket: { b: { bucket: `\${jsonencode(local.l${steps.length})}` } } }, { locals });
      expect(buckets).toHaveLength(1);
    }),
    { numRuns: 20 },
  );
});

test("a text that is joined of many long ones is unknown", () => {
  const long = `\${join("", [for x in range(1000) : "${"a".repeat(100)}"])}`;
  const { buckets } = model(
    { aws_s3_bucket: { b: { bucket: '${join("-", [for x in range(40000) : local.long])}' } } },
    { locals: { long } },
  );

  expect(hasUnknown(buckets[0]!.name)).toBe(true);
});

const big = `\${join("", [for x in range(1000) : "${"a".repeat(1000)}"])}`;
const spent = (source: string) => ({
  id: "loop-limit",
  message: `"${source}" is not evaluated: the expressions of this stack take more than 5,000,000 steps`,
});

describe("large values outside of loops", () => {
  test("are gone through as often as a stack may need it", () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`b${index}`, { bucket: `\${sha256("\${local.big}${index}")}` }]),
    );

    const { buckets, problems } = model({ aws_s3_bucket: many }, { locals: { big } });

    expect(buckets.some(({ name }) => hasUnknown(name))).toBe(false);
    expect(problems).toEqual([]);
  });

  test("are unknown where each of many expressions goes through them", () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`b${index}`, { bucket: `\${sha256("\${local.big}${index}")}` }]),
    );

    const { buckets, problems } = model({ aws_s3_bucket: { ...many, last: { bucket: '${lower("ACME")}' } } }, { locals: { big } });

    expect(buckets.filter(({ name }) => hasUnknown(name)).length).toBeGreaterThan(100);
    expect(buckets.at(-1)!.name).toBe("acme");
    expect(problems).toContainEqual(expect.objectContaining(spent('"${local.big}399"')));
  });

  test("are unknown where a list holds one long text many times", () => {
    const lists = "${jsonencode([for x in range(200) : [for y in range(200) : local.big]])}";
    const { buckets } = model({ aws_s3_bucket: { b: { bucket: lists } } }, { locals: { big } });

    expect(hasUnknown(buckets[0]!.name)).toBe(true);
  });

  test("are unknown where texts hold each other many times", () => {
    const locals = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`t${n + 1}`, `\${local.t${n}}\${local.t${n}}`]));

    const { buckets } = model({ aws_s3_bucket: { b: { bucket: "${local.t60}" } } }, { locals: { t0: "lol", ...locals } });

    expect(hasUnknown(buckets[0]!.name)).toBe(true);
  });
});

describe("modules that call each other many times", () => {
  const calls = (count: number) => Array.from({ length: count }, (_, index) => `module "m${index}" {\n  source = "./m"\n}\n`).join("");
  const nested = (count: number, depth: number) => [
    ...Array.from({ length: depth }, (_, level) => textFile(`${"m/".repeat(level)}main.tf`, calls(count))),
    textFile(`${"m/".repeat(depth)}main.tf`, 'resource "aws_s3_bucket" "b" {}'),
  ];

  test("are read as far as an account could hold their resources, and the report says so", () => {
    const { buckets, problems } = readPlan(nested(12, 7))[0]!;

    expect(buckets.length).toBeGreaterThan(10_000);
    expect(problems.map(({ id, message }) => ({ id, message }))).toEqual([
      { id: "plan-incomplete", message: "there are more than 20000 instances of modules" },
    ]);
  });

  test("are read as a whole below that", () => {
    const { buckets, problems } = readPlan(nested(10, 3))[0]!;

    expect(buckets).toHaveLength(1000);
    expect(problems).toEqual([]);
  });
});

test("a chain of 10,000 references is not followed to its end, and the program says so", () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => [`l${index + 1}`, `\${local.l${index}}`]);
  const configuration = { locals: { l0: "acme-logs", ...Object.fromEntries(chain) } };

  const { buckets, problems } = readConfiguration(
    { ...configuration, resource: { aws_s3_bucket: { b: { bucket: "${local.l10000}" } } } },
    "test",
  );

  expect(hasUnknown(buckets[0]!.name)).toBe(true);
  expect(problems.map(({ message }) => message)).toEqual([
    '"local.l9700" is not evaluated: a chain of more than 300 references leads to it',
  ]);
});

test("a chain of 250 references is followed to its end", () => {
  const chain = Array.from({ length: 250 }, (_, index) => [`l${index + 1}`, `\${local.l${index}}`]);
  const configuration = { locals: { l0: "acme-logs", ...Object.fromEntries(chain) } };

  const { buckets } = readConfiguration({ ...configuration, resource: { aws_s3_bucket: { b: { bucket: "${local.l250}" } } } }, "test");

  expect(buckets[0]!.name).toBe("acme-logs");
});
