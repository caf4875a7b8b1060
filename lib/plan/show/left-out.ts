/** Resources that the configuration of a plan has, and that the plan says nothing about. */
import { isObject, listOf, ownValue, textOf, valueAt } from "../../json";

const DEEPEST_MODULES = 60;

/**
 * Addresses of resources that exist by the configuration, and that the plan does not list: it was made for some resources only, or somebody
 * has removed them from it. Of AWS only, as other resources seldom matter. A module without any resource may have no instance.
 */
export function resourcesLeftOut(content: unknown): string[] {
  const configuration = valueAt(content, "configuration", "root_module");
  if (configuration === undefined || ownValue(content, "planned_values") === undefined) return [];
  const addresses = [
    ...listOf(ownValue(content, "resource_changes")).flatMap((change) => textOf(ownValue(change, "address")) ?? []),
    ...addressesIn(valueAt(content, "planned_values", "root_module")),
    ...addressesIn(valueAt(content, "prior_state", "values", "root_module")),
  ];
  const listed = new Set(addresses.map((address) => address.replace(KEY, "")));
  const modules = new Set([...listed].flatMap((address) => modulesOf(address)));
  return configuredIn(configuration)
    .filter(({ module, address }) => (module === "" || modules.has(module)) && !listed.has(module + address))
    .map(({ module, address }) => module + address);
}

/** The key of an instance. */
const KEY = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** `module.a.` and `module.a.module.b.` of `module.a.module.b.aws_s3_bucket.c`. */
function modulesOf(address: string): string[] {
  const [path = ""] = /^(?:module\.[^.]+\.)+/.exec(address) ?? [];
  return [...path.matchAll(/module\.[^.]+\./g)].map(({ 0: step, index }) => path.slice(0, index + step.length));
}

function addressesIn(module: unknown, depth = 0): string[] {
  if (depth > DEEPEST_MODULES) return [];
  return [
    ...listOf(ownValue(module, "resources")).flatMap((resource) => textOf(ownValue(resource, "address")) ?? []),
    ...listOf(ownValue(module, "child_modules")).flatMap((child) => addressesIn(child, depth + 1)),
  ];
}

/** The managed resources without `count` and `for_each`, with the path of their module. */
function configuredIn(content: unknown, module = "", depth = 0): { readonly module: string; readonly address: string }[] {
  if (depth > DEEPEST_MODULES) return [];
  const resources = listOf(ownValue(content, "resources"))
    .filter(
      (resource) => ownValue(resource, "mode") === "managed" && isSingle(resource) && /^aws_/.test(String(ownValue(resource, "type"))),
    )
    .flatMap((resource) => textOf(ownValue(resource, "address")) ?? []);
  const calls = Object.entries((ownValue(content, "module_calls") as object | undefined) ?? {});
  return [
    ...resources.map((address) => ({ module, address })),
    ...calls.flatMap(([name, call]) => configuredIn(ownValue(call, "module"), `${module}module.${name}.`, depth + 1)),
  ];
}

/** Whether no argument decides how many instances there are. */
function isSingle(resource: unknown): boolean {
  return isObject(resource) && !Object.keys(resource).some((name) => name.endsWith("_expression"));
}
