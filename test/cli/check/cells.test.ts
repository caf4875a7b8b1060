/** The matrix has no blank cell, and no cell that contradicts what holds for all requests. */
import { expect, test } from "vitest";
import { type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli } from "../run-program";

async function rowsOf(kandji?: (plan: Plan) => void): Promise<{ code: number; out: string; row: (title: string) => string[] }> {
  const { code, out } = await cli("check", ...(kandji === undefined ? [examplesFolder()] : [examplesFolder({ kandji })]));
  const row = (title: string) => {
    const line = out.split("\n").find((text) => text.trimStart().startsWith(`${title}  `));
    return line === undefined ? [] : line.trim().split(/ {2,}/).slice(1);
  };
  return { code, out, row };
}

test("every cell says something", async () => {
  const { row } = await rowsOf();

  expect(row("assume the role")).toEqual(["can", "cannot", "cannot", "cannot"]);
  expect(row("get an object")).toEqual(["can", "cannot", "cannot", "cannot"]);
  expect(row("delete an object under activity/")).toEqual(["can", "cannot", "cannot", "cannot"]);
  expect(row("list another bucket")).toEqual(["cannot", "not asked", "not asked", "not asked"]);
});

test("accounts that no sample stands for are seen", async () => {
  const { code, out, row } = await rowsOf((plan) => {
    const policy = policyOf(plan, "trust");
    policy.Statement.push({
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      Condition: { StringNotEquals: { "aws:PrincipalAccount": ["999999999999", "888888888888", "222222222222"] } },
    });
    setPolicy(plan, "trust", policy);
  });

  expect(row("assume the role")).toEqual(["can", "cannot", "some ✗", "cannot"]);
  expect(out).toMatch(/ {2}assume the role, other accounts: some, by arn:aws:\S+/);
  expect(code).toBe(1);
});

test("a part of the bucket that another account may read is seen, in each format", async () => {
  const readers = (plan: Plan) => {
    const policy = policyOf(plan, "bucket");
    const Resource = "arn:aws:s3:::acme-kandji-activity/secret/*";
    policy.Statement.push({ Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "s3:GetObject", Resource });
    setPolicy(plan, "bucket", policy);
  };

  const { code, row } = await rowsOf(readers);
  const markdown = await cli("check", "--format", "markdown", examplesFolder({ kandji: readers }));

  expect(row("get an object")).toEqual(["can", "cannot", "some ✗", "cannot"]);
  expect(code).toBe(1);
  expect(markdown.out).toMatch(/\| get an object \| \*\*can\*\* \| cannot \| ❌ some: by arn:aws:/);
});

test("an account that nobody told is shown as what it is, and stays a number in the command that repeats the request", async () => {
  const { out } = await rowsOf((plan) => {
    const policy = policyOf(plan, "trust");
    policy.Statement[0].Principal = { AWS: "333333333333" };
    setPolicy(plan, "trust", policy);
  });

  const causes = out.split("\n").filter((line) => /^ +cause /.test(line));
  expect(causes.join("\n")).toContain("sts:AssumeRole on arn:aws:iam::${account}:role/kandji-acme-kandji-activity");
  expect(causes.join("\n")).not.toContain("000000000000");
  expect(out).toMatch(/repeat .*--resource arn:aws:iam::000000000000:role\//);
});
