/**
 * What somebody might add beside a sound destination, each with the right exit code: 0 harmless, 1 a finding, 3 the plan does not show it.
 *
 * `variants/destination.tf.json` is the destination, and each other file is one addition to it.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../cli/run-program";
import variants from "./variants.json";

const VENDOR = ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity", "--role", "delivery"];

describe("check", () => {
  test.each(variants.map((each) => [each.name, each] as const))("%s", async (name, { exitCode }) => {
    const folder = mkdtempSync(join(tmpdir(), "variant-"));
    for (const file of ["destination", name]) copyFileSync(join(__dirname, "variants", `${file}.tf.json`), join(folder, `${file}.tf.json`));

    const { code, out } = await cli("check", folder, ...VENDOR, "--bucket", "acme-logs");
    rmSync(folder, { recursive: true });

    expect(code, out).toBe(exitCode);
  });
});
