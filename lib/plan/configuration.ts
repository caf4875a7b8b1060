/** Resolves a configuration in Terraform's JSON syntax into resources, without Terraform and without its providers. */

import type { PolicyLocation } from "../evaluate/types";
import { unknownText } from "../evaluate/unknown";
import { attributeOf } from "./attributes";
import type { Block, ModuleBlocks } from "./configuration-blocks";
import { evaluateJson, evaluateTemplate, plain, type Scope } from "./expression/evaluate";
import { isTemplate } from "./expression/parse";
import { EvaluationFailure, entriesOf, isUnknown, Reference, unknownName } from "./expression/value";
import { isObject, own, pointerTo, setOwn, textOf } from "./json";
import { joinPath } from "./paths";
import { providerSettings } from "./provider";
import { type Instance, type Inventory, ProblemList, type ProviderSettings } from "./resources";
import type { AccountModel } from "./types";

/** More instances than an account can hold: it stops a `count` that somebody got wrong. */
const MOST_INSTANCES = 20_000;
const DEEPEST_MODULES = 30;

type Key = string | number | undefined;

/** The instances of a block with `count` or `for_each`. */
interface Expansion {
  /** Undefined where the number of instances is not known: then there is one, with unknown keys. */
  readonly keys: readonly Key[] | undefined;
  readonly each: ReadonlyMap<Key, unknown>;
  readonly kind: "single" | "count" | "for_each";
}

/** What belongs to the whole stack, not to one of its modules. */
interface Stack {
  readonly problems: ProblemList;
  /** Child modules by folder. */
  readonly folders: ReadonlyMap<string, ModuleBlocks>;
  instances: number;
}

/** Resolves the root module and, through `folders`, the local modules it calls. */
export function readModule(
  root: ModuleBlocks,
  folders: ReadonlyMap<string, ModuleBlocks>,
  name: string,
  source: AccountModel["source"],
): Inventory {
  const stack: Stack = { problems: new ProblemList(), folders, instances: 0 };
  const module = new ModuleInstance(stack, root, "", new Map(), new Map(), 0);
  return { name, source, problems: stack.problems, instances: (type) => module.allInstances(type) };
}

/** One instance of a module: the place where `var`, `local`, resources and module calls have their meaning. */
class ModuleInstance {
  private readonly resources = new Map<string, ResourceInstances>();
  private readonly calls = new Map<string, ModuleCalls>();
  private readonly locals = new Map<string, unknown>();
  private readonly providers = new Map<string, ProviderSettings>();

  public constructor(
    public readonly stack: Stack,
    public readonly blocks: ModuleBlocks,
    /** Empty, or `module.a["k"].` */
    public readonly prefix: string,
    private readonly inputs: ReadonlyMap<string, () => unknown>,
    /** The providers that the caller passes, by the key they have here. */
    private readonly passedProviders: ReadonlyMap<string, ProviderSettings>,
    public readonly depth: number,
  ) {}

  public allInstances(type: string): Instance[] {
    const here = (this.blocks.byType.get(type) ?? []).flatMap((key) => this.resource(key)!.all());
    const below = [...this.blocks.modules.keys()].flatMap((name) =>
      this.call(name)!
        .all()
        .flatMap((module) => module.allInstances(type)),
    );
    return below.length === 0 ? here : [...here, ...below];
  }

  public resource(key: string): ResourceInstances | undefined {
    let found = this.resources.get(key);
    const block = this.blocks.resources.get(key);
    if (found === undefined && block !== undefined) {
      found = new ResourceInstances(this, block, key);
      this.resources.set(key, found);
    }
    return found;
  }

  public call(name: string): ModuleCalls | undefined {
    let found = this.calls.get(name);
    const block = this.blocks.modules.get(name);
    if (found === undefined && block !== undefined) {
      found = new ModuleCalls(this, block);
      this.calls.set(name, found);
    }
    return found;
  }

