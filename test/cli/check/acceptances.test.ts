/** Findings that are accepted with a reason, in a contract or in a file: shown in every form of the report, and never more than was named. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { CONTRACT_RULES, RULES } from "../../../lib/rules";
import { only, type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

const XSD = readFileSync("test/fixtures/schemas/jenkins-junit.xsd", "utf8");
const ajv = new Ajv({ strict: false });
addFormats(ajv);
const schema = (path: string) => ajv.compile(JSON.parse(readFileSync(path, "utf8")));
const [isSarif, isReport, isAcceptances] = [
  schema("test/fixtures/schemas/sarif-2.1.0.json"),
  schema("schemas/check-report.schema.json"),
  schema("schemas/acceptances.schema.json"),
] as const;

const REASON = "Acme sends no external ID";
const CONTRACT = "kandji/Kandji";

/** The trust policy names a whole account, and no external ID. */
function wholeAccount(plan: Plan): void {
  const trust = policyOf(plan, "trust");
  trust.Statement[0].Principal = { AWS: "222222222222" };
  setPolicy(plan, "trust", trust);
  only(plan, "terraform_data").input.vendorPrincipals = ["222222222222"];
}

const versioned = (plan: Plan) => Object.assign(only(plan, "aws_s3_bucket_versioning").versioning_configuration, { status: "Enabled" });
const boundary = (plan: Plan) => Object.assign(only(plan, "aws_iam_role"), { permissions_boundary: "arn:aws:iam::111111111111:policy/x" });

const FINDING = { id: "trust-account-without-external-id", contract: CONTRACT, reason: REASON };
const VERSIONING = { id: "versioning", contract: CONTRACT, reason: "backups need it" };

function fileOf(...acceptances: object[]): string {
  const content = { schemaVersion: 1, acceptances };
  expect(isAcceptances(content), JSON.stringify(isAcceptances.errors)).toBe(true);
  return join(folder({ "accepted.json": content }), "accepted.json");
}

async function reportOf(change: (plan: Plan) => void, ...acceptances: object[]) {
  const { code, out, err } = await cli("check", "--format", "json", "--accept", fileOf(...acceptances), examplesFolder({ kandji: change }));
  if (out === "") throw new Error(err);
  const report = JSON.parse(out);
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  return { code, report, rules: report.findings.map(({ ruleId }: Plan) => ruleId) };
}

describe("a finding of a rule", () => {
  test("fails the check where nobody accepts it", async () => {
    const { code, rules } = await reportOf(wholeAccount);

    expect(rules).toEqual(["trust-account-without-external-id"]);
    expect(code).toBe(1);
  });

  test("is accepted by contract", async () => {
    const { code, report, rules } = await reportOf(wholeAccount, FINDING);

    expect(code).toBe(0);
    expect(rules).toEqual([]);
    expect(report.acceptances).toMatchObject([{ state: "used", reason: REASON, findings: [{ ruleId: FINDING.id, severity: "medium" }] }]);
    expect(report.totals.acceptedFindings).toBe(1);
  });

  test("is accepted by the address of the resource", async () => {
    const address = "aws_iam_role.Kandji_Role_A0C27C35";
    const found = (await reportOf(wholeAccount)).report.findings[0].location.address;

    expect((await reportOf(wholeAccount, { id: FINDING.id, reason: REASON, address: found })).code).toBe(0);
    const other = await reportOf(wholeAccount, { id: FINDING.id, reason: REASON, address: `${address}0` });
    expect(other.rules).toEqual(["trust-account-without-external-id", "acceptance-unused"]);
    expect(other.code).toBe(1);
  });

  test.each([
    ["another rule", { ...FINDING, id: "trust-everyone" }],
    ["another contract", { ...FINDING, contract: "sixsense/SixSense" }],
    ["another statement", { ...FINDING, statement: "AllowSSLRequestsOnly" }],
    ["a contract that is not there", { ...FINDING, contract: "kandji" }],
  ])("fails the check where %s is accepted", async (_, acceptance) => {
    const { code, report, rules } = await reportOf(wholeAccount, acceptance);

    expect(rules).toEqual(["trust-account-without-external-id", "acceptance-unused"]);
    expect(report.acceptances).toMatchObject([{ state: "unused", findings: [] }]);
    expect(code).toBe(1);
  });

  test("fails the check from the day after the last one", async () => {
    const expired = await reportOf(wholeAccount, { ...FINDING, expires: "2020-02-29" });

    expect(expired.rules).toEqual(["trust-account-without-external-id", "acceptance-expired"]);
    expect(expired.report.findings[1].detail).toBe(
      "'trust-account-without-external-id' was accepted (Acme sends no external ID) up to 2020-02-29",
    );
    expect(expired.code).toBe(1);
    expect((await reportOf(wholeAccount, { ...FINDING, expires: "9999-12-31" })).code).toBe(0);
  });
});

