import { describe, expect, it } from "vitest";
import { readCases, runCase } from "../../../lib/evaluate";

const INPUT = {
  id: "one",
  request: {
    principal: "arn:aws:sts::444455556666:assumed-role/delivery/run",
    action: "s3:PutObject",
    resource: "arn:aws:s3:::logs/a.json",
    resourceAccount: "111122223333",
  },
};

describe("cases", () => {
  it("are read from an array, a single object and JSON lines", () => {
    expect(readCases(JSON.stringify([INPUT, INPUT]))).toHaveLength(2);
    expect(readCases(`\uFEFF${JSON.stringify(INPUT, null, 2)}`)).toHaveLength(1);
    expect(readCases(`${JSON.stringify(INPUT)}\r\n\n${JSON.stringify(INPUT)}\n`)).toHaveLength(2);
    expect(readCases(" \n")).toEqual([]);
  });

  it("fails for lines that are no JSON", () => {
    expect(() => readCases(`${JSON.stringify(INPUT)}\n{`)).toThrow(
      "InvalidCases: the file must be a JSON array of cases, or one case on each line, got no JSON on line 2",
    );
  });

  it.each([
    [
      "of a policy",
      '{"id":"b","request":{},"resourcePolicy":{"Statement":[{"Effect":"Deny","Effect":"Allow"}]}}',
      "'Effect' must stand only once",
    ],
    ["of the case itself", '{"id":"b","request":{},"resourcePolicy":{},"resourcePolicy":{}}', "'resourcePolicy' must stand only once"],
  ])("fail alone for a member %s that stands twice", (_, twice, message) => {
    const good = JSON.stringify(INPUT);

    for (const text of [`[${good},${twice},${good}]`, `${good}\n${twice}\n${good}`]) {
      const results = readCases(text).map(runCase);

      expect(results.map(({ verdict }) => verdict)).toEqual(["ImplicitlyDenied", "error", "ImplicitlyDenied"]);
      expect(results[1]!.error).toContain(message);
    }
    expect(runCase(readCases(twice)[0]).error).toContain(message);
  });
});
