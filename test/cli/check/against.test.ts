/** `--against`: what a change newly allows, and no longer allows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addResource, only, type Plan, policyOf, setPolicy } from "../../mutants/plans";
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

    expect(details).toEqual([
      expect.stringMatching(/^acme-kandji-activity: .*, which statement 1 "AllowSSLRequestsOnly" .* denied before \(/),
    ]);
  });

  test("that narrows a Deny, or opens to everybody, is one finding, which names many actions by their service", async () => {
    const narrowed = (plan: Plan) => {
      const policy = policyOf(plan, "bucket");
      const deny = policy.Statement.find(({ Sid }: Plan) => Sid === "AllowSSLRequestsOnly");
      deny.Resource = "arn:aws:s3:::acme-kandji-activity/activity/*";
      setPolicy(plan, "bucket", policy);
    };
    const opened = (plan: Plan) => {
      const policy = policyOf(plan, "bucket");
      const Resource = ["arn:aws:s3:::acme-kandji-activity", "arn:aws:s3:::acme-kandji-activity/*"];
      policy.Statement.push({ Sid: "Open", Effect: "Allow", Principal: "*", Action: "s3:*", Resource });
      setPolicy(plan, "bucket", policy);
      for (const name of ["aws_s3_bucket_public_access_block"]) only(plan, name).restrict_public_buckets = false;
    };
    const ofDeny = await widened(examplesFolder(), examplesFolder({ kandji: narrowed }));
    const ofAllow = await widened(examplesFolder(), examplesFolder({ kandji: opened }));

    expect(ofDeny.details).toEqual([expect.stringMatching(/denied before \(s3:\* and over plain HTTP\)$/)]);
    expect(ofAllow.details).toEqual([expect.stringMatching(/by statement 2 "Open" of the resource policy \(s3:\*\)$/)]);
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

describe("a pin", () => {
  const writePin = async (path: string) => {
    const pin = join(folder({}), "pin.json");
    await cli("check", "--write-pin", pin, path);
    return pin;
  };
  const compared = async (pin: string, after: string) => {
    const { out } = await cli("check", "--format", "json", "--pin", pin, "--against", examplesFolder(), after);
    const { findings, notes } = JSON.parse(out) as Plan;
    return { widened: findings.filter(({ ruleId }: Plan) => ruleId === "access-widened").length as number, notes: notes as string[] };
  };

  test("approves what the bucket or the role newly allows, and the report notes it", async () => {
    const bucket = await compared(await writePin(examplesFolder({ kandji: reader })), examplesFolder({ kandji: reader }));
    const role = await compared(await writePin(examplesFolder({ kandji: secondPrincipal })), examplesFolder({ kandji: secondPrincipal }));

    expect(bucket).toEqual({
      widened: 0,
      notes: [expect.stringMatching(/^newly allowed, as pinned, acme-kandji-activity: .*333333333333/)],
    });
    expect(role).toEqual({ widened: 0, notes: [expect.stringMatching(/^newly allowed, as pinned, kandji-acme-kandji-activity: /)] });
  });

  test("fails to approve what differs from it, be it by one statement", async () => {
    const pin = await writePin(examplesFolder({ kandji: reader }));
    const further = (plan: Plan) => {
      reader(plan);
      withoutStatement("AllowSSLRequestsOnly", "bucket")(plan);
    };

    expect((await compared(pin, examplesFolder({ kandji: further }))).widened).toBeGreaterThan(0);
    expect((await compared(await writePin(examplesFolder()), examplesFolder({ kandji: reader }))).widened).toBe(1);
  });

  test("fails to approve a policy of which a part is not known", async () => {
    const unknown = (plan: Plan) => {
      plan.variable = { reader: {} };
      const policy = policyOf(plan, "bucket");
      policy.Statement.push({
        Effect: "Allow",
        Principal: { AWS: "${var.reader}" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-kandji-activity/*",
      });
      setPolicy(plan, "bucket", policy);
    };
    const pin = await writePin(examplesFolder({ kandji: unknown }));

    expect((await compared(pin, examplesFolder({ kandji: unknown }))).widened).toBeGreaterThan(0);
  });

  test("that was written before pins had hashes approves no such change", async () => {
    const pin = await writePin(examplesFolder({ kandji: reader }));
    const { access: _, ...old } = JSON.parse(readFileSync(pin, "utf8")) as Plan;

    expect((await compared(join(folder({ "pin.json": old }), "pin.json"), examplesFolder({ kandji: reader }))).widened).toBe(1);
  });
});

describe("a tag of a role", () => {
  const byTag =
    (value: string, key = "shared") =>
    (plan: Plan) => {
      only(plan, "aws_iam_role").tags = { shared: value };
      const policy = policyOf(plan, "bucket");
      const Condition = { StringEquals: { [`aws:PrincipalTag/${key}`]: "yes" } };
      policy.Statement.push({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObjectVersion",
        Resource: "arn:aws:s3:::acme-kandji-activity/*",
        Condition,
      });
      setPolicy(plan, "bucket", policy);
    };
  const of = (...given: Parameters<typeof byTag>) => examplesFolder({ kandji: byTag(...given) });

  test("that changes where a policy asks about it could not be told", async () => {
    expect((await widened(of("no"), of("yes"))).details).toEqual([
      expect.stringMatching(
        /^acme-kandji-activity: it depends on aws:principaltag\/shared of arn:\S+:role\/kandji-acme-kandji-activity, which changes$/,
      ),
    ]);
  });

  test("that stays, or that no policy asks about, changes nothing", async () => {
    expect((await widened(of("yes"), of("yes"))).details).toEqual([]);
    expect((await widened(of("no", "other"), of("yes", "other"))).details).toEqual([]);
  });
});

describe("a tag of a bucket with ABAC", () => {
  const byTag = (value: string) => (plan: Plan) => {
    const [name] = Object.keys(plan.resource.aws_s3_bucket);
    only(plan, "aws_s3_bucket").tags = { shared: value };
    addResource(plan, "aws_s3_bucket_abac", "abac", { bucket: `\${aws_s3_bucket.${name}.id}`, abac_status: { status: "Enabled" } });
    const policy = policyOf(plan, "bucket");
    const Condition = { StringEquals: { "aws:ResourceTag/shared": "yes" } };
    policy.Statement.push({
      Effect: "Allow",
      Principal: { AWS: "333333333333" },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::acme-kandji-activity/*",
      Condition,
    });
    setPolicy(plan, "bucket", policy);
  };
  const of = (value: string) => examplesFolder({ kandji: byTag(value) });

  test("opens the bucket although no policy changes", async () => {
    expect((await widened(of("no"), of("yes"))).details).toEqual([expect.stringMatching(/333333333333\S* can s3:GetObject/)]);
  });

  test("closes it, or does nothing, where the policy asks for another value", async () => {
    const closed = await widened(of("yes"), of("no"));

    expect(closed.details).toEqual([]);
    expect(closed.notes).toEqual([expect.stringMatching(/^no longer allowed, acme-kandji-activity: .*333333333333/)]);
    expect((await widened(of("no"), of("never"))).details).toEqual([]);
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
