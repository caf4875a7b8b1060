/** The accounts, regions and partitions that the provider configurations of a plan work in. */
import { isObject, ownValue, textOf, valueAt } from "../../json";
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import type { ProviderSettings } from "../resources/inventory";
import { isAccountId, partitionOf, providerSettings } from "../resources/provider";
import type { PlanConfiguration } from "./plan-configuration";
import { referencesIn } from "./references";
import type { ShownInstance } from "./shown-instance";
import type { ShownModule } from "./shown-module";

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

interface Plan {
  readonly configuration: PlanConfiguration;
  /** Values of the variables of the root module. */
  readonly variables: unknown;
  ofType(type: string): readonly ShownInstance[];
  module(address: string): ShownModule;
}

export class ShownProviders {
  private readonly found = new Map<string, ProviderSettings>();
  private readonly configured = new Map<string, ProviderSettings>();
  private accounts: Map<string, Accounts> | undefined;

  public constructor(private readonly plan: Plan) {}

  public get(key: string): ProviderSettings {
    let found = this.found.get(key);
    if (found === undefined) {
      const settings = this.withRegion(this.ownSettings(key), key);
      found = isUnknown(settings.account) ? { ...settings, account: this.accountWith(settings) } : settings;
      this.found.set(key, found);
    }
    return found;
  }

  private ownSettings(key: string): ProviderSettings {
    let found = this.configured.get(key);
    if (found === undefined) {
      found = providerSettings(key.split(":").at(-1)!, (name) => this.argument(key, name), this.accountOf(key));
      this.configured.set(key, found);
    }
    return found;
  }

  /** The account that another provider configuration with the same credentials works in. */
  private accountWith({ credentials, account }: ProviderSettings): string {
    const others = this.plan.configuration.providerKeys.filter((key) => /(^|:)aws(\.|$)/.test(key)).map((key) => this.ownSettings(key));
    return others.find((other) => other.credentials === credentials && !isUnknown(other.account))?.account ?? account;
  }

  /** An argument of a provider block; a placeholder where its expression is not known. */
  private argument(key: string, name: string): unknown {
    return this.valueOf(this.plan.configuration.providerExpression(key, name), key, name);
  }

  private valueOf(expression: unknown, key: string, name: string): unknown {
    if (expression === undefined || expression === null) return undefined;
    const references = referencesIn(expression);
    const constant = ownValue(expression, "constant_value");
    // A provider of the JSON syntax has its templates there.
    if (constant !== undefined && references.length > 0) {
      return key.includes(":")
        ? unknownText(`${name} of the provider ${key}`)
        : this.plan.module("").scopeOf(`provider.${key}`, undefined).evaluatePlain(constant);
    }
    if (constant !== undefined) return constant;
    if (Array.isArray(expression)) return expression.map((block) => this.valueOf(block, key, name));
    if (!Array.isArray(ownValue(expression, "references"))) {
      const members = Object.entries(isObject(expression) ? expression : {});
      return Object.fromEntries(members.map(([inner, member]) => [inner, this.valueOf(member, key, inner)]));
    }
    const variable = references.length === 1 && !key.includes(":") ? /^var\.([\w-]+)$/.exec(references[0]!)?.[1] : undefined;
    const value = variable === undefined ? undefined : valueAt(this.plan.variables, variable, "value");
    return value ?? unknownText(`${name} of the provider ${key}`);
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
    for (const instance of this.plan.ofType("data.aws_caller_identity")) {
      const id = ownValue(instance.entry.values, "account_id") ?? ownValue(instance.entry.values, "id");
      if (isAccountId(id)) of(instance).returned.add(id);
    }
    for (const instance of ACCOUNT_TYPES.flatMap((type) => this.plan.ofType(type))) {
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
    for (const instance of this.plan.ofType(type)) {
      if (instance.providerKey !== key) continue;
      for (const attribute of attributes) {
        const value = ownValue(instance.entry.values, attribute);
        if (typeof value === "string" && value !== "" && !hasUnknown(value)) return value;
      }
    }
    return undefined;
  }
}