  public local(name: string): unknown {
    if (this.locals.has(name)) return this.locals.get(name);
    const local = this.blocks.locals.get(name);
    if (local === undefined) throw new EvaluationFailure(`no local value ${JSON.stringify(name)} is declared`);
    // Until it is there, whoever asks is a part of it: a cycle.
    this.locals.set(name, unknownText(`${this.prefix}local.${name}`));
    const scope = new BlockScope(this, `${this.prefix}local.${name}`, { file: local.file, pointer: local.pointer });
    const value = isTemplateText(local.value) ? evaluateTemplate(local.value, scope) : evaluateJson(local.value, scope);
    this.locals.set(name, value);
    return value;
  }

  public variable(name: string): unknown {
    const block = this.blocks.variables.get(name);
    const input = this.inputs.get(name);
    if (block === undefined && input === undefined) throw new EvaluationFailure(`no variable ${JSON.stringify(name)} is declared`);
    const value = input?.();
    if (value !== undefined && (value !== null || own(block?.body, "nullable") !== false)) return value;
    const fallback = own(block?.body, "default");
    return fallback === undefined ? unknownText(`${this.prefix}var.${name}`) : fallback;
  }

  public output(name: string): unknown {
    const block = this.blocks.outputs.get(name);
    if (block === undefined) throw new EvaluationFailure(`the module has no output ${JSON.stringify(name)}`);
    const scope = new BlockScope(this, `${this.prefix}output.${name}`, { file: block.file, pointer: pointerTo(block.pointer, "value") });
    const value = own(block.body, "value");
    return isTemplateText(value) ? evaluateTemplate(value, scope) : evaluateJson(value, scope);
  }

  public provider(key: string): ProviderSettings {
    const passed = this.passedProviders.get(key);
    let found = passed ?? this.providers.get(key);
    if (found === undefined) {
      const [name, alias] = key.split(".");
      const block = this.blocks.providers.find(({ labels, body }) => labels[0] === name && own(body, "alias") === alias);
      const scope = new BlockScope(this, `${this.prefix}provider.${key}`, { file: block?.file ?? "", pointer: block?.pointer ?? "" });
      found = providerSettings(this.prefix + key, (argument) => plain(evaluateJson(own(block?.body, argument), scope)));
      // A module without provider blocks of its own works with the default one of the root module.
      if (this.prefix !== "" && block === undefined && alias === undefined) found = this.passedProviders.get("aws") ?? found;
      this.providers.set(key, found);
    }
    return found;
  }
}

function isTemplateText(value: unknown): value is string {
  return typeof value === "string" && isTemplate(value);
}

/** What names mean inside one block. */
class BlockScope implements Scope {
  public constructor(
    private readonly module: ModuleInstance,
    /** The address of the block's instance. */
    private readonly address: string,
    private readonly place: { readonly file: string; readonly pointer: string },
    private readonly each?: { readonly key: Key; readonly value: unknown; readonly kind: Expansion["kind"] },
    private readonly extra?: { readonly name: string; readonly value: unknown },
  ) {}

  /** The same scope with one more name, for the content of a `dynamic` block. */
  public with(name: string, value: unknown): BlockScope {
    return new BlockScope(this.module, this.address, this.place, this.each, { name, value });
  }

  public at(...path: readonly (string | number)[]): BlockScope {
    return new BlockScope(
      this.module,
      this.address,
      { ...this.place, pointer: pointerTo(this.place.pointer, ...path) },
      this.each,
      this.extra,
    );
  }

