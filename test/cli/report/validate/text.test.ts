import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { maskAccounts } from "../../../../cli/report/shared/mask-accounts";
import { validateJson } from "../../../../cli/report/validate/json";
import { destinationLine, destinationText, totalsText } from "../../../../cli/report/validate/text";
import type { DestinationReport, LiveResult } from "../../../../cli/report/validate/types";
import { validateAll } from "../../../../cli/validate/all";
import { denied } from "../../fake-aws";
import { contractOf, FakeDestination } from "../../fake-destination";
import { PROVENANCE } from "./example-reports";

const schema = JSON.parse(readFileSync(`${__dirname}/../../../../schemas/validate-report.schema.json`, "utf8"));
const plain = { colour: false };

function reportOn(reports: readonly DestinationReport[], concurrency = 32) {
  let next = 0;
  const contracts = reports.map(() => contractOf("kandji"));
  const options = { concurrency, program: "vendor-destination 0.0.0", provenance: () => PROVENANCE, now: () => 0, finished: () => {} };
  return validateAll(contracts, { ...options, validate: async () => reports[next++]! });
}

function destination(results: readonly Partial<LiveResult>[], change: Partial<DestinationReport> = {}): DestinationReport {
  const base = { id: "x", title: "the vendor can put", kind: "expectation", expected: "allowed", outcome: "pass", deciding: [] } as const;
  return {
    contract: "c",
    vendor: "Kandji Activity Log",
    bucket: "acme",
    mode: "vendor",
    callers: [{ title: "the vendor", arn: "arn:aws:iam::222222222222:role/x", account: "222222222222" }],
    contractSha256: "c0",
    livePolicies: [{ policy: "bucket policy of arn:aws:s3:::acme", sha256: "b0" }],
    results: results.map((result) => ({ ...base, ...result })),
    matrix: { columns: [], rows: [] },
    notChecked: [],
    written: 0,
    left: [],
    durationMs: 0,
    ...change,
  };
}

describe("the exit code", () => {
  const left = [{ what: "s3://acme/x", reason: "denied", command: "aws …" }];

  test.each([
    [0, [{}], {}],
    [1, [{ outcome: "fail" }, { outcome: "unknown" }], {}],
    [3, [{}, { outcome: "unknown" }], {}],
    [3, [{}], { stopped: "interrupted by SIGINT" }],
    [4, [{ outcome: "fail" }], { left }],
  ] as const)("is %i", async (code, results, change) => {
    expect((await reportOn([destination(results, change)])).exitCode).toBe(code);
  });
});

test("adds up many destinations and keeps their order", async () => {
  const reports = [destination([{}, {}], { bucket: "a" }), destination([{ outcome: "fail" }], { bucket: "b" })];

  const report = await reportOn(reports);

  expect(report.totals).toEqual({ destinations: 2, pass: 2, fail: 1, unknown: 0, left: 0 });
  expect(report.destinations.map(({ bucket }) => bucket)).toEqual(["a", "b"]);
});

test("runs no more destinations at a time than it may", async () => {
  let running = 0;
  let most = 0;
  const validate = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    return destination([{}]);
  };

  const contracts = Array.from({ length: 10 }, () => contractOf("kandji"));
  await validateAll(contracts, { concurrency: 3, program: "p", provenance: () => PROVENANCE, now: () => 0, finished: () => {}, validate });

  expect(most).toBe(3);
});

test.each(["kandji", "sixsense"] as const)("a report on %s fits the published schema, passed or failed", async (name) => {
  const check = addFormats(new Ajv({ allErrors: true, strict: false })).compile(schema);
  const good = new FakeDestination(contractOf(name));
  const bad = new FakeDestination(contractOf(name));
  bad.allows = ({ who, plainHttp, operation }) => who === "environment" && !plainHttp && operation !== "s3:GetBucketPolicy";
  bad.aws.plan("s3:DeleteObject", () => {
    throw denied();
  });

  const report = await reportOn([await good.validate(), await bad.validate()]);

  check(JSON.parse(validateJson(report)));
  expect(check.errors).toBeNull();
});

