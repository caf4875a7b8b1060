import { describe, expect, test } from "vitest";
import { validateJunit } from "../../../../cli/report/validate/junit";
import { validateMarkdown } from "../../../../cli/report/validate/markdown";
import { FORMATS, renderValidate, type ValidateFormat } from "../../../../cli/report/validate/render";
import type { DestinationReport, ValidateReport } from "../../../../cli/report/validate/types";
import { validateAll } from "../../../../cli/validate/all";
import { contractOf, FakeDestination } from "../../fake-destination";
import { PROVENANCE } from "./example-reports";

const contract = contractOf("kandji");
const asVendor = {
  sources: { deployer: { kind: "environment" }, vendor: { kind: "profile", name: "vendor" }, strangers: [] },
} as const;

async function reportOn(change: (place: FakeDestination) => void = () => {}): Promise<ValidateReport> {
  const place = new FakeDestination(contract);
  change(place);
  const validated = await place.validate(asVendor);
  return whole(validated);
}

function whole(...reports: DestinationReport[]): Promise<ValidateReport> {
  let next = 0;
  const options = { concurrency: 1, program: "vendor-destination 0.0.0", provenance: () => PROVENANCE, now: () => 0, finished: () => {} };
  return validateAll(
    reports.map(() => contract),
    { ...options, validate: async () => reports[next++]! },
  );
}

/** The vendor may not delete. */
function narrowed(place: FakeDestination): void {
  const { arn } = contract.bucket;
  const allow = (Sid: string, Action: string, Resource: string) => ({ Sid, Effect: "Allow", Action, Resource });
  place.inline = { Version: "2012-10-17", Statement: [allow("List", "s3:ListBucket", arn), allow("Put", "s3:PutObject", `${arn}/*`)] };
  const { allows } = place;
  place.allows = (call) => !(call.who === "role" && call.operation === "s3:DeleteObject") && allows(call);
}

test("the matrix is computed only for the formats that show it", async () => {
  const found = await reportOn();
  const [report] = found.destinations;
  const asked = { ...report! };
  let reads = 0;
  const get = () => {
    reads += 1;
    return report!.matrix;
  };
  Object.defineProperty(asked, "matrix", { enumerable: true, get });
  const of = (format: ValidateFormat) => renderValidate({ ...found, destinations: [asked] }, [contract], format);

  for (const format of FORMATS.filter((one) => one !== "markdown" && one !== "html")) of(format);
  expect(reads).toBe(0);
  expect(of("json")).not.toContain('"matrix"');
  of("markdown");
  expect(reads).toBeGreaterThan(0);
});

describe("as JUnit", () => {
  test("has a suite for each destination and a test case for each line", async () => {
    const report = await reportOn();

    const xml = validateJunit(report);

    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
    expect(xml.match(/<testcase /g)).toHaveLength(report.destinations[0]!.results.length);
    expect(xml).toContain('failures="0"');
  });

  test("shows cause and remedy of a failure", async () => {
    const xml = validateJunit(await reportOn(narrowed));

    expect(xml).toMatch(/<testcase name="the vendor can delete an object[^>]*>\s*<failure message="[^"]*s3:DeleteObject/);
    expect(xml).toContain("remedy: ");
  });

  test("has an error for what could not be told, never a skipped test case, and a failure for what was left behind", async () => {
    const { destinations } = await reportOn();
    const left = [{ what: "s3://acme/x", reason: "denied", command: "aws s3api delete-object --key 'a<b'" }];

    const xml = validateJunit(await whole({ ...destinations[0]!, left, stopped: "interrupted by SIGINT" }));

    expect(xml).toContain('<error message="stopped: interrupted by SIGINT" type="stopped"/>');
    expect(xml).toMatch(/<testsuites [^>]*failures="1" errors="1"/);
    expect(xml).toContain('<failure message="s3://acme/x is left behind" type="left-behind">');
    expect(xml).toContain("a&lt;b");
  });
});

test("as JUnit, a result that is not known is an error with its cause", async () => {
  const { destinations } = await reportOn();
  const results = destinations[0]!.results.map((result) => ({ ...result, outcome: "unknown" as const, cause: "no network" }));

  const xml = validateJunit(await whole({ ...destinations[0]!, results }));

  expect(xml).not.toContain("<skipped");
  expect(xml.match(/<error message="could not tell: no network" type="/g)).toHaveLength(results.length);
});

describe("as Markdown", () => {
  test("shows the verdict, the path, the matrix and how each line is known", async () => {
    const text = validateMarkdown(await reportOn(), [contract]);

    expect(text).toContain("## Validation of vendor destinations: ✅ every expectation holds");
    expect(text).toContain("```mermaid\nflowchart LR");
    expect(text).toMatch(/\| put an object under .* \| \*\*can\*\* \|/);
    expect(text).toMatch(/\| ✅ \| the vendor can delete an object .* \| performed by the destination role \|/);
    expect(text).toContain("<summary>Not checked</summary>");
  });

  test("shows what is wrong before everything else, with cause and remedy", async () => {
    const text = validateMarkdown(await reportOn(narrowed), [contract]);

    expect(text).toContain("❌ not as expected");
    expect(text).toMatch(/\| ❌ \| the vendor can delete an object[^|]*\|[^|]*s3:DeleteObject[^|]*\|/);
    expect(text.indexOf("| ❌ | the vendor can delete")).toBeLessThan(text.indexOf("```mermaid"));
  });

  test("lets no text out of its place", async () => {
    const { destinations } = await reportOn();
    const [first] = destinations[0]!.results;
    const evil = { ...first!, outcome: "fail" as const, cause: "| <img src=x> [a](http://x) `b`\n# title" };

    const text = validateMarkdown(await whole({ ...destinations[0]!, results: [evil] }), [contract]);

    expect(text).not.toContain("<img");
    expect(text).not.toMatch(/^# title/m);
  });

  test("shows of many destinations those that need attention", async () => {
    const good = (await reportOn()).destinations[0]!;
    const bad = (await reportOn(narrowed)).destinations[0]!;
    const many = await whole(...Array.from({ length: 7 }, () => good), bad);

    const text = validateMarkdown(
      many,
      Array.from({ length: 8 }, () => contract),
    );

    expect(text.match(/^### /gm)).toHaveLength(1);
    expect(text).toContain("7 more destinations are not shown here.");
  });
});
