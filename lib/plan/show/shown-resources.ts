/** The resources of a plan or state, with unknown values resolved as far as the configuration tells. */
import type { PolicyLocation } from "../../evaluate";
import { isObject, listOf, ownValue, pointerTo, setOwnValue, textOf, valueAt } from "../../json";
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import { attributeOf } from "../resources/attributes";
import type { Instance, ProviderSettings } from "../resources/inventory";
import { isAccountId, partitionOf, providerSettings } from "../resources/provider";
import { type Entry, readEntries, readKept } from "./entries";
import { PlanReferences, type Target } from "./references";

/** Account IDs that belong to one provider configuration. */
interface Accounts {
  /** By its data sources. */
  readonly returned: Set<string>;
  /** In the ARNs of its resources. */
  readonly named: Set<string>;
}

const NO_ACCOUNTS: Accounts = { returned: new Set(), named: new Set() };

/** Resource types whose ARN names the account of their provider. */
const ACCOUNT_TYPES = ["aws_iam_role", "aws_iam_policy", "aws_iam_user", "aws_sqs_queue", "aws_sns_topic", "aws_kms_key"];

/** The resources of the file, by type and by name. */
export class ShownResources {
  private readonly byType = new Map<string, ShownInstance[]>();
  private readonly keptByType = new Map<string, ShownInstance[]>();
  /** By module, type and name: all instances of one block. */
  private readonly byBlock = new Map<string, ShownInstance[]>();
  private readonly providers = new Map<string, ProviderSettings>();
  private readonly configured = new Map<string, ProviderSettings>();
  private accounts: Map<string, Accounts> | undefined;
  public readonly references: PlanReferences;

  public constructor(
    private readonly content: unknown,
    public readonly file: string,
  ) {
    this.references = new PlanReferences(ownValue(content, "configuration"));
    for (const entry of readEntries(content).values()) {
      const instance = new ShownInstance(this, entry);
      push(this.byType, entry.type, instance);
      push(this.byBlock, `${entry.module}\n${entry.type}.${entry.name}`, instance);
    }
    for (const entry of readKept(content)) push(this.keptByType, entry.type, new ShownInstance(this, entry));
  }

  public ofType(type: string): readonly ShownInstance[] {
    return this.byType.get(type) ?? [];
  }

  /** Resources that the plan stops managing and AWS keeps. */
  public keptOfType(type: string): readonly ShownInstance[] {
    return this.keptByType.get(type) ?? [];
  }

  /** The value of the attribute that a reference leads to; undefined where it is not in the file. */
  public valueOf(target: Target, { module, type, name }: Entry): unknown {
    const instances = this.byBlock.get(`${target.module}\n${target.type}.${target.name}`) ?? [];
    const ofReferrer = this.byBlock.get(`${module}\n${type}.${name}`) ?? [];
    // `x[count.index + 1]` looks like `x[count.index]`. The index is the same only where both blocks have the same number of instances.
    if (target.isOwnKey && typeof target.index === "number" && instances.length > 1 && instances.length !== ofReferrer.length)
      return undefined;
    const instance =
      instances.find((each) => each.entry.index === target.index) ??
      (instances.length === 1 && (target.isOwnKey || target.index === undefined) ? instances[0] : undefined);
    return instance === undefined ? undefined : attributeOf(instance, target.attribute);
  }

  public provider(key: string): ProviderSettings {
    let found = this.providers.get(key);
    if (found === undefined) {
      const settings = this.withRegion(this.ownSettings(key), key);
      found = isUnknown(settings.account) ? { ...settings, account: this.accountWith(settings) } : settings;
      this.providers.set(key, found);
    }
    return found;
  }

  private ownSettings(key: string): ProviderSettings {
    let found = this.configured.get(key);
    if (found === undefined) {
      const argument = (name: string): unknown =>
        this.references.providerArgument(key, name, (variable) => valueAt(this.content, "variables", variable, "value"));
      found = providerSettings(key.split(":").at(-1)!, argument, this.accountOf(key));
      this.configured.set(key, found);
    }
    return found;
  }