test("shows one line a step, failures first, and for a failure what is expected, the cause, the statement and the remedy", () => {
  const failed = {
    outcome: "fail",
    evidence: "performed",
    by: "the destination role",
    cause: "no statement allows it",
    remedy: "widen statement 1 of the delivery policy",
    deciding: [
      { policy: "resource", index: 0, sid: "DenyAll", effect: "Deny", location: { file: "arn:aws:s3:::acme", address: "bucket policy" } },
    ],
  } as const;

  const text = destinationText(destination([{ evidence: "computed" }, failed], { region: "eu-west-1", notChecked: ["SCPs"] }), plain);

  expect(text.split("\n")).toEqual([
    "Kandji Activity Log → acme (eu-west-1)",
    "  as the vendor",
    "  ✗ the vendor can put · performed by the destination role",
    "      expected  allowed",
    "      cause     no statement allows it",
    '      statement Deny "DenyAll" (statement 1) of bucket policy in arn:aws:s3:::acme',
    "      remedy    widen statement 1 of the delivery policy",
    "  ✓ the vendor can put · computed",
    "  not checked",
    "  - SCPs",
    "  evidence",
    "  - caller: the vendor: arn:aws:iam::222222222222:role/x, account 222222222222",
    "  - contract: c, sha256 c0",
    "  - live policy: bucket policy of arn:aws:s3:::acme, sha256 b0",
    "  0 test objects written, none left · 0.0 s",
    "",
  ]);
});

test("shows what cannot be told as neither allowed nor denied", () => {
  expect(destinationText(destination([{ outcome: "unknown", cause: "no network" }]), plain)).toContain(
    "  ? the vendor can put · not known",
  );
});

test("shows what stayed behind with the command that removes it", () => {
  const left = [{ what: "s3://acme/x", reason: "denied", command: "aws s3api delete-object --bucket acme --key x" }];

  expect(destinationText(destination([{}], { left }), plain)).toContain(
    "1 LEFT BEHIND\n  ! s3://acme/x: denied\n      aws s3api delete-object",
  );
});

test("shows many destinations one line each, and the total", () => {
  expect(destinationLine(destination([{}, { outcome: "fail" }]), plain)).toBe("✗ Kandji Activity Log → acme: 1 passed, 1 failed\n");
  expect(totalsText({ destinations: 2, pass: 3, fail: 1, unknown: 0, left: 1 })).toBe(
    "2 destinations: 3 passed, 1 failed, 0 unknown, 1 left behind\n",
  );
});

test("masks account IDs everywhere, the same account with the same name", () => {
  const report = {
    arn: "arn:aws:iam::111122223333:role/x",
    bucket: "acme-111122223333-logs",
    other: ["444455556666"],
    uuid: "a-123456789012",
  };

  expect(maskAccounts(report)).toEqual({
    arn: "arn:aws:iam::<account-1>:role/x",
    bucket: "acme-<account-1>-logs",
    other: ["<account-2>"],
    uuid: "a-123456789012",
  });
});

test.each([
  [{ bucket: "acme-111122223333-logs" }, { bucket: "acme-<account-1>-logs" }],
  [{ bucket: "acme111122223333" }, { bucket: "acme<account-1>" }],
  [{ bucket: { name: "111122223333.logs", arn: "x" } }, { bucket: { name: "<account-1>.logs", arn: "x" } }],
  [{ resource: "arn:aws:s3:::logs-111122223333/key" }, { resource: "arn:aws:s3:::logs-<account-1>/key" }],
  [{ what: "s3://logs-111122223333/key" }, { what: "s3://logs-<account-1>/key" }],
  [{ bucket: "logs-1111222233334" }, { bucket: "logs-1111222233334" }],
])("masks an id that stands in the name of a bucket only: %j", (report, masked) => {
  expect(maskAccounts(report)).toEqual(masked);
});
