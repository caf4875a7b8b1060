import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { only } from "../../../mutants/plans";
import { examplesFolder, listed, withoutStatement } from "../../example-plans";
import { cli } from "../../run-program";

const XSD = readFileSync("test/fixtures/schemas/jenkins-junit.xsd", "utf8");

async function junit(path: string, ...options: string[]): Promise<string> {
  const { out } = await cli("check", "--format", "junit", ...options, path);
  const { valid, errors } = await validateXML({ xml: [{ fileName: "report.xml", contents: out }], schema: [XSD] });
  expect(valid, JSON.stringify(errors)).toBe(true);
  return out;
}

describe("JUnit", () => {
  test("has a case for each expectation and setting", async () => {
    const out = await junit(examplesFolder());

    expect(out.match(/<testsuite /g)).toHaveLength(2);
    expect(out).toMatch(/<testsuites [^>]*failures="0"/);
    expect(out).toContain('<testcase name="the vendor can assume the role" classname="kandji/Kandji.vendor-can-assume-role"/>');
  });

  test("skips what could not be told where that is allowed", async () => {
    const plan = examplesFolder({
      kandji: (kandji) => {
        kandji.variable = { region: { type: "string" } };
        only(kandji, "aws_s3_bucket").region = "${var.region}";
      },
    });

    expect(await junit(plan)).toMatch(/<error message="could not tell: /);
    expect(await junit(plan, "--allow-unknown")).toMatch(/<skipped>could not tell: /);
  });

  test("fails with cause and remedy, and has an error for what could not be told", async () => {
    const out = await junit(
      examplesFolder({
        kandji: withoutStatement("AllowVendorOnObjects", "role"),
        sixsense: (plan) => {
          plan.variable = { region: { type: "string" } };
          only(plan, "aws_s3_bucket").region = "${var.region}";
        },
      }),
    );

    expect(out).toMatch(
      /<failure message="No Allow [^"]*" type="vendor-can-put">expected: allowed&#10;cause: .*&#10;remedy: add a statement to/,
    );
    expect(out).toMatch(/<error message="could not tell: /);
  });

  test("a finding fails as --fail-on says", async () => {
    const change = { kandji: withoutStatement("AllowSSLRequestsOnly", "bucket") };

    expect(await junit(examplesFolder(change))).toMatch(/<failure [^>]*type="ssl-missing"/);
    expect(await junit(examplesFolder(change), "--fail-on", "high")).toMatch(/<system-out>severity: medium/);
  });

  test("escapes what XML would take for markup, and replaces what it forbids", async () => {
    const path = examplesFolder({
      kandji: (plan) => {
        const { input } = only(plan, "terraform_data");
        Object.assign(input, listed(input));
        input.expectations[0].title = 'a <b> & "c" \u0007 \ud800 \u{1F600}';
      },
    });

    expect(await junit(path)).toContain('name="a &lt;b&gt; &amp; &quot;c&quot; \ufffd \ufffd \u{1F600}"');
  });
});
