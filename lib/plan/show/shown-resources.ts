/** The resources of a plan or state, by type and by name. */
import { ownValue, textOf } from "../../json";
import type { Stack } from "../configuration/scope";
import { Budget, LOOP_LIMIT } from "../expression/budget";
import type { ProviderSettings } from "../resources/inventory";
import { ProblemList } from "../resources/problem-list";
import { type Entry, readEntries, readKept } from "./entries";
import { onlyOwner } from "./only-owner";
import { instanceOf, PlanConfiguration, splitModule } from "./plan-configuration";
import { referencesIn } from "./references";
import { type ShownFileContext, ShownInstance } from "./shown-instance";
import { ShownModule, type ShownPlan } from "./shown-module";
import { ShownProviders } from "./shown-providers";
import { NO_SOURCES, type SourceFiles, WrittenConfiguration } from "./written";

/** Types of resources that configure a bucket, a role or a key. */
const CONFIGURES = /^aws_(?:s3_bucket|iam_role|iam_policy|kms_key)/;

/** Resources that are parts of buckets or roles, or that nothing in AWS stands for. */
const PARTS = /^aws_s3_bucket_|^aws_iam_(?:role_polic|policy_attachment)|^terraform_data$|^null_resource$/;

export class ShownResources implements ShownPlan, ShownFileContext {
  private readonly byType = new Map<string, ShownInstance[]>();
  private readonly keptByType = new Map<string, ShownInstance[]>();
  /** By module, type and name: all instances of one block. */
  private readonly byBlock = new Map<string, ShownInstance[]>();
  private readonly providers = new ShownProviders(this);
  private readonly modules = new Map<string, ShownModule>();
  private readonly moduleAddresses = new Set<string>();
  private readonly byCall = new Map<string, string[]>();
  public readonly configuration: PlanConfiguration;
  public readonly written: WrittenConfiguration;
  public readonly variables: unknown;
  public readonly stack: Stack;
  private readonly problems: ProblemList;

  public constructor(
    content: unknown,
    public readonly file: string,
    { sources = NO_SOURCES, problems }: { readonly sources?: SourceFiles | undefined; readonly problems: ProblemList },
  ) {
    this.problems = problems;
    this.configuration = new PlanConfiguration(ownValue(content, "configuration"));
    this.written = new WrittenConfiguration(this.configuration, sources);
    this.stack = {
      problems: new LoopLimits(problems),
      outputs: new Map(),
      instances: 0,
      budget: new Budget(),
      imported: { addresses: new Set(), ids: new Map() },
      files: this.written.project,
    };
    this.variables = ownValue(content, "variables");
    for (const entry of readEntries(content).values()) {
      const instance = new ShownInstance(this, entry);
      push(this.byType, entry.type, instance);
      // No reference leads to a deposed object.
      if (entry.deposed === undefined) push(this.byBlock, `${entry.module}\n${entry.type}.${entry.name}`, instance);
      this.addModule(entry.module);
    }
    for (const entry of readKept(content)) push(this.keptByType, entry.type, new ShownInstance(this, entry));
  }

  public types(): readonly string[] {
    return [...new Set([...this.byType.keys(), ...this.keptByType.keys()])];
  }

  private addModule(address: string): void {
    if (address === "" || this.moduleAddresses.has(address)) return;
    this.moduleAddresses.add(address);
    const { parent, name } = splitModule(address);
    push(this.byCall, instanceOf(parent, name, undefined), address);
    this.addModule(parent);
  }

  public instancesOfCall(address: string): readonly string[] {
    return this.byCall.get(address) ?? [];
  }

  public ofType(type: string): readonly ShownInstance[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * The resources of a type, with those that the plan forgets, as they stay in AWS. Resources that set a part of a bucket or role are left
   * out: whether AWS keeps their settings depends on the other resources of the bucket or role.
   */
  public inAws(type: string): readonly ShownInstance[] {
    const [managed, kept] = [this.ofType(type), PARTS.test(type) ? [] : this.keptOfType(type)];
    if (kept.length === 0) return managed;
    const known = new Set(managed.flatMap((each) => [each.address, each.get("id")]));
    return [...managed, ...kept.filter((each) => !known.has(each.address) && !known.has(each.get("id") ?? each.address))];
  }

  /** Resources that the plan stops managing and AWS keeps. */
  public keptOfType(type: string): readonly ShownInstance[] {
    return this.keptByType.get(type) ?? [];
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
    const references = referencesIn(expression);
    // Of a configuration in the JSON syntax, the plan holds the text.
    const isText = ownValue(expression, "constant_value") !== undefined;
    if (references.length > 0 && !isText && CONFIGURES.test(type)) this.reportMissingFiles();
    return [...new Set(references.map((text) => prefix + text))];
  }

  /** Reports how to make an argument known of which the plan only lists the references. */
  private reportMissingFiles(): void {
    if (this.written.hasSources) return;
    const message =
      "the plan lists the references of an expression but not the expression; keep the files of its configuration in the folder of the plan, which hold it";
    this.problems.add({ id: "configuration-not-read", message, location: { file: this.file } });
  }

  public onlyOwner({ module, type, name }: Entry, attribute: string): string | undefined {
    if (!this.written.hasSources) return undefined;
    return onlyOwner(
      { type, module, block: `${type}.${name}`, name: attribute },
      {
        configuration: this.configuration,
        ofType: (wanted) => this.ofType(wanted),
        variable: (address, variable) => this.module(address).variable(variable),
      },
    );
  }

  public provider(key: string): ProviderSettings {
    return this.providers.get(key);
  }
}

/** A value that cannot be evaluated stays unknown. This is only a problem if this program is the reason. */
class LoopLimits extends ProblemList {
  public constructor(private readonly problems: ProblemList) {
    super();
  }

  public override add(problem: Parameters<ProblemList["add"]>[0]): void {
    if (problem.id === LOOP_LIMIT) this.problems.add(problem);
  }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
