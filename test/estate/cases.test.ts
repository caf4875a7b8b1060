/** Inputs that were judged wrongly once, each with the exit code that is right and why. `cases/<name>/case.md` tells what AWS does. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../cli/run-program";
import cases from "./cases.json";

/** Cases that are still judged wrongly. A case that has become right has to leave this list. */
const KNOWN_WRONG: readonly string[] = [
  "22b-module-local-bucket-id",
  "70-kms-role-door",
  "71-kms-bucket-door",
  "a016-cloudfront-oac",
  "a036-second-door-other-stack",
  "a043-two-plans-bucket-policy",
  "a048-two-accounts-by-profile",
  "a070-policy-of-a-function",
  "a074-role-policy-of-another-role",
  "a093-module-literal-bucket",
  "a097-replication-to-stranger",
  "a099-access-grants-cross-account",
  "a105-cloudcontrol-policy",
  "a107-kms-role-without-kms-rights",
  "a109-scp-in-plan",
];

describe("check", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (name, { command: [command, ...args], exitCodes }) => {
    const folder = join(__dirname, "cases", name);
    const { code } = await cli(command!, ...args.map((arg) => (/^[.\w-]+\.json$|^\.$|^stacks/.test(arg) ? join(folder, arg) : arg)));

    if (KNOWN_WRONG.includes(name)) expect(exitCodes).not.toContain(code);
    else expect(exitCodes).toContain(code);
  });
});
