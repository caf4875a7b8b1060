/** What several inputs describe together. */
import { describe, expect, test } from "vitest";
import { type PlanFile, readEstate } from "../../../lib/plan";
import { jsonFile, shown } from "../read";

const TRUST = '{"Version":"2012-10-17","Statement":[]}';
const statement = (sid: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: sid, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }] });

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly values: Record<string, unknown>;
}

const BUCKET: Resource = { type: "aws_s3_bucket", name: "b", values: { bucket: "acme" } };
const ROLE: Resource = { type: "aws_iam_role", name: "r", values: { name: "deliver", assume_role_policy: TRUST } };

/** The same resources as a configuration, as a plan that creates them, or as a state. */
const AS: Readonly<Record<string, (name: string, resources: readonly Resource[]) => PlanFile>> = {
  configuration: (name, resources) => {
    const resource: Record<string, Record<string, unknown>> = {};
    for (const { type, name: label, values } of resources) resource[type] = { ...resource[type], [label]: values };
    return jsonFile(`${name}/cdk.tf.json`, { resource });
  },
  plan: (name, resources) =>
    jsonFile(`${name}.plan.json`, {
      format_version: "1.2",
      planned_values: { root_module: { resources: resources.map(shownResource) } },
      resource_changes: resources.map((each) => ({
        ...shownResource(each),
        change: { actions: ["create"], before: null, after: each.values, after_unknown: {} },
      })),
      configuration: { root_module: { resources: resources.map((each) => ({ ...shownResource(each), expressions: {} })) } },
    }),
  state: (name, resources) =>
    jsonFile(`${name}.state.json`, { format_version: "1.0", values: { root_module: { resources: resources.map(shownResource) } } }),
};

function shownResource({ type, name, values }: Resource): object {
  return { address: `${type}.${name}`, mode: "managed", type, name, values };
}

const KINDS = Object.keys(AS);
const PAIRS = KINDS.flatMap((one) => KINDS.map((other) => [one, other] as const));

