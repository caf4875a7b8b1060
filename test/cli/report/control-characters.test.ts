/** Control characters in every text of contract, plan, live answers and journal reach no output of any command, in no format. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { main } from "../../../cli/program";
import { maskAccounts } from "../../../cli/report/shared";
import { progressText } from "../../../cli/report/shared/text-writer";
import {
  cleanUpText,
  type DestinationReport,
  destinationLine,
  destinationText,
  FORMATS,
  leftText,
  renderValidate,
} from "../../../cli/report/validate";
import { watchedText } from "../../../cli/report/watch";
import { only, type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { contractOf } from "../fake-destination";
import { cli } from "../run-program";
import { FakeAccount } from "../watch/fake-account";
import { bad, reportOf } from "./validate/example-reports";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)).join("");

/** ESC and every other control character, the characters that turn text around, and a command of a workflow on a line of its own. */
const EVIL = `\u001b[2J${range(0x00, 0x1f)}${range(0x7f, 0x9f)}\u2028${range(0x202a, 0x202e)}${range(0x2066, 0x2069)}\n::error::owned`;
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

function expectHarmless(text: string): void {
  expect(FORBIDDEN.exec(text)?.index).toBeUndefined();
  expect(text).not.toMatch(/^\s*::error::/m);
}

/** Members whose values are chosen from a list by the program itself. */
const FIXED = new Set([
  "kind",
  "outcome",
  "actor",
  "door",
  "mode",
  "evidence",
  "policy",
  "effect",
  "status",
  "state",
  "name",
  "by",
  "id",
  "answer",
]);

/** The value with the characters at the end of every text that may come from outside. */
function evil<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (key, item) => (typeof item === "string" && !FIXED.has(key) && !/^\{/.test(item) ? `${item}${EVIL}` : item)),
  );
}

/** A plan in which everything is evil that a reader of plans lets through. */
function evilPlan(plan: Plan): void {
  const { input } = only(plan, "terraform_data");
  Object.assign(input.vendor, evil({ name: input.vendor.name, product: input.vendor.product }));
  input.id += EVIL;
  input.keyPrefixes = [`activity${EVIL}/`];
  input.vendorPrincipals = evil(["arn:aws:iam::222222222222:role/kandji"]);
  input.settings.documented.encryption = evil(["AES256"]);
  input.accepted = evil([{ code: "R-new|", reason: "a reason", source: "https://example.com/" }]);
  input.acceptances = evil([{ id: "unexpected-principal", reason: "a reason", owner: "security" }]);
  const trust = policyOf(plan, "trust");
  trust.Statement.push({
    Sid: `Other${EVIL}`,
    Effect: "Allow",
    Principal: { AWS: evil(["arn:aws:iam::333333333333:role/other", "arn:aws:iam::333333333333:role/"]) },
    Action: `sts:AssumeRole`,
    Condition: { StringEquals: { [`aws:PrincipalTag/a${EVIL}`]: EVIL } },
  });
  setPolicy(plan, "trust", trust);
  only(plan, "aws_iam_role").managed_policy_arns = evil(["arn:aws:iam::111111111111:policy/managed"]);
  only(plan, "aws_s3_bucket").tags = { [`a${EVIL}`]: EVIL };
}

describe("check", () => {
  test.each(["text", "json", "sarif", "junit", "markdown", "github"])("as %s", async (format) => {
    const { out, err } = await cli("check", "--format", format, examplesFolder({ kandji: evilPlan }));

    expect(out).toContain("::error::owned");
    expectHarmless(out);
    expectHarmless(err);
  });

  test("on stderr, where it names a path that is not there", async () => {
    const { code, err } = await cli("check", join(tmpdir(), `none${EVIL.replaceAll("\u0000", "")}`));

    expect(code).toBe(2);
    expectHarmless(err);
    expect(err.split("\n")).toHaveLength(2);
  });

  test("by an error of the parser of arguments", async () => {
    const { code, err } = await cli("check", `--${EVIL}`);

    expect(code).toBe(2);
    expect(FORBIDDEN.exec(err)).toBeNull();
  });
});

describe("explain", () => {
  test.each(["text", "json"])("as %s", async (format) => {
    const { out } = await cli(
      "explain",
      ...["--principal", "arn:aws:iam::333333333333:role/other", "--action", "sts:AssumeRole", "--format", format],
      ...["--resource", "kandji-acme-kandji-activity", "--context", `aws:PrincipalTag/a${EVIL}=${EVIL}`],
      examplesFolder({ kandji: evilPlan }),
    );

    expect(out).toContain("::error::owned");
    expectHarmless(out);
  });

  test("with cases", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cases-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "cases.json");
    writeFileSync(path, JSON.stringify([{ id: `a${EVIL}` }, EVIL]));

    const { out, err } = await cli("explain", "--cases", path);

    expect(out).toContain("a\\u001b[2J");
    expectHarmless(out);
    expectHarmless(err);
  });
});

