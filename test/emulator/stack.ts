/** A synthesized stack as data: its resources, the order among them, and what their expressions mean. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lookup, member, resolveValue } from "./expressions";
import type { Attributes } from "./resources";

export type TerraformJson = Record<string, unknown>;

export interface StackResource {
  /** `aws_iam_role.Kandji_Role`, `data.aws_region.current`. */
  readonly address: string;
  /** `aws_iam_role`, `data.aws_region`. */
  readonly type: string;
  readonly body: Attributes;
}

export interface Hook {
  readonly address: string;
  readonly input: unknown;
  readonly triggersReplace: unknown;
  /** One for each `local-exec`, in order. */
  readonly provisioners: readonly { command: string; environment: Record<string, string> }[];
}

export function readStack(folder: string): TerraformJson {
  return JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson;
}

export function resourcesOf(json: TerraformJson): StackResource[] {
  return [...inSection(json.data, "data."), ...inSection(json.resource, "")];
}

function inSection(section: unknown, prefix: string): StackResource[] {
  return Object.entries((section ?? {}) as Record<string, Record<string, Attributes>>).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]) => ({ address: `${prefix}${type}.${name}`, type: prefix + type, body })),
  );
}

/** Each after all that it refers to or depends on; otherwise in the order of the file. */
export function inOrder(resources: readonly StackResource[]): StackResource[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const done = new Set<StackResource>();
  const visit = (resource: StackResource, path: readonly StackResource[]) => {
    if (done.has(resource)) return;
    if (path.includes(resource)) throw new Error(`resources depend on each other: ${path.map((one) => one.address).join(" -> ")}`);
    for (const address of mentionedAddresses(resource.body, byAddress)) {
      if (address !== resource.address) visit(byAddress.get(address)!, [...path, resource]);
    }
    done.add(resource);
  };
  for (const resource of resources) visit(resource, []);
  return [...done];
}

const ADDRESS = /(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*/g;

/** The addresses that texts within `value` speak of, of those that exist. `//` holds metadata, which speaks of none. */
function mentionedAddresses(value: unknown, existing: ReadonlyMap<string, unknown>): string[] {
  if (typeof value === "string") return (value.match(ADDRESS) ?? []).filter((address) => existing.has(address));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => (key === "//" ? [] : mentionedAddresses(item, existing)));
}

/** Looks references up among the resources that exist so far. */
export function lookupIn(json: TerraformJson, attributes: ReadonlyMap<string, Attributes>, folder: string, self?: Attributes): Lookup {
  const lookup: Lookup = (path) => {
    const [first, second] = path;
    if (first === "self" && self) return path.slice(1).reduce(member, self as unknown);
    if (first === "path") return folder;
    if (first === "var" && second !== undefined) return member(member(json.variable, second), "default");
    if (first === "local" && second !== undefined) return path.slice(2).reduce(member, resolveValue(member(json.locals, second), lookup));
    const length = first === "data" ? 3 : 2;
    const address = path.slice(0, length).join(".");
    const found = attributes.get(address);
    if (found === undefined) throw new Error(`nothing is known of ${path.join(".")}`);
    return path.slice(length).reduce((value, name) => {
      if (value === found && !(name in found)) throw new Error(`${address} has no attribute ${name} in this test double`);
      return member(value, name);
    }, found as unknown);
  };
  return lookup;
}

/** What a `terraform_data` would be given, and the programs that it would run. */
export function hookOf({ address, body }: StackResource, lookupFor: (self: Attributes) => Lookup): Hook {
  const { input, triggers_replace } = resolveValue(
    { input: body.input, triggers_replace: body.triggers_replace },
    lookupFor({}),
  ) as Attributes;
  const self = { input, output: input, triggers_replace, id: address };
  const given = (Array.isArray(body.provisioner) ? body.provisioner : [body.provisioner ?? []].flat()) as Record<string, Attributes>[];
  const provisioners = given.map((one) => {
    const execution = resolveValue([one["local-exec"]].flat()[0], lookupFor(self)) as Attributes;
    return { command: execution.command as string, environment: (execution.environment ?? {}) as Record<string, string> };
  });
  return { address, input, triggersReplace: triggers_replace, provisioners };
}
