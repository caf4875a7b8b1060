/** `terraform show -json`: which instance a reference means, and which entries do not count. */
import { expect, test } from "vitest";
import { type AccountModel, type PlanFile, readPlan } from "../../../lib/plan";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { jsonFile, textFile } from "../read";

interface Shown {
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values: object;
  readonly unknown?: object;
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

const addressOf = ({ type, name, index }: Shown) => `${type}.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`;

function planOf(resources: readonly Shown[], sources: readonly PlanFile[] = []): AccountModel {
  const common = (one: Shown) => ({ address: addressOf(one), mode: "managed", type: one.type, name: one.name, index: one.index });
  const expressions = ({ references = {} }: Shown) =>
    Object.fromEntries(Object.entries(references).map(([argument, list]) => [argument, { references: list }]));
  const expansion = ({ index }: Shown) =>
    index === undefined
      ? {}
      : { [typeof index === "number" ? "count_expression" : "for_each_expression"]: { references: ["var.unknown"] } };
  const content = {
    format_version: "1.2",
    planned_values: { root_module: { resources: resources.map((one) => ({ ...common(one), values: one.values })) } },
    resource_changes: resources.map((one) => ({ ...common(one), change: { actions: ["create"], after_unknown: one.unknown ?? {} } })),
    configuration: {
      root_module: { resources: resources.map((one) => ({ ...common(one), ...expansion(one), expressions: expressions(one) })) },
    },
  };
  return readPlan([jsonFile("plan.json", content)], sources)[0]!;
}

const SHUT = { block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true };
const bucket = (index: string | number, name: string): Shown => ({ type: "aws_s3_bucket", name: "b", index, values: { bucket: name } });
const block = (index: string | number, references: readonly string[]): Shown => ({
  type: "aws_s3_bucket_public_access_block",
  name: "p",
  index,
  values: SHUT,
  unknown: { bucket: true },
  references: { bucket: ["aws_s3_bucket.b", ...references] },
});
const settings = (parts: readonly Shown[], sources: readonly PlanFile[] = []) =>
  planOf(parts, sources).buckets.map(({ blockPublicAccess: { blockPublicAcls } }) =>
    hasUnknown(blockPublicAcls ?? "") ? "open" : blockPublicAcls,
  );

const json = (kind: string, index: string): string =>
  `resource "aws_s3_bucket_public_access_block" "p" {\n  ${kind}\n  bucket = aws_s3_bucket.b[${index}].id\n}`;

test.each([
  ["each.key", ["true", "true"]],
  ["each.value", ["open", "open"]],
  ['each.key == "a" ? "b" : "a"', ["true", "true"]],
  ['"a"', ["true", undefined]],
])("x[%s] means the instance that it selects", (key, expected) => {
  const blocks = [block("a", key.match(/each\.\w+/g) ?? []), block("b", key.match(/each\.\w+/g) ?? [])];

  const sources = [textFile("main.tf", json("for_each = var.unknown", key))];

  expect(settings([bucket("a", "one"), bucket("b", "two"), ...blocks], sources)).toEqual(expected);
});

test.each([
  ["count.index", ["true", undefined]],
  ["count.index + 1", [undefined, "true"]],
])("x[%s] means the instance with that index", (index, expected) => {
  const sources = [textFile("main.tf", json("count = 1", index))];

  expect(settings([bucket(0, "one"), bucket(1, "two"), block(0, ["count.index"])], sources)).toEqual(expected);
});

test("a value of for_each that is the key of another element keeps its own element", () => {
  const pair =
    'resource "aws_s3_bucket_public_access_block" "p" {\n  for_each = { a = "b", b = "c", c = var.unknown }\n  bucket = aws_s3_bucket.b[each.value].id\n}';
  const blocks = ["a", "b"].map((key) => block(key, ["each.value"]));
  const buckets = ["a", "b", "c"].map((key) => bucket(key, `name-${key}`));

  expect(settings([...buckets, ...blocks], [textFile("main.tf", pair)])).toEqual([undefined, "true", "true"]);
});

test("an instance whose key is only listed as a reference is not known", () => {
  expect(settings([bucket("a", "one"), bucket("b", "two"), block("a", ["each.key"]), block("b", ["each.key"])])).toEqual(["open", "open"]);
  expect(settings([bucket(0, "one"), bucket(1, "two"), block(0, ["count.index"])])).toEqual(["open", "open"]);
});

test("a deposed object of a state counts beside the one that replaced it", () => {
  const resource = (name: string, more: object = {}) => ({
    address: "aws_s3_bucket.b",
    mode: "managed",
    type: "aws_s3_bucket",
    name: "b",
    values: { bucket: name },
    ...more,
  });
  const state = {
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: { root_module: { resources: [resource("new"), resource("old", { deposed_key: "abcd1234" })] } },
  };

  expect(readPlan([jsonFile("state.json", state)])[0]!.buckets.map(({ name }) => name)).toEqual(["new", "old"]);
});

test("fails on a format that is newer than the supported one", () => {
  const plan = { format_version: "2.0", planned_values: {} };

  expect(() => readPlan([jsonFile("plan.json", plan)])).toThrow(/has the format_version 2.0, which is newer/);
});
