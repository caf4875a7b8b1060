/** Resolves a configuration in Terraform's JSON syntax into resources, without Terraform and without its providers. */

import { ownValue, pointerTo, textOf } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import type { AccountModel } from "../account-model";
import { Budget } from "../expression/budget";
import { EvaluationFailure } from "../expression/value";
import type { InstalledModules } from "../files/installed-modules";
import { pathFrom } from "../files/paths";
import { filesFrom, type ProjectFiles } from "../files/project-files";
import type { Instance, Inventory, ProviderSettings } from "../resources/inventory";
import { ProblemList } from "../resources/problem-list";
import { providerSettings } from "../resources/provider";
import { type Block, listed, type ModuleBlocks } from "./blocks";
import { requireConditions } from "./conditions";
import { variableValue } from "./convert";
import type { StackOutputs } from "./cross-stack";
import { ModuleCall, type ModuleContext, type StackWithModules } from "./module-call";
import { ResourceInstances, type ResourceModule } from "./resource";
import { BlockScope } from "./scope";

interface RootModule {
  readonly root: ModuleBlocks;
  /** The blocks of local modules, by folder. */
  readonly folders: ReadonlyMap<string, ModuleBlocks>;
  /** The modules that Terraform has installed in the folder of the root module. */
  readonly installed?: InstalledModules | undefined;
  readonly name: string;
  readonly source: AccountModel["source"];
  /** Values of variables of the root module, as `terraform.tfvars.json` gives them. */
  readonly values?: ReadonlyMap<string, unknown>;
  /** Outputs of the stacks that are read together. This stack adds its own. */
  readonly outputs?: StackOutputs | undefined;
  readonly project?: ProjectFiles | undefined;
  /** Whether the values are those that Terraform would use, so that it refuses a condition which is false. */
  readonly isComplete?: boolean;
}

/** Resolves the root module and, through `folders`, the local modules that it calls. */
export function readModule({
  root,
  folders,
  installed,
  name,
  source,
  values = new Map(),
  outputs = new Map(),
  project,
  isComplete = false,
}: RootModule): Inventory {
  const problems = new ProblemList();
  const stack: StackWithModules = {
    problems,
    outputs,
    folders,
    installed: installed ?? new Map(),
    instances: 0,
    moduleInstances: 0,
    budget: new Budget(),
    imported: root.imported,
    files: filesFrom(root.folder, project),
  };
  const inputs = new Map([...values].map(([variable, value]) => [variable, () => value]));
  const module = new ModuleInstance({
    stack,
    blocks: root,
    prefix: "",
    inputs,
    passedProviders: new Map(),
    folders: [root.folder],
    isCertain: true,
  });
  if (isComplete) requireConditions(module);
  outputs.set(name, (output) => (root.outputs.has(output) ? module.output(output) : undefined));
  const byType = new Map<string, readonly Instance[]>();
  const instances = (type: string): readonly Instance[] => {
    const known = byType.get(type) ?? module.allInstances(type);
    byType.set(type, known);
    return known;
  };
  const types = () => [...module.allTypes()];
  return { name, source, problems: stack.problems, types, instances, kept: () => [], removed: () => [] };
}

/** Resources that configure a bucket, role or key, or that give access to one. */
const GIVES_ACCESS = /^aws_(?:s3_bucket_|s3_access_point|s3control_|iam_role|iam_policy_|kms_key_policy|kms_grant)/;

/** Reports what AWS keeps when Terraform stops managing it: only a plan shows what that is. */
function reportKept({ body, file, pointer }: Block, prefix: string, problems: ProblemList): void {
  const from = textOf(ownValue(body, "from")) ?? "";
  const isDestroyed = listed(ownValue(body, "lifecycle")).some((each) => ownValue(each, "destroy") === true);
  if (isDestroyed || !(GIVES_ACCESS.test(from) || from.startsWith("module."))) return;
  const address = prefix + from;
  const message = `${address} is no longer managed, and AWS keeps it; check a plan, which shows what it holds`;
  problems.add({ id: "plan-incomplete", message, location: { file, address, pointer } });
}

/** One instance of a module, which resolves `var`, `local`, resources and module calls. */
class ModuleInstance implements ResourceModule {
  private readonly resources = new Map<string, Map<string, ResourceInstances>>();
  public readonly shared = new Map<string, unknown>();
  private readonly calls = new Map<string, ModuleCall<ModuleInstance>>();
  private readonly locals = new Map<string, unknown>();
  private readonly providers = new Map<string, ProviderSettings>();

  public readonly stack: StackWithModules;
  public readonly blocks: ModuleBlocks;
  public readonly prefix: string;
  public readonly folders: readonly string[];
  public readonly isCertain: boolean;
  public readonly folder: string | undefined;
  private readonly inputs: ModuleContext["inputs"];
  private readonly passedProviders: ModuleContext["passedProviders"];

