import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CAUSES } from "../../cli/aws/causes";
import { rightFor } from "../../cli/aws/rights";
import { contractOf, FakeDestination } from "./fake-destination";

const page = readFileSync(`${__dirname}/../../docs/validate.md`, "utf8");

function actionsOf(name: string): string[] {
  const text = page.match(new RegExp(`\`\`\`json ${name}\n(.*?)\`\`\``, "s"))![1]!;
  return JSON.parse(text).Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
}

function placeWith(actions: readonly string[], versioned = false): FakeDestination {
  const place = new FakeDestination(contractOf("kandji"));
  place.versioned = versioned;
  place.aws.plan("iam:SimulateCustomPolicy", () => ({ EvaluationResults: [] }));
  const guard = (operation: Parameters<typeof rightFor>[0], input: { VersionId?: string }) => actions.includes(rightFor(operation, input));
  const allows = place.allows;
  place.allows = (call) => (call.who === "environment" && !call.plainHttp ? guard(call.operation, call.input) : allows(call));
  return place;
}

describe("the deployer's policy in the docs", () => {
  const actions = actionsOf("deployer");

  test("suffices", async () => {
    const report = await placeWith(actions).validate();

    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(report.left).toEqual([]);
    expect(report.notChecked.filter((line) => line.includes("would tell"))).toEqual([]);
  });

  test("suffices for a versioned bucket, whose objects are gone in all versions", async () => {
    const place = placeWith(actions, true);

    expect((await place.validate()).left).toEqual([]);
    expect(place.objects).toEqual([]);
  });

  const optional = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions", "iam:SimulateCustomPolicy"];
  test.each(actions.filter((action) => !optional.includes(action)))("fails without %s, and the report names it", async (missing) => {
    const report = await placeWith(actions.filter((action) => action !== missing)).validate();

    expect(JSON.stringify([report.results, report.notChecked])).toMatch(new RegExp(`${missing}(?![A-Za-z])`));
  });

  test("fails to clean up without a right to delete, and names it", async () => {
    const report = await placeWith(actions.filter((action) => !action.startsWith("s3:Delete"))).validate();

    expect(report.left[0]?.reason).toContain("s3:DeleteObject is needed");
  });

  test("cleans up a bucket that never had versions without rights about versions", async () => {
    const place = placeWith(actions.filter((action) => !["s3:DeleteObjectVersion", "s3:ListBucketVersions"].includes(action)));

    expect((await place.validate()).left).toEqual([]);
    expect(place.objects).toEqual([]);
  });
});

test("the docs list every cause with its remedy", () => {
  for (const { cause, remedy } of CAUSES) expect(page).toContain(`| ${cause} | ${remedy} |`);
});