describe.each(PAIRS)("a %s and a %s", (one, other) => {
  const estateOf = (...extra: Resource[]) => readEstate([AS[one]!("one", [BUCKET, ROLE]), AS[other]!("two", extra)]);

  test("are one estate: what the second sets on buckets and roles of the first counts", () => {
    const { buckets, roles } = estateOf(
      { type: "aws_s3_bucket_policy", name: "p", values: { bucket: "acme", policy: statement("p") } },
      {
        type: "aws_s3_bucket_public_access_block",
        name: "p",
        values: { bucket: "acme", block_public_acls: false, restrict_public_buckets: true },
      },
      { type: "aws_s3_bucket_acl", name: "p", values: { bucket: "acme", acl: "public-read" } },
      { type: "aws_s3_bucket_ownership_controls", name: "p", values: { bucket: "acme", rule: [{ object_ownership: "ObjectWriter" }] } },
      { type: "aws_iam_role_policy", name: "p", values: { role: "deliver", name: "p", policy: TRUST } },
      {
        type: "aws_iam_role_policy_attachment",
        name: "p",
        values: { role: "deliver", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      },
      { type: "aws_iam_policy_attachment", name: "p", values: { roles: ["deliver"], policy_arn: "arn:aws:iam::aws:policy/SecurityAudit" } },
    );

    expect(buckets).toHaveLength(1);
    expect(buckets[0]!.policies).toHaveLength(1);
    expect(buckets[0]).toMatchObject({
      acl: "public-read",
      objectOwnership: "ObjectWriter",
      blockPublicAccess: { blockPublicAcls: "false", restrictPublicBuckets: "true" },
    });
    expect(roles[0]!.inlinePolicies.map(({ name }) => name)).toEqual(["p"]);
    expect(roles[0]!.managedPolicies.map(({ name }) => name)).toEqual(["ReadOnlyAccess", "SecurityAudit"]);
  });

  test("are one estate: what the second removes is removed", () => {
    const attachment: Resource = { type: "aws_iam_role_policy", name: "d", values: { role: "deliver", name: "delivery", policy: TRUST } };
    const files = [
      AS[one]!("one", [BUCKET, ROLE, attachment]),
      AS[other]!("two", [{ type: "aws_iam_role_policies_exclusive", name: "x", values: { role_name: "deliver", policy_names: [] } }]),
    ];

    const [role] = readEstate(files).roles;

    expect(role!.inlinePolicies).toEqual([]);
    expect(role!.rivals).toMatchObject([{ addresses: ["aws_iam_role_policies_exclusive.x", "aws_iam_role_policy.d"] }]);
  });

  test("have the roles and buckets of both", () => {
    const { buckets, roles, parts } = estateOf(
      { type: "aws_s3_bucket", name: "other", values: { bucket: "other" } },
      { type: "aws_iam_role", name: "other", values: { name: "other", assume_role_policy: TRUST } },
    );

    expect(buckets.map(({ name }) => name).sort()).toEqual(["acme", "other"]);
    expect(roles.map(({ name }) => name).sort()).toEqual(["deliver", "other"]);
    expect(parts.map(({ buckets: count }) => count)).toEqual([1, 1]);
  });

  test("that define the same bucket in different places are rivals", () => {
    const { buckets } = estateOf({ type: "aws_s3_bucket", name: "again", values: { bucket: "acme" } });

    expect(buckets[0]!.rivals).toHaveLength(1);
  });

  test("that show the same stack are one", () => {
    const resources = [BUCKET, ROLE, { type: "aws_s3_bucket_policy", name: "p", values: { bucket: "acme", policy: statement("p") } }];

    const { buckets, roles, problems, parts } = readEstate([AS[one]!("one", resources), AS[other]!("two", resources)]);

    expect(parts).toHaveLength(1);
    expect([buckets.length, roles.length, buckets[0]!.policies.length]).toEqual([1, 1, 1]);
    expect(buckets[0]!.rivals).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe("two folders of the same files", () => {
  const buckets = (name: string, more: object = {}) => {
    const content = { resource: { aws_s3_bucket: { b: { bucket: name } } }, ...more };
    return readEstate(["dev/main.tf.json", "prod/main.tf.json"].map((path) => jsonFile(path, content))).buckets.length;
  };

  test.each([
    ["a variable", "acme-${var.stage}", { variable: { stage: {} } }],
    [
      "a generated suffix",
      "acme-${random_id.x.hex}",
      { resource: { random_id: { x: {} }, aws_s3_bucket: { b: { bucket: "acme-${random_id.x.hex}" } } } },
    ],
  ])("are two stacks with a bucket each where the name has %s", (_, name, more) => {
    expect(buckets(name, more)).toBe(2);
  });

  test("are one where the name of the bucket is known", () => {
    expect(buckets("acme")).toBe(1);
  });
});

test("fails to tell where a plan and the configuration of the same stack contradict each other", () => {
  const policy = (sid: string): Resource => ({
    type: "aws_s3_bucket_policy",
    name: "p",
    values: { bucket: "acme", policy: statement(sid) },
  });

  const { problems } = readEstate([AS.configuration!("one", [BUCKET, policy("new")]), AS.plan!("two", [BUCKET, policy("old")])]);

  expect(problems).toMatchObject([{ id: "plan-incomplete" }]);
  expect(problems[0]!.message).toContain("show the same stack and differ in aws_s3_bucket.b");
});

test("stacks of one template with generated names are not the same, and neither are their buckets", () => {
  const stack = (name: string, versioning: string) =>
    jsonFile(`${name}/cdk.tf.json`, {
      resource: {
        aws_s3_bucket: { b: { bucket_prefix: "acme-" } },
        aws_s3_bucket_versioning: { v: { bucket: "${aws_s3_bucket.b.id}", versioning_configuration: { status: versioning } } },
      },
    });

  const { buckets } = shown(readEstate([stack("dev", "Enabled"), stack("prod", "Suspended")]));

  expect(buckets.map(({ name, versioning }) => [name, versioning])).toEqual([
    ["acme-${aws_s3_bucket.b.bucket of the stack dev}", "Enabled"],
    ["acme-${aws_s3_bucket.b.bucket of the stack prod}", "Suspended"],
  ]);
});

test("roles of one name in two accounts have their own policies", () => {
  const provider = (alias: string, id: string) => ({ alias, allowed_account_ids: [id] });
  const inline = (of: string) => ({ provider: `aws.${of}`, role: "deliver", name: of, policy: TRUST });
  const { roles } = readEstate([
    jsonFile("main.tf.json", {
      provider: { aws: [provider("a", "111122223333"), provider("b", "444455556666")] },
      resource: {
        aws_iam_role: {
          a: { provider: "aws.a", name: "deliver", assume_role_policy: TRUST },
          b: { provider: "aws.b", name: "deliver", assume_role_policy: TRUST },
        },
        aws_iam_role_policy: { a: inline("a"), b: inline("b") },
      },
    }),
  ]);

  expect(roles.map(({ account, inlinePolicies }) => [account, inlinePolicies.map(({ name }) => name)])).toEqual([
    ["111122223333", ["a"]],
    ["444455556666", ["b"]],
  ]);
});

describe("what a resource joins with another one", () => {
  const stack = (name: string, resource: object) => jsonFile(`${name}/cdk.tf.json`, { variable: { id: {} }, resource });
  const point = (bucket: string) => ({ aws_s3_access_point: { p: { bucket, name: "point" } } });

  test("is found in another stack by its name", () => {
    const { dataFlows, organizationPolicies } = readEstate([
      stack("one", {
        aws_s3control_access_point_policy: { p: { access_point_arn: "arn:aws:s3:eu-west-1:111122223333:accesspoint/point", policy: "{}" } },
        aws_lakeformation_permissions: { p: { principal: "444455556666", permissions: ["SELECT"] } },
        aws_organizations_policy: { p: { id: "p-1", name: "p", content: "{}" } },
      }),
      stack("two", {
        ...point("acme"),
        aws_lakeformation_resource: { r: { arn: "arn:aws:s3:::acme" } },
        aws_organizations_policy_attachment: {
          p: { policy_id: "p-1", target_id: "111122223333" },
          unknown: { policy_id: "${var.id}", target_id: "r-1" },
          other: { policy_id: "p-2", target_id: "r-2" },
        },
      }),
    ]);

    expect(dataFlows!.map(({ source }) => source)).toEqual(["acme", "arn:aws:s3:::acme"]);
    expect(organizationPolicies!.map(({ targets }) => targets)).toEqual([["111122223333", "r-1"]]);
  });

  test("is not the one of another stack that has the same address, nor one whose address begins like its own", () => {
    const policy = (of: string) => ({ p: { access_point_arn: `\${aws_s3_access_point.${of}.arn}`, policy: "{}" } });
    const { dataFlows } = readEstate([
      stack("one", {
        aws_s3_access_point: { p: { bucket: "other", name: "other" }, pp: { bucket: "acme", name: "acme" } },
        aws_s3control_access_point_policy: policy("pp"),
      }),
      stack("two", point("third")),
    ]);

    expect(dataFlows!.map(({ source }) => source)).toEqual(["acme"]);
  });
});
