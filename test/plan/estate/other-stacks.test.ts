import { describe, expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { jsonFile, shown } from "../read";

const BUCKET = { b: { bucket: "acme-logs" } };
const ROLE = { r: { name: "deliver", assume_role_policy: '{"Version":"2012-10-17"}' } };
const OPEN = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
const policyOf = (arn: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn }] });

describe("several stacks", () => {
  const stack = (name: string, resource: object) => jsonFile(`stacks/${name}/cdk.tf.json`, { resource });

  test("a resource that names the bucket or role of another stack counts there", () => {
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

  test("an unknown name of one stack never equals an unknown name of another", () => {
    const [first] = readPlan([
      jsonFile("a/main.tf.json", { variable: { n: {} }, resource: { aws_s3_bucket: { b: { bucket: "${var.n}" } } } }),
      jsonFile("b/main.tf.json", {
        variable: { n: {} },
        resource: { aws_s3_bucket_policy: { p: { bucket: "${var.n}", policy: policyOf("*") } } },
      }),
    ]);

    expect(first!.buckets[0]!.policies.filter(({ isUncertain }) => !isUncertain)).toEqual([]);
  });

  test.each([
    ["a variable without value", "${var.n}", 1],
    ["the state of a root module", "${data.terraform_remote_state.logs.outputs.bucket}", 1],
    ["a variable in a name that may be the bucket's", "acme-${var.n}", 1],
    ["a variable in a name that cannot be the bucket's", "other-${var.n}", 0],
    ["a bucket of its own stack", "${aws_s3_bucket.own.id}", 0],
    ["a bucket of its own stack that a variable names", "${aws_s3_bucket.named.id}", 0],
    ["the variable that names a bucket of its own stack", "${var.own}", 0],
    ["the name of a bucket that its own stack may not have", "${var.optional}", 1],
    ["the name of a bucket that its own stack imports", "${aws_s3_bucket.imported.id}", 1],
    ["an output of a stack that is not read", "${data.terraform_remote_state.cross-stack-reference-input-x.outputs.b}", 0],
  ])("a bucket policy may belong to the bucket of another stack where its bucket is %s", (_, bucket, count) => {
    const [first] = readPlan([
      stack("one", { aws_s3_bucket: BUCKET }),
      jsonFile("b/main.tf.json", {
        variable: { n: {}, own: {}, optional: {}, imported: {}, create: {} },
        import: [{ to: "aws_s3_bucket.imported", id: "${var.imported}" }],
        data: { terraform_remote_state: { logs: { backend: "s3" }, "cross-stack-reference-input-x": { backend: "s3" } } },
        resource: {
          aws_s3_bucket: {
            own: { bucket_prefix: "acme-" },
            named: { bucket: "${var.own}" },
            optional: { bucket: "${var.optional}", count: "${var.create ? 1 : 0}" },
            imported: { bucket: "${var.imported}" },
          },
          aws_s3_bucket_policy: { p: { bucket, policy: policyOf("*") } },
        },
      }),
    ]);

    expect(first!.buckets[0]!.policies.map(({ isUncertain }) => isUncertain)).toEqual(Array(count).fill(true));
  });

  test.each([
    ["an output of a module that is not read", "${module.m.name}"],
    ["a bucket of its own stack with an unknown name", "${aws_s3_bucket.own.id}"],
    ["a bucket that is imported", "${aws_s3_bucket.imported.id}"],
    ["a name of another form", "other-${var.n}"],
  ])("a bucket policy belongs to the bucket that it names, where its bucket is %s", (_, bucket) => {
    const neighbour = {
      variable: { n: {}, own: {} },
      module: { m: { source: "git::https://example.com/m.git" } },
      import: [{ to: "aws_s3_bucket.imported", id: "acme-logs" }],
      resource: {
        aws_s3_bucket: { own: { bucket: "${var.own}" }, imported: { bucket: "${var.n}" } },
        aws_s3_bucket_policy: { p: { bucket, policy: policyOf("arn:aws:s3:::acme-logs/*") } },
      },
    };
    const policiesOf = (resource: object, ...more: ReturnType<typeof stack>[]) =>
      readPlan([jsonFile("b/main.tf.json", { ...neighbour, resource: { ...neighbour.resource, ...resource } }), ...more])
        .flatMap(({ buckets }) => buckets)
        .find(({ name }) => name === "acme-logs")!.policies;

    expect(policiesOf({}, stack("one", { aws_s3_bucket: BUCKET }))).toHaveLength(1);
    expect(policiesOf({ aws_s3_bucket: { ...neighbour.resource.aws_s3_bucket, ...BUCKET } })).toHaveLength(1);
  });

  test("a role policy, a setting and a removal may concern a role or bucket of another stack where a variable names it", () => {
    const [first] = shown(
      readPlan([
        stack("one", { aws_s3_bucket: BUCKET, aws_iam_role: ROLE }),
        jsonFile("b/main.tf.json", {
          variable: { n: {} },
          resource: {
            aws_s3_bucket_public_access_block: { p: { bucket: "${var.n}", ...OPEN } },
            aws_iam_role_policies_exclusive: { p: { role_name: "${var.n}", policy_names: [] } },
            aws_iam_policy_attachment: { p: { name: "p", roles: ["other", "${var.n}"], policy_arn: "arn:aws:iam::aws:policy/Billing" } },
          },
        }),
      ]),
    );

    expect(first!.buckets[0]!.blockPublicAccess.blockPublicAcls).toContain("${whether aws_s3_bucket_public_access_block.p sets");
    expect(first!.roles[0]!.inlinePolicies.map(({ document }) => document)).toEqual([
      "${what aws_iam_policy_attachment.p does to the policies of this role}",
      "${what aws_iam_role_policies_exclusive.p does to the policies of this role}",
    ]);
  });
});