  public nameOf(source: string): string {
    const isLocal = /\b(?:each|count|self)\b|\b(?:uuid|timestamp|plantimestamp|bcrypt)\(/.test(source) || this.extra !== undefined;
    return this.module.prefix + source + (isLocal ? ` of ${this.address}` : "");
  }

  public report(id: string, message: string): void {
    this.module.stack.problems.add(id, message, this.location());
  }

  public location(): PolicyLocation {
    return { file: this.place.file, address: this.address, pointer: this.place.pointer };
  }

  public lookup(root: string, steps: readonly (string | number)[]): { value: unknown; rest: readonly (string | number)[] } {
    if (this.extra?.name === root) return { value: this.extra.value, rest: steps };
    const first = String(steps[0] ?? "");
    switch (root) {
      case "var":
        return { value: this.module.variable(first), rest: steps.slice(1) };
      case "local":
        return { value: this.module.local(first), rest: steps.slice(1) };
      case "each":
      case "count":
        return { value: this.iteration(root, first), rest: steps.slice(1) };
      case "module":
        return { value: this.module.call(first)?.reference() ?? undeclared(`module.${first}`), rest: steps.slice(1) };
      case "data":
        return this.resource(`data.${first}.${String(steps[1] ?? "")}`, steps.slice(2));
      case "path":
      case "terraform":
      case "self":
      case "ephemeral":
        return { value: unknownText(this.nameOf([root, ...steps].join("."))), rest: [] };
      default:
        return this.resource(`${root}.${first}`, steps.slice(1));
    }
  }

  private resource(key: string, rest: readonly (string | number)[]): { value: unknown; rest: readonly (string | number)[] } {
    return { value: this.module.resource(key)?.reference() ?? undeclared(key), rest };
  }

  private iteration(root: string, name: string): unknown {
    if (this.each?.kind === "count" && root === "count" && name === "index") return this.each.key;
    if (this.each?.kind === "for_each" && root === "each" && name === "key") return this.each.key;
    if (this.each?.kind === "for_each" && root === "each" && name === "value") return this.each.value;
    throw new EvaluationFailure(`there is no ${root}.${name} here`);
  }
}

function undeclared(key: string): never {
  throw new EvaluationFailure(`${key} is not declared in this module`);
}

/** Finds out which instances a block has. */
function expand(body: unknown, scope: BlockScope, stack: Stack, address: string): Expansion {
  const count = own(body, "count");
  const forEach = own(body, "for_each");
  if (count === undefined && forEach === undefined) return { kind: "single", keys: [undefined], each: new Map() };
  const kind = count === undefined ? "for_each" : "count";
  const source = count ?? forEach;
  const value = isTemplateText(source) ? evaluateTemplate(source, scope.at(kind)) : evaluateJson(source, scope.at(kind));
  const entries: readonly (readonly [Key, unknown])[] | undefined = kind === "count" ? countEntries(value) : setEntries(value);
  const total = stack.instances + (entries?.length ?? 1);
  if (entries === undefined || total > MOST_INSTANCES) {
    if (entries !== undefined)
      stack.problems.add("too-many-instances", `there are more than ${MOST_INSTANCES} instances`, scope.at(kind).location());
    const name = (part: string): string => unknownText(`${part} of ${address}`);
    const key = kind === "count" ? name("count.index") : name("each.key");
    return { kind, keys: undefined, each: new Map([[key, name("each.value")]]) };
  }
  stack.instances = total;
  return { kind, keys: entries.map(([key]) => key), each: new Map(entries) };
}

function countEntries(value: unknown): [number, unknown][] | undefined {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0) return undefined;
  return Array.from({ length: Math.min(count, MOST_INSTANCES + 1) }, (_, index) => [index, undefined]);
}

/** A set's elements are their own keys. */
function setEntries(value: unknown): (readonly [string, unknown])[] | undefined {
  const entries = entriesOf(value)?.map(([key, item]) => [String(Array.isArray(value) ? item : key), item] as const);
  return entries?.some(([key]) => key.includes("\u0000")) ? undefined : entries;
}

function addressOf(base: string, key: Key): string {
  if (key === undefined) return base;
  return typeof key === "string" && key.includes("\u0000") ? `${base}[*]` : `${base}[${JSON.stringify(key)}]`;
}