describe("validate", () => {
  async function evilReport() {
    const [contract, report] = await bad();
    const difference = { planned: [JSON.stringify({ Sid: `Old${EVIL}` })], live: [JSON.stringify({ Sid: `New${EVIL}` })] };
    const left = [{ what: "s3://acme/x", reason: "denied", command: "aws s3api delete-object --key x" }];
    const [first] = report.results;
    const drifted = { ...first!, kind: "extra" as const, outcome: "fail" as const, difference };
    const whole: DestinationReport = { ...report, left, actedAs: "arn", stopped: "stopped", results: [...report.results, drifted] };
    return reportOf([[evil(contract), { ...evil({ ...whole, results: [] }), results: whole.results.map(withEvil) }]]);
  }

  function withEvil({ difference, ...result }: DestinationReport["results"][number]) {
    return { ...evil({ ...result, note: "note" }), by: `by${EVIL}`, ...(difference && { difference }) };
  }

  test.each(FORMATS.filter((format) => format !== "text"))("as %s", async (format) => {
    const { report, contracts } = await evilReport();

    for (const shown of [{ report, contracts }, maskAccounts({ report, contracts })]) {
      const text = renderValidate(shown.report, shown.contracts, format);

      expect(text).toContain("::error::owned");
      expectHarmless(text);
    }
  });

  test("as text, whole and a line each, what is left behind with its commands, and progress", async () => {
    const [destination] = (await evilReport()).report.destinations;
    const removed = evil(["s3://acme/x"]);

    for (const text of [
      destinationText(destination!, { colour: false }),
      destinationLine(destination!, { colour: false }),
      leftText(destination!.left),
      cleanUpText({ removed, left: destination!.left }),
    ]) {
      expect(text).toContain("::error::owned");
      expectHarmless(text);
    }
    expectHarmless(progressText(`acme${EVIL}`).slice("\r\u001b[K".length));
    // Colours are the program's own, and the only escape sequences that are left.
    expectHarmless(destinationText(destination!, { colour: true }).replace(/\u001b\[\d+m/g, ""));
  });

  test("in the message on a contract that holds them", async () => {
    const env = { VENDOR_DESTINATION_CONTRACT: JSON.stringify({ ...contractOf("kandji"), schemaVersion: EVIL }) };
    const written: string[] = [];
    const output = { write: (text: string) => void written.push(text), isTerminal: false };

    const code = await main(["validate"], {
      env,
      stdout: output,
      stderr: output,
      signal: new AbortController().signal,
      onKill: () => () => {},
    });

    expect(code).toBe(2);
    expectHarmless(written.join(""));
  });

  test("in what a journal says", async () => {
    const folder = mkdtempSync(join(tmpdir(), "journal-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "journal.jsonl");
    const key = `a${EVIL}/vendor-destination-validation-00000000-0000-4000-8000-000000000000`;
    writeFileSync(
      path,
      `${JSON.stringify({ intend: { kind: "object", name: "acme", key, region: "eu-west-1", owner: "111111111111" } })}\n`,
    );

    const argv = ["--clean-up", "--journal", path, "--profile", "none", "--endpoint-url", "https://127.0.0.1:9"];
    for (const format of ["text", "json"]) {
      const { code, out, err } = await cli("validate", ...argv, "--format", format);

      expect(code).toBe(4);
      expectHarmless(out);
      expectHarmless(err);
      expect(err).toContain("! s3://acme/a\\u001b[2J");
    }
  });
});

describe("watch", () => {
  test("as text and as JSON", async () => {
    const account = new FakeAccount();
    const report = await account.watch([evil(contractOf("kandji"))]);
    const destinations = evil(report.destinations).map((destination) => ({
      ...destination,
      results: destination.results.map((result) => ({ ...result, cause: EVIL, remedy: EVIL })),
      delivery: { key: EVIL, at: EVIL, by: "vendor" as const, why: EVIL, sourceIp: EVIL },
    }));

    for (const destination of destinations) {
      const text = watchedText(destination, { colour: false });

      expect(text).toContain("::error::owned");
      expectHarmless(text);
    }
  });

  test("by the command, in both formats", async () => {
    const contract = { ...contractOf("kandji"), bucket: { ...contractOf("kandji").bucket } };
    const env = {
      AWS_MAX_ATTEMPTS: "1",
      VENDOR_DESTINATION_CONTRACT: JSON.stringify({ ...contract, id: `a${EVIL}`, vendor: evil(contract.vendor) }),
    };
    for (const format of ["text", "json"]) {
      const written: string[] = [];
      const output = { write: (text: string) => void written.push(text), isTerminal: false };
      const argv = ["watch", "--once", "--profile", "none", "--endpoint-url", "https://127.0.0.1:9", "--format", format];
      await main(argv, { env, stdout: output, stderr: output, signal: new AbortController().signal, onKill: () => () => {} });

      expect(written.join("")).toContain("::error::owned");
      expectHarmless(written.join(""));
    }
  });
});
