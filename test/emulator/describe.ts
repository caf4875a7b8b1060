/** Groups of tests that need the emulator, or Terraform, and say why they are skipped where it cannot be had. */
import { describe, test } from "vitest";
import { findProviderMirror } from "./provider-mirror";
import { terraformUnavailable } from "./terraform";

/** `describe` for tests that start an emulator. Installs it if need be, which takes about a minute once. */
export function describeWithEmulator(name: string, tests: () => void): void {
  describeUnless(emulatorUnavailable, name, tests);
}

/** `describe` for tests that run Terraform. */
export function describeWithTerraform(name: string, tests: () => void): void {
  describeUnless(terraformUnavailable, name, tests);
}

/** `describe` for tests that apply whole stacks by Terraform, with an AWS provider that lies on this machine, into an emulator. */
export function describeWithMirror(name: string, tests: () => void): void {
  describeUnless(async () => (await emulatorUnavailable()) ?? (await terraformUnavailable()) ?? mirrorMissing(), name, tests);
}

function mirrorMissing(): string | undefined {
  return findProviderMirror() === undefined ? "no filesystem mirror holds registry.terraform.io/hashicorp/aws" : undefined;
}

async function emulatorUnavailable(): Promise<string | undefined> {
  const { ensureEmulator } = await import("./install.mjs");
  return (await ensureEmulator()).unavailable;
}

function describeUnless(unavailable: () => Promise<string | undefined>, name: string, tests: () => void): void {
  describe(name, async () => {
    const reason = await unavailable();
    if (reason === undefined) return tests();
    console.log(`skipped: ${name}: ${reason}`);
    test.skip(reason);
  });
}