/** The instances of one resource block, resolved when they are first asked for. */
class ResourceInstances {
  private expansion: Expansion | undefined;
  private readonly instances = new Map<Key, ConfiguredInstance>();

  public constructor(
    private readonly module: ModuleInstance,
    private readonly block: Block,
    private readonly key: string,
  ) {}

  public all(): ConfiguredInstance[] {
    return this.keys().map((key) => this.instance(key));
  }

  public reference(): unknown {
    const { kind } = this.expand();
    if (kind === "single") return this.instance(undefined).reference;
    return new CollectionReference(
      this.module.prefix + this.key,
      kind,
      this.expand().keys,
      (key) => this.instance(key).reference,
      this.keys()[0],
    );
  }

  private keys(): readonly Key[] {
    const { keys, each } = this.expand();
    return keys ?? [...each.keys()];
  }

  private expand(): Expansion {
    if (this.expansion === undefined) {
      const address = this.module.prefix + this.key;
      // A block whose number of instances hangs on itself: a cycle.
      this.expansion = { kind: "count", keys: undefined, each: new Map([[unknownText(`count.index of ${address}`), undefined]]) };
      this.expansion = expand(this.block.body, new BlockScope(this.module, address, this.block), this.module.stack, address);
    }
    return this.expansion;
  }

  private instance(key: Key): ConfiguredInstance {
    let found = this.instances.get(key);
    if (found === undefined) {
      const { kind, each } = this.expand();
      const address = addressOf(this.module.prefix + this.key, key);
      const iteration = kind === "single" ? undefined : { key, value: each.get(key), kind };
      const type = this.key.slice(0, this.key.lastIndexOf(`.${this.block.labels[1]}`));
      found = new ConfiguredInstance(this.module, this.block, address, type, new BlockScope(this.module, address, this.block, iteration));
      this.instances.set(key, found);
    }
    return found;
  }
}

/** `aws_s3_bucket.x` or `module.x` where it has `count` or `for_each`. */
class CollectionReference extends Reference {
  public constructor(
    public readonly name: string,
    private readonly kind: Expansion["kind"],
    private readonly keys: readonly Key[] | undefined,
    private readonly instance: (key: Key) => unknown,
    private readonly unknownKey: Key,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    const wanted = this.kind === "count" && /^\d+$/.test(String(key)) ? Number(key) : key;
    if (this.keys?.includes(wanted)) return this.instance(wanted);
    if (this.keys !== undefined) throw new EvaluationFailure(`${this.name} has no instance ${JSON.stringify(key)}`);
    // Of an unknown number of instances, the first is the one that stands for them all; with a name, there may be different ones.
    return wanted === 0 ? this.instance(this.unknownKey) : unknownText(`${this.name}[${JSON.stringify(key)}]`);
  }

  public override entries(): readonly (readonly [string | number, unknown])[] | undefined {
    return this.keys?.map((key) => [key ?? 0, this.instance(key)] as const);
  }
}

class ResourceReference extends Reference {
  public readonly name: string;

  public constructor(private readonly instance: ConfiguredInstance) {
    super();
    this.name = instance.address;
  }

  public member(key: string | number): unknown {
    // `x[0]` of a resource without `count`: Terraform refuses it, but it can only mean the one.
    return key === 0 ? this : attributeOf(this.instance, String(key));
  }
}

/** Blocks whose members are values, not nested blocks: a member called `dynamic` means nothing there. */
const WITHOUT_BLOCKS: ReadonlySet<string> = new Set(["terraform_data"]);

/** A resource instance whose arguments are evaluated when they are first asked for. */
class ConfiguredInstance implements Instance {
  public readonly reference = new ResourceReference(this);
  public readonly location: PolicyLocation;
  private readonly values = new Map<string, unknown>();
  private settings: ProviderSettings | undefined;

