/** Real Terraform against the emulator: the whole stack where the AWS provider can be had, the hook everywhere Terraform is. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Applied, applyStack, described, hookAttributes } from "./apply";
import { resolveValue } from "./expressions";
import { TOOLS_PATH } from "./optional-tools";
import { findProviderMirror, forProviderVersion, type TerraformCommand, useMirror } from "./provider-mirror";
import { type Attributes, emptyBuckets } from "./resources";
import type { Emulator } from "./server";
import { inOrder, lookupIn, readStack, resourcesOf, type TerraformJson } from "./stack";

/** What a command said. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HookRun extends CommandResult {
  /** A second plan with `-detailed-exitcode`: 0 when nothing is left to do. Absent when the apply failed. */
  readonly plan?: CommandResult;
  readonly destroy: CommandResult;
}

export interface HookOptions {
  /** Given to Terraform and so to the hook; `emulator.environment(credentials)` speaks to the emulator. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default - 5 minutes */
  readonly timeoutMs?: number;
}

export interface TerraformRun {
  readonly command: TerraformCommand;
  readonly args: string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: number;
}

const INIT_LIMIT_MS = 1_200_000;
const APPLY_LIMIT_MS = 1_200_000;
const FILE = "cdk.tf.json";

let terraformVersion: Promise<string | undefined> | undefined;
let providerMissing: string | undefined;

/** Why Terraform cannot be run here, in one line; undefined if it can. */
export async function terraformUnavailable(): Promise<string | undefined> {
  terraformVersion ??= terraform(["version", "-json"], tmpdir(), {}, INIT_LIMIT_MS).then(
    ({ exitCode, stdout }) => (exitCode === 0 ? stdout : undefined),
    () => undefined,
  );
  return (await terraformVersion) === undefined ? "terraform is not installed" : undefined;
}

/**
 * Applies a synthesized stack by Terraform and the AWS provider; where the provider cannot be had, says so on one line and applies it
 * through the SDK. The hook is left out in both cases: `runHook` runs it.
 */
export async function tryTerraform(folder: string, emulator: Emulator): Promise<Applied> {
  const reason = (await terraformUnavailable()) ?? providerMissing;
  const applied = reason === undefined ? await terraformStack(folder, emulator) : reason;
  if (typeof applied !== "string") return applied;
  console.log(`not applied by terraform but through the AWS SDK: ${applied}`);
  return applyStack(folder, emulator);
}

/** The stack applied by Terraform, or why its provider cannot be had. */
async function terraformStack(folder: string, emulator: Emulator): Promise<Applied | string> {
  const json = readStack(folder);
  const work = mkdtempSync(join(tmpdir(), "vendor-destination-terraform-"));
  const mirror = findProviderMirror();
  const environment = { ...emulator.environment(emulator.customer.root), ...(mirror && useMirror(mirror, work)) };
  const run = (args: string[], limit: number) => terraform(args, work, environment, limit);
  const leave = () => rmSync(work, { recursive: true, force: true });
  try {
    const adapted = mirror === undefined ? json : forProviderVersion(json, mirror.version);
    writeFileSync(join(work, FILE), JSON.stringify(forEmulator(adapted, emulator)));
    const init = await run(["init", "-no-color"], INIT_LIMIT_MS);
    if (init.exitCode !== 0) {
      leave();
      providerMissing = `terraform init failed: ${firstError(init)}`;
      return providerMissing;
    }
    const destroy = async () => {
      await emptyBuckets(attributes, emulator.clients(emulator.customer.root).s3);
      mustSucceed("terraform destroy", await run(["destroy", "-auto-approve", "-no-color"], APPLY_LIMIT_MS));
      leave();
    };
    const attributes = new Map<string, Attributes>();
    const apply = await run(["apply", "-auto-approve", "-no-color"], APPLY_LIMIT_MS);
    readState(mustSucceed("terraform show", await run(["show", "-json"], APPLY_LIMIT_MS)).stdout, attributes);
    if (apply.exitCode !== 0) {
      await destroy();
      mustSucceed("terraform apply", apply);
    }
    for (const resource of inOrder(resourcesOf(json))) {
      if (resource.type !== "terraform_data") continue;
      const input = resolveValue(resource.body.input, lookupIn(json, attributes, folder));
      attributes.set(resource.address, hookAttributes(resource, input));
    }
    return described({ by: "terraform", json, folder, attributes, destroy, leave });
  } catch (error) {
    leave();
    throw error;
  }
}

/** The stack without hook, outputs and backend, and with its AWS providers pointed at the emulator. */
function forEmulator(json: TerraformJson, emulator: Emulator): TerraformJson {
  const { terraform_data: _, ...resource } = (json.resource ?? {}) as Attributes;
  const { output: __, ...pointed } = pointedAt(json, emulator);
  return { ...pointed, resource };
}

/** The stack without backend, and with its AWS providers pointed at the emulator. */
export function pointedAt(json: TerraformJson, emulator: Emulator): TerraformJson {
  const { backend: _, ...settings } = (json.terraform ?? {}) as Attributes;
  return { ...json, terraform: settings, provider: { aws: providersFor(json, emulator) } };
}

/**
 * The AWS providers of a stack, with the emulator's credentials and certificate. They find its endpoint in `AWS_ENDPOINT_URL`, which
 * `emulator.environment` sets: the provider spends more than six seconds of processor time on a block of endpoints, in every command.
 */
