/**
 * Folders with a module that nothing calls. Terraform creates nothing from it, and its variables lack the values of a caller. Judged as a
 * root module, it would have findings that no caller has.
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
import { isDeeperThan, isObject, ownValue } from "../../json";
import { mayHoldContract } from "../contracts";
import type { ConfigurationFile } from "./block-types";
import { folderOf } from "./paths";

const DEEPEST = 200;

interface Folder {
  readonly folder: string;
  readonly files: readonly ConfigurationFile[];
  /** Whether it contains a file of values, which Terraform reads for root modules only. */
  readonly hasValues: boolean;
}

/**
 * Those of the uncalled folders that are no root modules: nothing in them is for root modules only, and they lie in the folder `modules` of
 * another one, or beside a module that another one calls and with variables that need a value.
 *
 * @param called folders that some module calls
 */
export function uncalledModules(uncalled: readonly Folder[], called: ReadonlySet<string>): ReadonlySet<string> {
  // The only one is what the user gives.
  if (uncalled.length < 2) return new Set();
  const besideModules = new Set([...called].map(parentOf));
  const mayBeModule = uncalled.filter((each) => !isForRoot(each));
  const open = new Set(mayBeModule);
  const roots = uncalled.filter((each) => !open.has(each) || !/(?:^|\/)modules\//.test(each.folder)).map(({ folder }) => folder);
  const found = mayBeModule.filter(({ folder, files }) => {
    if (roots.some((root) => root !== folder && folder.startsWith(root === "." ? "modules/" : `${root}/modules/`))) return true;
    return besideModules.has(parentOf(folder)) && files.some(needsValues);
  });
  return found.length === uncalled.length ? new Set() : new Set(found.map(({ folder }) => folder));
}

function parentOf(folder: string): string {
  return folder === "." ? ".." : folderOf(folder);
}

function isForRoot({ files, hasValues }: Folder): boolean {
  return (
    hasValues || files.some(({ content }) => bodiesOf(content).some((body) => ROOT_ONLY.some((is) => is(body))) || holdsContract(content))
  );
}

/** Whether the content may hold a contract. Content that is nested too deeply to be serialized counts as holding one. */
function holdsContract(content: unknown): boolean {
  return isDeeperThan(content, DEEPEST) || mayHoldContract(JSON.stringify(content));
}

/** Blocks that only root modules have. */
const ROOT_ONLY: readonly ((body: unknown) => boolean)[] = [
  (body) => ownValue(body, "import") !== undefined,
  (body) => blocksIn(ownValue(body, "terraform")).some((block) => ["backend", "cloud"].some((name) => ownValue(block, name) !== undefined)),
  // A module may name the providers that it needs, without arguments.
  (body) =>
    blocksIn(ownValue(body, "provider"))
      .flatMap((byName) => Object.values(byName).flatMap(blocksIn))
      .some((provider) => Object.keys(provider).some((argument) => !["alias", "version", "//"].includes(argument))),
];

function needsValues({ content }: ConfigurationFile): boolean {
  return bodiesOf(content)
    .flatMap((body) => blocksIn(ownValue(body, "variable")))
    .flatMap((byName) => Object.values(byName).flatMap((variable) => (isObject(variable) ? [variable] : blocksIn(variable))))
    .some((variable) => !Object.hasOwn(variable, "default"));
}

function bodiesOf(content: unknown): readonly unknown[] {
  return Array.isArray(content) ? content : [content];
}

function blocksIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}
