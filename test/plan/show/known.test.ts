/** `terraform show -json`: what an expression behind the plan tells is known, and the nearest expressions that do not tell it are not. */
import { describe, expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { isUnresolved } from "../../../lib/plan/resources/unresolved-owner";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { jsonFile, textFile } from "../read";

interface Planned {
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly values: Record<string, unknown>;
  readonly unknown?: Record<string, unknown>;
  readonly expressions?: Record<string, unknown>;
}

const addressOf = ({ module, type, name }: Planned) => `${module === undefined ? "" : `${module}.`}${type}.${name}`;

function planOf(resources: readonly Planned[], call: Record<string, unknown>, source: string) {
  const shown = (one: Planned) => ({ address: addressOf(one), mode: "managed", type: one.type, name: one.name, values: one.values });
  const configured = (one: Planned) => ({
    address: `${one.type}.${one.name}`,
    mode: "managed",
    type: one.type,
    name: one.name,
    expressions: one.expressions ?? {},
  });
  const within = (module: string | undefined) => resources.filter((one) => one.module === module);
  const content = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: within(undefined).map(shown),
        child_modules: [{ address: "module.m", resources: within("module.m").map(shown) }],
      },
    },
    resource_changes: resources.map((one) => ({
      ...shown(one),
      module_address: one.module,
      change: { actions: ["create"], before: null, after: one.values, after_unknown: one.unknown ?? {} },
    })),
    configuration: {
      root_module: {
        resources: within(undefined).map(configured),
        module_calls: {
          m: {
            source: "registry/m",
            expressions: call,
            module: { variables: { name: {} }, resources: within("module.m").map(configured) },
          },
        },
      },
    },
  };
  return readPlan([jsonFile("plan.json", content)], [textFile("main.tf", source)])[0]!;
}

const BUCKET: Planned = { type: "aws_s3_bucket", name: "b", values: { bucket: "acme" }, unknown: { id: true } };
const SHUT = { block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true };
const block = (...references: string[]): Planned => ({
  type: "aws_s3_bucket_public_access_block",
  name: "p",
  module: "module.m",
  values: SHUT,
  unknown: { bucket: true },
  expressions: { bucket: { references } },
});

describe("a bucket that only a module names, whose expressions are not known", () => {
  const blockOf = (given: string, listed: readonly string[], argument: readonly string[], bucket: Planned = BUCKET) => {
    const source = `resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n}\nmodule "m" {\n  source = "registry/m"\n  name = ${given}\n}`;
    const { buckets } = planOf([bucket, block(...argument)], { name: { references: listed } }, source);
    return buckets[0]!.blockPublicAccess.blockPublicAcls ?? "unset";
  };
  const ID = ["aws_s3_bucket.b.id", "aws_s3_bucket.b"];

  test.each([
    ["the variable that it is handed by", "aws_s3_bucket.b.id", ID, ["var.name"]],
    ["a local value of a module that is handed the bucket", "aws_s3_bucket.b.id", ID, ["local.name"]],
    ["a variable and a count", "aws_s3_bucket.b.id", ID, ["var.name", "count.index"]],
  ])("is the only one for %s", (_, given, listed, argument) => {
    expect(blockOf(given, listed, argument)).toBe("true");
  });

  test("is the only one for a local value of the module that makes it", () => {
    expect(blockOf('"x"', [], ["local.name"], { ...BUCKET, module: "module.m" })).toBe("true");
  });

  test.each([
    ["a name that the caller computes of it", '"${aws_s3_bucket.b.id}-archive"', ID, ["var.name"]],
    ["a local value made of such a name", '"${aws_s3_bucket.b.id}-archive"', ID, ["local.name"]],
    ["another resource", "random_id.r.hex", ["random_id.r.hex", "random_id.r"], ["var.name"]],
    ["another resource beside it", "aws_s3_bucket.b.id", ID, ["var.name", "random_id.r.hex", "random_id.r"]],
    ["a data source", "aws_s3_bucket.b.id", ID, ["data.aws_ssm_parameter.name.value", "data.aws_ssm_parameter.name"]],
    ["a local value of a module that is handed nothing of it", '"x"', [], ["local.name"]],
  ])("is not known for %s", (_, given, listed, argument) => {
    expect(hasUnknown(blockOf(given, listed, argument))).toBe(true);
  });
});

describe("a set of which a part is unknown", () => {
  const role = (name: string, values: Record<string, unknown>, unknown = {}): Planned => ({ type: "aws_iam_role", name, values, unknown });
  const TRUST = '{"Version":"2012-10-17"}';

  test("does not lose its unknown element where the plan has it in another order than the expression", () => {
    const source =
      'resource "aws_iam_policy_attachment" "a" {\n  roles = [aws_iam_role.delivery.name, "zother"]\n}\nresource "aws_iam_role" "delivery" {\n  name_prefix = "acme-"\n}';
    const references = { references: ["aws_iam_role.delivery.name", "aws_iam_role.delivery"] };
    const { roles } = planOf(
      [
        role("delivery", { name_prefix: "acme-", assume_role_policy: TRUST }, { name: true, id: true }),
        {
          type: "aws_iam_policy_attachment",
          name: "a",
          values: { name: "a", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess", roles: ["zother", null] },
          unknown: { roles: [false, true] },
          expressions: { roles: references },
        },
      ],
      {},
      source,
    );

    const found = [...roles[0]!.managedPolicies, ...roles[0]!.inlinePolicies];
    expect(found).toHaveLength(1);
    expect(isUnresolved(String(found[0]!.document), new Set())).toBe(true);
  });

  test("keeps each text with its own name where two blocks stand in another order", () => {
    const policy = (name: string, text: string) => `inline_policy {\n    name = ${name}\n    policy = jsonencode({ Id = ${text} })\n  }`;
    const source = `resource "aws_iam_role" "r" {\n  ${policy("var.one", "aws_s3_bucket.b.arn")}\n  ${policy('"b"', "aws_s3_bucket.b.region")}\n}`;
    const { roles } = planOf(
      [
        BUCKET,
        {
          ...role(
            "r",
            { name: "r", assume_role_policy: TRUST, inline_policy: [{ name: "b" }, { name: "a" }] },
            { inline_policy: [{ policy: true }, { policy: true }] },
          ),
          expressions: {
            inline_policy: [
              { name: { references: ["var.one"] }, policy: { references: ["aws_s3_bucket.b.arn", "aws_s3_bucket.b"] } },
              { name: { constant_value: "b" }, policy: { references: ["aws_s3_bucket.b.region", "aws_s3_bucket.b"] } },
            ],
          },
        },
      ],
      {},
      source,
    );

    expect(roles[0]!.inlinePolicies.every(({ document }) => hasUnknown(String(document)))).toBe(true);
  });
});
