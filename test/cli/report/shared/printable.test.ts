/** Texts of a plan that a terminal would obey, that would end a line, or that hide how they are read. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { printable } from "../../../../cli/report/shared/printable";
import { only, type Plan, planOf, policyOf, setPolicy } from "../../../mutants/plans";
import { examplesFolder } from "../../example-plans";
import { cli, folder } from "../../run-program";

/** Clears the screen, begins a line with a command of a workflow, and turns the text around. */
const EVIL = "\u001b[2J\r\n::error::owned\u009b\u0085\u2028\u202e";
const SHOWN = "\\u001b[2J\\u000d\\u000a::error::owned\\u009b\\u0085\\u2028\\u202e";
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Evil in everything that a report may print. */
function evil(plan: Plan): void {
  const { input } = only(plan, "terraform_data");
  input.vendor.name += EVIL;
  input.vendor.product += EVIL;
  input.id += EVIL;
  input.keyPrefixes = [`activity${EVIL}/`];
  input.vendorPrincipals = [`arn:aws:iam::222222222222:role/kandji${EVIL}`];
  input.settings.documented.encryption = [`AES256${EVIL}`];
  input.accepted = [{ code: `R-new|${EVIL}`, reason: `a reason${EVIL}`, source: `https://example.com/)@everyone${EVIL}` }];
  const trust = policyOf(plan, "trust");
  trust.Statement.push({
    Sid: `Other${EVIL}`,
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::333333333333:role/other", `arn:aws:iam::333333333333:role/${EVIL}`] },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { [`aws:PrincipalTag/a${EVIL}`]: `b${EVIL}` } },
  });
  setPolicy(plan, "trust", trust);
  only(plan, "aws_iam_role").managed_policy_arns = [`arn:aws:iam::111111111111:policy/managed${EVIL}`];
}

function expectHarmless(text: string): void {
  expect(UNPRINTABLE.exec(text)).toBeNull();
  expect(text).not.toMatch(/^\s*::error::/m);
}

test("each such character is shown by its escape, and every other text stays as it is", () => {
  expect(printable(EVIL)).toBe(SHOWN);
  expect(printable("ä → \u{1F600} \\n")).toBe("ä → \u{1F600} \\n");
});

describe.each([["text"], ["markdown"]])("check as %s", (format) => {
  test("passes on no such character", async () => {
    const { out } = await cli("check", "--format", format, examplesFolder({ kandji: evil }));

    expectHarmless(out);
    expect(out).toContain("::error::owned");
  });

  test("passes on none of the names of files and resources", async () => {
    const path = folder({});
    mkdirSync(join(path, `a${EVIL}`));
    const bucket = { bucket: `logs${EVIL}`, acl: `public-read${EVIL}`, region: `eu${EVIL}` };
    const policy = { [`p${EVIL}`]: { bucket: `logs${EVIL}`, policy: "{" } };
    writeFileSync(
      join(path, `a${EVIL}`, "main.tf.json"),
      JSON.stringify({ resource: { aws_s3_bucket: { [`b${EVIL}`]: bucket }, aws_s3_bucket_policy: policy } }),
    );
    writeFileSync(join(path, `a${EVIL}`, "more.tf"), 'resource "aws_s3_bucket_policy" "q" {\n  bucket = "logs"\n  policy = "{"\n}\n');

    const { out } = await cli("check", "--format", format, path);

    expectHarmless(out);
    expect(out).toContain("more.tf");
  });
});

test("many destinations, each on its line, pass on no such character", async () => {
  const plan = planOf("kandji");
  only(plan, "terraform_data").input.vendor.name += EVIL;
  const planFor = (index: number) => JSON.parse(JSON.stringify(plan).replaceAll("acme-kandji-activity", `acme-kandji-activity-${index}`));
  const path = folder(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`s${index}/cdk.tf.json`, planFor(index)])));

  const { out } = await cli("check", path);

  expectHarmless(out);
  expect(out).toContain(`✓ Kandji${SHOWN} → acme-kandji-activity`);
});

test("explain passes on no such character, and keeps its lines", async () => {
  const path = examplesFolder({ kandji: evil });

  for (const principal of ["arn:aws:iam::333333333333:role/other", "arn:aws:iam::444444444444:role/x"]) {
    const { out } = await cli(
      "explain",
      ...["--principal", principal, "--action", "sts:AssumeRole", "--resource", "kandji-acme-kandji-activity"],
      ...["--context", `aws:PrincipalTag/a${EVIL}=b${EVIL}`],
      path,
    );

    expectHarmless(out);
    expect(out).toContain(`aws:PrincipalTag/a${SHOWN} = b${SHOWN}`);
    expect(out).toMatch(/\n {2}(decided by|nearest): Allow /);
  }
});

test("a message on what is wrong is one line", async () => {
  const { code, err } = await cli("check", join(folder({}), `none${EVIL}`));

  expect(code).toBe(2);
  expectHarmless(err);
  expect(err.split("\n")).toHaveLength(2);
});