  public constructor(
    private readonly module: ModuleInstance,
    private readonly block: Block,
    public readonly address: string,
    public readonly type: string,
    private readonly scope: BlockScope,
  ) {
    this.location = scope.location();
  }

  public get provider(): ProviderSettings {
    this.settings ??= this.module.provider(providerKey(own(this.block.body, "provider")));
    return this.settings;
  }

  public get(attribute: string): unknown {
    if (this.values.has(attribute)) return this.values.get(attribute);
    const { body } = this.block;
    if (!this.isConfigured(attribute)) return undefined;
    // Until it is there, whoever asks is a part of it: a cycle.
    this.values.set(attribute, unknownText(`${this.address}.${attribute}`));
    const scope = this.scope.at(attribute);
    const given = own(body, attribute);
    let value = plain(evaluateJson(given, scope));
    if (!WITHOUT_BLOCKS.has(this.type)) {
      value = withDynamicBlocks(value, given, scope, 0);
      const dynamic = own(body, "dynamic");
      if (dynamic !== undefined) value = addDynamicBlocks(value, dynamic, attribute, this.scope.at("dynamic"), 0);
    }
    this.values.set(attribute, value);
    return value;
  }

  public locate(...path: readonly (string | number)[]): PolicyLocation {
    return this.scope.at(...(this.isConfigured(String(path[0])) ? path : [])).location();
  }

  public isConfigured(attribute: string): boolean {
    const { body } = this.block;
    return (Object.hasOwn(body, attribute) && body[attribute] !== null) || dynamicSpecs(own(body, "dynamic"), attribute).length > 0;
  }
}

function providerKey(argument: unknown): string {
  return textOf(argument)?.replace(/^\$\{\s*|\s*\}$/g, "") ?? "aws";
}

function dynamicSpecs(dynamic: unknown, label: string): unknown[] {
  return (Array.isArray(dynamic) ? dynamic : [dynamic]).flatMap((each) => {
    const spec = own(each, label);
    return spec === undefined ? [] : Array.isArray(spec) ? spec : [spec];
  });
}

