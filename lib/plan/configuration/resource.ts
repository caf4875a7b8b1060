/** Resources and data sources of a configuration. */
import type { PolicyLocation } from "../../evaluate";
import { own, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { isTemplate } from "../expression/parse";
import { Reference } from "../expression/value";
import { attributeOf } from "../resources/attributes";
import type { Instance, ProviderSettings } from "../resources/inventory";
import type { Block } from "./blocks";
import { addDynamicBlocks, dynamicSpecs, evaluateBlocks } from "./dynamic-blocks";
import { addressOf, CollectionReference, type Expansion, isExpanded, type Key, LazyExpansion, SINGLE } from "./expansion";
import { BlockScope, type Names } from "./scope";

/** The module that a resource stands in. */
export interface Surroundings extends Names {
  readonly isCertain: boolean;
  provider(key: string): ProviderSettings;
}

/** The instances of one resource block, resolved when they are first asked for. */
export class ResourceInstances {
  private readonly address: string;
  /** Undefined for a block with neither `count` nor `for_each`, as most are. */
  private readonly expansion: LazyExpansion | undefined;
  private only: ConfiguredInstance | undefined;
  private keyed: Map<Key, ConfiguredInstance> | undefined;

  public constructor(
    private readonly module: Surroundings,
    private readonly block: Block,
    private readonly type: string,
    name: string,
  ) {
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
    return new CollectionReference(this.address, kind, keys, (key) => this.instance(key).reference, this.keys()[0]);
  }

  private keys(): readonly Key[] {
    const { keys, each } = this.expand();
    return keys ?? [...each.keys()];
  }

  private expand(): Expansion {
    return this.expansion?.get(() => new BlockScope(this.module, this.address, this.block), this.module.stack) ?? SINGLE;
  }

  private single(): ConfiguredInstance {
    if (this.only === undefined) {
      const scope = new BlockScope(this.module, this.address, this.block);
      const isCertain = this.module.isCertain || !DEPENDENT.test(this.type);
      this.only = new ConfiguredInstance(this.module, this.block, this.address, this.type, scope, isCertain);
    }
    return this.only;
  }

  private instance(key: Key): ConfiguredInstance {
    this.keyed ??= new Map();
    let found = this.keyed.get(key);
    if (found === undefined) {
      const { kind, keys, each } = this.expand();
      const address = addressOf(this.address, key);
      const scope = new BlockScope(this.module, address, this.block, { key, value: each.get(key), kind });
      const isCertain = (keys !== undefined && this.module.isCertain) || !DEPENDENT.test(this.type);
      found = new ConfiguredInstance(this.module, this.block, address, this.type, scope, isCertain);
      this.keyed.set(key, found);
    }
    return found;
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

/** Resources that are parts of a bucket or role: they count only if they are there. */
const DEPENDENT = /^aws_(s3_bucket|iam_role|iam_policy)_/;
/** Arguments that say of what a resource is a part. */
const NAMING: ReadonlySet<string> = new Set(["bucket", "role", "roles", "name"]);

/** Blocks whose members are values, not nested blocks: a member called `dynamic` means nothing there. */
const WITHOUT_BLOCKS: ReadonlySet<string> = new Set(["terraform_data"]);

const IN_PROGRESS = Symbol("in progress");

/** A resource instance whose arguments are evaluated when they are first asked for. */
class ConfiguredInstance implements Instance {
  private lazyReference: ResourceReference | undefined;
  private values: Map<string, unknown> | undefined;
  private settings: ProviderSettings | undefined;

  public constructor(
    private readonly module: Surroundings,
    private readonly block: Block,
    public readonly address: string,
    public readonly type: string,
    private readonly scope: BlockScope,
    /** Otherwise nobody knows whether it is there at all. */
    private readonly isCertain = true,
  ) {}

  public get reference(): ResourceReference {
    this.lazyReference ??= new ResourceReference(this);
    return this.lazyReference;
  }

  public get location(): PolicyLocation {
    return this.scope.location();
  }

  public get provider(): ProviderSettings {
    this.settings ??= this.module.provider(providerKey(own(this.block.body, "provider")));
    return this.settings;
  }

  public get(attribute: string): unknown {
    const { body } = this.block;
    const given = Object.hasOwn(body, attribute) ? body[attribute] : undefined;
    if ((given === undefined || given === null) && !this.isDynamic(attribute)) return undefined;
    if (!this.isCertain && !NAMING.has(attribute)) return unknownText(`${this.address}.${attribute}, if it is there at all`);
    if (typeof given === "string" ? !isTemplate(given) : typeof given === "number" || typeof given === "boolean") return given;
    this.values ??= new Map();
    const known = this.values.get(attribute);
    // Whoever asks before it is there is a part of it: a cycle.
    if (known === IN_PROGRESS) return unknownText(`${this.address}.${attribute}`);
    if (known !== undefined) return known;
    this.values.set(attribute, IN_PROGRESS);
    const value = this.evaluate(attribute, given);
    this.values.set(attribute, value);
    return value;
  }

  private evaluate(attribute: string, given: unknown): unknown {
    const scope = this.scope.at(attribute);
    if (WITHOUT_BLOCKS.has(this.type)) return scope.evaluatePlain(given);
    const value = evaluateBlocks(given, scope);
    const dynamic = own(this.block.body, "dynamic");
    return dynamic === undefined || dynamicSpecs(dynamic, attribute).length === 0
      ? value
      : addDynamicBlocks(value, dynamic, attribute, this.scope.at("dynamic"));
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

/** `aws` or `aws.alias`, also where it is written as a reference. */
export function providerKey(argument: unknown): string {
  return textOf(argument)?.replace(/^\$\{\s*|\s*\}$/g, "") ?? "aws";
}
