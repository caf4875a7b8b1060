import fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonError } from "../../../lib/json/find-json-error";
import { groupFiles, type PlanFile, PlanReadError, readConfiguration, readPlan } from "../../../lib/plan";
import { jsonFile, only, textFile } from "../read";

const CONFIGURATION = JSON.stringify({ resource: { aws_s3_bucket: { b: { bucket: "acme-ü" } } } });

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? ["\ufeff"] : []), ...text].map((character) => character.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => (bigEndian ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8])));
}

test("UTF-8 and UTF-16 are read, with and without byte order mark", () => {
  const encodings = [
    new TextEncoder().encode(CONFIGURATION),
    new TextEncoder().encode(`\ufeff${CONFIGURATION}`),
    ...[true, false].flatMap((bigEndian) => [utf16(CONFIGURATION, bigEndian, true), utf16(CONFIGURATION, bigEndian, false)]),
  ];

  for (const bytes of encodings) expect(only([{ path: "main.tf.json", bytes }]).buckets[0]!.name).toBe("acme-ü");
});

test.each<[string, PlanFile, string | RegExp]>([
  [
    "a binary plan",
    textFile("plan.bin", "PK\u0003\u0004rest"),
    'is a binary plan; run "terraform show -json PLANFILE > plan.json" and give that file (at plan.bin)',
  ],
  ["compressed input", { path: "p.json.gz", bytes: Uint8Array.from([0x1f, 0x8b, 8, 0]) }, "is compressed (gzip); decompress it first"],
  ["an empty file", textFile("p.json", " \n"), "is empty; check that the command that wrote it succeeded"],
  [
    "broken HCL",
    textFile("main.tf", 'resource "aws_s3_bucket" "b" {\n  bucket =\n}'),
    /is not valid HCL: .* at line \d, column \d+; correct it/,
  ],
  [
    "HCL under another name",
    textFile("x", '# buckets\nresource "aws_s3_bucket" "b" {\n}'),
    "is written in HCL, not JSON; give it a name that ends with .tf, or run",
  ],
  ["HCL below comments", textFile("x", "// a\n/* b\n */\n\nlocals {\n}"), "is written in HCL, not JSON"],
  ["Markdown", textFile("README.md", "# A bucket\n\nText.\n"), 'is not JSON: unexpected "#" at line 1, column 1'],
  ["YAML below a comment", textFile("x.yml", "# data\ndata: { a: 1 }\n"), 'is not JSON: unexpected "#" at line 1, column 1'],
  ["a log", textFile("p.json", '{"@level":"info"}\n{"@level":"info"}'), 'is the log of "terraform plan -json", not a plan'],
  [
    "a plan behind a wrapper",
    textFile("p.json", '[command]/bin/terraform show -json p\n{"format_version":"1.2"}\n'),
    'has lines of a wrapper before or after the JSON; set "terraform_wrapper: false" in the step hashicorp/setup-terraform',
  ],
  ["a plan before a wrapper's lines", textFile("p.json", '{"format_version":"1.2"}\n::debug::exit 0\n'), "has lines of a wrapper"],
  ["broken JSON", textFile("p.json", '{\n  "a": }'), 'is not JSON: unexpected "}" at line 2, column 8; give Terraform JSON'],
  ["JSON that is cut off", textFile("p.json", '{\n  "a": ['), "is not JSON: unexpected end at line 2, column 9"],
  ["text", textFile("p.json", "hello"), 'is not JSON: unexpected "h" at line 1, column 1'],
  ["JSON of something else", jsonFile("package.json", { name: "x" }), "is JSON, but not Terraform's; give cdk.tf.json"],
  ["another JSON value", textFile("p.json", "17"), "is JSON, but not Terraform's"],
  ["provider schemas", jsonFile("p.json", { format_version: "1.0", provider_schemas: {} }), "is JSON, but not Terraform's"],
  [
    "a raw state",
    jsonFile("terraform.tfstate", { version: 4, terraform_version: "1.11.4", resources: [] }),
    "is Terraform's raw state; run",
  ],
  [
    "a manifest alone",
    jsonFile("cdktf.out/manifest.json", { version: "0.21.0", stacks: { a: {} } }),
    "lists stacks, but none of their files is given",
  ],
  ["bytes that are no text", { path: "p.json", bytes: Uint8Array.from([0x7b, 0xff, 0xff]) }, "is not UTF-8 text"],
])("fails on %s, with the reason and what to do", (_, file, message) => {
  expect(() => readPlan([file])).toThrow(PlanReadError);
  expect(() => readPlan([file])).toThrow(typeof message === "string" ? `UnreadableInput: the file ${message}` : message);
});

test("an error in JSON is located where the text stops being JSON", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom("", "}", "]", ",", ":", "x", '"', "{", "01"), (json, position, insert) => {
      const at = position % (json.length + 1);
      const text = json.slice(0, at) + insert + json.slice(insert === "" ? at + 1 : at);
      fc.pre(!isJson(text));

      const offset = findJsonError(text);

      // Nothing before that place is wrong: some continuation makes it JSON, so it is not refused earlier.
      expect(findJsonError(text.slice(0, offset))).toBe(offset);
      expect(offset).toBeGreaterThanOrEqual(0);
    }),
  );
  fc.assert(fc.property(fc.json(), (json) => findJsonError(json) === json.length));
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("the error names the file", () => {
  try {
    readPlan([textFile("fine.tf.json", CONFIGURATION), textFile("bad.json", "")]);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ name: "PlanReadError", file: "bad.json", reason: "is empty" });
  }
});

