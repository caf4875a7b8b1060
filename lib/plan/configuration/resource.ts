/** Resources and data sources of a configuration. */
import type { PolicyLocation } from "../../evaluate/types";
import { unknownText } from "../../evaluate/unknown";
import { attributeOf } from "../attributes";
import { plain } from "../expression/evaluate";
import { Reference } from "../expression/value";
import { own, textOf } from "../json";
import type { Instance, ProviderSettings } from "../resources";
import type { Block } from "./blocks";
import { addDynamicBlocks, dynamicSpecs, evaluateBlocks } from "./dynamic-blocks";
import { addressOf, CollectionReference, type Expansion, expand, type Key } from "./expansion";
import { BlockScope, type Names } from "./scope";

/** The module that a resource stands in. */
export interface Surroundings extends Names {
  provider(key: string): ProviderSettings;
}

/** The instances of one resource block, resolved when they are first asked for. */
export class ResourceInstances {
  private expansion: Expansion | undefined;
  private readonly instances = new Map<Key, ConfiguredInstance>();

  public constructor(
    private readonly module: Surroundings,
    private readonly block: Block,
    private readonly key: string,
  ) {}

  public all(): ConfiguredInstance[] {
    return this.keys().map((key) => this.instance(key));
  }

  public reference(): Reference {
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
    private readonly module: Surroundings,
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
    let value = WITHOUT_BLOCKS.has(this.type) ? plain(scope.evaluate(given)) : evaluateBlocks(given, scope);
    const dynamic = own(body, "dynamic");
    if (dynamicSpecs(dynamic, attribute).length > 0) value = addDynamicBlocks(value, dynamic, attribute, this.scope.at("dynamic"));
    this.values.set(attribute, value);
    return value;
  }

  public locate(...path: readonly (string | number)[]): PolicyLocation {
    return this.scope.at(...(this.isConfigured(String(path[0])) ? path : [])).location();
  }

  public isConfigured(attribute: string): boolean {
    const { body } = this.block;
    const isGiven = Object.hasOwn(body, attribute) && body[attribute] !== null;
    return isGiven || (!WITHOUT_BLOCKS.has(this.type) && dynamicSpecs(own(body, "dynamic"), attribute).length > 0);
  }
}

/** `aws` or `aws.alias`, also where it is written as a reference. */
export function providerKey(argument: unknown): string {
  return textOf(argument)?.replace(/^\$\{\s*|\s*\}$/g, "") ?? "aws";
}
