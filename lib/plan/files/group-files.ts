/** Groups the files that together describe one account. */

import { isObject, ownValue, textOf } from "../../json";
import type { PlanFile } from "../types";
import type { ConfigurationFile } from "./block-types";
import { parseFile } from "./decode";
import { type FileKind, isConfigurationFile, isManifest, kindOf, nameOf, stackName } from "./file-kind";
import { type InstalledModules, installedModules, isInstalled, rootOfManifest } from "./installed-modules";
import { fileNameOf, folderOf, joinPath } from "./paths";
import { PlanReadError } from "./plan-read-error";
import { uncalledModules } from "./uncalled-modules";

/** Files that describe one account together: a root module with the local modules it may call, a plan, or a state. */
export interface FileGroup {
  readonly kind: FileKind;
  readonly name: string;
  readonly folder: string;
  readonly files: readonly ConfigurationFile[];
  /** Values of the root module's variables. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly modules: readonly { readonly folder: string; readonly files: readonly ConfigurationFile[] }[];
  /** Modules that no root module calls. The first group has them. */
  readonly unused?: FileGroup["modules"];
  /** The modules from registries and repositories; undefined where no manifest lists them. */
  readonly installed?: InstalledModules | undefined;
}

/** Parses the files and groups those that make up one model, in the order of the files. Throws `PlanReadError`. */
export function groupFiles(files: readonly PlanFile[]): FileGroup[] {
  const groups: FileGroup[] = [];
  const folders = new Map<string, { kind: FileKind; files: ConfigurationFile[] }>();
  const values: ValuesFile[] = [];
  const installed = new Map<string, InstalledModules>();
  let manifest: string | undefined;
  for (const file of files) {
    const content = parseFile(file);
    const rootFolder = rootOfManifest(file.path);
    if (rootFolder !== undefined) {
      installed.set(rootFolder, installedModules(content, rootFolder));
      continue;
    }
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
    if (kind === "plan" || kind === "state" || !isConfigurationFile(fileName)) {
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
  for (const folder of folders.values()) folder.files = loadedFiles(folder.files);
  return [...groups, ...rootModules(folders, values).map((group) => ({ ...group, installed: installed.get(group.folder) }))];
}

/**
 * The files that are loaded, by name. OpenTofu ignores `main.tf` beside `main.tofu`, and `main.tf.json` beside `main.tofu.json`.
 *
 * @see https://opentofu.org/docs/language/files/
 */
function loadedFiles(files: readonly ConfigurationFile[]): ConfigurationFile[] {
  const names = new Set(files.map(({ path }) => fileNameOf(path)));
  return files
    .filter(({ path }) => /\.tofu(\.json)?$/.test(path) || !names.has(fileNameOf(path).replace(/\.tf(\.json)?$/, ".tofu$1")))
    .sort((one, other) => (fileNameOf(one.path) < fileNameOf(other.path) ? -1 : 1));
}

interface ValuesFile {
  readonly folder: string;
  readonly fileName: string;
  readonly content: unknown;
}

/** Variable files that Terraform loads automatically. @see https://developer.hashicorp.com/terraform/language/values/variables */
const VALUES = /(^terraform|\.auto)\.tfvars(\.json)?$/;
const NO_VALUES: ReadonlyMap<string, unknown> = new Map();

/** The last value wins: `terraform.tfvars` comes first, then `terraform.tfvars.json`, then the others by name. */
function valuesIn(folder: string, files: readonly ValuesFile[]): ReadonlyMap<string, unknown> {
  const rank = ({ fileName }: ValuesFile) => (fileName.startsWith("terraform.tfvars") ? ` ${fileName}` : fileName);
  const ordered = files.filter((file) => file.folder === folder).sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return new Map(ordered.flatMap(({ content }) => Object.entries(isObject(content) ? content : {})));
}

/** One group for each root module. A folder that another one calls as a module belongs to the group of its caller. */
function rootModules(
  folders: ReadonlyMap<string, { kind: FileKind; files: ConfigurationFile[] }>,
  values: readonly ValuesFile[],
): FileGroup[] {
  const called = new Set([...folders].flatMap(([folder, { files }]) => files.flatMap(({ content }) => calledFolders(folder, content))));
  const modules = [...folders].map(([folder, { files }]) => ({ folder, files }));
  const uncalled = modules.filter(({ folder }) => !called.has(folder) && !isInstalled(folder));
  const withValues = new Set(values.map(({ folder }) => folder));
  const unused = uncalledModules(
    uncalled.map((each) => ({ ...each, hasValues: withValues.has(each.folder) })),
    called,
  );
  const roots = [...folders].filter(([folder]) => !called.has(folder) && !isInstalled(folder) && !unused.has(folder));
  const first = roots[0]?.[0];
  return (roots.length > 0 ? roots : [...folders].slice(0, 1)).map(([folder, { kind, files }]) => {
    const [file] = files as [ConfigurationFile, ...ConfigurationFile[]];
    const name = files.length === 1 ? nameOf(kind, file.content, file.path) : (stackName(files.map(({ content }) => content)) ?? folder);
    const group = { kind, name, folder, files, modules, values: valuesIn(folder, values) };
    return folder === first && unused.size > 0 ? { ...group, unused: modules.filter((each) => unused.has(each.folder)) } : group;
  });
}

function calledFolders(folder: string, content: unknown): string[] {
  const sources: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > 4) return;
    if (Array.isArray(value)) for (const item of value) visit(item, depth + 1);
    else if (isObject(value)) {
      const source = textOf(ownValue(value, "source"));
      if (source !== undefined && /^\.\.?(?:\/|$)/.test(source)) sources.push(joinPath(folder, source));
      else for (const item of Object.values(value)) visit(item, depth + 1);
    }
  };
  visit(ownValue(content, "module"), 0);
  return sources.filter((source) => source !== folder);
}
