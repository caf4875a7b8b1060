/** `access`: who can do what, in each format. */
import { describe, expect, test } from "vitest";
import { type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

const withStatement = (statement: object) => (plan: Plan) => {
  const policy = policyOf(plan, "bucket");
  policy.Statement.push(statement);
  setPolicy(plan, "bucket", policy);
};
const readers = withStatement({
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::333333333333:role/reader" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::acme-kandji-activity/reports/*",
  Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
});
const others = withStatement({
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::acme-kandji-activity/*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "333333333333" } },
});

describe("the examples", () => {
  test("as text tell what the vendor can do, and that nobody else can do anything", async () => {
    const { code, out } = await cli("access", examplesFolder());

    expect(code).toBe(0);
    expect(out).toContain(
      [
        "acme-kandji-activity",
        "  arn:aws:iam::${account}:role/kandji-acme-kandji-activity, which arn:aws:iam::222222222222:role/kandji-activity may assume",
        "    list the bucket                some: only s3:ListBucket",
        "    read objects                   can",
        "    put objects                    can",
        "    delete objects                 can",
        "    do anything else to objects    can",
        "  anybody else cannot",
      ].join("\n"),
    );
    expect(out).toContain(
      [
        "  arn:aws:iam::222222222222:role/6sense-common",
        "    list the bucket                some: only s3:ListBucket",
        "    put objects                    can",
        "    do anything else to objects    some: only s3:PutObjectAcl",
        "  anybody else cannot",
      ].join("\n"),
    );
  });
});

describe("somebody else", () => {
  test("is shown with what it can do, in words", async () => {
    const { out } = await cli("access", examplesFolder({ kandji: readers }));

    expect(out).toContain(
      "  arn:aws:iam::333333333333:role/reader\n    read objects                   some: only s3:GetObject and only under `reports/` and only from 203.0.113.0/24\n",
    );
    expect(out).toContain("  anybody else cannot");
  });

  test("whom only a condition names is anybody else, with a request", async () => {
    const { code, out } = await cli("access", "--format", "json", examplesFolder({ kandji: others }));

    const [{ others: rest }] = JSON.parse(out).buckets.filter(({ bucket }: Plan) => bucket === "acme-kandji-activity");
    expect(rest.extent).toBe("can");
    expect(rest.because).toMatch(/^arn:aws:\S+333333333333\S+ can s3:GetObject on arn:aws:s3:::acme-kandji-activity\/x by statement 2/);
    expect(code).toBe(0);
  });
});

test("Markdown is a table for each bucket", async () => {
  const { out } = await cli("access", "--format", "markdown", examplesFolder());

  expect(out).toMatch(/### <code>acme-kandji-activity<\/code>\n\n\| Who \| What \| {2}\| Which \|\n/);
  expect(out).toContain("| anybody else | anything | cannot |  |");
});

test("a policy that cannot be parsed is not told, and the exit code is 3", async () => {
  const broken = (plan: Plan) => setPolicy(plan, "bucket", { Version: "2012-10-17", Statement: [{ Effect: "allow" }] });

  const { code, out } = await cli("access", examplesFolder({ kandji: broken }));

  expect(out).toContain("could not tell: InvalidPolicy");
  expect(code).toBe(3);
});

test("an input without buckets tells nothing: exit code 3", async () => {
  expect((await cli("access", folder({ "main.tf.json": "{}" }))).code).toBe(3);
});

test("says what an answer about a bucket without a known name depends on", async () => {
  const policy = (arn: string) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: `${arn}/*` }],
  });
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" }] };
  const stack = (name: string) => ({
    resource: {
      aws_s3_bucket: { [name]: {} },
      aws_iam_role: { [name]: { name, assume_role_policy: JSON.stringify(trust) } },
      aws_iam_role_policy: {
        [name]: { role: `\${aws_iam_role.${name}.name}`, policy: JSON.stringify(policy(`\${aws_s3_bucket.${name}.arn}`)) },
      },
    },
  });
  const stacks = { "stacks/logs/cdk.tf.json": stack("logs"), "stacks/audit/cdk.tf.json": stack("audit") };

  const { out } = await cli("access", folder({ "manifest.json": { version: "0.21.0", stacks: {} }, ...stacks }));

  expect(out).toMatch(/ {4}put objects +some: depending on aws_s3_bucket\.audit\.bucket\n/);
  expect(out).not.toMatch(/ \n/);
});