describe("an expectation or a setting", () => {
  test("is accepted by its own id, stays broken in the report, and counts as none", async () => {
    const before = await reportOf(versioned);
    const { code, report } = await reportOf(versioned, VERSIONING);

    expect(before.code).toBe(1);
    expect(code).toBe(0);
    expect(report.destinations[0].results.find(({ id }: Plan) => id === "versioning")).toMatchObject({
      outcome: "fail",
      accepted: "backups need it",
    });
    expect(report.totals).toMatchObject({ pass: before.report.totals.pass, fail: 0, unknown: 0, acceptedFindings: 1 });
    expect(report.acceptances[0].findings).toMatchObject([{ ruleId: "setting-differs", expectation: "versioning" }]);
  });

  test("that is not known is accepted by its own id, and the others stay unknown", async () => {
    const before = await reportOf(boundary);
    const [first] = before.report.destinations[0].results.filter(({ outcome }: Plan) => outcome === "unknown");
    const { code, report } = await reportOf(boundary, { id: first.id, contract: CONTRACT, reason: "seen" });

    expect(code).toBe(3);
    expect(report.totals.unknown).toBe(before.report.totals.unknown - 1);
  });

  test.each(["setting-differs", "access-too-wide", "vendor-locked-out", "could-not-tell", "encryption"])(
    "fails the check where %s is accepted in its place",
    async (id) => {
      const { code, report, rules } = await reportOf(versioned, { ...VERSIONING, id });

      expect(report.totals.fail).toBe(1);
      expect(rules).toEqual(["acceptance-unused"]);
      expect(code).toBe(1);
    },
  );
});

test("what is approved in the pin cannot be accepted in a file", async () => {
  const path = examplesFolder();
  const pin = join(folder({}), "pin.json");
  await cli("check", "--write-pin", pin, path);
  const accept = fileOf({ id: "pin-contract", contract: CONTRACT, reason: "no" });

  const { code, out } = await cli("check", "--pin", pin, "--accept", accept, examplesFolder({ kandji: wholeAccount }));

  expect(out).toContain("pin-contract: kandji/Kandji");
  expect(out).toContain("'pin-contract' is approved in the pin; rewrite the pin with --write-pin");
  expect(code).toBe(1);
});

test("a part that was not read cannot be accepted", async () => {
  const failed = { format_version: "1.2", errored: true, planned_values: { root_module: { resources: [] } }, resource_changes: [] };
  const path = join(folder({ "plan.json": failed }), "plan.json");
  const { code, out } = await cli("check", "--accept", fileOf({ id: "plan-incomplete", contract: CONTRACT, reason: "no" }), path);

  expect(out).toContain("which has no effect: a part that was not read may contain anything");
  expect(code).toBe(3);
});

describe("an acceptance in the contract", () => {
  const inContract = (acceptances: object[]) => (plan: Plan) => {
    wholeAccount(plan);
    only(plan, "terraform_data").input.acceptances = acceptances;
  };

  test("travels with the plan", async () => {
    const path = examplesFolder({ kandji: inContract([{ id: FINDING.id, reason: REASON, owner: "security" }]) });
    const { code, out } = await cli("check", path);

    expect(code).toBe(0);
    expect(out).toContain("Accepted, with a reason");
    expect(out).toMatch(/reason {2}Acme sends no external ID \(security; at .*cdk\.tf\.json:\d+\)/);
    expect(out).toContain("1 accepted with a reason");
  });

  test("fails the check for the bucket of another contract", async () => {
    const path = examplesFolder({
      kandji: inContract([]),
      sixsense: (plan) => Object.assign(only(plan, "terraform_data").input, { acceptances: [{ id: FINDING.id, reason: REASON }] }),
    });

    expect((await cli("check", path)).code).toBe(1);
  });

  test("fails to read where it has no reason", async () => {
    const { code, err } = await cli("check", examplesFolder({ kandji: inContract([{ id: FINDING.id }]) }));

    expect(err).toContain("InvalidContract: 'acceptances' must be a list of acceptances, each with id and reason");
    expect(code).toBe(2);
  });

  test("is part of what a pin approves", async () => {
    const pin = join(folder({}), "pin.json");
    await cli("check", "--write-pin", pin, examplesFolder({ kandji: wholeAccount }));
    const { out } = await cli("check", "--pin", pin, examplesFolder({ kandji: inContract([{ id: FINDING.id, reason: REASON }]) }));

    expect(out).toContain("pin-contract: kandji/Kandji: what is expected and granted: not as approved");
  });
});

