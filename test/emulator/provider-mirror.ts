/** An AWS provider that lies on this machine, for tests of what Terraform itself plans. */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Attributes } from "./resources";
import type { TerraformJson } from "./stack";

export interface ProviderMirror {
  readonly folder: string;
  readonly version: string;
}

const PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** The mirror in `VENDOR_DESTINATION_TERRAFORM_PLUGINS`, or in one of the folders that Terraform looks in by itself. */
export function providerMirror(): ProviderMirror | undefined {
  const chosen = process.env.VENDOR_DESTINATION_TERRAFORM_PLUGINS;
  const folders = [
    ...(chosen ? [chosen] : []),
    join(homedir(), ".terraform.d", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  for (const folder of folders) {
    const [version] = existsSync(join(folder, PROVIDER)) ? readdirSync(join(folder, PROVIDER)) : [];
    if (version !== undefined) return { folder, version };
  }
  return undefined;
}

/** Terraform's settings that take the AWS provider from the mirror. */
export function mirrorSettings({ folder }: ProviderMirror): string {
  const path = JSON.stringify(folder);
  return `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n    include = ["registry.terraform.io/hashicorp/aws"]\n  }\n}\n`;
}

/** A stack with the provider of the mirror, and without the arguments that a provider before version 6 does not know. */
export function forMirror(json: TerraformJson, { version }: ProviderMirror): TerraformJson {
  const settings = (json.terraform ?? {}) as Attributes;
  const older = Number(version.split(".")[0]) < 6;
  const known = older ? (withoutNewer(json) as TerraformJson) : json;
  return { ...known, terraform: { ...settings, required_providers: { aws: { source: "hashicorp/aws", version } } } };
}

function withoutNewer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNewer);
  if (typeof value === "string") return value.replace(/(data\.aws_region\.\w+)\.region/g, "$1.name");
  if (value === null || typeof value !== "object") return value;
  const known = Object.entries(value).filter(([name]) => name !== "blocked_encryption_types");
  return Object.fromEntries(known.map(([name, item]) => [name, withoutNewer(item)]));
}