  /** The account that another provider configuration with the same credentials works in. */
  private accountWith({ credentials, account }: ProviderSettings): string {
    const others = this.references.providerKeys.filter((key) => /(^|:)aws(\.|$)/.test(key)).map((key) => this.ownSettings(key));
    return others.find((other) => other.credentials === credentials && !isUnknown(other.account))?.account ?? account;
  }

  /** The account that a data source with the same provider returned, else that of all ARNs of its resources. Undefined where they differ. */
  private accountOf(key: string): string | undefined {
    this.accounts ??= this.readAccounts();
    const { returned, named } = this.accounts.get(key) ?? NO_ACCOUNTS;
    const accounts = returned.size > 0 ? returned : named;
    return accounts.size === 1 ? [...accounts][0] : undefined;
  }

  private readAccounts(): Map<string, Accounts> {
    const accounts = new Map<string, Accounts>();
    const of = (instance: ShownInstance): Accounts => {
      const found = accounts.get(instance.providerKey) ?? { returned: new Set(), named: new Set() };
      accounts.set(instance.providerKey, found);
      return found;
    };
    for (const instance of this.ofType("data.aws_caller_identity")) {
      const id = ownValue(instance.entry.values, "account_id") ?? ownValue(instance.entry.values, "id");
      if (isAccountId(id)) of(instance).returned.add(id);
    }
    for (const instance of ACCOUNT_TYPES.flatMap((type) => this.ofType(type))) {
      const account = textOf(ownValue(instance.entry.values, "arn"))?.split(":")[4];
      if (isAccountId(account)) of(instance).named.add(account);
    }
    return accounts;
  }

  private withRegion(settings: ProviderSettings, key: string): ProviderSettings {
    const region =
      (isUnknown(settings.region) ? undefined : settings.region) ?? this.read("data.aws_region", key, ["region", "name", "id"]);
    const known = this.read("data.aws_partition", key, ["partition", "id"]);
    const derived = settings.partition === "aws" ? partitionOf(region) : settings.partition;
    return { ...settings, region: region ?? settings.region, partition: known ?? derived };
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
    // A use during its own evaluation is a cycle.
    this.values.set(attribute, unknownText(`${this.address}.${attribute}`));
    const value = this.fill(ownValue(this.entry.values, attribute), ownValue(this.entry.unknown, attribute), [attribute]);
    this.values.set(attribute, value);
    return value;
  }

  /** Replaces each unknown value by the value that its reference leads to, or by a placeholder. */
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
    for (const [key, item] of Object.entries(isObject(value) ? value : {})) setOwnValue(result, key, item);
    for (const [key, flag] of entries) {
      const filled = this.fill(ownValue(value, key), flag, [...path, key]);
      if (filled !== undefined) setOwnValue(result, key, filled);
    }
    return result;
  }

  private resolve(path: readonly (string | number)[]): unknown {
    const { references } = this.show;
    const { module } = this.entry;
    const argument = { module, block: this.blockKey, path };
    const target = references.targetOf(argument, this.entry.index);
    const value = target === undefined ? undefined : this.show.valueOf(target, this.entry);
    if (value !== undefined) return value;
    const sources = references.sourcesOf(argument);
    return unknownText(
      `${this.address}${path.map(showStep).join("")}${sources.length === 0 ? "" : `, from ${sources.slice(0, 6).join(", ")}`}`,
    );
  }

  public before(attribute: string): unknown {
    return ownValue(this.entry.before, attribute);
  }

  public get isExisting(): boolean {
    return !this.entry.isNew;
  }

  public locate(...path: readonly (string | number)[]): PolicyLocation {
    const { pointer } = this.entry;
    if (!isObject(this.entry.values) || !Object.hasOwn(this.entry.values, String(path[0]))) return this.location;
    const isForgotten = this.entry.values === this.entry.before;
    const values = pointer.startsWith("/resource_changes") ? ["change", isForgotten ? "before" : "after"] : ["values"];
    return { ...this.location, pointer: pointerTo(pointer, ...values, ...path) };
  }

  /** `false` in a state, which has no configuration: the values that AWS returned count there. */
  public isConfigured(attribute: string): boolean {
    return this.show.references.isConfigured(this.entry.module, this.blockKey, attribute);
  }
}

function showStep(step: string | number): string {
  return typeof step === "number" ? `[${step}]` : `.${step}`;
}
