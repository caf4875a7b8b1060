/** The instances of one `module` block. */
import { isObject, ownValue, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { namesIn } from "../expression/names-in";
import { Reference } from "../expression/value";
import { folderOfInstalled, type InstalledModules } from "../files/installed-modules";
import { joinPath } from "../files/paths";
import type { ProviderSettings } from "../resources/inventory";
import { withoutKeys } from "../resources/unresolved-owner";
import type { Block, ModuleBlocks } from "./blocks";
import { CollectionReference } from "./collection-reference";
import { INSTANCE_LIMIT, LazyExpansion, MOST_INSTANCES } from "./expansion";
import { addressOf, type Expansion, type Key } from "./instance-keys";
import { isLocalSource } from "./module-arguments";
import { providerKey, type ResourceModule } from "./resource";
import { BlockScope, type Stack } from "./scope";

const DEEPEST = 60;

/** A stack with the child modules that it may call, by folder. */
export interface StackWithModules extends Stack {
  /** How many instances of modules there are so far. */
  moduleInstances: number;
  readonly folders: ReadonlyMap<string, ModuleBlocks>;
  readonly installed: InstalledModules;
}

/** What a module instance is made of. */
export interface ModuleContext {
  readonly stack: StackWithModules;
  readonly blocks: ModuleBlocks;
  /** Empty, or `module.a["k"].` */
  readonly prefix: string;
  readonly inputs: ReadonlyMap<string, () => unknown>;
  /** The providers that the caller passes, by their keys in this module. */
  readonly passedProviders: ReadonlyMap<string, ProviderSettings>;
  /** The folders of this module and of its callers. */
  readonly folders: readonly string[];
  /** Whether the module instance certainly exists. */
  readonly isCertain: boolean;
}

interface CallingModule extends ResourceModule, Pick<ModuleContext, "blocks" | "folders"> {
  readonly stack: StackWithModules;
}

interface CalledModule {
  output(name: string): unknown;
}

export class ModuleCall<Module extends CalledModule> {
  private readonly expansion: LazyExpansion;
  private readonly instances = new Map<Key, Module | undefined>();
  private readonly base: string;

  public constructor(
    private readonly caller: CallingModule,
    private readonly block: Block,
    private readonly newModule: (context: ModuleContext) => Module,
  ) {
    this.base = `${caller.prefix}module.${block.labels[0]}`;
    this.expansion = new LazyExpansion(block.body, this.base);
  }

  public all(): Module[] {
    const { keys, each } = this.expand();
    return (keys ?? [...each.keys()]).flatMap((key) => this.instance(key) ?? []);
  }

  public reference(): Reference {
    const { kind, keys, each } = this.expand();
    const instance = (key: Key): Reference => new ModuleReference(addressOf(this.base, key), this.instance(key));
    return kind === "single"
      ? instance(undefined)
      : new CollectionReference(this.base, { kind, keys, instance, unknownKey: each.keys().next().value });
  }

  private expand(): Expansion {
    return this.expansion.get(() => this.scopeOf(this.base), this.caller.stack);
  }

  private scopeOf(address: string, each?: { readonly key: Key; readonly value: unknown; readonly kind: Expansion["kind"] }): BlockScope {
    const { file, pointer } = this.block;
    return new BlockScope(this.caller, { address, file, pointer, each });
  }

  /** Undefined where the files of the module were not given. */
  private instance(key: Key): Module | undefined {
    if (this.instances.has(key)) return this.instances.get(key);
    const { kind, keys, each } = this.expand();
    const { stack, folders } = this.caller;
    const address = addressOf(this.base, key);
    const scope = this.scopeOf(address, kind === "single" ? undefined : { key, value: each.get(key), kind });
    const blocks = this.isWithinLimit(scope) ? this.findBlocks(scope) : undefined;
    const module =
      blocks &&
      this.newModule({
        stack,
        blocks,
        prefix: `${address}.`,
        inputs: this.inputs(scope),
        passedProviders: this.providers(),
        folders: [...folders, blocks.folder],
        isCertain: keys !== undefined && this.caller.isCertain,
      });
    this.instances.set(key, module);
    return module;
  }

  /** Counts the instance. Past the limit no module is read, which the first one reports. */
  private isWithinLimit(scope: BlockScope): boolean {
    const { stack } = this.caller;
    const calls = ++stack.moduleInstances;
    if (calls === MOST_INSTANCES + 1)
      stack.problems.add({ id: "plan-incomplete", message: `${INSTANCE_LIMIT} of modules`, location: scope.location() });
    return calls <= MOST_INSTANCES;
  }

  /** The blocks of a local module. Reports a module that cannot be read. */
  private findBlocks(scope: BlockScope): ModuleBlocks | undefined {
    const { stack, folders, blocks, prefix } = this.caller;
    const source = textOf(ownValue(this.block.body, "source")) ?? "";
    const place = isLocalSource(source) ? { folder: joinPath(blocks.folder, source) } : this.installedPlace(source);
    const called = "folder" in place ? stack.folders.get(place.folder) : undefined;
    const callsItself = called !== undefined && folders.includes(called.folder);
    if (called !== undefined && !callsItself) return called;
    const missing = "problem" in place ? place.problem : `the folder ${place.folder} does not exist, or its files are not given`;
    const reason = callsItself ? "it calls itself" : missing;
    stack.problems.add({
      id: "module-not-read",
      message: `the module ${JSON.stringify(source)} is not read: ${reason}; check a plan to see all of it`,
      location: scope.location(),
      about: referredTo(this.block.body, prefix),
      mentions: () => this.textsHandedOver(scope),
    });
    return undefined;
  }

  private installedPlace(source: string): ReturnType<typeof folderOfInstalled> {
    const calls = withoutKeys(this.base).replace(/(^|\.)module\.([^.]+)/g, "$1$2");
    const version = ownValue(this.block.body, "version");
    return folderOfInstalled(this.caller.stack.installed.get(calls), {
      source,
      version: textOf(version) ?? (version === undefined ? undefined : ""),
    });
  }

  /** All texts of the arguments, as they are written and as far as they can be evaluated, and of the values that they are made of. */
  private textsHandedOver(scope: BlockScope): string[] {
    const { source, version, providers, depends_on, ...given } = this.block.body;
    const values = Object.entries(given).map(([name, value]) => scope.at(name).evaluatePlain(value));
    const parts = [...namesIn(given)].filter((name) => /^(?:local|var)\./.test(name)).map((name) => scope.evaluatePlain(`\${${name}}`));
    // Whoever writes into the bucket of the module decides what Terraform does.
    const inBucket = textOf(source)?.startsWith("s3::") ? [source] : [];
    return [inBucket, given, values, parts].flatMap((each) => textsIn(each));
  }

  private inputs(scope: BlockScope): Map<string, () => unknown> {
    const inputs = new Map<string, () => unknown>();
    for (const [name, given] of Object.entries(this.block.body)) {
      let value: unknown;
      let isEvaluated = false;
      inputs.set(name, () => {
        if (!isEvaluated) {
          isEvaluated = true;
          // A use during its own evaluation is a cycle.
          value = unknownText(scope.nameOf(`${this.base}.${name}`));
          value = scope.at(name).evaluate(given);
        }
        return value;
      });
    }
    return inputs;
  }

  private providers(): Map<string, ProviderSettings> {
    const passed = new Map([["aws", this.caller.provider("aws")]]);
    const given = ownValue(this.block.body, "providers");
    if (isObject(given)) for (const [inner, outer] of Object.entries(given)) passed.set(inner, this.caller.provider(providerKey(outer)));
    return passed;
  }
}

/** Addresses of the buckets and roles that the arguments of a module refer to: the module may configure them. */
function referredTo(body: unknown, prefix: string): string[] {
  return [...new Set(JSON.stringify(body).match(/\b(aws_s3_bucket|aws_iam_role)\.[\w-]+/g))].map((address) => prefix + address);
}

/** The texts at any depth, keys included. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item, depth + 1)]);
}

/** `module.x` or `module.x["k"]`, with the outputs of the module as members. */
class ModuleReference extends Reference {
  public constructor(
    public readonly name: string,
    private readonly module: CalledModule | undefined,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    return this.module === undefined ? unknownText(`${this.name}.${key}`) : this.module.output(String(key));
  }
}
