/** Resources and data sources of a configuration. */
import type { PolicyLocation } from "../../evaluate";
import { ownValue, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { isTemplate } from "../expression/parse";
import type { Reference } from "../expression/value";
import type { Instance, ProviderSettings } from "../resources/inventory";
import { withoutKeys } from "../resources/unresolved-owner";
import type { Block } from "./blocks";
import { CollectionReference } from "./collection-reference";
import { addDynamicBlocks, dynamicSpecs, evaluateBlocks } from "./dynamic-blocks";
import { isExpanded, LazyExpansion } from "./expansion";
import { addressOf, type Expansion, type Key, SINGLE } from "./instance-keys";
import { ResourceReference } from "./resource-reference";
import { BlockScope, type Names } from "./scope";

/** The module that holds a resource. */
export interface ResourceModule extends Names {
  /** Whether the module instance certainly exists. */
  readonly isCertain: boolean;
  provider(key: string): ProviderSettings;
}

/** The instances of one resource block, resolved on first use. */
export class ResourceInstances {
  private readonly type: string;
  private readonly address: string;
  /** Undefined for a block with neither `count` nor `for_each`, as most are. */
  private readonly expansion: LazyExpansion | undefined;
  private only: ConfiguredInstance | undefined;
  private keyed: Map<Key, ConfiguredInstance> | undefined;

  public constructor(
    private readonly module: ResourceModule,
    private readonly block: Block,
    { type, name }: { readonly type: string; readonly name: string },
  ) {
    this.type = type;
    this.address = `${module.prefix}${type}.${name}`;
    this.expansion = isExpanded(block.body) ? new LazyExpansion(block.body, this.address) : undefined;
  }

  public collect(into: Instance[]): void {
    if (this.expansion === undefined) into.push(this.single());
    else for (const key of this.keys()) into.push(this.instance(key));
  }

  public reference(): Reference {
    if (this.expansion === undefined) return this.single().reference;
    const { kind, keys } = this.expand();
    const instance = (key: Key) => this.instance(key).reference;
    if (kind === "single") return instance(undefined);
    return new CollectionReference(this.address, { kind, keys, instance, unknownKey: this.keys()[0] });
  }

  /** The scopes of the instances that certainly exist. */
  public certainScopes(): readonly BlockScope[] {
    if (this.expansion === undefined) return [this.scopeOf(this.address)];
    const { kind, keys = [], each } = this.expand();
    return keys.map((key) => this.scopeOf(addressOf(this.address, key), { key, value: each.get(key), kind }));
  }

  private keys(): readonly Key[] {
    const { keys, each } = this.expand();
    return keys ?? [...each.keys()];
  }

  private expand(): Expansion {
    return this.expansion?.get(() => this.scopeOf(this.address), this.module.stack) ?? SINGLE;
  }

  private single(): ConfiguredInstance {
    if (this.only === undefined) {
      this.only = this.newInstance(this.address, this.scopeOf(this.address), true);
    }
    return this.only;
  }

  private instance(key: Key): ConfiguredInstance {
    this.keyed ??= new Map();
    let found = this.keyed.get(key);
    if (found === undefined) {
      const { kind, keys, each } = this.expand();
      const address = addressOf(this.address, key);
      found = this.newInstance(address, this.scopeOf(address, { key, value: each.get(key), kind }), keys !== undefined);
      this.keyed.set(key, found);
    }
    return found;
  }

  private scopeOf(address: string, each?: { readonly key: Key; readonly value: unknown; readonly kind: Expansion["kind"] }): BlockScope {
    const { file, pointer } = this.block;
    return new BlockScope(this.module, { address, file, pointer, each });
  }

  private newInstance(address: string, scope: BlockScope, hasKnownKey: boolean): ConfiguredInstance {
    const { module, block, type } = this;
    const isCertain = hasKnownKey && module.isCertain;
    return new ConfiguredInstance({ module, block, address, type, scope, isCertain });
  }
}

/** Resource types that configure a bucket or role. They count only if they exist. */
const DEPENDENT = /^aws_(s3_bucket|iam_role|iam_policy)_/;
/** Arguments that name the bucket or role that a resource configures. */
const OWNER_ARGUMENTS: ReadonlySet<string> = new Set(["bucket", "role", "roles", "name"]);

/** Resource types without nested blocks: a member called `dynamic` is a plain value there. */
const WITHOUT_BLOCKS: ReadonlySet<string> = new Set(["terraform_data"]);

/** What Terraform itself reads in a resource. */
const META_ARGUMENTS: ReadonlySet<string> = new Set(
  "// connection count depends_on dynamic for_each lifecycle provider provisioner".split(" "),
);

const IN_PROGRESS = Symbol("in progress");

interface Configuration {
  readonly module: ResourceModule;
  readonly block: Block;
  readonly address: string;
  readonly type: string;
  readonly scope: BlockScope;
  /** Whether the instance certainly exists. */
  readonly isCertain: boolean;
}

/** A resource instance whose arguments are evaluated on first use. */
class ConfiguredInstance implements Instance {
  private lazyReference: ResourceReference | undefined;
  private values: Map<string, unknown> | undefined;
  private settings: ProviderSettings | undefined;

  public readonly address: string;
  public readonly type: string;
  private readonly module: ResourceModule;
  private readonly block: Block;
  private readonly scope: BlockScope;
  public readonly isCertain: boolean;

  public constructor({ module, block, address, type, scope, isCertain }: Configuration) {
    this.address = address;
    this.type = type;
    this.module = module;
    this.block = block;
    this.scope = scope;
    this.isCertain = isCertain;
  }

  public get reference(): ResourceReference {
    this.lazyReference ??= new ResourceReference(this);
    return this.lazyReference;
  }

  public get location(): PolicyLocation {
    return this.scope.location();
  }

  public get attributeNames(): readonly string[] {
    return Object.keys(this.block.body).filter((name) => !META_ARGUMENTS.has(name));
  }

  public get provider(): ProviderSettings {
    this.settings ??= this.module.provider(providerKey(ownValue(this.block.body, "provider")));
    return this.settings;
  }

  public get(attribute: string): unknown {
    const { body } = this.block;
    const given = Object.hasOwn(body, attribute) ? body[attribute] : undefined;
    if ((given === undefined || given === null) && !this.isDynamic(attribute)) return undefined;
    if (!this.isCertain && DEPENDENT.test(this.type) && !OWNER_ARGUMENTS.has(attribute))
      return unknownText(`${this.address}.${attribute}, if it is there at all`);
    if (typeof given === "string" ? !isTemplate(given) : typeof given === "number" || typeof given === "boolean") return given;
    this.values ??= new Map();
    const known = this.values.get(attribute);
    // A use during its own evaluation is a cycle.
    if (known === IN_PROGRESS) return unknownText(`${this.address}.${attribute}`);
    if (known !== undefined) return known;
    this.values.set(attribute, IN_PROGRESS);
    const value = this.evaluate(attribute, given);
    this.values.set(attribute, value);
    return value;
  }

  /** Resources are taken to be new, unless an `import` block says that they exist. */
  public get isExisting(): boolean {
    const { addresses } = this.module.stack.imported;
    return addresses.size > 0 && addresses.has(withoutKeys(this.address));
  }

  public get importedId(): string | undefined {
    return this.module.stack.imported.ids.get(this.address);
  }

  public before(): undefined {
    return undefined;
  }

  private evaluate(attribute: string, given: unknown): unknown {
    const scope = this.scope.at(attribute);
    if (WITHOUT_BLOCKS.has(this.type)) return scope.evaluatePlain(given);
    const value = evaluateBlocks(given, scope);
    const dynamic = ownValue(this.block.body, "dynamic");
    return dynamic === undefined || dynamicSpecs(dynamic, attribute).length === 0
      ? value
      : addDynamicBlocks(value, { dynamic, label: attribute, scope: this.scope.at("dynamic"), depth: 0 });
  }

  public locate(...path: readonly (string | number)[]): PolicyLocation {
    return this.isConfigured(String(path[0])) ? this.scope.location(...path) : this.location;
  }

  public isConfigured(attribute: string): boolean {
    const { body } = this.block;
    return (Object.hasOwn(body, attribute) && body[attribute] !== null) || this.isDynamic(attribute);
  }

  private isDynamic(attribute: string): boolean {
    const { body } = this.block;
    return Object.hasOwn(body, "dynamic") && !WITHOUT_BLOCKS.has(this.type) && dynamicSpecs(body.dynamic, attribute).length > 0;
  }
}

/** `aws` or `aws.alias`, from a plain text or from a reference. */
export function providerKey(argument: unknown): string {
  return textOf(argument)?.replace(/^\$\{\s*|\s*\}$/g, "") ?? "aws";
}
