/** Refuses calls of local modules with arguments that the module does not declare, and without those that it requires, as Terraform does. */
import { ownValue, textOf } from "../../json";
import type { BlockType } from "../files/block-types";
import { joinPath } from "../files/paths";
import { PlanReadError } from "../files/plan-read-error";
import type { Block, ModuleBlocks } from "./blocks";

/** @see https://developer.hashicorp.com/terraform/language/block/module */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "//",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "providers",
  "source",
  "version",
]);

/** Whether a module's source is a folder of the same configuration. */
export function isLocalSource(source: string): boolean {
  return /^\.\.?(?:\/|$)/.test(source);
}

/** Throws `PlanReadError` for the first call in the root module, and in the modules that it calls, which Terraform would refuse. */
export function requireModuleArguments(root: ModuleBlocks, folders: ReadonlyMap<string, ModuleBlocks>): void {
  const callers = new Set([root]);
  for (const caller of callers) {
    for (const call of caller.modules.values()) {
      const source = textOf(ownValue(call.body, "source")) ?? "";
      const called = isLocalSource(source) ? folders.get(joinPath(caller.folder, source)) : undefined;
      if (called === undefined) continue;
      requireArguments(call, called);
      callers.add(called);
    }
  }
}

function requireArguments({ labels, body, file }: Block, called: ModuleBlocks): void {
  const { variables, folder } = called;
  const given = Object.keys(body).filter((name) => !META_ARGUMENTS.has(name));
  const required = [...variables].filter((variable) => !Object.hasOwn(variable[1].body, "default")).map(([name]) => name);
  const unknown = given.filter((name) => !variables.has(name) && !isUsed(name, called));
  const missing = required.filter((name) => !given.includes(name));
  const faults = [
    ...(unknown.length > 0 ? [`gives ${unknown.join(", ")}, which the module does not declare`] : []),
    ...(missing.length > 0 ? [`lacks ${missing.join(", ")}, which the module requires`] : []),
  ];
  if (faults.length === 0) return;
  const remedy = `give the variables that ${folder} declares: ${[...variables.keys()].join(", ") || "none"}`;
  throw new PlanReadError(file, `has the call module.${labels[0]} that Terraform refuses: it ${faults.join(", and ")}`, remedy);
}

const USERS: readonly BlockType[] = ["resource", "data", "module", "locals", "output", "provider"];

/** Whether the module uses a variable, so that the file that declares it is not among those given. */
function isUsed(name: string, module: ModuleBlocks): boolean {
  const use = new RegExp(`\\bvar\\.${name.replace(/[^\w-]/g, "")}(?![\\w-])`);
  const bodies: unknown[] = [];
  for (const type of USERS) module.each(type, ({ body }) => bodies.push(body));
  return use.test(JSON.stringify(bodies));
}
