/** The resources of a plan or state, by type and by name. */
import { isObject, ownValue, textOf, valueAt } from "../../json";
import { hasUnknown } from "../../unknown";
import type { Stack } from "../configuration/scope";
import type { ProviderSettings } from "../resources/inventory";
import { ProblemList } from "../resources/problem-list";
import { partitionOf, providerSettings } from "../resources/provider";
import { type Entry, readEntries } from "./entries";
import { onlyOwner } from "./only-owner";
import { PlanConfiguration } from "./plan-configuration";
import { referencesIn } from "./references";
import { type ShownFileContext, ShownInstance } from "./shown-instance";
import { ShownModule, type ShownPlan } from "./shown-module";
import { NO_SOURCES, type SourceFiles, WrittenConfiguration } from "./written";

export class ShownResources implements ShownPlan, ShownFileContext {
  private readonly byType = new Map<string, ShownInstance[]>();
  /** By module, type and name: all instances of one block. */
  private readonly byBlock = new Map<string, ShownInstance[]>();
  private readonly providers = new Map<string, ProviderSettings>();
  private readonly modules = new Map<string, ShownModule>();
  public readonly moduleAddresses = new Set<string>();
  public readonly configuration: PlanConfiguration;
  public readonly written: WrittenConfiguration;
  public readonly variables: unknown;
  /** What cannot be evaluated stays unknown, which is no problem of the plan. */
  public readonly stack: Stack = { problems: new ProblemList(), outputs: new Map(), instances: 0 };

  public constructor(
    content: unknown,
    public readonly file: string,
    sources: SourceFiles = NO_SOURCES,
  ) {
    this.configuration = new PlanConfiguration(ownValue(content, "configuration"));
    this.written = new WrittenConfiguration(this.configuration, sources);
    this.variables = ownValue(content, "variables");
    for (const entry of readEntries(content).values()) {
      const instance = new ShownInstance(this, entry);
      push(this.byType, entry.type, instance);
      push(this.byBlock, `${entry.module}\n${entry.type}.${entry.name}`, instance);
      this.moduleAddresses.add(entry.module);
    }
  }

  public ofType(type: string): readonly ShownInstance[] {
    return this.byType.get(type) ?? [];
  }

  public instancesOf(module: string, block: string): readonly ShownInstance[] {
    return this.byBlock.get(`${module}\n${block}`) ?? [];
  }

  public module(address: string): ShownModule {
    let found = this.modules.get(address);
    if (found === undefined) {
      found = new ShownModule(this, address);
      this.modules.set(address, found);
    }
    return found;
  }

  public isConfigured(module: string, block: string, attribute: string): boolean {
    return ownValue(this.configuration.expressions(module, block), attribute) !== undefined;
  }

  public providerKeyOf(module: string, block: string): string | undefined {
    return textOf(ownValue(this.configuration.resource(module, block), "provider_config_key"));
  }

  public sourcesOf({ module, type, name }: Entry, path: readonly (string | number)[]): readonly string[] {
    const prefix = module === "" ? "" : `${module}.`;
    const expression = this.configuration.expressionAt({ module, block: `${type}.${name}`, path });
    return [...new Set(referencesIn(expression).map((text) => prefix + text))];
  }

  public onlyOwner({ module, type, name }: Entry, attribute: string): string | undefined {
    if (!this.written.hasSources) return undefined;
    const references = referencesIn(this.configuration.expressionAt({ module, block: `${type}.${name}`, path: [attribute] }));
    return onlyOwner({ type, name: attribute, references }, (wanted) => this.ofType(wanted));
  }

  public provider(key: string): ProviderSettings {
    let found = this.providers.get(key);
    if (found === undefined) {
      const argument = (name: string): unknown => this.providerArgument(key, name);
      found = this.withRegion(providerSettings(key.split(":").at(-1)!, argument, this.accountOf(key)), key);
      this.providers.set(key, found);
    }
    return found;
  }

  /** An argument of a provider block, where it is a constant, a template or one variable of the root module. */
  private providerArgument(key: string, name: string): unknown {
    const expression = this.configuration.providerExpression(key, name);
    const constant = ownValue(expression, "constant_value");
    const references = referencesIn(expression);
    if (constant !== undefined && references.length > 0)
      return this.module("").scopeOf(`provider.${key}`, undefined).evaluatePlain(constant);
    if (constant !== undefined) return constant;
    if (Array.isArray(expression)) return expression.map(constantsOf);
    const variable = references.length === 1 && !key.includes(":") ? /^var\.([\w-]+)$/.exec(references[0]!)?.[1] : undefined;
    return variable === undefined ? undefined : valueAt(this.variables, variable, "value");
  }

  /** The account that a data source with the same provider returned. */
  private accountOf(key: string): string | undefined {
    return this.read("data.aws_caller_identity", key, ["account_id", "id"]);
  }

  private withRegion(settings: ProviderSettings, key: string): ProviderSettings {
    const region = settings.region ?? this.read("data.aws_region", key, ["region", "name", "id"]);
    const known = this.read("data.aws_partition", key, ["partition", "id"]);
    const derived = settings.partition === "aws" ? partitionOf(region) : settings.partition;
    return { ...settings, region, partition: known ?? derived };
  }

  private read(type: string, key: string, attributes: readonly string[]): string | undefined {
    for (const instance of this.ofType(type)) {
      if (instance.providerKey !== key) continue;
      for (const attribute of attributes) {
        const value = ownValue(instance.entry.values, attribute);
        if (typeof value === "string" && value !== "" && !hasUnknown(value)) return value;
      }
    }
    return undefined;
  }
}

function constantsOf(block: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(isObject(block) ? block : {}).map(([name, expression]) => [name, ownValue(expression, "constant_value")]),
  );
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
