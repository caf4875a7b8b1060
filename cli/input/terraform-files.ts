/** Distinguishes Terraform's files from others. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { decodeText } from "../../lib/json";

/** Names of the files that Terraform or OpenTofu loads from a folder: configurations and values of variables. */
export const TERRAFORM_FILES = /\.(tf|tofu)(\.json)?$|(^terraform|\.auto)\.tfvars(\.json)?$/;

const BINARY_PLAN = "PK";

/** Whether there is a file that Terraform writes or reads: configuration, values, plan or state. */
export function isTerraformFile(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    return /\.(tfvars|tfstate)$/.test(path) || TERRAFORM_FILES.test(basename(path)) || isPlanOrState(beginningOf(path));
  } catch {
    return false;
  }
}

function isPlanOrState(text: string): boolean {
  return text.startsWith(BINARY_PLAN) || /"(format_version|terraform_version)"\s*:/.test(text);
}

function beginningOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(2_000);
    return decodeText(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync(file);
  }
}
