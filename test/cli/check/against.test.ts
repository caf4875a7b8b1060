/** `--against`: what a change newly allows, and no longer allows. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder, withoutStatement } from "../example-plans";
import { cli, folder } from "../run-program";

const reader = (plan: Plan) => {
  const policy = policyOf(plan, "bucket");
  const Resource = "arn:aws:s3:::acme-kandji-activity/reports/*";
  policy.Statement.push({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:role/reader" }, Action: "s3:GetObject", Resource });
  setPolicy(plan, "bucket", policy);
};
const secondPrincipal = (plan: Plan) => {
  const trust = policyOf(plan, "trust");
  trust.Statement.push({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:role/x" }, Action: "sts:AssumeRole" });
  setPolicy(plan, "trust", trust);
};

async function widened(before: string, after: string) {
  const { code, out } = await cli("check", "--format", "json", "--against", before, after);
  const report = JSON.parse(out) as Plan;
  const details: string[] = report.findings.filter(({ ruleId }: Plan) => ruleId === "access-widened").map(({ detail }: Plan) => detail);
  return { code, details, notes: report.notes as string[] };
}

describe("a folder", () => {
  test("without a change finds nothing", async () => {
    expect(await widened(examplesFolder(), examplesFolder())).toEqual({ code: 0, details: [], notes: [] });
  });

  test("that allows more is a finding for the bucket and for the role, with a request each", async () => {
    const ofBucket = await widened(examplesFolder(), examplesFolder({ kandji: reader }));
    const ofRole = await widened(examplesFolder(), examplesFolder({ kandji: secondPrincipal }));

    expect(ofBucket.details).toEqual([
      expect.stringMatching(
        /^acme-kandji-activity: arn:aws:\S+333333333333\S+ can s3:GetObject on arn:aws:s3:::acme-kandji-activity\/reports\//,
      ),
    ]);
    expect(ofRole.details).toEqual([expect.stringMatching(/^kandji-acme-kandji-activity: \S+333333333333\S+ can sts:AssumeRole on /)]);
    expect([ofBucket.code, ofRole.code]).toEqual([1, 1]);
  });

  test("that allows less is a note", async () => {
    const { details, notes } = await widened(examplesFolder({ kandji: reader }), examplesFolder());

    expect(details).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^no longer allowed, acme-kandji-activity: arn:aws:\S+333333333333/)]);
  });

  test("that no longer denies plain HTTP allows more", async () => {
    const { details } = await widened(examplesFolder(), examplesFolder({ kandji: withoutStatement("AllowSSLRequestsOnly", "bucket") }));

    expect(details.length).toBeGreaterThan(0);
  });

  test("can be accepted with a reason", async () => {
    const accepted = { id: "access-widened", address: "aws_s3_bucket_policy.Kandji_Bucket_Policy_1109C582", reason: "reports are shared" };
    const path = join(folder({ "accepted.json": { schemaVersion: 1, acceptances: [accepted] } }), "accepted.json");

    const { out } = await cli(
      "check",
      "--format",
      "json",
      "--accept",
      path,
      "--against",
      examplesFolder(),
      examplesFolder({ kandji: reader }),
    );

    expect((JSON.parse(out) as Plan).findings.map(({ ruleId }: Plan) => ruleId)).not.toContain("access-widened");
  });
});

describe("prior-state", () => {
  const resource = (policy: object) => ({
    mode: "managed",
    type: "aws_s3_bucket_policy",
    name: "logs",
    address: "aws_s3_bucket_policy.logs",
    values: { bucket: "acme-logs", policy: JSON.stringify(policy) },
  });
  const bucket = { mode: "managed", type: "aws_s3_bucket", name: "logs", address: "aws_s3_bucket.logs", values: { bucket: "acme-logs" } };
  const allow = (principal: string) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-logs/*" }],
  });
  const values = (policy: object) => ({ root_module: { resources: [bucket, resource(policy)] } });
  const plan = (more: object) => ({
    format_version: "1.2",
    terraform_version: "1.9.0",
    planned_values: values(allow("arn:aws:iam::333333333333:root")),
    resource_changes: [],
    configuration: { root_module: {} },
    ...more,
  });

  test("is read from the plan itself", async () => {
    const state = { format_version: "1.0", terraform_version: "1.9.0", values: values(allow("arn:aws:iam::444444444444:root")) };
    const path = join(folder({ "plan.json": plan({ prior_state: state }) }), "plan.json");

    const { details, notes } = await widened("prior-state", path);

    expect(details).toEqual([
      expect.stringMatching(/^acme-logs: arn:aws:\S+::333333333333:\S+ can s3:GetObject on arn:aws:s3:::acme-logs\/x/),
    ]);
    expect(notes).toContainEqual(expect.stringContaining("no longer allowed, acme-logs: arn:aws:"));
  });

  test("that is not there is an error of usage", async () => {
    const { code, err } = await cli("check", "--against", "prior-state", join(folder({ "plan.json": plan({}) }), "plan.json"));

    expect(err).toContain("InvalidOption: '--against' 'prior-state' needs a plan that has one");
    expect(code).toBe(2);
  });
});
