/** What is shown while a validation runs. */
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { ReportOutput } from "../../../cli/commands/validate-output";
import { Screen } from "../../../cli/commands/validate-screen";
import type { Settings } from "../../../cli/validate";

function progressOn({ masked, signing }: { readonly masked: boolean; readonly signing?: NonNullable<Settings["signing"]> }): string {
  const shown: string[] = [];
  const stdout = { isTerminal: true, write: (text: string) => void shown.push(text) };
  const output = new ReportOutput(signing, stdout);
  const options = { format: "text", quiet: false, destinations: 1, masked, colour: false, output, ...(signing && { signing }) } as const;
  new Screen(options, { stdout }).progress({
    bucket: "acme-111111111111-logs",
    line: "Acme → acme-111111111111-logs: assuming arn:aws:iam::222222222222:role/delivery",
  });
  return shown.join("");
}

test("account IDs in the line are hidden where the user asks for it, also in names of buckets", () => {
  expect(progressOn({ masked: false })).toContain("acme-111111111111-logs");
  expect(progressOn({ masked: true })).toContain("Acme");
  expect(progressOn({ masked: true })).not.toMatch(/\d{12}/);
});

test("there is no such line in what is signed", () => {
  const key = { key: generateKeyPairSync("ed25519").privateKey, algorithm: { name: "EdDSA" } } as const;

  expect(progressOn({ masked: false, signing: { key, file: "report.jws" } })).toBe("");
});
