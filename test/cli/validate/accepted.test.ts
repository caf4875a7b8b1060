/** What a contract accepts with a reason stays in the report of a validation, and does not fail it. */
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { destinationText, renderValidate, totalsText } from "../../../cli/report/validate";
import type { Acceptance } from "../../../lib/contract";
import { contractOf, FakeDestination, statement } from "../fake-destination";
import { reportOf } from "../report/validate/example-reports";

const ajv = new Ajv({ strict: false });
addFormats(ajv);
const isReport = ajv.compile(JSON.parse(readFileSync("schemas/validate-report.schema.json", "utf8")));

const REASON = "backups need it";

async function validated(make: (place: FakeDestination) => void, ...acceptances: Acceptance[]) {
  const place = new FakeDestination(contractOf("kandji", acceptances.length === 0 ? {} : { acceptances }));
  make(place);
  return { contract: place.contract, ...(await reportOf([[place.contract, await place.validate()]])) };
}

const versioned = ({ aws }: FakeDestination) => aws.plan("s3:GetBucketVersioning", () => ({ Status: "Enabled" }));

function wholeAccount(place: FakeDestination): void {
  place.trust = statement({
    Principal: { AWS: ["arn:aws:iam::222222222222:role/kandji-activity", "333333333333"] },
    Action: "sts:AssumeRole",
  });
}

describe("a setting", () => {
  test("fails the validation where nobody accepts it", async () => {
    const { report } = await validated(versioned);

    expect(report).toMatchObject({ exitCode: 1, totals: { fail: 1 } });
    expect(report.totals).not.toHaveProperty("accepted");
  });

  test("is accepted by its own id, and shown in every form of the report", async () => {
    const { report, contracts } = await validated(versioned, { id: "versioning", reason: REASON });

    expect(report.totals).toMatchObject({ fail: 0, accepted: 1 });
    expect(report.exitCode).not.toBe(1);
    expect(report.destinations[0]!.results).toContainEqual(
      expect.objectContaining({ id: "versioning", outcome: "fail", accepted: REASON }),
    );
    expect(isReport(JSON.parse(renderValidate(report, contracts, "json"))), JSON.stringify(isReport.errors)).toBe(true);
    expect(destinationText(report.destinations[0]!, { colour: false })).toContain("      accepted  backups need it\n");
    expect(totalsText(report.totals)).toContain(", 1 accepted");
    for (const format of ["junit", "markdown", "html"] as const) expect(renderValidate(report, contracts, format)).toContain(REASON);
    expect(renderValidate(report, contracts, "junit")).toContain('failures="0"');
  });

  test("fails the validation where another one is accepted", async () => {
    const { report } = await validated(versioned, { id: "encryption", reason: REASON }, { id: "setting-differs", reason: REASON });

    expect(report).toMatchObject({ exitCode: 1, totals: { fail: 1 } });
  });
});

describe("a finding of a rule", () => {
  const failed = ({ report }: Awaited<ReturnType<typeof validated>>) =>
    report.destinations[0]!.results.filter(({ outcome, accepted }) => outcome === "fail" && accepted === undefined).map(({ id }) => id);

  test("is accepted by its own id, and an expectation that is broken, too, is not", async () => {
    const before = failed(await validated(wholeAccount));
    const after = failed(await validated(wholeAccount, { id: "unexpected-principal", reason: REASON }));

    expect(before).toContain("unexpected-principal");
    expect(after).toEqual(before.filter((id) => id !== "unexpected-principal"));
    expect(after.length).toBeGreaterThan(0);
  });
});
