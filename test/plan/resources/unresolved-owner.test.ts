/** Resources that may be a part of a bucket or role, or may not: they are neither taken for it nor passed over. */
import { describe, expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { possibleOwnersOf } from "../../../lib/plan/resources/unresolved-owner";
import { hasUnknown, unknownText } from "../../../lib/unknown/placeholder";
import { jsonFile, model, only, shown } from "../read";

const BUCKET = { b: { bucket: "acme-logs" } };
const ROLE = { r: { name: "deliver", assume_role_policy: '{"Version":"2012-10-17"}' } };
const OPEN = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
const SHUT = { block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true };
const policyOf = (arn: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn }] });

describe("of which bucket or role it is, is not known", () => {
  test("an inline policy or an attachment may be any role's", () => {
    const { roles } = model(
      {
        aws_iam_role: ROLE,
        aws_iam_role_policy: { p: { role: "${var.role}", policy: '{"Id":"p"}' } },
        aws_iam_role_policy_attachment: { a: { role: "${var.role}", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
      },
      { variable: { role: {} } },
    );

    expect(roles[0]!.inlinePolicies).toHaveLength(2);
    expect(roles[0]!.inlinePolicies.every(({ document }) => hasUnknown(String(document)))).toBe(true);
  });

  test("one of a module's own role is not this one's", () => {
    const { roles } = model({
      aws_iam_role: ROLE,
      aws_iam_role_policy: { p: { role: "${module.other.role_name}", policy: '{"Id":"p"}' } },
    });

    expect(roles[0]!.inlinePolicies).toEqual([]);
  });

  test("a setting leaves open what nothing else sets", () => {
    const { buckets } = model(
      { aws_s3_bucket: BUCKET, aws_s3_bucket_public_access_block: { p: { bucket: "${var.bucket}", ...SHUT } } },
      { variable: { bucket: {} } },
    );

    expect(hasUnknown(buckets[0]!.blockPublicAccess.blockPublicAcls!)).toBe(true);
  });

  test("a setting does not touch what another resource sets", () => {
    const { buckets } = model(
      {
        aws_s3_bucket: BUCKET,
        aws_s3_bucket_public_access_block: { o: { bucket: "${var.bucket}", ...OPEN }, p: { bucket: "acme-logs", ...SHUT } },
      },
      { variable: { bucket: {} } },
    );

    expect(buckets[0]!.blockPublicAccess.blockPublicAcls).toBe("true");
  });

  test("a bucket policy is that of the bucket of which it speaks", () => {
    const { buckets } = shown(
      model(
        {
          aws_s3_bucket: { ...BUCKET, c: { bucket: "other" } },
          aws_s3_bucket_policy: { p: { bucket: "${var.bucket}", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
        },
        { variable: { bucket: {} } },
      ),
    );

    expect(buckets.map(({ name, policies }) => [name, policies.length])).toEqual([
      ["acme-logs", 1],
      ["other", 0],
    ]);
  });
});

describe("whether it is there at all is not known", () => {
  test("the settings and the policies of such a resource are not known either", () => {
    const maybe = { count: "${var.wanted ? 1 : 0}" };
    const { buckets, roles } = model(
      {
        aws_s3_bucket: BUCKET,
        aws_iam_role: ROLE,
        aws_s3_bucket_public_access_block: { p: { ...maybe, bucket: "acme-logs", ...SHUT } },
        aws_s3_bucket_policy: { p: { ...maybe, bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
        aws_iam_role_policy: { p: { for_each: "${var.names}", role: "deliver", policy: '{"Id":"p"}' } },
      },
      { variable: { wanted: {}, names: {} } },
    );

    expect(hasUnknown(buckets[0]!.blockPublicAccess.restrictPublicBuckets!)).toBe(true);
    expect(hasUnknown(String(buckets[0]!.policies[0]!.document))).toBe(true);
    expect(hasUnknown(String(roles[0]!.inlinePolicies[0]!.document))).toBe(true);
  });
});

test("two resources for one setting of a bucket are rivals", () => {
  const { buckets } = model({
    aws_s3_bucket: BUCKET,
    aws_s3_bucket_public_access_block: { one: { bucket: "acme-logs", ...OPEN }, two: { bucket: "acme-logs", ...SHUT } },
  });

  expect(buckets[0]!.rivals?.map(({ addresses }) => addresses)).toEqual([
    ["aws_s3_bucket_public_access_block.one", "aws_s3_bucket_public_access_block.two"],
  ]);
});

test("an argument of the bucket itself and a resource for the same setting are rivals", () => {
  const { buckets } = model({
    aws_s3_bucket: { b: { bucket: "acme-logs", versioning: { enabled: true } } },
    aws_s3_bucket_versioning: { v: { bucket: "acme-logs", versioning_configuration: { status: "Disabled" } } },
  });

  expect(buckets[0]!.rivals?.map(({ addresses }) => addresses)).toEqual([["aws_s3_bucket.b", "aws_s3_bucket_versioning.v"]]);
});

test("truth values may be written as 1 and 0 in quotes", () => {
  const { buckets } = model({
    aws_s3_bucket: BUCKET,
    aws_s3_bucket_public_access_block: { p: { bucket: "acme-logs", block_public_acls: "1", ignore_public_acls: "0" } },
  });

  expect(buckets[0]!.blockPublicAccess).toMatchObject({ blockPublicAcls: "true", ignorePublicAcls: "false", blockPublicPolicy: "false" });
});

test("what an exclusive resource lists is attached, once", () => {
  const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
  const exclusive = { x: { role_name: "deliver", policy_arns: [arn] } };
  const attachment = { a: { role: "deliver", policy_arn: arn } };
  const namesIn = (resources: object) => model({ aws_iam_role: ROLE, ...resources }).roles[0]!.managedPolicies.map(({ name }) => name);

  expect(namesIn({ aws_iam_role_policy_attachments_exclusive: exclusive })).toEqual(["AdministratorAccess"]);
  expect(namesIn({ aws_iam_role_policy_attachments_exclusive: exclusive, aws_iam_role_policy_attachment: attachment })).toEqual([
    "AdministratorAccess",
  ]);
});

test("what an exclusive resource does not list is taken away", () => {
  const { roles } = model({
    aws_iam_role: ROLE,
    aws_iam_role_policy: {
      p: { name: "delivery", role: "deliver", policy: '{"Id":"p"}' },
      q: { name: "more", role: "deliver", policy: '{"Id":"q"}' },
    },
    aws_iam_role_policies_exclusive: { x: { role_name: "deliver", policy_names: ["more"] } },
    aws_iam_role_policy_attachment: { a: { role: "deliver", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" } },
    aws_iam_role_policy_attachments_exclusive: { x: { role_name: "deliver", policy_arns: [] } },
  });

  expect(roles[0]!.inlinePolicies.map(({ name }) => name)).toEqual(["more"]);
  expect(roles[0]!.managedPolicies).toEqual([]);
});

describe("several stacks", () => {
  const stack = (name: string, resource: object) => jsonFile(`stacks/${name}/cdk.tf.json`, { resource });

  test("what one hangs on the bucket or role of another, by its name, counts there", () => {
    const [first] = readPlan([
      stack("one", {
        aws_s3_bucket: BUCKET,
        aws_iam_role: ROLE,
        aws_s3_bucket_policy: { p: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
      }),
      stack("two", {
        aws_s3_bucket_policy: { p: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs") } },
        aws_s3_bucket_public_access_block: { p: { bucket: "acme-logs", ...OPEN } },
        aws_iam_role_policy: { p: { role: "deliver", policy: '{"Id":"p"}' } },
      }),
    ]);

    expect(first!.buckets[0]!.policies).toHaveLength(2);
    expect(first!.buckets[0]!.policies[1]!.location.file).toBe("stacks/two/cdk.tf.json");
    expect(first!.buckets[0]!.blockPublicAccess.blockPublicAcls).toBe("false");
    expect(first!.roles[0]!.inlinePolicies).toHaveLength(1);
  });

  test("what is not known in one is another thing in the other", () => {
    const [first] = readPlan([
      jsonFile("a/main.tf.json", { variable: { n: {} }, resource: { aws_s3_bucket: { b: { bucket: "${var.n}" } } } }),
      jsonFile("b/main.tf.json", {
        variable: { n: {} },
        resource: { aws_s3_bucket_policy: { p: { bucket: "${var.n}", policy: policyOf("*") } } },
      }),
    ]);

    expect(first!.buckets[0]!.policies).toEqual([]);
  });
});

describe("values of variables", () => {
  const main = jsonFile("main.tf.json", {
    variable: { name: { default: "from-default" } },
    resource: { aws_s3_bucket: { b: { bucket: "${var.name}" } } },
  });

  test("are taken from the files that Terraform loads by itself, the last of which wins", () => {
    const files = [
      main,
      jsonFile("b.auto.tfvars.json", { name: "from-b" }),
      jsonFile("a.auto.tfvars.json", { name: "from-a" }),
      jsonFile("terraform.tfvars.json", { name: "from-terraform" }),
    ];

    expect(only(files).buckets[0]!.name).toBe("from-b");
    expect(only([main, files[3]!]).buckets[0]!.name).toBe("from-terraform");
    expect(only([main]).buckets[0]!.name).toBe("from-default");
  });

  test("of a set are its elements, each once, as keys and values", () => {
    const { buckets } = model(
      { aws_s3_bucket: { b: { bucket: '${join("-", [for k, v in var.names : "${k}.${v}"])}' } } },
      { variable: { names: { type: "set(string)", default: ["b", "a", "b"] } } },
    );

    expect(buckets[0]!.name).toBe("a.a-b.b");
  });

  test("whose type says that a part is optional are not known: Terraform fills it in", () => {
    const { buckets } = model(
      { aws_s3_bucket: { b: { bucket: '${try(var.settings.name, "acme-logs")}' } } },
      { variable: { settings: { type: 'object({name=optional(string,"other")})', default: {} } } },
    );

    expect(hasUnknown(buckets[0]!.name)).toBe(true);
  });

  test("of another folder are not", () => {
    expect(only([main, jsonFile("other/terraform.tfvars.json", { name: "other" })]).buckets[0]!.name).toBe("from-default");
  });
});

test("fails on a member that stands twice, which Terraform reads twice", () => {
  const bytes = new TextEncoder().encode('{"resource":{"aws_s3_bucket":{"a":{}}},"resource":{"aws_s3_bucket":{"b":{}}}}');

  expect(() => readPlan([{ path: "main.tf.json", bytes }])).toThrow(/has the member "resource" twice in one object.*join the two/);
  expect(() => readPlan([{ path: "cdk.tf.json", bytes }])).toThrow(/has the member "resource" twice in one object.*join the two/);
});

describe("a plan", () => {
  const bucket = { address: "aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" };
  const role = { address: "aws_iam_role.r", mode: "managed", type: "aws_iam_role", name: "r" };
  const removed = (type: string, before: object, actions = ["delete"]) => ({
    address: `${type}.p`,
    mode: "managed",
    type,
    name: "p",
    change: { actions, before, after: null },
  });
  const planWith = (changes: object[], more: object = {}) =>
    jsonFile("plan.json", {
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            { ...bucket, values: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
            {
              ...role,
              values: {
                name: "deliver",
                assume_role_policy: '{"Version":"2012-10-17"}',
                inline_policy: [{ name: "delivery", policy: '{"Id":"p"}' }],
                managed_policy_arns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
              },
            },
          ],
        },
      },
      resource_changes: changes,
      configuration: {
        root_module: {
          resources: [
            { ...bucket, expressions: { bucket: {} } },
            { ...role, expressions: { name: {} } },
          ],
        },
      },
      ...more,
    });

  test("does not keep what it deletes, though AWS has told of it before", () => {
    const { buckets, roles } = only([
      planWith([
        removed("aws_s3_bucket_policy", { bucket: "acme-logs" }),
        removed("aws_iam_role_policy", { role: "deliver", name: "delivery" }),
        removed("aws_iam_role_policy_attachment", { role: "deliver", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" }),
      ]),
    ]);

    expect(buckets[0]!.policies).toEqual([]);
    expect(roles[0]!.inlinePolicies).toEqual([]);
    expect(roles[0]!.managedPolicies).toEqual([]);
  });

  test("does not keep what it replaces by another of another name", () => {
    const { roles } = only([planWith([removed("aws_iam_role_policy", { role: "deliver", name: "delivery" }, ["delete", "create"])])]);

    expect(roles[0]!.inlinePolicies).toEqual([]);
  });

  test("keeps what it only forgets, and what others delete", () => {
    const { buckets, roles } = only([
      planWith([
        removed("aws_s3_bucket_policy", { bucket: "acme-logs" }, ["forget"]),
        removed("aws_iam_role_policy", { role: "other", name: "delivery" }),
      ]),
    ]);

    expect(buckets[0]!.policies).toHaveLength(1);
    expect(roles[0]!.inlinePolicies).toHaveLength(1);
    expect(roles[0]!.managedPolicies).toHaveLength(1);
  });

  test("that leaves changes to a later one is told to be incomplete", () => {
    expect(only([planWith([], { deferred_changes: [{ reason: "provider_config_unknown" }] })]).problems.map(({ id }) => id)).toContain(
      "plan-incomplete",
    );
    expect(only([planWith([])]).problems).toEqual([]);
  });
});

describe("a name that is not known may be", () => {
  const addresses = ["aws_s3_bucket.a", "module.m.aws_s3_bucket.b", 'module.n["x"].aws_s3_bucket.c'];
  const led = (source: string) => addresses.filter(possibleOwnersOf(unknownText(source), addresses));

  test.each([
    ["the resource that it refers to", "aws_s3_bucket.a.id, from aws_s3_bucket.a", ["aws_s3_bucket.a"]],
    [
      "any of a resource's instances",
      'module.n["x"].aws_s3_bucket_policy.p.bucket, from module.n["x"].aws_s3_bucket.c[0].id',
      [addresses[2]],
    ],
    ["one of the module whose output it is", "aws_s3_bucket_policy.p.bucket, from module.m.ids", [addresses[1]]],
    ["none of a module that is not there", "module.other.bucket_id", []],
    ["one of the module in which it is written", "module.m.aws_s3_bucket_policy.p.bucket, from module.m.local.id", [addresses[1]]],
    ["any, out of a variable", "aws_s3_bucket_policy.p.bucket, from var.bucket", addresses],
    ["any, inside a module without one", "module.parts.aws_s3_bucket_policy.p.bucket, from module.parts.var.bucket", addresses],
  ])("%s", (_, source, expected) => {
    expect(led(source)).toEqual(expected);
  });
});

test("a second policy that may be this bucket's leaves open what the bucket's says, and is no second one for sure", () => {
  const { buckets, problems } = model(
    {
      aws_s3_bucket: BUCKET,
      aws_s3_bucket_policy: {
        own: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") },
        other: { bucket: "${var.bucket}", policy: policyOf("arn:aws:s3:::someone/*") },
      },
    },
    { variable: { bucket: {} } },
  );

  expect(buckets[0]!.policies.map(({ isUncertain }) => isUncertain ?? false)).toEqual([false, true]);
  expect(problems).toEqual([]);
});

test.each([
  [
    "a policy attachment of roles",
    "aws_iam_policy_attachment",
    { roles: "${var.roles}", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  ["an exclusive resource for a role", "aws_iam_role_policies_exclusive", { role_name: "${var.role}", policy_names: [] }],
  ["an exclusive list", "aws_iam_role_policies_exclusive", { role_name: "deliver", policy_names: "${var.names}" }],
])("%s that is not known leaves the policies of the role open", (_, type, resource) => {
  const { roles } = model({ aws_iam_role: ROLE, [type]: { x: resource } }, { variable: { role: {}, roles: {}, names: {} } });

  expect(roles[0]!.inlinePolicies.map(({ document }) => hasUnknown(String(document)))).toEqual([true]);
});
