/** The modules that `terraform init` has installed in a root module. */
import { listOf, ownValue, textOf } from "../../json";
import { joinPath, normalizePath } from "./paths";
import { meetsConstraint } from "./versions";

/** Where `terraform init` lists the modules that it has installed. */
const MANIFEST = /^(?:(.*)\/)?\.terraform\/modules\/modules\.json$/s;

/** The folder of the root module whose installed modules the file lists; undefined where it is another file. */
export function rootOfManifest(path: string): string | undefined {
  const found = MANIFEST.exec(normalizePath(path));
  return found === null ? undefined : found[1] === undefined ? "." : found[1] || "/";
}

/** Whether Terraform installs modules in the folder. None of them is a root module. */
export function isInstalled(folder: string): boolean {
  return /(?:^|\/)\.terraform(?:\/|$)/.test(folder);
}

export interface InstalledModule {
  readonly folder: string;
  readonly source: string;
  /** Undefined for modules that are not from a registry. */
  readonly version: string | undefined;
}

/** By the names of the calls that lead to the module: `logs.bucket`. */
export type InstalledModules = ReadonlyMap<string, InstalledModule>;

/** @param folder of the root module */
export function installedModules(manifest: unknown, folder: string): InstalledModules {
  const found = new Map<string, InstalledModule>();
  for (const module of listOf(ownValue(manifest, "Modules"))) {
    const [key, dir] = [textOf(ownValue(module, "Key")), textOf(ownValue(module, "Dir"))];
    if (key === undefined || dir === undefined) continue;
    const source = textOf(ownValue(module, "Source")) ?? "";
    found.set(key, { folder: joinPath(folder, dir), source, version: textOf(ownValue(module, "Version")) });
  }
  return found;
}

/** The folder that holds a module which a registry or repository provides, or why there is none. */
export function folderOfInstalled(
  module: InstalledModule | undefined,
  { source, version }: { readonly source: string; readonly version: string | undefined },
): { readonly folder: string } | { readonly problem: string } {
  if (module === undefined) return { problem: "its files are not among those given" };
  const init = "run terraform init";
  if (nameOf(module.source) !== nameOf(source)) return { problem: `${JSON.stringify(module.source)} is installed in its place; ${init}` };
  if (version !== undefined && !meetsConstraint(module.version, version)) {
    return { problem: `the installed version ${module.version ?? "(none)"} does not meet ${JSON.stringify(version)}; ${init}` };
  }
  return { folder: module.folder };
}

/** One name for the spellings of a source: Terraform completes them when it writes the manifest. */
function nameOf(source: string): string {
  return source
    .replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "")
    .replace(/^github\.com\/([^/?]+\/[^/?]+?)(?:\.git)?(?=$|[/?])/, "git::https://github.com/$1.git")
    .replace(/^git@([^:/]+):/, "git::ssh://git@$1/");
}
