/**
 * Reads the output of `terraform show -json`, of a plan or of a state.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */

import type { PolicyLocation } from "../../evaluate";
import { dig, isObject, type JsonObject, listOf, own, pointerTo, setOwn, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { PlanReadError } from "../files/plan-read-error";
import { attributeOf } from "../resources/attributes";
import { type Instance, type Inventory, ProblemList, type ProviderSettings } from "../resources/inventory";
import { partitionOf, providerSettings } from "../resources/provider";
import type { AccountModel } from "../types";
import { PlanReferences, type Target } from "./references";

/** A resource as one of the parts of the file lists it. */
interface Entry {
  readonly address: string;
  /** `aws_s3_bucket`, `data.aws_region`. */
  readonly type: string;
  readonly name: string;
  readonly index: string | number | undefined;
  /** Empty, or `module.a["k"]`. */
  readonly module: string;
  readonly pointer: string;
  values: unknown;
  /** `true` in the place of each value that is not known. */
  unknown: unknown;
}

const DEEPEST_MODULES = 60;

export function readInventory(content: unknown, file: string, name: string, source: AccountModel["source"]): Inventory {
  const version = textOf(own(content, "format_version")) ?? "";
  if (/^([2-9]|\d\d)/.test(version))
    throw new PlanReadError(
      file,
      `has the format_version ${version}, which is newer than what is read here, 1`,
      "use a newer version of this program",
    );
  const entries = new Map<string, Entry>();
  // The prior state tells what data sources read; what will be is told by the planned values.
  collect(dig(content, "prior_state", "values", "root_module"), "/prior_state/values/root_module", "data", entries);
  collect(dig(content, "planned_values", "root_module"), "/planned_values/root_module", "all", entries);
  collect(dig(content, "values", "root_module"), "/values/root_module", "all", entries);
  addChanges(content, entries);
  const show = new ShownResources(content, file, entries);
  const problems = new ProblemList();
  if (own(content, "errored") === true)
    problems.add("plan-incomplete", "planning failed, so the plan holds only a part of the changes", { file, pointer: "/errored" });
  const deferred = listOf(own(content, "deferred_changes")).length > 0 || own(content, "complete") === false;
  if (deferred)
    problems.add("plan-incomplete", "the plan leaves changes to a later one, so that what they make is not known", {
      file,
      pointer: "/deferred_changes",
    });
  return { name, source, problems, instances: (type) => show.ofType(type), removed: (type) => removedOf(content, type) };
}

/** What the plan deletes, to replace it or not; what it only forgets stays. */
function removedOf(content: unknown, type: string): JsonObject[] {
  return listOf(own(content, "resource_changes")).flatMap((change) => {
    const actions = listOf(dig(change, "change", "actions"));
    const before = dig(change, "change", "before");
    return own(change, "type") === type && actions.includes("delete") && isObject(before) ? [before] : [];
  });
}

function collect(module: unknown, pointer: string, which: "data" | "all", into: Map<string, Entry>, depth = 0): void {
  if (depth > DEEPEST_MODULES) return;
  for (const [index, resource] of listOf(own(module, "resources")).entries()) {
    const entry = toEntry(resource, textOf(own(module, "address")) ?? "", pointerTo(pointer, "resources", index));
    // What is deposed waits to be deleted, under the address of what has taken its place.
    if (entry === undefined || own(resource, "deposed_key") !== undefined || (which === "data" && !entry.type.startsWith("data.")))
      continue;
    into.set(entry.address, { ...entry, values: own(resource, "values") });
  }
  for (const [index, child] of listOf(own(module, "child_modules")).entries()) {
    collect(child, pointerTo(pointer, "child_modules", index), which, into, depth + 1);
  }
}

function toEntry(resource: unknown, module: string, pointer: string): Entry | undefined {
  const address = own(resource, "address");
  const type = own(resource, "type");
  const name = own(resource, "name");
  if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") return undefined;
  const index = own(resource, "index");
  return {
    address,
    type: own(resource, "mode") === "data" ? `data.${type}` : type,
    name,
    index: typeof index === "string" || typeof index === "number" ? index : undefined,
    module,
    pointer,
    values: undefined,
    unknown: undefined,
  };
}

/** The changes tell which values are not known, and what data sources that are read during apply will ask for. */
function addChanges(content: unknown, entries: Map<string, Entry>): void {
  for (const [index, change] of listOf(own(content, "resource_changes")).entries()) {
    const pointer = pointerTo("/resource_changes", index);
    const address = textOf(own(change, "address")) ?? "";
    const isRead = own(change, "mode") === "data" && !listOf(dig(change, "change", "actions")).includes("delete");
    const known = entries.get(address) ?? (isRead ? toEntry(change, textOf(own(change, "module_address")) ?? "", pointer) : undefined);
    if (known === undefined || own(change, "deposed") !== undefined) continue;
    if (isObject(known.values)) known.unknown = dig(change, "change", "after_unknown");
    else entries.set(address, { ...known, values: dig(change, "change", "after"), unknown: dig(change, "change", "after_unknown") });
  }
}

/** The resources of the file by type and by name. */
class ShownResources {
  private readonly byType = new Map<string, ShownInstance[]>();
  /** By module, type and name: all instances of one block. */
  private readonly byBlock = new Map<string, ShownInstance[]>();
  private readonly providers = new Map<string, ProviderSettings>();
  public readonly references: PlanReferences;

  public constructor(
    private readonly content: unknown,
    public readonly file: string,
    entries: ReadonlyMap<string, Entry>,
  ) {
    this.references = new PlanReferences(own(content, "configuration"));
    for (const entry of entries.values()) {
      const instance = new ShownInstance(this, entry);
      push(this.byType, entry.type, instance);
      push(this.byBlock, `${entry.module}\n${entry.type}.${entry.name}`, instance);
    }
  }

  public ofType(type: string): readonly ShownInstance[] {
    return this.byType.get(type) ?? [];
  }

  /** The value of the attribute that a reference leads to; undefined where it is not in the file. */
  public valueOf(target: Target, { module, type, name }: Entry): unknown {
    const instances = this.byBlock.get(`${target.module}\n${target.type}.${target.name}`) ?? [];
    const own = this.byBlock.get(`${module}\n${type}.${name}`) ?? [];
    // With `count`, `x[count.index + 1]` looks the same: only where both have as many instances it is surely the one of the same number.
    if (target.isOwnKey && typeof target.index === "number" && instances.length > 1 && instances.length !== own.length) return undefined;
    const instance =
      instances.find((each) => each.entry.index === target.index) ??
      (instances.length === 1 && (target.isOwnKey || target.index === undefined) ? instances[0] : undefined);
    return instance === undefined ? undefined : attributeOf(instance, target.attribute);
  }

  public provider(key: string): ProviderSettings {
    let found = this.providers.get(key);
    if (found === undefined) {
      const argument = (name: string): unknown =>
        this.references.providerArgument(key, name, (variable) => dig(this.content, "variables", variable, "value"));
      found = this.withRegion(providerSettings(key.split(":").at(-1)!, argument, this.accountOf(key)), key);
      this.providers.set(key, found);
    }
    return found;
  }

  /** Data sources that were read tell the account, also to resources that do not refer to them. */
  private accountOf(key: string): string | undefined {
    return this.read("data.aws_caller_identity", key, ["account_id", "id"]);
  }

  private withRegion(settings: ProviderSettings, key: string): ProviderSettings {
    const region = settings.region ?? this.read("data.aws_region", key, ["region", "name", "id"]);
    const told = this.read("data.aws_partition", key, ["partition", "id"]);
    const derived = settings.partition === "aws" ? partitionOf(region) : settings.partition;
    return { ...settings, region, partition: told ?? derived };
  }

  private read(type: string, key: string, attributes: readonly string[]): string | undefined {
    for (const instance of this.ofType(type)) {
      if (instance.providerKey !== key) continue;
      for (const attribute of attributes) {
        const value = own(instance.entry.values, attribute);
        if (typeof value === "string" && value !== "" && !value.includes("\u0000")) return value;
      }
    }
    return undefined;
  }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

class ShownInstance implements Instance {
  public readonly location: PolicyLocation;
  private readonly values = new Map<string, unknown>();

  public constructor(
    private readonly show: ShownResources,
    public readonly entry: Entry,
  ) {
    this.location = { file: show.file, address: entry.address, pointer: entry.pointer };
  }

  public get address(): string {
    return this.entry.address;
  }

  public get type(): string {
    return this.entry.type;
  }

  public get providerKey(): string {
    return this.show.references.providerKeyOf(this.entry.module, this.blockKey) ?? "aws";
  }

  public get provider(): ProviderSettings {
    return this.show.provider(this.providerKey);
  }

  private get blockKey(): string {
    return `${this.entry.type}.${this.entry.name}`;
  }

  public get(attribute: string): unknown {
    if (this.values.has(attribute)) return this.values.get(attribute);
    // Until it is there, whoever asks is a part of it: a cycle.
    this.values.set(attribute, unknownText(`${this.address}.${attribute}`));
    const value = this.fill(own(this.entry.values, attribute), own(this.entry.unknown, attribute), [attribute]);
    this.values.set(attribute, value);
    return value;
  }

  /** Puts what is known from elsewhere, or placeholders, where the plan says that a value is not known. */
  private fill(value: unknown, unknown: unknown, path: readonly (string | number)[]): unknown {
    if (unknown === true) return this.resolve(path);
    if (typeof unknown !== "object" || unknown === null || path.length > 40) return value;
    if (Array.isArray(unknown)) {
      const items = listOf(value);
      return unknown.length === 0 && !Array.isArray(value)
        ? value
        : unknown.map((flag, index) => this.fill(items[index] ?? null, flag, [...path, index]));
    }
    const entries = Object.entries(unknown);
    if (entries.length === 0) return value;
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(isObject(value) ? value : {})) setOwn(result, key, item);
    for (const [key, flag] of entries) {
      const filled = this.fill(own(value, key), flag, [...path, key]);
      if (filled !== undefined) setOwn(result, key, filled);
    }
    return result;
  }

  private resolve(path: readonly (string | number)[]): unknown {
    const { references } = this.show;
    const { module } = this.entry;
    const target = references.targetOf(module, this.blockKey, path, this.entry.index);
    const value = target === undefined ? undefined : this.show.valueOf(target, this.entry);
    if (value !== undefined) return value;
    const sources = references.sourcesOf(module, this.blockKey, path);
    return unknownText(
      `${this.address}${path.map(showStep).join("")}${sources.length === 0 ? "" : `, from ${sources.slice(0, 6).join(", ")}`}`,
    );
  }

  public locate(...path: readonly (string | number)[]): PolicyLocation {
    const { pointer } = this.entry;
    if (!isObject(this.entry.values) || !Object.hasOwn(this.entry.values, String(path[0]))) return this.location;
    const values = pointer.startsWith("/resource_changes") ? ["change", "after"] : ["values"];
    return { ...this.location, pointer: pointerTo(pointer, ...values, ...path) };
  }

  /** Without the configuration, as in a state, nobody can tell: then what AWS has told stands for itself. */
  public isConfigured(attribute: string): boolean {
    return this.show.references.isConfigured(this.entry.module, this.blockKey, attribute);
  }
}

function showStep(step: string | number): string {
  return typeof step === "number" ? `[${step}]` : `.${step}`;
}
