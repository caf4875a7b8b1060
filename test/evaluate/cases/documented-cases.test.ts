import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { afterAll, describe, expect, it } from "vitest";
import { type CaseInput, explainDecision, readCases, runCase } from "../../../lib/evaluate";
import schema from "../../../schemas/case.schema.json";

const files = readdirSync(__dirname)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, cases: readCases(readFileSync(join(__dirname, name), "utf8")) as CaseInput[] }));
const all = files.flatMap(({ cases }) => cases);
const counts = new Map<string, number>();

describe.each(files)("$name", ({ cases }) => {
  it.each(cases)("$id: $expected", (input) => {
    const result = runCase(input);

    counts.set(result.verdict, (counts.get(result.verdict) ?? 0) + 1);
    const detail = result.error ?? explainDecision(result.decision!);
    expect(result.verdict, `${input.description ?? ""}\n${detail}`).toBe(input.expected);
  });
});

describe("the cases", () => {
  it("follow the published schema", () => {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    addFormats(ajv);
    const validate = ajv.compile(schema);

    const wrong = all.filter((input) => !validate(input)).map(({ id }) => id);

    expect(wrong).toEqual([]);
  });

  it("are at least 350, each with its own id and a page of AWS that decides it", () => {
    expect(all.length).toBeGreaterThanOrEqual(350);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ source }) => !source?.startsWith("https://docs.aws.amazon.com/")).map(({ id }) => id)).toEqual([]);
    expect(all.filter(({ expected }) => expected === undefined).map(({ id }) => id)).toEqual([]);
  });
});

afterAll(() => {
  const line = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([verdict, count]) => `${verdict} ${count}`);
  console.log(`${all.length} cases: ${line.join(", ")}`);
});
