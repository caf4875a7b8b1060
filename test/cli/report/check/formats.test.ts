/** The reports for programs, against their public schemas. */
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { only, type Plan } from "../../../mutants/plans";
import { examplesFolder, withoutStatement } from "../../example-plans";
import { cli } from "../../run-program";

const schema = (path: string) => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(path, "utf8")));
};
const report = schema("schemas/check-report.schema.json");
const sarif = schema("test/fixtures/schemas/sarif-2.1.0.json");

/** Something of everything: failures, unknowns, findings of each severity, odd names. */
function troubled(): string {
  return examplesFolder({
    kandji: (plan) => {
      withoutStatement("AllowVendorOnObjects", "role")(plan);
      const trust = JSON.parse(only(plan, "aws_iam_role").assume_role_policy);
      trust.Statement.push({ Sid: "A | B `c` <d>", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" });
      only(plan, "aws_iam_role").assume_role_policy = JSON.stringify({ ...trust, Version: "2008-10-17" });
    },
    sixsense: (plan) => {
      plan.variable = { region: { type: "string" } };
      only(plan, "aws_s3_bucket").region = "${var.region}";
    },
  });
}

async function run(format: string, path: string): Promise<{ code: number; out: string }> {
  return cli("check", "--format", format, path);
}

describe.each([
  ["fine", examplesFolder, 0],
  ["troubled", troubled, 1],
] as const)("a plan that is %s", (_, plan, expected) => {
  test("as JSON follows its schema", async () => {
    const { code, out } = await run("json", plan());

    expect(report(JSON.parse(out)), JSON.stringify(report.errors)).toBe(true);
    expect(code).toBe(expected);
    expect(JSON.parse(out).exitCode).toBe(expected);
  });

  test("as SARIF follows the public schema", async () => {
    const { code, out } = await run("sarif", plan());

    expect(sarif(JSON.parse(out)), JSON.stringify(sarif.errors)).toBe(true);
    expect(code).toBe(expected);
  });
});

describe("SARIF", () => {
  const results = async (path: string): Promise<Plan[]> => JSON.parse((await run("sarif", path)).out).runs[0].results;

  test("has a rule with its page for each result, and a place in the file", async () => {
    const log = JSON.parse((await run("sarif", troubled())).out);

    const [{ tool, results: found }] = log.runs;
    for (const { ruleId, ruleIndex, locations } of found) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(tool.driver.rules[ruleIndex].helpUri).toMatch(new RegExp(`/docs/rules/${ruleId}\\.md$`));
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^file:\/\/\/.*cdk\.tf\.json$/);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(1);
    }
    expect(found.map(({ ruleId }: Plan) => ruleId)).toEqual(
      expect.arrayContaining(["vendor-locked-out", "access-too-wide", "could-not-tell", "trust-everyone", "policy-version"]),
    );
  });

  test("shows what the contract accepts as suppressed, with the reason", async () => {
    const suppressed = (await results(examplesFolder())).filter(({ suppressions }) => suppressions);

    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions[0].justification.slice(0, 6)])).toEqual([
      ["wildcard-actions", "R-wild"],
      ["acl-rights-for-others", "R-acl:"],
      ["dotted-bucket-name", "R-dot:"],
    ]);
  });

  test("keeps its fingerprints when the file is written otherwise", async () => {
    const fingerprints = async (path: string) =>
      (await results(path)).map(({ partialFingerprints }) => partialFingerprints["vendorDestination/v1"]).sort();
    const change = (plan: Plan) => {
      withoutStatement("AllowSSLRequestsOnly", "bucket")(plan);
      return plan;
    };

    const before = await fingerprints(examplesFolder({ kandji: change }));
    const after = await fingerprints(
      examplesFolder({
        kandji: (plan) => {
          change(plan);
          plan.resource = Object.fromEntries([["aws_sns_topic", { alarm: { name: "alarm" } }], ...Object.entries(plan.resource).reverse()]);
        },
      }),
    );

    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });
});

describe("Markdown", () => {
  test("has the matrix, the path and what is accepted", async () => {
    const { out } = await run("markdown", examplesFolder());

    expect(out).toContain("## Vendor destinations: ✅ as expected");
    expect(out).toContain("|  | vendor | others in its account | other accounts | anybody |");
    expect(out).toContain("| put an object under activity/ | **can** | cannot | cannot | cannot |");
    expect(out).toMatch(/```mermaid\nflowchart LR\n {2}subgraph account0\["Kandji: account 222222222222"\]/);
    expect(out).toContain('principal0 -->|"sts:AssumeRole"| role["role kandji-acme-kandji-activity"]');
    expect(out).toContain('role -->|"s3:ListBucket, s3:PutObject, s3:DeleteObject"| bucket["acme-kandji-activity / activity/"]');
    expect(out).toMatch(/\| R-kms \| \[Kandji supports .*\]\(https:\/\/support\.kandji\.io\/.*\) \| checkov CKV\\_AWS\\_145/);
  });

  test("fails with the findings first, and a dotted arrow where the way is shut", async () => {
    const { out } = await run("markdown", troubled());

    expect(out).toContain("## Vendor destinations: ❌ not as expected");
    expect(out.indexOf("### Findings")).toBeLessThan(out.indexOf("### ❌ Kandji"));
    expect(out).toContain("role -.->|");
  });

  test("lets no text of the plan become markup, a mention or a table's cell", async () => {
    const path = examplesFolder({
      kandji: (plan) => {
        const { input } = only(plan, "terraform_data");
        input.vendor.name = "<img src=x>|@everyone`[x](javascript:1)";
        input.id = "a`|<b>";
        input.vendorPrincipals = ['x"]; click x href "javascript:1'];
      },
    });

    const { out } = await run("markdown", path);

    expect(out).not.toMatch(/<img|@everyone|\]\(javascript/);
    expect(out).toContain("&lt;img src=x&gt;\\|@\u200beveryone\\`\\[x\\]\\(javascript:1\\)");
    expect(out).toContain("<code>a&#96;&#124;&lt;b&gt;</code>");
    expect(/```mermaid\n(.*?)```/s.exec(out)![1]).not.toMatch(/click x href "|"]; /);
  });
});
