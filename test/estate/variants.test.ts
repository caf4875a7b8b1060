/**
 * What somebody might add beside a sound destination, each with the right exit code: 0 harmless, 1 a finding, 3 the plan does not show it.
 *
 * `variants/destination.tf.json` is the destination, and each other file is one addition to it, or another root module in a folder of its own.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../cli/run-program";
import variants from "./variants.json";

const VENDOR = ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity", "--role", "delivery"];

interface Variant {
  readonly name: string;
  readonly exitCode: number;
  readonly why: string;
  /** Of a root module of its own. */
  readonly folder?: string;
}

describe("check", () => {
  test.each(variants.map((each: Variant) => [each.name, each] as const))("%s", async (name, { exitCode, folder: own = "" }) => {
    const folder = mkdtempSync(join(tmpdir(), "variant-"));
    mkdirSync(join(folder, own), { recursive: true });
    copyFileSync(join(__dirname, "variants", "destination.tf.json"), join(folder, "destination.tf.json"));
    copyFileSync(join(__dirname, "variants", `${name}.tf.json`), join(folder, own, `${name}.tf.json`));

    const { code, out } = await cli("check", folder, ...VENDOR, "--bucket", "acme-logs");
    rmSync(folder, { recursive: true });

    expect(code, out).toBe(exitCode);
  });
});