function providersFor(json: TerraformJson, emulator: Emulator): Attributes[] {
  const providers = [(json.provider as Attributes | undefined)?.aws ?? {}].flat() as Attributes[];
  return providers.map((provider) => ({
    region: "us-east-1",
    ...provider,
    access_key: emulator.customer.root.accessKeyId,
    secret_key: emulator.customer.root.secretAccessKey,
    custom_ca_bundle: emulator.certificate,
    insecure: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    s3_use_path_style: true,
  }));
}

function readState(text: string, into: Map<string, Attributes>): void {
  const state = JSON.parse(text) as { values?: { root_module?: { resources?: { address: string; values: Attributes }[] } } };
  for (const { address, values } of state.values?.root_module?.resources ?? []) into.set(address, values);
}

/**
 * Runs the stack's `terraform_data` resources, and nothing else, under Terraform: init, apply, a second plan, destroy. References to
 * AWS resources are replaced by what was applied; those among the hook's own resources stay for Terraform.
 */
export async function runHook(applied: Applied, options: HookOptions): Promise<HookRun> {
  const reason = await terraformUnavailable();
  if (reason !== undefined) throw new Error(reason);
  const work = mkdtempSync(join(tmpdir(), "vendor-destination-hook-"));
  const run = (args: string[]) => terraform(args, work, options.environment, options.timeoutMs ?? APPLY_LIMIT_MS);
  try {
    writeFileSync(join(work, FILE), JSON.stringify(hookModule(applied), null, 2));
    const assets = join(applied.folder ?? "", "assets");
    if (applied.folder !== undefined && existsSync(assets)) cpSync(assets, join(work, "assets"), { recursive: true });
    mustSucceed("terraform init", await run(["init", "-no-color"]));
    const apply = await run(["apply", "-auto-approve", "-no-color"]);
    const plan = apply.exitCode === 0 ? await run(["plan", "-detailed-exitcode", "-no-color"]) : undefined;
    const destroy = await run(["destroy", "-auto-approve", "-no-color"]);
    return { ...apply, plan, destroy };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A root module of the `terraform_data` resources alone. */
export function hookModule({ json, attributes }: Pick<Applied, "json" | "attributes">): TerraformJson {
  const known = new Map([...attributes].filter(([address]) => !address.startsWith("terraform_data.")));
  const hooks = ((json.resource ?? {}) as Record<string, Record<string, Attributes>>).terraform_data ?? {};
  const modules = Object.entries(hooks).map(([name, { depends_on, lifecycle: _, ...body }]) => {
    const own = ((depends_on ?? []) as string[]).filter((address) => address.startsWith("terraform_data."));
    const replaced = withLiterals(body, known) as Attributes;
    return [name, own.length > 0 ? { ...replaced, depends_on: own } : replaced];
  });
  return {
    variable: json.variable,
    locals: withLiterals(json.locals, known),
    resource: { terraform_data: Object.fromEntries(modules) },
  };
}

const REFERENCE = /(?:data\.)?aws_[a-z0-9_]+\.[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+/g;

/** Writes the value of each reference to a known resource in its place, as a literal of Terraform's language. */
function withLiterals(value: unknown, known: ReadonlyMap<string, Attributes>): unknown {
  if (Array.isArray(value)) return value.map((item) => withLiterals(item, known));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLiterals(item, known)]));
  }
  if (typeof value !== "string" || !value.includes("${")) return value;
  const lookup = lookupIn({}, known, ".");
  return value.replace(REFERENCE, (reference) => literal(lookup(reference.split("."))));
}

/** JSON is valid in Terraform's language, save that templates in its texts must be escaped. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(/([$%])\{/g, "$1$1{");
}

export function mustSucceed(what: string, result: CommandResult): CommandResult {
  if (result.exitCode !== 0) throw new Error(`${what} failed with ${result.exitCode}:\n${result.stdout}\n${result.stderr}`);
  return result;
}

function firstError({ stdout, stderr }: CommandResult): string {
  const lines = `${stderr}\n${stdout}`.split("\n").map((line) => line.replace(/^[│╷╵\s]+/u, "").trim());
  const found = lines.findIndex((line) => line.startsWith("Error"));
  return found < 0
    ? "no reason given"
    : lines
        .slice(found, found + 4)
        .filter(Boolean)
        .join(" ");
}

/** Runs Terraform in `folder`, without questions and without this process's own AWS settings. */
export function terraform(
  args: string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
  timeout: number,
): Promise<CommandResult> {
  return runTerraform({ command: "terraform", args, folder, environment, timeout });
}

/** Runs Terraform or OpenTofu, as `terraform` does. */
export function runTerraform({ command, args, folder, environment, timeout }: TerraformRun): Promise<CommandResult> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_") && !name.startsWith("TF_VAR_"));
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(inherited), ...environment, PATH: TOOLS_PATH };
  Object.assign(env, { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" });
  // A configuration file that is named and missing draws a warning on every command.
  if (env.TF_CLI_CONFIG_FILE !== undefined && !existsSync(env.TF_CLI_CONFIG_FILE)) delete env.TF_CLI_CONFIG_FILE;
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: folder, env, timeout, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") reject(error);
      else resolve({ exitCode: error === null ? 0 : typeof error.code === "number" ? error.code : 1, stdout, stderr });
    });
  });
}
