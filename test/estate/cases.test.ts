/**
 * Inputs that were judged wrongly once, each with the exit code that is right, why, and the sentence that says so.
 * `cases/<name>/case.md` tells what AWS does.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../cli/run-program";
import cases from "./cases.json";

interface Case {
  readonly name: string;
  readonly command: readonly string[];
  /** Several where a definite answer and "could not tell" are both right. */
  readonly exitCodes: readonly number[];
  /** Missing where nothing is wrong. */
  readonly says?: string;
}

describe("check", () => {
  test.each((cases as readonly Case[]).map((each) => [each.name, each] as const))("%s", async (name, one) => {
    const { command, exitCodes, says = "as expected" } = one;
    const inCase = (argument: string) =>
      /^[.\w-]+\.json$|^\.$|^stacks/.test(argument) ? join(__dirname, "cases", name, argument) : argument;
    const [first, ...args] = command;
    const { code, out, err } = await cli(first!, ...args.map(inCase));

    expect(exitCodes).toContain(code);
    expect(`${out}${err}`.replaceAll(/\s+/g, " ")).toContain(says);
  });
});
