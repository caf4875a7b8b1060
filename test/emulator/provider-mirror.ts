/**
 * The genuine AWS provider, where this machine has a filesystem mirror of it. Terraform's registry need not be reached then.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Attributes } from "./resources";
import type { TerraformJson } from "./stack";

const PROVIDER = join("hashicorp", "aws");
/** The registry that a program means by `hashicorp/aws`. */
const REGISTRIES = { terraform: "registry.terraform.io", tofu: "registry.opentofu.org" } as const;
/** Names a mirror that lies elsewhere. */
const MIRROR_VARIABLE = "VENDOR_DESTINATION_PROVIDER_MIRROR";

/** A program that runs Terraform's language. */
export type TerraformCommand = keyof typeof REGISTRIES;

export interface ProviderMirror {
  readonly folder: string;
  /** `5.100.0` */
  readonly version: string;
}

/** Where Terraform and container images keep mirrors, the one that is named first. */
const FOLDERS: readonly string[] = [
  process.env[MIRROR_VARIABLE] ?? "",
  join(homedir(), ".terraform.d", "plugins"),
  join(homedir(), ".local", "share", "terraform", "plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
  "/opt/terraform/plugins",
  "/opt/tf-plugins",
];

/** The newest AWS provider of the first mirror that has one for this machine. */
export function findProviderMirror(): ProviderMirror | undefined {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const folder of FOLDERS) {
    const versions = join(folder, REGISTRIES.terraform, PROVIDER);
    if (folder === "" || !existsSync(versions)) continue;
    const usable = readdirSync(versions).filter((version) => existsSync(join(versions, version, platform)));
    const [newest] = usable.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
    if (newest !== undefined) return { folder, version: newest };
  }
  return undefined;
}

/** Writes a configuration of the command line that takes providers from the mirror only; answers with the environment for it. */
export function useMirror(mirror: ProviderMirror, work: string, command: TerraformCommand = "terraform"): Record<string, string> {
  const path = join(work, "mirror.tfrc");
  const folder = command === "terraform" ? mirror.folder : mirrorFor(command, mirror, join(work, ".mirror"));
  writeFileSync(path, `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(folder)}\n  }\n}\n`);
  return { TF_CLI_CONFIG_FILE: path };
}

/** The mirror's provider in a folder laid out for the registry of another program. */
function mirrorFor(command: TerraformCommand, mirror: ProviderMirror, folder: string): string {
  const target = join(folder, REGISTRIES[command], PROVIDER, mirror.version);
  const original = join(mirror.folder, REGISTRIES.terraform, PROVIDER, mirror.version);
  mkdirSync(target, { recursive: true });
  // The folders above the platform's must be real ones.
  for (const platform of readdirSync(original)) symlinkSync(join(original, platform), join(target, platform));
  return folder;
}

/** Arguments that came with version 6 of the provider, by resource type; `*` for every type of resource. */
const SINCE_VERSION_6: readonly { readonly type: string; readonly path: readonly string[] }[] = [
  { type: "*", path: ["region"] },
  { type: "aws_s3_bucket_server_side_encryption_configuration", path: ["rule", "blocked_encryption_types"] },
];

/** The stack as the provider of that version takes it: the pin is changed, and what an older major does not know is left out. */
export function forProviderVersion(json: TerraformJson, version: string): TerraformJson {
  const terraform = { ...((json.terraform ?? {}) as Attributes), required_providers: { aws: { source: "hashicorp/aws", version } } };
  if (Number.parseInt(version, 10) >= 6) return { ...json, terraform };
  const resources = Object.entries((json.resource ?? {}) as Record<string, Record<string, Attributes>>).map(([type, bodies]) => {
    if (!type.startsWith("aws_")) return [type, bodies];
    const paths = SINCE_VERSION_6.filter((argument) => argument.type === "*" || argument.type === type).map(({ path }) => path);
    const older = Object.entries(bodies).map(([name, body]) => [name, paths.reduce<unknown>(without, body)]);
    return [type, Object.fromEntries(older)];
  });
  // `data.aws_region.X.region` was called `name`.
  const text = JSON.stringify({ ...json, terraform, resource: Object.fromEntries(resources) });
  return JSON.parse(text.replace(/(data\.aws_region\.[\w-]+\.)region\b/g, "$1name")) as TerraformJson;
}

/** A module in HCL as the provider of that version takes it: what an older major does not know is left out, line by line. */
export function hclForProviderVersion(text: string, version: string): string {
  const pinned = text.replace(/(version = ">= )6\.[\d.]+"/, `$1${version}"`);
  if (Number.parseInt(version, 10) >= 6) return pinned;
  // The names of arguments of every type are also those of variables, which stay.
  const lines = SINCE_VERSION_6.map(({ type, path }) => (type === "*" ? `${path.at(-1)} += var\\.${path.at(-1)}` : `${path.at(-1)} += .*`));
  return pinned.replace(new RegExp(`^ +(${lines.join("|")})\\n`, "gm"), "").replace(/(data\.aws_region\.\w+\.)region\b/g, "$1name");
}

/** The value without the member at the path, in each element of a list on the way. */
function without(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, [name!, ...rest]));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value as Attributes);
  if (rest.length === 0) return Object.fromEntries(entries.filter(([key]) => key !== name));
  return Object.fromEntries(entries.map(([key, item]) => [key, key === name ? without(item, rest) : item]));
}
