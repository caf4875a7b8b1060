/** Decides what each file is, from its content and its name, and which belong together. */

import { dig, isObject, own, textOf } from "../../json";
import type { AccountModel, PlanFile } from "../types";
import { type ConfigurationFile, TOP_LEVEL } from "./block-types";
import { parseFile } from "./decode";
import { fileNameOf, folderOf, joinPath } from "./paths";
import { PlanReadError } from "./plan-read-error";

/** Files that describe one account together: a root module with the local modules it may call, a plan, or a state. */
export interface FileGroup {
  readonly kind: AccountModel["source"];
  readonly name: string;
  readonly folder: string;
  readonly files: readonly ConfigurationFile[];
  /** Values of the root module's variables. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly modules: readonly { readonly folder: string; readonly files: readonly ConfigurationFile[] }[];
}

type Kind = AccountModel["source"];

/** @see https://developer.hashicorp.com/terraform/internals/json-format#state-representation */
const STATE_KEYS: ReadonlySet<string> = new Set(["format_version", "terraform_version", "values", "checks"]);

/** Parses the files and puts those together that make up one model, in the order of the files. Throws `PlanReadError`. */
export function groupFiles(files: readonly PlanFile[]): FileGroup[] {
  const groups: FileGroup[] = [];
  const folders = new Map<string, { kind: Kind; files: ConfigurationFile[] }>();
  const values: ValuesFile[] = [];
  let manifest: string | undefined;
  for (const file of files) {
    const content = parseFile(file);
    const fileName = fileNameOf(file.path);
    if (VALUES.test(fileName)) {
      values.push({ folder: folderOf(file.path), fileName, content });
      continue;
    }
    if (isManifest(content)) {
      manifest = file.path;
      continue;
    }
    const kind = kindOf(content, fileName, file.path);
    const parsed = { path: file.path, content };
    if (kind === "plan" || kind === "state" || !fileName.endsWith(".tf.json")) {
      groups.push({
        kind,
        name: nameOf(kind, content, file.path),
        folder: folderOf(file.path),
        files: [parsed],
        modules: [],
        values: NO_VALUES,
      });
      continue;
    }
    const folder = folderOf(file.path);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, { kind, files: [parsed] });
    else {
      known.files.push(parsed);
      if (kind === "cdk.tf.json") known.kind = kind;
    }
  }
  if (groups.length === 0 && folders.size === 0 && manifest !== undefined) {
    throw new PlanReadError(manifest, "lists stacks, but none of their files is given", "run cdktf synth, and give the folder cdktf.out");
  }
  return [...groups, ...rootModules(folders, values)];
}

interface ValuesFile {
  readonly folder: string;
  readonly fileName: string;
  readonly content: unknown;
}

/** Files of values that Terraform loads by itself. @see https://developer.hashicorp.com/terraform/language/values/variables */
const VALUES = /(^terraform|\.auto)\.tfvars\.json$/;
const NO_VALUES: ReadonlyMap<string, unknown> = new Map();

/** Later ones win: `terraform.tfvars.json` first, then the others by name. */
function valuesIn(folder: string, files: readonly ValuesFile[]): ReadonlyMap<string, unknown> {
  const rank = ({ fileName }: ValuesFile) => (fileName === "terraform.tfvars.json" ? "" : fileName);
  const ordered = files.filter((file) => file.folder === folder).sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return new Map(ordered.flatMap(({ content }) => Object.entries(isObject(content) ? content : {})));
}

/** Folders that other folders call as modules are parts of those, not accounts of their own. */
function rootModules(folders: ReadonlyMap<string, { kind: Kind; files: ConfigurationFile[] }>, values: readonly ValuesFile[]): FileGroup[] {
  const called = new Set([...folders].flatMap(([folder, { files }]) => files.flatMap(({ content }) => calledFolders(folder, content))));
  const modules = [...folders].map(([folder, { files }]) => ({ folder, files }));
  const roots = [...folders].filter(([folder]) => !called.has(folder));
  return (roots.length > 0 ? roots : [...folders].slice(0, 1)).map(([folder, { kind, files }]) => {
    const first = files[0]!;
    const name = files.length === 1 ? nameOf(kind, first.content, first.path) : (stackName(files.map(({ content }) => content)) ?? folder);
    return { kind, name, folder, files, modules, values: valuesIn(folder, values) };
  });
}

function calledFolders(folder: string, content: unknown): string[] {
  const sources: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > 4) return;
    if (Array.isArray(value)) for (const item of value) visit(item, depth + 1);
    else if (isObject(value)) {
      const source = textOf(own(value, "source"));
      if (source !== undefined && /^\.\.?(?:\/|$)/.test(source)) sources.push(joinPath(folder, source));
      else for (const item of Object.values(value)) visit(item, depth + 1);
    }
  };
  visit(own(content, "module"), 0);
  return sources.filter((source) => source !== folder);
}

function isManifest(content: unknown): boolean {
  return isObject(own(content, "stacks")) && own(content, "version") !== undefined && own(content, "resource") === undefined;
}

/** What a parsed file is. Throws `PlanReadError` where it is not Terraform's. */
export function kindOf(content: unknown, fileName: string, path: string): Kind {
  const bodies = Array.isArray(content) ? content : [content];
  const keys = bodies.flatMap((body) => (isObject(body) ? Object.keys(body) : [""]));
  if (keys.includes("planned_values") || keys.includes("resource_changes")) return "plan";
  if (keys.includes("format_version") && keys.every((key) => STATE_KEYS.has(key))) return "state";
  if (own(content, "terraform_version") !== undefined && Array.isArray(own(content, "resources"))) {
    throw new PlanReadError(path, "is Terraform's raw state", 'run "terraform show -json > state.json" and give that file');
  }
  const isNamedSo = fileName.endsWith(".tf.json") && bodies.every(isObject);
  if (!isNamedSo && (keys.length === 0 || !keys.every((key) => TOP_LEVEL.has(key)))) return notTerraform(path);
  if (isNamedSo && keys.length > 0 && !keys.some((key) => TOP_LEVEL.has(key))) return notTerraform(path);
  return fileName === "cdk.tf.json" || dig(content, "//", "metadata", "stackName") !== undefined ? "cdk.tf.json" : "tf.json";
}

function notTerraform(path: string): never {
  const remedy = 'give cdk.tf.json, .tf.json, or the output of "terraform show -json"';
  throw new PlanReadError(path, "is JSON, but not Terraform's", remedy);
}

function nameOf(kind: Kind, content: unknown, path: string): string {
  if (kind !== "cdk.tf.json") return path;
  const folder = folderOf(path);
  return stackName([content]) ?? (folder === "." ? path : fileNameOf(folder));
}

function stackName(contents: readonly unknown[]): string | undefined {
  return contents.map((content) => textOf(dig(content, "//", "metadata", "stackName"))).find((name) => name !== undefined);
}
