/** What is not known, and what was not judged at all, in every form of the report. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { only, type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { BY_HAND, examplesFolder, listed } from "../example-plans";
import { cli, folder } from "../run-program";

const XSD = readFileSync("test/fixtures/schemas/jenkins-junit.xsd", "utf8");
const ajv = new Ajv({ strict: false });
addFormats(ajv);
const [isSarif, isReport] = ["test/fixtures/schemas/sarif-2.1.0.json", "schemas/check-report.schema.json"].map((path) =>
  ajv.compile(JSON.parse(readFileSync(path, "utf8"))),
) as [ReturnType<typeof ajv.compile>, ReturnType<typeof ajv.compile>];

const unknownResult = (plan: Plan) =>
  Object.assign(only(plan, "aws_iam_role"), { permissions_boundary: "arn:aws:iam::111111111111:policy/boundary" });
const expectsNothing = (plan: Plan) =>
  Object.assign(only(plan, "terraform_data").input, { ...listed(only(plan, "terraform_data").input), expectations: [] });
const failedPlan = { format_version: "1.2", errored: true, planned_values: { root_module: { resources: [] } }, resource_changes: [] };

/** What is no single expectation, by the note that says it. */
const NOT_TOLD: readonly (readonly [what: string, path: () => string, note: string])[] = [
  [
    "nothing to judge",
    () => folder({ "main.tf.json": { resource: { null_resource: { nothing: {} } } } }),
    "there is nothing to judge: no delivery contract, no bucket and no role",
  ],
  [
    "a contract that expects nothing",
    () => examplesFolder({ kandji: expectsNothing }),
    "the contract kandji/Kandji expects nothing, so nothing was judged by it",
  ],
  [
    "files in JSON beside, of which one is named",
    () => join(folder({ "main.tf.json": BY_HAND, "more.tf.json": "{}" }), "main.tf.json"),
    "more.tf.json was not read, although Terraform would load it",
  ],
  [
    "files in HCL beside, where another one is named",
    () => join(folder({ "main.tf.json": BY_HAND, "more.tf": "" }), "main.tf.json"),
    "more.tf was not read, although Terraform would load it",
  ],
  [
    "a plan that failed half way",
    () => join(folder({ "plan.json": failedPlan }), "plan.json"),
    "planning failed, so the plan holds only a part of the changes",
  ],
];

describe.each(NOT_TOLD)("%s", (_, path, note) => {
  test("is a test case with an error as JUnit", async () => {
    const { code, out } = await cli("check", "--format", "junit", path());

    const { valid, errors } = await validateXML({ xml: [{ fileName: "report.xml", contents: out }], schema: [XSD] });
    expect(valid, JSON.stringify(errors)).toBe(true);
    expect(out).toMatch(/<testsuites [^>]*errors="[12]"/);
    const messages = [...out.matchAll(/<error message="([^"]*)" type="could-not-tell"\/>/g)].map(([, message]) => message);
    expect(messages).toContainEqual(expect.stringContaining(note));
    expect(code).toBe(3);
  });

  test("is an error of the run as SARIF", async () => {
    const { out } = await cli("check", "--format", "sarif", path());

    const log = JSON.parse(out);
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    const [{ executionSuccessful, toolExecutionNotifications }] = log.runs[0].invocations;
    expect(executionSuccessful).toBe(false);
    expect(toolExecutionNotifications).toContainEqual({ level: "error", message: { text: expect.stringContaining(note) } });
  });

  test("is a note as JSON and as text", async () => {
    const report = JSON.parse((await cli("check", "--format", "json", path())).out);

    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    expect(report.notes).toContainEqual(expect.stringContaining(note));
    expect((await cli("check", path())).out).toContain(note);
  });

  test("is not forgiven by --allow-unknown", async () => {
    const { code, out } = await cli("check", "--format", "markdown", "--allow-unknown", path());

    expect(out).toContain("## Vendor destinations: ❔ could not tell");
    expect(code).toBe(3);
  });
});

test("a report of what was judged in full has no error of the run", async () => {
  expect((await cli("check", "--format", "junit", examplesFolder())).out).toMatch(/<testsuites [^>]*errors="0"/);
  const log = JSON.parse((await cli("check", "--format", "sarif", examplesFolder())).out);
  expect(log.runs[0].invocations).toEqual([{ executionSuccessful: true, exitCode: 0 }]);
});

test("that nothing was expected is a note as SARIF, and no error", async () => {
  const log = JSON.parse((await cli("check", "--format", "sarif", folder({ "main.tf.json": BY_HAND }))).out);

  expect(log.runs[0].invocations).toMatchObject([
    { executionSuccessful: true, exitCode: 0, toolExecutionNotifications: [{ level: "note" }] },
  ]);
});

describe("the headline in Markdown", () => {
  test.each<[string, () => string, string]>([
    ["all is known and as expected", () => examplesFolder(), "✅ as expected"],
    ["something is not known", () => examplesFolder({ kandji: unknownResult }), "❔ as expected, as far as it is known"],
    ["there is no contract", () => folder({ "main.tf.json": BY_HAND }), "❔ nothing was expected of any vendor"],
  ])("where %s", async (_, path, headline) => {
    const { code, out } = await cli("check", "--format", "markdown", "--allow-unknown", path());

    expect(out.split("\n")[0]).toBe(`## Vendor destinations: ${headline}`);
    expect(code).toBe(0);
  });
});

test("names that are not known yet are shown by where they come from", async () => {
  const change = (plan: Plan) => {
    plan.variable = { name: { type: "string" } };
    const { input } = only(plan, "terraform_data");
    Object.assign(input.vendor, { name: "${var.name}", product: "a ${var.name}" });
    Object.assign(input, { id: "id of ${var.name}", externalIds: ["${var.name}"], vendorPrincipals: ["${var.name}"] });
    input.accepted = [{ code: "${var.name}", reason: "${var.name}", source: "${var.name}" }];
    only(plan, "aws_iam_role_policy").name = "${var.name}";
    const trust = policyOf(plan, "trust");
    trust.Statement.push({ Sid: "${var.name}", Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" });
    setPolicy(plan, "trust", trust);
  };
  const path = examplesFolder({
    kandji: change,
    sixsense: (plan) => {
      plan.variable = { name: { type: "string" } };
      const { input } = only(plan, "terraform_data");
      Object.assign(input, listed(input));
      input.expectations[0] = { ...input.expectations[0], id: "${var.name}", context: { "sts:ExternalId": "${var.name}" } };
    },
  });

  for (const format of ["text", "markdown", "json", "sarif", "junit"]) {
    const { out } = await cli("check", "--format", format, path);

    expect(out, format).not.toMatch(/[\u0000\u0001\ufffd]|\\u000[01]/);
    expect(out, format).toContain(format === "markdown" ? "$\\{var.name of the stack kandji\\}" : "${var.name of the stack kandji}");
  }
});