/** Expands `dynamic` inside of nested blocks. `given` is the same value before it was evaluated. */
function withDynamicBlocks(value: unknown, given: unknown, scope: BlockScope, depth: number): unknown {
  if (depth > 8) return value;
  if (Array.isArray(value) && Array.isArray(given)) {
    const items = value.map((item, index) => withDynamicBlocks(item, given[index], scope, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value) || !isObject(given) || !Object.hasOwn(given, "dynamic")) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (key !== "dynamic") setOwn(result, key, item);
  const dynamic = own(given, "dynamic");
  for (const label of (Array.isArray(dynamic) ? dynamic : [dynamic]).flatMap((each) => (isObject(each) ? Object.keys(each) : []))) {
    setOwn(result, label, addDynamicBlocks(own(result, label), dynamic, label, scope, depth + 1));
  }
  return result;
}

/** The blocks that `dynamic` makes of one name, after those that stand there by themselves. */
function addDynamicBlocks(value: unknown, dynamic: unknown, label: string, scope: BlockScope, depth: number): unknown {
  const blocks: unknown[] = value === undefined || value === null ? [] : Array.isArray(value) ? [...value] : [value];
  for (const spec of dynamicSpecs(dynamic, label)) {
    const source = own(spec, "for_each");
    const over = isTemplateText(source) ? evaluateTemplate(source, scope) : evaluateJson(source, scope);
    const entries = entriesOf(over);
    if (entries === undefined || entries.length > MOST_INSTANCES)
      return unknownText(scope.nameOf(`${label} of ${isUnknown(over) ? unknownName(over) : "dynamic"}`));
    const iterator = textOf(own(spec, "iterator")) ?? label;
    for (const [key, item] of entries) {
      const content = own(spec, "content");
      const body = Array.isArray(content) ? content[0] : content;
      const inner = scope.with(iterator, { key: Array.isArray(over) ? item : key, value: item });
      blocks.push(withDynamicBlocks(plain(evaluateJson(body, inner)), body, inner, depth + 1));
    }
  }
  return blocks;
}

/** The instances of one `module` block. */
class ModuleCalls {
  private expansion: Expansion | undefined;
  private readonly instances = new Map<Key, ModuleInstance | undefined>();
  private readonly base: string;

  public constructor(
    private readonly caller: ModuleInstance,
    private readonly block: Block,
  ) {
    this.base = `${caller.prefix}module.${block.labels[0]}`;
  }

  public all(): ModuleInstance[] {
    const { keys, each } = this.expand();
    return (keys ?? [...each.keys()]).flatMap((key) => this.instance(key) ?? []);
  }

  public reference(): unknown {
    const { kind, keys, each } = this.expand();
    const outputs = (key: Key): Reference => new ModuleReference(addressOf(this.base, key), this.instance(key));
    return kind === "single" ? outputs(undefined) : new CollectionReference(this.base, kind, keys, outputs, [...each.keys()][0]);
  }

  private expand(): Expansion {
    if (this.expansion === undefined) {
      this.expansion = { kind: "count", keys: undefined, each: new Map([[unknownText(`count.index of ${this.base}`), undefined]]) };
      this.expansion = expand(this.block.body, new BlockScope(this.caller, this.base, this.block), this.caller.stack, this.base);
    }
    return this.expansion;
  }

  /** Undefined where the module's files are not among those given. */
  private instance(key: Key): ModuleInstance | undefined {
    if (this.instances.has(key)) return this.instances.get(key);
    const { kind, each } = this.expand();
    const { stack, depth } = this.caller;
    const iteration = kind === "single" ? undefined : { key, value: each.get(key), kind };
    const address = addressOf(this.base, key);
    const scope = new BlockScope(this.caller, address, this.block, iteration);
    const source = textOf(own(this.block.body, "source")) ?? "";
    const folder = /^\.\.?(?:\/|$)/.test(source) ? stack.folders.get(joinPath(this.caller.blocks.folder, source)) : undefined;
    const tooDeep = depth >= DEEPEST_MODULES;
    if (folder === undefined || tooDeep) {
      const reason = tooDeep ? "it calls itself" : "its JSON files are not among those given";
      stack.problems.add(
        "module-not-read",
        `the module ${JSON.stringify(source)} is not read: ${reason}; check a plan to see all of it`,
        scope.location(),
      );
    }
    const module =
      folder === undefined || tooDeep
        ? undefined
        : new ModuleInstance(stack, folder, `${address}.`, this.inputs(scope), this.providers(), depth + 1);
    this.instances.set(key, module);
    return module;
  }

  private inputs(scope: BlockScope): Map<string, () => unknown> {
    const inputs = new Map<string, () => unknown>();
    for (const [name, given] of Object.entries(this.block.body)) {
      let value: unknown;
      let state: "new" | "busy" | "done" = "new";
      inputs.set(name, () => {
        if (state === "new") {
          state = "busy";
          value = unknownText(scope.nameOf(`${this.base}.${name}`));
          value = isTemplateText(given) ? evaluateTemplate(given, scope.at(name)) : evaluateJson(given, scope.at(name));
          state = "done";
        }
        return value;
      });
    }
    return inputs;
  }

  private providers(): Map<string, ProviderSettings> {
    const passed = new Map([["aws", this.caller.provider("aws")]]);
    const given = own(this.block.body, "providers");
    if (isObject(given)) for (const [inner, outer] of Object.entries(given)) passed.set(inner, this.caller.provider(providerKey(outer)));
    return passed;
  }
}

/** `module.x` or `module.x["k"]`: its members are its outputs. */
class ModuleReference extends Reference {
  public constructor(
    public readonly name: string,
    private readonly module: ModuleInstance | undefined,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    return this.module === undefined ? unknownText(`${this.name}.${key}`) : this.module.output(String(key));
  }
}