describe("the report", () => {
  const change = (plan: Plan) => {
    wholeAccount(plan);
    versioned(plan);
  };
  const run = (format: string) => {
    const accept = fileOf({ ...FINDING, owner: "security", expires: "9999-12-31" }, VERSIONING);
    return cli("check", "--format", format, "--accept", accept, examplesFolder({ kandji: change }));
  };

  test("shows what is accepted as text, with its place in the file", async () => {
    const { code, out } = await run("text");

    expect(out).toMatch(/medium {2}trust-account-without-external-id: /);
    expect(out).toMatch(/high {4}setting-differs \[versioning\]: /);
    expect(out).toMatch(/reason {2}Acme sends no external ID \(security, until 9999-12-31; at .*accepted\.json:4\)/);
    expect(out).not.toContain("Not as expected");
    expect(code).toBe(0);
  });

  test("shows what is accepted as Markdown, and says so in the headline", async () => {
    const { out } = await run("markdown");

    expect(out).toContain("## Vendor destinations: ✅ as expected, except what was accepted");
    expect(out).toContain("### Accepted, with a reason");
    expect(out).toMatch(
      /\| medium \| \[trust-account-without-external-id\]\(.*\| Acme sends no external ID \\\(security, until 9999-12-31;/,
    );
    expect(out).not.toContain("### Findings");
  });

  test("skips what is accepted as JUnit", async () => {
    const { out } = await run("junit");

    const { valid, errors } = await validateXML({ xml: [{ fileName: "report.xml", contents: out }], schema: [XSD] });
    expect(valid, JSON.stringify(errors)).toBe(true);
    expect(out).toMatch(/<testsuites [^>]*failures="0" errors="0"/);
    expect(out).toContain('<testsuite name="accepted" tests="2" failures="0" errors="0" skipped="2">');
    expect(out).toContain("<skipped>accepted: Acme sends no external ID (security, until 9999-12-31; at ");
  });

  test("suppresses what is accepted as SARIF", async () => {
    const log = JSON.parse((await run("sarif")).out);

    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    const results: Plan[] = log.runs[0].results;
    expect(results.filter(({ suppressions }) => !suppressions)).toEqual([]);
    const finding = results.find(({ ruleId }) => ruleId === FINDING.id);
    expect(finding.suppressions).toEqual([{ kind: "external", status: "accepted", justification: expect.stringContaining(REASON) }]);
  });
});

describe("fails to read a file", () => {
  test.each<[string, unknown, RegExp]>([
    ["that is no JSON", "{", /^InvalidAcceptances: the file must hold JSON: /],
    ["of another version", { schemaVersion: 2, acceptances: [] }, /'schemaVersion' 1 and a list of 'acceptances'/],
    ["with a member that it does not know", { schemaVersion: 1, acceptances: [], rules: [] }, /must have no other members.*got "rules"/],
    ["with an acceptance that is no object", { schemaVersion: 1, acceptances: ["a"] }, /'acceptances\[0\]' must be an object, got "a"/],
    ["without a reason", { schemaVersion: 1, acceptances: [{ id: "a", contract: "b" }] }, /must have 'reason' as a text, got/],
    ["with a blank reason", { schemaVersion: 1, acceptances: [{ ...FINDING, reason: " " }] }, /must have 'reason' as a text, got " "/],
    ["with a misspelt member", { schemaVersion: 1, acceptances: [{ ...FINDING, expire: "2027-01-31" }] }, /no other members.*got "expire"/],
    [
      "with a day that is none",
      { schemaVersion: 1, acceptances: [{ ...FINDING, expires: "2027-02-30" }] },
      /a day in 'expires'.*got "2027-02-30"/,
    ],
    [
      "with neither contract nor address",
      { schemaVersion: 1, acceptances: [{ id: "a", reason: "b" }] },
      /must name the 'contract', the 'address', or both/,
    ],
  ])("%s", async (_, content, message) => {
    const path = join(folder({ "accepted.json": content }), "accepted.json");
    const { code, err } = await cli("check", "--accept", path, examplesFolder());

    expect(err).toMatch(message);
    expect(code).toBe(2);
    if (typeof content === "object") expect(isAcceptances(content)).toBe(false);
  });

  test("that is not there", async () => {
    const { code, err } = await cli("check", "--accept", "missing.json", examplesFolder());

    expect(err).toContain("UnreadableFile: '--accept' must name a file that can be read");
    expect(code).toBe(2);
  });
});

test("no expectation and no setting has the ID of a rule", async () => {
  const { report } = await reportOf(() => {});
  const ids = new Set([...RULES, ...Object.values(CONTRACT_RULES)].map(({ id }) => id));

  const results: Plan[] = report.destinations.flatMap((destination: Plan) => destination.results);
  expect(results.filter(({ id }) => ids.has(id))).toEqual([]);
});
