/** Resources and data sources of a configuration. */
import type { PolicyLocation } from "../../evaluate/types";
import { unknownText } from "../../evaluate/unknown";
import { attributeOf } from "../attributes";
import { isTemplate } from "../expression/parse";
import { Reference } from "../expression/value";
import { own, textOf } from "../json";
import type { Instance, ProviderSettings } from "../resources";
import type { Block } from "./blocks";
import { addDynamicBlocks, dynamicSpecs, evaluateBlocks } from "./dynamic-blocks";
import { addressOf, CollectionReference, type Expansion, type Key, LazyExpansion } from "./expansion";
import { BlockScope, type Names } from "./scope";

/** The module that a resource stands in. */
export interface Surroundings extends Names {
  provider(key: string): ProviderSettings;
}

/** The instances of one resource block, resolved when they are first asked for. */
export class ResourceInstances {
  private readonly address: string;
  private readonly expansion: LazyExpansion;
  private only: ConfiguredInstance | undefined;
  private readonly keyed: Map<Key, ConfiguredInstance> = new Map();

  public constructor(
    private readonly module: Surroundings,
    private readonly block: Block,
    private readonly type: string,
    name: string,
  ) {
    this.address = `${module.prefix}${type}.${name}`;
    this.expansion = new LazyExpansion(block.body, this.address);
  }

  public all(): ConfiguredInstance[] {
    return this.keys().map((key) => this.instance(key));
  }

  public reference(): Reference {
    const { kind } = this.expand();
    if (kind === "single") return this.instance(undefined).reference;
    return new CollectionReference(this.address, kind, this.expand().keys, (key) => this.instance(key).reference, this.keys()[0]);
  }

  private keys(): readonly Key[] {
    const { keys, each } = this.expand();
    return keys ?? [...each.keys()];
  }

  private expand(): Expansion {
    return this.expansion.get(() => new BlockScope(this.module, this.address, this.block), this.module.stack);
  }

  private instance(key: Key): ConfiguredInstance {
    let found = key === undefined ? this.only : this.keyed.get(key);
    if (found === undefined) {
      const { kind, each } = this.expand();
      const address = addressOf(this.address, key);
      const scope = new BlockScope(this.module, address, this.block, kind === "single" ? undefined : { key, value: each.get(key), kind });
      found = new ConfiguredInstance(this.module, this.block, address, this.type, scope);
      if (key === undefined) this.only = found;
      else this.keyed.set(key, found);
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

/** Blocks whose members are values, not nested blocks: a member called `dynamic` means nothing there. */
const WITHOUT_BLOCKS: ReadonlySet<string> = new Set(["terraform_data"]);

/** A resource instance whose arguments are evaluated when they are first asked for. */
class ConfiguredInstance implements Instance {
  public readonly reference = new ResourceReference(this);
  private values: Map<string, unknown> | undefined;
  private settings: ProviderSettings | undefined;

  public constructor(
    private readonly module: Surroundings,
    private readonly block: Block,
    public readonly address: string,
    public readonly type: string,
    private readonly scope: BlockScope,
  ) {}

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
    if (typeof given === "string" ? !isTemplate(given) : typeof given === "number" || typeof given === "boolean") return given;
    this.values ??= new Map();
    if (!this.values.has(attribute)) {
      // Until it is there, whoever asks is a part of it: a cycle.
      this.values.set(attribute, unknownText(`${this.address}.${attribute}`));
      this.values.set(attribute, this.evaluate(attribute, given));
    }
    return this.values.get(attribute);
  }

  private evaluate(attribute: string, given: unknown): unknown {
    const scope = this.scope.at(attribute);
    if (WITHOUT_BLOCKS.has(this.type)) return scope.evaluatePlain(given);
    const value = evaluateBlocks(given, scope);
    const dynamic = own(this.block.body, "dynamic");
    return dynamicSpecs(dynamic, attribute).length === 0 ? value : addDynamicBlocks(value, dynamic, attribute, this.scope.at("dynamic"));
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
