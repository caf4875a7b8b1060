import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { only, type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { BY_HAND, examplesFolder, listed, SIX_SENSE_BY_HAND, withoutStatement } from "../example-plans";
import { cli, folder } from "../run-program";

const json = async (...argv: string[]) => {
  const { code, out } = await cli("check", "--format", "json", ...argv);
  return { code, report: JSON.parse(out) };
};

describe("the examples", () => {
  test("are as expected, with the whole matrix", async () => {
    const { code, out } = await cli("check", examplesFolder());

    expect(code).toBe(0);
    expect(out).toContain("✓ Kandji Activity Log → acme-kandji-activity");
    expect(out).toMatch(/\n {2}put an object under activity\/ +can +cannot +cannot +cannot\n/);
    expect(out).toMatch(/\n {2}put an object over plain HTTP +cannot +cannot +cannot +cannot\n/);
    expect(out).toContain("✓ 6sense Data Packs and Audit Logs → acme.6sense.staging");
    expect(out).toMatch(/\n {2}set the ACL of an object under audit\/ +can +cannot +cannot +cannot\n/);
    expect(out).toMatch(/2 destinations: \d+ as expected, 0 not, 0 not known; no findings; 6 accepted\n$/);
  });

  test("show what is accepted once, with its code and the ids of scanners", async () => {
    const { out } = await cli("check", examplesFolder());

    expect(out.match(/R-wild/g)).toHaveLength(1);
    expect(out).toMatch(/R-kms +Kandji supports the default encryption SSE-S3 only\n +checkov CKV_AWS_145 · Trivy AWS-0132/);
  });

  test("fail where the vendor is locked out, and name the statement, the file, the line and the remedy", async () => {
    const { code, out } = await cli("check", examplesFolder({ kandji: withoutStatement("AllowVendorOnObjects", "role") }));

    expect(code).toBe(1);
    expect(out).toContain("✗ the vendor can put an object under activity/ [vendor-can-put]");
    expect(out).toMatch(/cause +No Allow .*nearest: statement "AllowVendorOnBucket"/);
    expect(out).toMatch(/at +.*stacks\/kandji\/cdk\.tf\.json:\d+ \(aws_iam_role_policy\./);
    expect(out).toMatch(
      /remedy +add a statement to the \S+ policy that allows s3:PutObject on arn:aws:s3:::acme-kandji-activity\/activity\/\*/,
    );
    expect(out).not.toMatch(/widen statement "AllowVendorOnBucket"/);
  });

  test("point at the line of the policy", async () => {
    const path = examplesFolder({
      kandji: (plan) => Object.assign(only(plan, "aws_s3_bucket_policy"), { policy: '{"Version":"2012-10-17","Statement":[]}' }),
    });

    const { report } = await json(path);

    const [finding] = report.findings;
    expect(finding).toMatchObject({ ruleId: "ssl-missing", location: { file: join(path, "stacks/kandji/cdk.tf.json") } });
    const text = JSON.stringify(JSON.parse(readFileSync(finding.location.file, "utf8")), null, 2).split("\n");
    expect(text[finding.location.line - 1]).toContain('"policy": "{');
  });
});

describe("exit codes", () => {
  const lowFinding = (plan: Plan) => {
    const policy = JSON.parse(only(plan, "aws_iam_role").assume_role_policy);
    only(plan, "aws_iam_role").assume_role_policy = JSON.stringify({ ...policy, Version: "2008-10-17" });
  };
  const mediumFinding = (plan: Plan) => {
    const policy = JSON.parse(only(plan, "aws_s3_bucket_policy").policy);
    policy.Statement.push(policy.Statement[0]);
    only(plan, "aws_s3_bucket_policy").policy = JSON.stringify(policy);
  };
  const otherAssumer = (plan: Plan) => {
    const policy = JSON.parse(only(plan, "aws_iam_role").assume_role_policy);
    policy.Statement.push({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
    only(plan, "aws_iam_role").assume_role_policy = JSON.stringify(policy);
  };
  const unknownResult = (plan: Plan) =>
    Object.assign(only(plan, "aws_iam_role"), { permissions_boundary: "arn:aws:iam::111111111111:policy/boundary" });

  test.each([
    ["low", lowFinding, 1],
    ["medium", lowFinding, 0],
    ["medium", mediumFinding, 1],
    ["high", mediumFinding, 0],
    ["none", mediumFinding, 0],
  ])("--fail-on %s", async (level, kandji, expected) => {
    expect((await cli("check", "--fail-on", level, examplesFolder({ kandji }))).code).toBe(expected);
  });

  test("fails on a broken expectation even with --fail-on none", async () => {
    const path = examplesFolder({ kandji: withoutStatement("AllowVendorOnObjects", "role") });

    expect((await cli("check", "--fail-on", "none", path)).code).toBe(1);
  });

  test("fails where a statement about all requests does not hold, even with --fail-on none", async () => {
    const { code, out } = await cli("check", "--fail-on", "none", examplesFolder({ kandji: otherAssumer }));

    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ nobody but the vendor can assume the role \[nobody-else-assumes-role\]\n {6}expected {2}denied\n {6}cause {5}ec2\.amazonaws\.com can sts:AssumeRole on/,
    );
    expect(out).toMatch(/repeat {4}vendor-destination explain \S+ --principal ec2\.amazonaws\.com --action sts:AssumeRole --resource arn:/);
  });

  test("is 3 where something could not be told, and 0 with --allow-unknown", async () => {
    const path = examplesFolder({ kandji: unknownResult });

    const { code, out } = await cli("check", path);

    expect(code).toBe(3);
    expect(out).toMatch(
      /\? the vendor can put an object under activity\/.*\n(?: {2}\? .*\n)* +expected .*\n +cause +It depends on what is not known/,
    );
    expect((await cli("check", "--allow-unknown", path)).code).toBe(0);
  });

  test("is 3 where Terraform would load files in HCL beside the one that is named, and names them", async () => {
    const path = folder({ "main.tf.json": BY_HAND, "more.tf": 'resource "aws_s3_bucket" "more" {}' });

    const { code, out } = await cli("check", join(path, "main.tf.json"));

    expect(code).toBe(3);
    expect(out).toContain(`${join(path, "more.tf")} was not read, although Terraform would load it`);
  });

  test.each(["aws:PrincipalAccount", "aws:ResourceAccount", "s3:ResourceAccount"])(
    "is 3 where a statement spares the account in %s, and nobody tells which is yours",
    async (key) => {
      const path = examplesFolder({
        kandji: (plan) => {
          const policy = policyOf(plan, "bucket");
          policy.Statement.push({
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: ["arn:aws:s3:::acme-kandji-activity", "arn:aws:s3:::acme-kandji-activity/*"],
            Condition: { StringNotEquals: { [key]: "111111111111" } },
          });
          setPolicy(plan, "bucket", policy);
        },
      });

      const { code, out } = await cli("check", path);

      expect(out).toContain("your own account");
      expect(code).toBe(3);
      expect((await cli("check", "--account", "111111111111", path)).code).toBe(0);
      expect((await cli("check", "--account", "444444444444", path)).code).toBe(1);
    },
  );

  test("is 3 for a contract that expects nothing, though a setting that it leaves out is wrong", async () => {
    const path = examplesFolder({
      kandji: (plan) =>
        Object.assign(only(plan, "terraform_data").input, { ...listed(only(plan, "terraform_data").input), expectations: [] }),
    });

    const { code, out } = await cli("check", path);

    expect(code).toBe(3);
    expect(out).toContain("the contract kandji/Kandji expects nothing");
  });

  test("is 3 for a plan that failed half way", async () => {
    const plan = { format_version: "1.2", errored: true, planned_values: { root_module: { resources: [] } }, resource_changes: [] };

    expect((await cli("check", join(folder({ "plan.json": plan }), "plan.json"))).code).toBe(3);
  });

  test("is 3 where there is nothing to judge at all", async () => {
    const { code, out } = await cli("check", folder({ "main.tf.json": { resource: { null_resource: { nothing: {} } } } }));

    expect(code).toBe(3);
    expect(out).toContain("there is nothing to judge");
  });

  test("is 0 without a contract and without findings, and says that nothing was expected", async () => {
    const { code, out } = await cli("check", folder({ "main.tf.json": BY_HAND }));

    expect(out).toContain("no delivery contract was found, so nothing was expected of any vendor");
    expect(code).toBe(0);
  });

  test("is 3 for a contract whose bucket is nowhere", async () => {
    const path = examplesFolder({
      sixsense: (plan) => {
        const { terraform_data } = plan.resource;
        plan.resource = { terraform_data };
      },
    });

    const { code, out } = await cli("check", path);

    expect(code).toBe(3);
    expect(out).toContain("the bucket acme.6sense.staging is not in the input");
  });

  test.each([
    ["an unknown format", ["--format", "pdf"], "'--format' must be one of text, json, sarif, junit, markdown"],
    ["an unknown severity", ["--fail-on", "always"], "'--fail-on' must be one of high, medium, low, none"],
    ["an option for a vendor without the vendor", ["--bucket", "logs"], "'--bucket' is for a plan without a contract"],
    ["a malformed account", ["--account", "12"], "'--account' must be a 12-digit account ID"],
    ["a vendor that is not known", ["--vendor", "acme"], "'--vendor' must be one of kandji, 6sense"],
    [
      "a vendor without its values",
      ["--vendor", "kandji", "--bucket", "acme-kandji-activity"],
      "'--vendor' needs '--vendor-account-id' and '--vendor-role-name'",
    ],
  ])("is 2 for %s", async (_, options, message) => {
    const { code, err } = await cli("check", ...options, examplesFolder());

    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test.each([
    ["no JSON", "{", "is not JSON"],
    ["not Terraform's", "[]", "is JSON, but not Terraform's"],
    ["empty", "", "is empty"],
  ])("is 2 for a file that is %s", async (_, content, message) => {
    const { code, err } = await cli("check", join(folder({ "plan.json": content }), "plan.json"));

    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test("is 2 for a path that is not there", async () => {
    expect((await cli("check", "/does/not/exist")).code).toBe(2);
  });

  test("is 2 for a contract that is none", async () => {
    const path = examplesFolder({ kandji: (plan) => Object.assign(only(plan, "terraform_data").input, { door: "window" }) });

    const { code, err } = await cli("check", path);

    expect(err).toMatch(/InvalidContract: 'door' must be .*, got "window"; .*cdk\.tf\.json terraform_data\./);
    expect(code).toBe(2);
  });
});

describe("several models", () => {
  test("a contract is judged in the stack that defines its bucket, and the role may be in another", async () => {
    const kandji = JSON.parse(JSON.stringify(BY_HAND));
    const { aws_iam_role, aws_iam_role_policy, ...bucket } = kandji.resource;
    const role = JSON.parse(
      JSON.stringify({ aws_iam_role, aws_iam_role_policy }).replaceAll("${aws_s3_bucket.kandji.arn}", "arn:aws:s3:::acme-kandji"),
    );
    const path = folder({
      "bucket/main.tf.json": { resource: bucket },
      "role/main.tf.json": { resource: { ...role, terraform_data: { contract: { input: contractOfKandji() } } } },
    });

    const { code, report } = await json(path);

    expect(report.destinations.map(({ outcome, model }: Plan) => ({ outcome, model }))).toEqual([
      { outcome: "pass", model: join(path, "bucket/main.tf.json") },
    ]);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  test("one line each for many destinations that are fine, all of the others", async () => {
    const one = JSON.parse(JSON.stringify(BY_HAND));
    one.resource.terraform_data = { contract: { input: contractOfKandji() } };
    const numbered = (index: number) => JSON.parse(JSON.stringify(one).replaceAll(/acme-kandji|kandji-delivery/g, `$&-${index}`));
    const stacks = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`stacks/s${index}/cdk.tf.json`, numbered(index)]));

    const { out } = await cli("check", folder(stacks));

    expect(out.match(/^✓ Kandji → acme-kandji-\d+: \d+ as expected/gm)).toHaveLength(12);
    expect((await cli("check", "--full", folder(stacks))).out.match(/put an object over plain HTTP/g)).toHaveLength(12);
  });
});

function contractOfKandji() {
  return {
    schemaVersion: 1,
    id: "by-hand",
    vendor: { id: "kandji", name: "Kandji", product: "Activity Log", documentation: "https://example.com" },
    door: "assumedRole",
    partition: "aws",
    bucket: { name: "acme-kandji", arn: "arn:aws:s3:::acme-kandji" },
    role: { name: "kandji-delivery", arn: "arn:aws:iam::111111111111:role/kandji-delivery" },
    vendorPrincipals: ["arn:aws:iam::222222222222:role/kandji-activity"],
    externalIds: [],
    keyPrefix: "",
    accepted: [{ code: "R-wild", reason: "documented", source: "https://example.com" }],
    expectations: [
      {
        id: "assume",
        title: "the vendor can assume the role",
        actor: "vendor",
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::111111111111:role/kandji-delivery",
        context: {},
        expected: "allowed",
      },
      {
        id: "put",
        title: "the vendor can put an object",
        actor: "vendor",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::acme-kandji/x",
        context: {},
        expected: "allowed",
      },
      {
        id: "http",
        title: "the vendor cannot put an object over plain HTTP",
        actor: "vendor",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::acme-kandji/x",
        context: { "aws:SecureTransport": "false" },
        expected: "denied",
      },
    ],
    posture: [],
  };
}

describe("plans without a contract", () => {
  const KANDJI = ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity"];

  test("are judged by the vendor's profile; bucket and role are found", async () => {
    const { code, report } = await json(...KANDJI, "--destination-path", "activity", folder({ "main.tf.json": BY_HAND }));

    expect(report.destinations).toMatchObject([
      { vendor: "Kandji", bucket: "acme-kandji", role: "kandji-delivery", outcome: "pass", keyPrefix: "activity/" },
    ]);
    expect(report.destinations[0].results.length).toBeGreaterThan(25);
    expect(code).toBe(0);
  });

  test("fail where the plan trusts somebody else", async () => {
    const { code, report } = await json(
      "--vendor",
      "kandji",
      "--vendor-role-arn",
      "arn:aws:iam::333333333333:role/kandji-activity",
      folder({ "main.tf.json": BY_HAND }),
    );

    const failed = report.destinations[0].results.filter(({ outcome }: Plan) => outcome === "fail");
    expect(failed.map(({ id }: Plan) => id)).toEqual([
      "vendor-can-assume-role",
      "nobody-else-assumes-role",
      "vendor-can-assume-role-with-each-external-id",
    ]);
    expect(report.findings).toMatchObject([{ ruleId: "unexpected-principal" }]);
    expect(code).toBe(1);
  });

  test("fail where a vendor needs an external ID that the trust does not ask for", async () => {
    const { report } = await json(...KANDJI, "--external-id", "acme-7f3a", folder({ "main.tf.json": BY_HAND }));

    const failed = report.destinations[0].results.filter(({ outcome }: Plan) => outcome === "fail");
    expect(failed.map(({ id }: Plan) => id)).toEqual(["vendor-cannot-assume-role-without-external-id", "nobody-else-assumes-role"]);
  });

  test("of 6sense take their paths", async () => {
    const options = [
      "--vendor",
      "6sense",
      "--vendor-role-arn",
      "arn:aws:iam::222222222222:role/6sense",
      "--data-packs-path",
      "packs",
      "--audit-logs-path",
      "audit",
    ];

    const { code, report } = await json(...options, folder({ "main.tf.json": SIX_SENSE_BY_HAND }));

    expect(report.destinations[0].results.map(({ title }: Plan) => title)).toContain("the vendor can put an object under audit/");
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  test.each<[string, string[], string]>([
    [
      "a bucket that is not in the plan",
      ["--bucket", "acme-kandij"],
      "UnknownBucket: '--bucket' must be in the plan, got \"acme-kandij\"; it has acme-kandji",
    ],
    ["a path with a slash in front", ["--destination-path", "/activity"], "'--destination-path' must not begin with a slash"],
    ["a part of a vendor's id", ["--vendor", "datadog"], "; write --vendor datadog-log-archives"],
    ["a role that is not in the plan", ["--role", "nope"], "UnknownRole: '--role' must be in the plan, got \"nope\"; it has "],
    ["an option of another vendor", ["--data-packs-path", "packs"], "'--data-packs-path' has no meaning for --vendor kandji"],
    ["a role's name that is none", ["--vendor-role-name", "a b*"], "'--vendor-role-name' must be the name of an IAM role"],
    [
      "a role's ARN beside its account and name",
      ["--vendor-role-arn", "arn:aws:iam::222222222222:role/kandji-activity"],
      "'--vendor-role-arn' takes the place of",
    ],
  ])("fail with 2 on %s", async (_, more, message) => {
    const values = KANDJI.filter((_, index) => KANDJI[index - (index % 2)] !== more[0]);

    const { code, err } = await cli("check", folder({ "main.tf.json": BY_HAND }), ...values, ...more);

    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("find the role in another stack than the bucket", async () => {
    const { aws_iam_role, aws_iam_role_policy, ...buckets } = BY_HAND.resource;
    const policy = JSON.stringify(aws_iam_role_policy).replaceAll("${aws_s3_bucket.kandji.arn}", "arn:aws:s3:::acme-kandji");
    const path = folder({
      "roles/main.tf.json": { resource: { aws_iam_role, aws_iam_role_policy: JSON.parse(policy) } },
      "buckets/main.tf.json": { provider: BY_HAND.provider, resource: buckets },
    });
    const values = ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity"];

    expect((await cli("check", path, ...values)).code).toBe(0);
  });

  test("have to name the bucket where there are several", async () => {
    const two = {
      ...BY_HAND,
      resource: { ...BY_HAND.resource, aws_s3_bucket: { ...BY_HAND.resource.aws_s3_bucket, other: { bucket: "acme-other" } } },
    };
    const path = folder({ "main.tf.json": two });

    expect((await cli("check", ...KANDJI, path)).err).toContain(
      "'--bucket' must name the bucket, as the plan has the buckets acme-kandji, acme-other",
    );
    expect((await cli("check", ...KANDJI, "--bucket", "acme-kandji", path)).code).toBe(0);
  });
});

test("--output writes the report into a file", async () => {
  const path = examplesFolder();

  const { code, out } = await cli("check", "--format", "json", "--output", join(path, "report.json"), path);

  expect(out).toBe("");
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(join(path, "report.json"), "utf8")).totals.fail).toBe(0);
});

test("the own account's principals are no strangers once the account is told", async () => {
  const path = examplesFolder({
    sixsense: (plan) => {
      const policy = JSON.parse(only(plan, "aws_s3_bucket_policy").policy);
      policy.Statement.push({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:role/reader" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme.6sense.staging/*",
      });
      only(plan, "aws_s3_bucket_policy").policy = JSON.stringify(policy);
    },
  });

  expect((await json(path)).report.findings).toMatchObject([{ ruleId: "unexpected-principal" }]);
  expect((await json("--account", "111111111111", path)).report.findings).toEqual([]);
});

test("what the reader could not read is told as information", async () => {
  const path = folder({ "main.tf.json": { ...BY_HAND, module: { far: { source: "terraform-aws-modules/s3-bucket/aws" } } } });

  const { code, report } = await json(path);

  expect(report.findings).toMatchObject([{ ruleId: "plan-incomplete", severity: "info" }]);
  expect(code).toBe(0);
});

test("a policy that is no JSON is malformed", async () => {
  const path = folder({});
  writeFileSync(
    join(path, "main.tf.json"),
    JSON.stringify({ resource: { aws_s3_bucket_policy: { p: { bucket: "logs", policy: "{'Version': 1}" } } } }),
  );

  const { code, report } = await json(path);

  expect(report.findings).toMatchObject([{ ruleId: "malformed-policy", severity: "high" }]);
  expect(code).toBe(1);
});