test("files are classified by their content, and grouped by their folders", () => {
  const groups = groupFiles([
    jsonFile("cdktf.out/manifest.json", { version: "0.21.0", stacks: { one: {}, two: {} } }),
    jsonFile("cdktf.out/stacks/one/cdk.tf.json", { "//": { metadata: { stackName: "one" } }, terraform: {} }),
    jsonFile("cdktf.out/stacks/two/cdk.tf.json", { resource: {} }),
    jsonFile("infra/a.tf.json", { module: { m: { source: "../shared/m" } } }),
    jsonFile("infra\\b.tf.json", { variable: {} }),
    jsonFile("shared/m/main.tf.json", {}),
    jsonFile("plan.json", { planned_values: {} }),
    jsonFile("loose.json", { resource: {} }),
    jsonFile("state.json", { format_version: "1.0", values: {} }),
  ]);

  expect(groups.map(({ kind, name, files }) => [kind, name, files.map(({ path }) => path)])).toEqual([
    ["plan", "plan.json", ["plan.json"]],
    ["tf.json", "loose.json", ["loose.json"]],
    ["state", "state.json", ["state.json"]],
    ["cdk.tf.json", "one", ["cdktf.out/stacks/one/cdk.tf.json"]],
    ["cdk.tf.json", "two", ["cdktf.out/stacks/two/cdk.tf.json"]],
    ["tf.json", "infra", ["infra/a.tf.json", "infra\\b.tf.json"]],
  ]);
});

test("without files there are no models", () => {
  expect(readPlan([])).toEqual([]);
});

test("a configuration in memory is read like a file", () => {
  const account = readConfiguration({ resource: { aws_s3_bucket: { b: { bucket: "acme" } } } }, "my stack");

  expect(account).toMatchObject({ name: "my stack", buckets: [{ name: "acme", location: { file: "my stack" } }] });
  expect(readConfiguration({}, "empty").buckets).toEqual([]);
  expect(() => readConfiguration("text", "x")).toThrow(PlanReadError);
});

test("fails on a duplicate member, of which Terraform reads both", () => {
  const bytes = new TextEncoder().encode('{"resource":{"aws_s3_bucket":{"a":{}}},"resource":{"aws_s3_bucket":{"b":{}}}}');

  expect(() => readPlan([{ path: "main.tf.json", bytes }])).toThrow(/has the member "resource" twice in one object.*merge the two/);
  expect(() => readPlan([{ path: "cdk.tf.json", bytes }])).toThrow(/has the member "resource" twice in one object.*merge the two/);
});

test("OpenTofu's file of a name goes before Terraform's, whatever their order", () => {
  const file = (path: string, bucket: string) =>
    jsonFile(path, { resource: { aws_s3_bucket: { [path.replace(/\W/g, "_")]: { bucket } } } });
  const files = [
    file("a/main.tf.json", "hidden"),
    file("a/main.tofu.json", "main"),
    file("a/other.tf.json", "other"),
    file("b/main.tf.json", "b"),
  ];

  for (const given of [files, [...files].reverse()]) {
    expect(
      readPlan(given)
        .flatMap(({ buckets }) => buckets.map(({ name }) => name))
        .sort(),
    ).toEqual(["b", "main", "other"]);
  }
});

test("fails on a member that a policy has twice, in any object of it, and names its line", () => {
  const policies = {
    effect: '{"Statement":[{"Effect":"Deny",\n"Effect":"Allow"}]}',
    principal: '{"Statement":[{"Principal":{"AWS":"a",\n"AWS":"b"}}]}',
    escaped: '{"Version":"2012-10-17",\n"\\u0056ersion":"2012-10-17"}',
    placeholder: '{"Resource":"${aws_s3_bucket.b.arn}",\n"Resource":"*"}',
  };
  const account = readConfiguration(
    {
      resource: {
        aws_s3_bucket: { b: { bucket_prefix: "x" } },
        aws_iam_policy: Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, { name, policy }])),
        aws_iam_role: { r: { name: "r", assume_role_policy: '{"Statement":{"Sid":"a","sid":"b"}}' } },
        aws_iam_role_policy_attachment: Object.fromEntries(
          Object.keys(policies).map((name) => [name, { role: "r", policy_arn: `\${aws_iam_policy.${name}.arn}` }]),
        ),
      },
    },
    "test",
  );

  expect(account.problems.map(({ id, location }) => [id, location.address])).toEqual(
    Object.keys(policies).map((name) => ["policy-not-unique", `aws_iam_policy.${name}`]),
  );
  expect(account.problems[0]!.message).toBe(
    'the policy has the member "Effect" twice in one object, the second time at its line 2, which AWS refuses',
  );
});
