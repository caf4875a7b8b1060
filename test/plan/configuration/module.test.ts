import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { App, DataResource, Fn, TerraformIterator, TerraformStack, TerraformVariable } from "cdktf";
import { expect, test } from "vitest";
import { type PlanFile, readPlan } from "../../../lib/plan";
import { jsonFile, model, only, shown } from "../read";

/** Synthesizes with cdktf and returns the files of `cdktf.out`. */
function synthesize(build: (app: App) => void): PlanFile[] {
  const outdir = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    const paths = [
      "manifest.json",
      ...Object.values<{ synthesizedStackPath: string }>(manifest.stacks).map((stack) => stack.synthesizedStackPath),
    ];
    return paths.map((path) => ({ path: `cdktf.out/${path}`, bytes: readFileSync(join(outdir, path)) }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test("a synthesized stack is read with its references, functions and data sources resolved", () => {
  const files = synthesize((app) => {
    const stack = new TerraformStack(app, "logs");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    const stage = new TerraformVariable(stack, "stage", { default: "prod" });
    const bucket = new S3Bucket(stack, "bucket", { bucket: `acme-${stage.stringValue}` });
    const me = new DataAwsCallerIdentity(stack, "me");
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${me.accountId}:root` }, Action: "sts:AssumeRole" }],
    };
    const role = new IamRole(stack, "role", { name: "deliver", path: "/vendors/", assumeRolePolicy: JSON.stringify(trust) });
    new IamRolePolicy(stack, "write", {
      name: "write",
      role: role.id,
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:*", Resource: Fn.format("%s/*", [bucket.arn]) }],
      }),
    });
    const document = new DataAwsIamPolicyDocument(stack, "document", {
      statement: [
        {
          sid: "Own",
          actions: ["s3:GetObject"],
          resources: [`${bucket.arn}/$\${aws:username}/*`],
          principals: [{ type: "AWS", identifiers: [role.arn] }],
        },
      ],
    });
    new S3BucketPolicy(stack, "policy", { bucket: bucket.id, policy: document.json });
    new DataResource(stack, "contract", {
      input: { schemaVersion: 1, expectations: [{ resource: `${bucket.arn}/key` }], role: { arn: role.arn } },
    });
  });

  const account = shown(only(files));

  expect(account).toMatchObject({ name: "logs", source: "cdk.tf.json", problems: [] });
  const [bucket] = account.buckets;
  expect(bucket).toMatchObject({ address: "aws_s3_bucket.bucket", name: "acme-prod", arn: "arn:aws:s3:::acme-prod", region: "eu-west-1" });
  expect(bucket!.policies[0]!.document).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Own",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-prod/${aws:username}/*",
        Principal: { AWS: "arn:aws:iam::${account}:role/vendors/deliver" },
      },
    ],
  });
  const [role] = account.roles;
  expect(role).toMatchObject({ name: "deliver", path: "/vendors/", arn: "arn:aws:iam::${account}:role/vendors/deliver" });
  expect(role!.trustPolicy.document).toMatchObject({ Statement: [{ Principal: { AWS: "arn:aws:iam::${account}:root" } }] });
  expect(role!.inlinePolicies).toMatchObject([{ name: "write", document: { Statement: [{ Resource: "arn:aws:s3:::acme-prod/*" }] } }]);
  expect(account.contracts[0]).toEqual({
    contract: {
      schemaVersion: 1,
      expectations: [{ resource: "arn:aws:s3:::acme-prod/key" }],
      role: { arn: "arn:aws:iam::${account}:role/vendors/deliver" },
    },
    location: {
      file: "cdktf.out/stacks/logs/cdk.tf.json",
      address: "terraform_data.contract",
      pointer: "/resource/terraform_data/contract/input",
    },
  });
});

test("iterators of cdktf become instances", () => {
  const [account] = readPlan(
    synthesize((app) => {
      const stack = new TerraformStack(app, "each");
      new AwsProvider(stack, "aws", {});
      const list = TerraformIterator.fromList(["p", "q"]);
      new S3Bucket(stack, "list", { forEach: list, bucket: `list-${list.value}` });
      const map = TerraformIterator.fromMap({ x: { n: "1" } });
      const buckets = new S3Bucket(stack, "map", { forEach: map, bucket: `map-${map.key}-${map.getString("n")}` });
      const chained = TerraformIterator.fromResources(buckets);
      new S3BucketPolicy(stack, "policies", { forEach: chained, bucket: chained.getString("id"), policy: "{}" });
    }),
  );

  expect(account!.buckets.map(({ address, name }) => [address, name])).toEqual([
    ['aws_s3_bucket.list["p"]', "list-p"],
    ['aws_s3_bucket.list["q"]', "list-q"],
    ['aws_s3_bucket.map["x"]', "map-x-1"],
  ]);
  expect(account!.buckets[2]!.policies).toHaveLength(1);
});

test("each stack is a model of its own, and references between stacks are resolved", () => {
  const models = readPlan(
    synthesize((app) => {
      const first = new TerraformStack(app, "first");
      const second = new TerraformStack(app, "second");
      for (const stack of [first, second]) new AwsProvider(stack, "aws", { region: stack === first ? "eu-west-1" : "cn-north-1" });
      const bucket = new S3Bucket(first, "bucket", { bucket: "acme-first" });
      new S3Bucket(second, "bucket", { bucket: `${bucket.bucket}-copy` });
    }),
  );

  expect(models.map(({ name }) => name)).toEqual(["first", "second"]);
  const other = shown(models[1]!.buckets[0]!);
  expect(other.name).toBe("acme-first-copy");
  expect(other.arn).toMatch(/^arn:aws-cn:s3:::/);
});

test("dynamic blocks are expanded, also inside each other", () => {
  const statement = {
    for_each: [
      { sid: "One", who: ["111122223333"] },
      { sid: "Two", who: ["444455556666", "777788889999"] },
    ],
    iterator: "entry",
    content: {
      sid: "${entry.value.sid}",
      actions: ["s3:GetObject"],
      resources: ["*"],
      dynamic: { principals: { for_each: "${entry.value.who}", content: { type: "AWS", identifiers: ["${principals.value}"] } } },
    },
  };

  const { buckets, problems } = model(
    { aws_s3_bucket_policy: { p: { bucket: "b", policy: "${data.aws_iam_policy_document.d.json}" } } },
    { data: { aws_iam_policy_document: { d: { dynamic: { statement } } } } },
  );

  expect(problems).toEqual([]);
  expect(buckets[0]!.policies[0]!.document).toMatchObject({
    Statement: [
      { Sid: "One", Principal: { AWS: "111122223333" } },
      { Sid: "Two", Principal: { AWS: ["777788889999", "444455556666"] } },
    ],
  });
});

test("a block with an unknown number of instances has one, which counts as the first", () => {
  const { buckets } = model(
    {
      aws_s3_bucket: { b: { count: "${var.n}", bucket: "acme" } },
      aws_s3_bucket_policy: { p: { count: "${var.n}", bucket: "${aws_s3_bucket.b[0].id}", policy: "{}" } },
    },
    { variable: { n: {} } },
  );

  expect(buckets).toHaveLength(1);
  expect(buckets[0]).toMatchObject({ address: "aws_s3_bucket.b[*]", name: "acme", policies: [{ document: {} }] });
});

test("a count beyond all bounds is reported, and the instances are unknown", () => {
  const { buckets, problems } = model({ aws_s3_bucket: { b: { count: 1e9, bucket: "acme" } } });

  expect(buckets).toHaveLength(1);
  expect(problems).toMatchObject([{ id: "too-many-instances" }]);
});

test("the files of a folder form one module, and an override file replaces arguments", () => {
  const account = only([
    jsonFile("infra/override.tf.json", { resource: { aws_s3_bucket: { b: { bucket: "overridden" } } } }),
    jsonFile("infra/main.tf.json", { resource: [{ aws_s3_bucket: [{ b: [{ bucket: "${var.name}", object_lock_enabled: true }] }] }] }),
    jsonFile("infra/variables.tf.json", { variable: { name: { default: "from-variable" } } }),
  ]);

  expect(account).toMatchObject({ name: "infra", source: "tf.json", buckets: [{ name: "overridden", objectLock: "true" }] });
  expect(account.buckets[0]!.location.pointer).toBe("/resource/0/aws_s3_bucket/0/b/0");
});

test("a module whose files are not given is reported", () => {
  const { problems, buckets } = model(
    { aws_s3_bucket_policy: { p: { bucket: "${module.s3.bucket_id}", policy: "{}" } } },
    { module: { s3: { source: "terraform-aws-modules/s3-bucket/aws" } } },
  );

  expect(problems).toMatchObject([{ id: "module-not-read" }]);
  expect(shown(buckets[0]!.name)).toBe("${module.s3.bucket_id}");
});

test("a local module whose folder is missing is reported with the folder", () => {
  const { problems } = only([jsonFile("app/main.tf.json", { module: { m: { source: "./nope" } } })]);

  expect(problems).toMatchObject([
    {
      id: "module-not-read",
      message:
        'the module "./nope" is not read: the folder app/nope does not exist, or its files are not given; check a plan to see all of it',
    },
  ]);
});

test("a module that calls itself is reported", () => {
  const account = only([
    jsonFile("main.tf.json", { module: { m: { source: "./m" } } }),
    jsonFile("m/main.tf.json", { module: { m: { source: "../m" } }, resource: { aws_s3_bucket: { b: { bucket: "b" } } } }),
  ]);

  expect(account.problems).toContainEqual(expect.objectContaining({ id: "module-not-read" }));
});

test("the account is known where the provider block sets it", () => {
  const role = { aws_iam_role: { r: { name: "r", assume_role_policy: "{}" } } };

  const allowed = model(role, { provider: { aws: { allowed_account_ids: ["111122223333"] } } });
  const assumed = model(role, { provider: { aws: [{ assume_role: [{ role_arn: "arn:aws-us-gov:iam::444455556666:role/ci" }] }] } });

  expect(allowed.roles[0]!.arn).toBe("arn:aws:iam::111122223333:role/r");
  expect(assumed.roles[0]!.arn).toBe("arn:aws-us-gov:iam::444455556666:role/r");
});

test("resources of an aliased provider have its region, and the account of its credentials", () => {
  const { buckets, roles } = shown(
    model(
      {
        aws_s3_bucket: { b: { provider: "aws.oregon", bucket: "b" }, c: { bucket: "c", region: "us-east-2" } },
        aws_iam_role: { r: { provider: "${aws.oregon}", name: "r" }, s: { name: "s" } },
      },
      { provider: { aws: [{ region: "eu-west-1" }, { alias: "oregon", region: "us-west-2" }] } },
    ),
  );

  expect(buckets.map(({ region }) => region)).toEqual(["us-west-2", "us-east-2"]);
  expect(roles.map(({ arn }) => arn)).toEqual(["arn:aws:iam::${account}:role/r", "arn:aws:iam::${account}:role/s"]);
});

test.each<[string, object, string]>([
  ["another profile", { profile: "logs" }, "account of the profile logs"],
  ["a role with an unknown ARN", { assume_role: { role_arn: "${var.ci}" } }, "account of the role ${var.ci}"],
  ["a web identity", { assume_role_with_web_identity: [{ role_arn: "${var.ci}" }] }, "account of the role ${var.ci}"],
  ["an access key", { access_key: "AKIA" }, "account of the access key AKIA"],
  ["files of its own", { shared_credentials_files: ["c"] }, 'account of the shared credentials files ["c"]'],
])("a provider with %s may work in another account", (_, settings, account) => {
  const { roles } = shown(
    model(
      { aws_iam_role: { r: { provider: "aws.b", name: "r" }, s: { name: "s" }, t: { provider: "aws.c", name: "t" } } },
      { variable: { ci: {} }, provider: { aws: [{}, { alias: "b", ...settings }, { alias: "c", region: "eu-west-1", ...settings }] } },
    ),
  );

  expect(roles.map(({ arn }) => arn.split(/::|:role/)[1])).toEqual([`\${${account}}`, "${account}", `\${${account}}`]);
});

test("one provider block tells the account of all with the same credentials, and the last of several roles counts", () => {
  const provider = [
    { allowed_account_ids: ["111122223333"] },
    { alias: "b", region: "us-east-1" },
    { alias: "c", assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/a" }, { role_arn: "arn:aws:iam::333333333333:role/b" }] },
  ];

  const { roles } = model(
    { aws_iam_role: { r: { provider: "aws.b", name: "r" }, s: { provider: "aws.c", name: "s" } } },
    { provider: { aws: provider } },
  );

  expect(roles.map(({ arn }) => arn)).toEqual(["arn:aws:iam::111122223333:role/r", "arn:aws:iam::333333333333:role/s"]);
});
