/** Resolves a configuration in Terraform's JSON syntax into resources, without Terraform and without its providers. */

import { isObject, own, pointerTo, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { EvaluationFailure, Reference } from "../expression/value";
import { joinPath } from "../files/paths";
import { type Instance, type Inventory, ProblemList, type ProviderSettings } from "../resources/inventory";
import { providerSettings } from "../resources/provider";
import type { AccountModel } from "../types";
import type { Block, ModuleBlocks } from "./blocks";
import { converted } from "./convert";
import type { StackOutputs } from "./cross-stack";
import { addressOf, CollectionReference, type Expansion, type Key, LazyExpansion } from "./expansion";
import { providerKey, ResourceInstances, type Surroundings } from "./resource";
import { BlockScope, type Stack } from "./scope";

/** The stack with the child modules that it may call, by folder. */
interface RootStack extends Stack {
  readonly folders: ReadonlyMap<string, ModuleBlocks>;
}

/**
 * Resolves the root module and, through `folders`, the local modules it calls.
 *
 * @param values of variables of the root module, as `terraform.tfvars.json` gives them
 * @param outputs of the stacks that are read together, to which this one is added
 */
export function readModule(
  root: ModuleBlocks,
  folders: ReadonlyMap<string, ModuleBlocks>,
  name: string,
  source: AccountModel["source"],
  values: ReadonlyMap<string, unknown> = new Map(),
  outputs: StackOutputs = new Map(),
): Inventory {
  const stack: RootStack = { problems: new ProblemList(), outputs, folders, instances: 0 };
  const inputs = new Map([...values].map(([variable, value]) => [variable, () => value]));
  const module = new ModuleInstance(stack, root, "", inputs, new Map(), [root.folder]);
  outputs.set(name, (output) => (root.outputs.has(output) ? module.output(output) : undefined));
  const byType = new Map<string, readonly Instance[]>();
  const instances = (type: string): readonly Instance[] => {
    const known = byType.get(type) ?? module.allInstances(type);
    byType.set(type, known);
    return known;
  };
  return { name, source, problems: stack.problems, instances, removed: () => [] };
}

/** One instance of a module: the place where `var`, `local`, resources and module calls have their meaning. */
class ModuleInstance implements Surroundings {
  private readonly resources = new Map<string, Map<string, ResourceInstances>>();
  public readonly shared = new Map<string, unknown>();
  private readonly calls = new Map<string, ModuleCalls>();
  private readonly locals = new Map<string, unknown>();
  private readonly providers = new Map<string, ProviderSettings>();

  public constructor(
    public readonly stack: RootStack,
    public readonly blocks: ModuleBlocks,
    /** Empty, or `module.a["k"].` */
    public readonly prefix: string,
    private readonly inputs: ReadonlyMap<string, () => unknown>,
    /** The providers that the caller passes, by the key they have here. */
    private readonly passedProviders: ReadonlyMap<string, ProviderSettings>,
    /** The folders of this module and of those that call it. */
    public readonly folders: readonly string[],
    /** Otherwise nobody knows whether it is there at all. */
    public readonly isCertain = true,
  ) {}

  public allInstances(type: string, into: Instance[] = []): Instance[] {
    for (const name of this.blocks.resources.get(type)?.keys() ?? []) this.resource(type, name)!.collect(into);
    for (const name of this.blocks.modules.keys()) for (const module of this.call(name)!.all()) module.allInstances(type, into);
    return into;
  }

  public resource(type: string, name: string): ResourceInstances | undefined {
    let ofType = this.resources.get(type);
    if (ofType === undefined) {
      ofType = new Map();
      this.resources.set(type, ofType);
    }
    let found = ofType.get(name);
    const block = found === undefined ? this.blocks.resources.get(type)?.get(name) : undefined;
    if (block !== undefined) {
      found = new ResourceInstances(this, block, type, name);
      ofType.set(name, found);
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
    const scope = new BlockScope(this, `${this.prefix}local.${name}`, local);
    const value = scope.evaluate(local.value);
    this.locals.set(name, value);
    return value;
  }

  public variable(name: string): unknown {
    const block = this.blocks.variables.get(name);
    const input = this.inputs.get(name);
    if (block === undefined && input === undefined) throw new EvaluationFailure(`no variable ${JSON.stringify(name)} is declared`);
    const given = input?.();
    const isGiven = given !== undefined && (given !== null || own(block?.body, "nullable") !== false);
    const value = isGiven ? given : own(block?.body, "default");
    const type = textOf(own(block?.body, "type")) ?? "";
    // Terraform fills in what a type says to be optional, which is not done here.
    if (value === undefined || type.includes("optional(")) return unknownText(`${this.prefix}var.${name}`);
    return converted(value, type);
  }

  public output(name: string): unknown {
    const block = this.blocks.outputs.get(name);
    if (block === undefined) throw new EvaluationFailure(`the module has no output ${JSON.stringify(name)}`);
    const scope = new BlockScope(this, `${this.prefix}output.${name}`, { file: block.file, pointer: pointerTo(block.pointer, "value") });
    const value = own(block.body, "value");
    return scope.evaluate(value);
  }

  public provider(key: string): ProviderSettings {
    const passed = this.passedProviders.get(key);
    let found = passed ?? this.providers.get(key);
    if (found === undefined) {
      const [name, alias] = key.split(".");
      const block = this.blocks.providers.find(({ labels, body }) => labels[0] === name && own(body, "alias") === alias);
      const scope = new BlockScope(this, `${this.prefix}provider.${key}`, { file: block?.file ?? "", pointer: block?.pointer ?? "" });
      found = providerSettings(this.prefix + key, (argument) => scope.evaluatePlain(own(block?.body, argument)));
      // A module without provider blocks of its own works with the default one of the root module.
      if (this.prefix !== "" && block === undefined && alias === undefined) found = this.passedProviders.get("aws") ?? found;
      this.providers.set(key, found);
    }
    return found;
  }
}

/** The instances of one `module` block. */
class ModuleCalls {
  private readonly expansion: LazyExpansion;
  private readonly instances = new Map<Key, ModuleInstance | undefined>();
  private readonly base: string;

  public constructor(
    private readonly caller: ModuleInstance,
    private readonly block: Block,
  ) {
    this.base = `${caller.prefix}module.${block.labels[0]}`;
    this.expansion = new LazyExpansion(block.body, this.base);
  }

  public all(): ModuleInstance[] {
    const { keys, each } = this.expand();
    return (keys ?? [...each.keys()]).flatMap((key) => this.instance(key) ?? []);
  }

  public reference(): Reference {
    const { kind, keys, each } = this.expand();
    const outputs = (key: Key): Reference => new ModuleReference(addressOf(this.base, key), this.instance(key));
    return kind === "single" ? outputs(undefined) : new CollectionReference(this.base, kind, keys, outputs, [...each.keys()][0]);
  }

  private expand(): Expansion {
    return this.expansion.get(() => new BlockScope(this.caller, this.base, this.block), this.caller.stack);
  }

  /** Undefined where the module's files are not among those given. */
  private instance(key: Key): ModuleInstance | undefined {
    if (this.instances.has(key)) return this.instances.get(key);
    const { kind, keys, each } = this.expand();
    const { stack, folders } = this.caller;
    const iteration = kind === "single" ? undefined : { key, value: each.get(key), kind };
    const address = addressOf(this.base, key);
    const scope = new BlockScope(this.caller, address, this.block, iteration);
    const source = textOf(own(this.block.body, "source")) ?? "";
    const folder = /^\.\.?(?:\/|$)/.test(source) ? stack.folders.get(joinPath(this.caller.blocks.folder, source)) : undefined;
    const callsItself = folder !== undefined && folders.includes(folder.folder);
    if (folder === undefined || callsItself) {
      const reason = callsItself ? "it calls itself" : "its JSON files are not among those given";
      stack.problems.add(
        "module-not-read",
        `the module ${JSON.stringify(source)} is not read: ${reason}; check a plan to see all of it`,
        scope.location(),
        referredTo(this.block.body, this.caller.prefix),
      );
    }
    const module =
      folder === undefined || callsItself
        ? undefined
        : new ModuleInstance(
            stack,
            folder,
            `${address}.`,
            this.inputs(scope),
            this.providers(),
            [...folders, folder.folder],
            keys !== undefined && this.caller.isCertain,
          );
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
          value = scope.at(name).evaluate(given);
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

/** Addresses of the buckets and roles that the arguments of a module refer to: what is in it may be a part of them. */
function referredTo(body: unknown, prefix: string): string[] {
  return [...new Set(JSON.stringify(body).match(/\b(aws_s3_bucket|aws_iam_role)\.[\w-]+/g))].map((address) => prefix + address);
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
