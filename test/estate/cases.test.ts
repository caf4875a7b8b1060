/** Inputs that were judged wrongly once, each with the exit code that is right and why. `cases/<name>/case.md` tells what AWS does. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../cli/run-program";
import cases from "./cases.json";

/** Cases that are still judged wrongly. A case that has become right has to leave this list. */
const KNOWN_WRONG: readonly string[] = [
  "06-six-acl-condition-enforced",
  "37-listbucket-prefix-condition",
  "67b-principaltag-abac-tagged-role",
  "70-kms-role-door",
  "71-kms-bucket-door",
  "a079-empty-principal-list",
  "a080-tls-1-3",
  "a083-data-perimeter-boundary",
  "a084-acl-required-of-6sense",
  "a086-acl-private-at-creation",
  "a107-kms-role-without-kms-rights",
];

describe("check", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (name, { command: [command, ...args], exitCodes }) => {
    const folder = join(__dirname, "cases", name);
    const { code } = await cli(command!, ...args.map((arg) => (/^[.\w-]+\.json$|^\.$|^stacks/.test(arg) ? join(folder, arg) : arg)));

    if (KNOWN_WRONG.includes(name)) expect(exitCodes).not.toContain(code);
    else expect(exitCodes).toContain(code);
  });
});
