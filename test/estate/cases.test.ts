/** Inputs that were judged wrongly once, each with the exit code that is right and why. `cases/<name>/case.md` tells what AWS does. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../cli/run-program";
import cases from "./cases.json";

/** Cases that are still judged wrongly. A case that has become right has to leave this list. */
const KNOWN_WRONG: readonly string[] = [];

describe("check", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (name, { command: [command, ...args], exitCodes }) => {
    const folder = join(__dirname, "cases", name);
    const { code } = await cli(command!, ...args.map((arg) => (/^[.\w-]+\.json$|^\.$|^stacks/.test(arg) ? join(folder, arg) : arg)));

    if (KNOWN_WRONG.includes(name)) expect(exitCodes).not.toContain(code);
    else expect(exitCodes).toContain(code);
  });
});
