/** Anything that is not read and may change a destination makes the plan incomplete. */
import { expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { jsonFile, model } from "../read";

const BUCKETS = { aws_s3_bucket: { b: { bucket: "acme-logs" }, other: { bucket: "other" } } };
const CONTRACT = { schemaVersion: 1, exercised: {}, bucket: { name: "acme-logs", arn: "arn:aws:s3:::acme-logs" } };
const VALIDATION = { provisioner: [{ "local-exec": { environment: { VENDOR_DESTINATION_CONTRACT: "${jsonencode(self.input)}" } } }] };

function problems(resource: object, more: object = {}): readonly string[] {
  return model({ ...BUCKETS, ...resource }, more).problems.map(({ id }) => id);
}

test.each([
  ["receives the bucket", { source: "vendor/module/aws", bucket: "${aws_s3_bucket.b.id}" }, "plan-incomplete"],
  ["receives another bucket", { source: "vendor/module/aws", bucket: "${aws_s3_bucket.other.id}" }, "module-not-read"],
  ["receives neither", { source: "vendor/module/aws" }, "module-not-read"],
  ["receives the name", { source: "vendor/module/aws", bucket: "acme-logs" }, "plan-incomplete"],
  ["receives a name that contains it", { source: "vendor/module/aws", bucket: "acme-logs-archive", b: "my-acme-logs" }, "module-not-read"],
  ["receives the ARN", { source: "vendor/module/aws", arn: "arn:aws:s3:::acme-logs" }, "plan-incomplete"],
  ["receives ARNs of objects in a list", { source: "vendor/module/aws", x: [{ y: ["arn:aws:s3:::acme-logs/*"] }] }, "plan-incomplete"],
  ["receives a host name", { source: "vendor/module/aws", origin: "acme-logs.s3.amazonaws.com" }, "plan-incomplete"],
  ["receives the name in JSON", { source: "vendor/module/aws", x: '${jsonencode({ b = "acme-logs" })}' }, "plan-incomplete"],
  ["receives a local with the name", { source: "vendor/module/aws", x: "${local.name}" }, "plan-incomplete"],
  ["receives a local that refers to the bucket", { source: "vendor/module/aws", x: "${local.bucket}" }, "plan-incomplete"],
  ["receives a local with the whole bucket", { source: "vendor/module/aws", x: "${local.whole}" }, "plan-incomplete"],
  ["receives another local", { source: "vendor/module/aws", x: "${local.another}" }, "module-not-read"],
  ["receives the name as a key", { source: "vendor/module/aws", x: { "acme-logs": {} } }, "plan-incomplete"],
  ["is made for each name", { source: "vendor/module/aws", for_each: '${toset(["acme-logs"])}', x: "${each.key}" }, "plan-incomplete"],
  ["receives a function of a local", { source: "vendor/module/aws", x: "${substr(local.name, 0, 9)}" }, "plan-incomplete"],
  ["receives a variable", { source: "vendor/module/aws", x: "${var.name}" }, "plan-incomplete"],
])("a module that is not read and %s", (_, m, expected) => {
  const locals = {
    name: "acme-logs",
    bucket: { b: "${aws_s3_bucket.b.arn}" },
    whole: ["${aws_s3_bucket.b}"],
    another: "${aws_s3_bucket.other.id}",
  };
  const variable = { name: { default: "acme-logs" } };

  expect(problems({ terraform_data: { c: { input: CONTRACT } } }, { module: { m }, locals, variable })).toEqual([expected]);
});

test("without a contract every bucket is a destination", () => {
  expect(problems({}, { module: { m: { source: "vendor/module/aws", bucket: "${aws_s3_bucket.other.id}" } } })).toEqual([
    "plan-incomplete",
  ]);
});

test.each([
  ["acme-logs", "plan-incomplete"],
  ["other", "unsupported-resource"],
])("a resource of another provider for the bucket %s", (bucket, expected) => {
  expect(problems({ terraform_data: { c: { input: CONTRACT } }, awscc_s3_bucket_policy: { p: { bucket } } })).toEqual([expected]);
});

test("a validation whose contract is unknown makes the plan incomplete", () => {
  expect(problems({ terraform_data: { c: { ...VALIDATION, input: "${jsondecode(file(var.path))}" } } })).toContain("plan-incomplete");
  expect(problems({ terraform_data: { c: { ...VALIDATION, input: CONTRACT } } })).toEqual([]);
  expect(problems({ terraform_data: { c: { input: "${var.anything}" } } })).not.toContain("plan-incomplete");
});

test("settings from a module that may not exist are unknown", () => {
  const block = { block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true };
  const child = { variable: { bucket: {} }, resource: { aws_s3_bucket_public_access_block: { p: { bucket: "${var.bucket}", ...block } } } };
  const root = (count: object) => ({
    variable: { on: {} },
    resource: { aws_s3_bucket: { b: { bucket: "acme-logs" } } },
    module: { m: { source: "./m", bucket: "acme-logs", ...count } },
  });
  const setting = (count: object) =>
    readPlan([jsonFile("main.tf.json", root(count)), jsonFile("m/main.tf.json", child)])[0]!.buckets[0]!.blockPublicAccess.blockPublicAcls;

  expect(setting({})).toBe("true");
  expect(setting({ count: "${var.on ? 1 : 0}" })).toContain("if it is there at all");
});