  public constructor(context: ModuleContext) {
    this.stack = context.stack;
    this.blocks = context.blocks;
    this.prefix = context.prefix;
    this.folders = context.folders;
    for (const block of this.blocks.removed) reportKept(block, this.prefix, this.stack.problems);
    this.folder = pathFrom(context.folders[0]!, context.blocks.folder);
    this.isCertain = context.isCertain;
    this.inputs = context.inputs;
    this.passedProviders = context.passedProviders;
  }

  public allInstances(type: string, into: Instance[] = []): Instance[] {
    for (const name of this.blocks.resources.get(type)?.keys() ?? []) this.resource(type, name)!.collect(into);
    for (const name of this.blocks.modules.keys()) for (const module of this.call(name)!.all()) module.allInstances(type, into);
    return into;
  }

  public allTypes(into: Set<string> = new Set()): Set<string> {
    for (const type of this.blocks.resources.keys()) into.add(type);
    for (const name of this.blocks.modules.keys()) for (const module of this.call(name)!.all()) module.allTypes(into);
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
      found = new ResourceInstances(this, block, { type, name });
      ofType.set(name, found);
    }
    return found;
  }

  public call(name: string): ModuleCall<ModuleInstance> | undefined {
    let found = this.calls.get(name);
    const block = this.blocks.modules.get(name);
    if (found === undefined && block !== undefined) {
      found = new ModuleCall(this, block, (context) => new ModuleInstance(context));
      this.calls.set(name, found);
    }
    return found;
  }

  public local(name: string): unknown {
    if (this.locals.has(name)) return this.locals.get(name);
    const local = this.blocks.locals.get(name);
    if (local === undefined) throw new EvaluationFailure(`no local value ${JSON.stringify(name)} is declared`);
    // A use during its own evaluation is a cycle.
    this.locals.set(name, unknownText(`${this.prefix}local.${name}`));
    const scope = new BlockScope(this, { address: `${this.prefix}local.${name}`, file: local.file, pointer: local.pointer });
    const value = scope.evaluate(local.value);
    this.locals.set(name, value);
    return value;
  }

  public variable(name: string): unknown {
    const block = this.blocks.variables.get(name);
    const input = this.inputs.get(name);
    if (block === undefined && input === undefined) throw new EvaluationFailure(`no variable ${JSON.stringify(name)} is declared`);
    return variableValue(block?.body, input?.(), `${this.prefix}var.${name}`);
  }

  public output(name: string): unknown {
    const block = this.blocks.outputs.get(name);
    if (block === undefined) throw new EvaluationFailure(`the module has no output ${JSON.stringify(name)}`);
    const { file, pointer } = block;
    const scope = new BlockScope(this, { address: `${this.prefix}output.${name}`, file, pointer: pointerTo(pointer, "value") });
    return scope.evaluate(ownValue(block.body, "value"));
  }

  public provider(key: string): ProviderSettings {
    const passed = this.passedProviders.get(key);
    let found = passed ?? this.providers.get(key);
    if (found === undefined) {
      const [name, alias] = key.split(".");
      const block = this.blocks.providers.find(({ labels, body }) => labels[0] === name && ownValue(body, "alias") === alias);
      // A data source of this provider, in an argument of a provider, finds here what is known so far.
      this.providers.set(key, this.unknownSettings(key));
      const settings = this.ownSettings(key, block);
      this.providers.set(key, settings);
      found = this.withAccount(key, block, settings);
      // A module without provider blocks inherits the default provider of its caller.
      if (this.prefix !== "" && block === undefined && alias === undefined) found = this.passedProviders.get("aws") ?? found;
      this.providers.set(key, found);
    }
    return found;
  }

  private unknownSettings(key: string): ProviderSettings {
    const ofProvider = (what: string) => unknownText(`${what} of the provider ${this.prefix}${key}`);
    const settings = providerSettings(this.prefix + key, (argument) => (argument === "region" ? ofProvider(argument) : undefined));
    return { ...settings, account: ofProvider("account"), credentials: ofProvider("credentials") };
  }

  /** The settings with the account that another provider configuration with the same credentials works in. */
  private withAccount(key: string, block: Block | undefined, settings: ProviderSettings): ProviderSettings {
    if (!isUnknown(settings.account)) return settings;
    // A configuration that is not there may have any credentials.
    if (block === undefined && key.includes("."))
      return { ...settings, account: unknownText(`account of the provider ${this.prefix}${key}`) };
    const others = this.blocks.providers.filter((other) => other !== block && other.labels[0] === "aws");
    const account = others
      .map((other) => this.ownSettings(key, other))
      .find((other) => other.credentials === settings.credentials && !isUnknown(other.account))?.account;
    return { ...settings, account: account ?? settings.account };
  }

  private ownSettings(key: string, block: Block | undefined): ProviderSettings {
    const scope = new BlockScope(this, {
      address: `${this.prefix}provider.${key}`,
      file: block?.file ?? "",
      pointer: block?.pointer ?? "",
    });
    return providerSettings(this.prefix + key, (argument) => scope.evaluatePlain(ownValue(block?.body, argument)));
  }
}
