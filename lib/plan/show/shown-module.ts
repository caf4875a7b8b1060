/** Evaluates the expressions that a plan was computed from, with the values that the plan knows. */
import { isObject, ownValue, valueAt } from "../../json";
import { unknownText } from "../../unknown";
import { CollectionReference } from "../configuration/collection-reference";
import { variableValue } from "../configuration/convert";
import { addDynamicBlocks, evaluateBlocks } from "../configuration/dynamic-blocks";
import { ResourceReference } from "../configuration/resource-reference";
import { BlockScope, type Names, type Stack } from "../configuration/scope";
import { EvaluationFailure, entriesOf, Reference } from "../expression/value";
import type { Instance } from "../resources/inventory";
import { expansionKind, instanceOf, keyOfModule, type PlanConfiguration, splitModule } from "./plan-configuration";
import type { WrittenConfiguration } from "./written";

type Index = string | number | undefined;

/** The plan as the modules see it. */
export interface ShownPlan {
  readonly file: string;
  readonly stack: Stack;
  readonly configuration: PlanConfiguration;
  readonly written: WrittenConfiguration;
  /** Values of the variables of the root module. */
  readonly variables: unknown;
  module(address: string): ShownModule;
  /** The instances of a resource block. */
  instancesOf(module: string, block: string): readonly (Instance & { readonly index: Index })[];
  /** Addresses of the instances of a module call that hold resources, themselves or in a module inside. */
  instancesOfCall(address: string): readonly string[];
}

/** One instance of a module. */
export class ShownModule implements Names {
  public readonly stack: Stack;
  public readonly prefix: string;
  public readonly shared = new Map<string, unknown>();
  public readonly folder: string | undefined;
  private readonly variables = new Map<string, unknown>();
  private readonly locals = new Map<string, unknown>();
  private readonly references = new Map<string, Reference>();
  /** The values of `for_each`, by the address of the block. */
  private readonly collections = new Map<string, ReadonlyMap<Index, unknown>>();

  public constructor(
    private readonly plan: ShownPlan,
    private readonly address: string,
  ) {
    this.stack = plan.stack;
    this.prefix = address === "" ? "" : `${address}.`;
    this.folder = plan.written.pathOf(address);
  }

  /** The value of an argument by its expression; undefined where the expression is not known. */
  public argument(block: string, index: Index, name: string): unknown {
    const found = this.plan.written.argument(this.address, block, name);
    if (found === undefined) return undefined;
    const scope = this.scopeOf(`${this.prefix}${block}`, index, (kind) => this.plan.written.expansion(this.address, block, kind)).at(name);
    const value = evaluateBlocks(found.value, scope);
    return found.dynamic === undefined ? value : addDynamicBlocks(value, { dynamic: found.dynamic, label: name, scope, depth: 0 });
  }

  /** The provisioners of a resource, as the argument `provisioner` would hold them; undefined where it has none. */
  public provisioners(block: string, index: Index): unknown {
    const found = this.plan.written.provisioners(this.address, block);
    return found && this.scopeOf(`${this.prefix}${block}`, index).at("provisioner").evaluatePlain(found);
  }

  public variable(name: string): unknown {
    return this.once(this.variables, `var.${name}`, () => {
      const body = this.plan.written.variable(this.address, name)?.body;
      const planned = valueAt(this.plan.configuration.contentOf(this.address), "variables", name);
      if (body === undefined && planned === undefined) throw new EvaluationFailure(`no variable ${JSON.stringify(name)} is declared`);
      const placeholder = `${this.prefix}var.${name}`;
      const given = this.given(name);
      if (given === UNREAD) return unknownText(placeholder);
      const value = variableValue(body ?? { default: ownValue(planned, "default") }, given, placeholder);
      // Without its type, an object may lack the attributes that the type makes optional.
      return body === undefined && typeof value === "object" && value !== null ? unknownText(placeholder) : value;
    });
  }

  /** The value that the caller gives; undefined if it gives none. */
  private given(name: string): unknown {
    if (this.address === "") {
      const found = ownValue(this.plan.variables, name);
      // A variable that the plan does not list may be ephemeral.
      return found === undefined ? UNREAD : ownValue(found, "value");
    }
    const { parent, name: call } = splitModule(this.address);
    if (this.plan.configuration.callArgument(parent, call, name) === undefined) return undefined;
    const template = this.plan.written.callArgument(parent, call, name);
    return template === undefined ? UNREAD : this.callScope().at(name).evaluate(template);
  }

  /** The scope of the `module` block that makes this instance. */
  private callScope(): BlockScope {
    const { parent, name } = splitModule(this.address);
    const expansion = (kind: "count" | "for_each") => this.plan.written.callExpansion(parent, name, kind);
    return this.plan.module(parent).scopeOf(instanceOf(parent, name, undefined), keyOfModule(this.address), expansion);
  }

  public local(name: string): unknown {
    return this.once(this.locals, `local.${name}`, () => {
      const template = this.plan.written.local(this.address, name);
      return template === undefined
        ? unknownText(`${this.prefix}local.${name}`)
        : this.scopeOf(`${this.prefix}local.${name}`, undefined).evaluate(template);
    });
  }

  public resource(type: string, name: string): { reference(): Reference } | undefined {
    const block = `${type}.${name}`;
    const configured = this.plan.configuration.resource(this.address, block);
    return configured === undefined ? undefined : { reference: () => this.knownReference(block, configured) };
  }

  private knownReference(block: string, configured: unknown): Reference {
    const known = this.references.get(block) ?? this.resourceReference(block, configured);
    this.references.set(block, known);
    return known;
  }

  private resourceReference(block: string, configured: unknown): Reference {
    const address = `${this.prefix}${block}`;
    const instances = this.plan.instancesOf(this.address, block);
    const kind = expansionKind(configured) ?? kindOfIndex(instances[0]?.index);
    if (kind === undefined) return instances.length === 1 ? new ResourceReference(instances[0]!) : new UnknownReference(address);
    const byKey = new Map(instances.map((each) => [each.index, each]));
    const instance = (key: Index) => new ResourceReference(byKey.get(key)!);
    return new CollectionReference(address, { kind, keys: [...byKey.keys()], instance, unknownKey: undefined });
  }

  public call(name: string): { reference(): Reference } | undefined {
    const configured = this.plan.configuration.call(this.address, name);
    if (configured === undefined) return undefined;
    const module = (key: Index) => new ModuleInstanceReference(this.plan, instanceOf(this.address, name, key));
    const address = instanceOf(this.address, name, undefined);
    // The plan lists no `for_each` whose expression has no references.
    const hasKeys = this.plan.instancesOfCall(address).some((each) => keyOfModule(each) !== undefined);
    const isExpanded = hasKeys || expansionKind(configured) !== undefined;
    return { reference: () => (isExpanded ? new ModuleCollection(this.plan, address, module) : module(undefined)) };
  }

  public output(name: string): unknown {
    const template = this.plan.written.output(this.address, name);
    const address = `${this.prefix}output.${name}`;
    return template === undefined ? unknownText(`${this.prefix}${name}`) : this.scopeOf(address, undefined).evaluate(template);
  }

  public scopeOf(address: string, index: Index, expansion?: (kind: "count" | "for_each") => unknown): BlockScope {
    const place = { address, file: this.plan.file, pointer: "" };
    if (index === undefined || expansion === undefined) return new BlockScope(this, place);
    const kind = kindOfIndex(index)!;
    const eachValue = () => {
      const template = kind === "count" ? undefined : expansion("for_each");
      const values =
        template === undefined ? undefined : this.collection(address, () => new BlockScope(this, place).at("for_each").evaluate(template));
      return values?.get(index) ?? unknownText(`each.value of ${address}[${JSON.stringify(index)}]`);
    };
    return new BlockScope(this, {
      ...place,
      address: `${address}[${JSON.stringify(index)}]`,
      each: {
        key: index,
        kind,
        get value() {
          return eachValue();
        },
      },
    });
  }

  /** The elements of `for_each` by their keys. */
  private collection(address: string, evaluate: () => unknown): ReadonlyMap<Index, unknown> {
    let known = this.collections.get(address);
    if (known === undefined) {
      // A use during its own evaluation is a cycle.
      this.collections.set(address, new Map());
      const value = evaluate();
      // A list is the set of a variable whose type is not known. Its elements are their own keys.
      known = new Map(Array.isArray(value) ? value.map((item) => [item, item]) : entriesOf(value));
      this.collections.set(address, known);
    }
    return known;
  }

  private once(values: Map<string, unknown>, source: string, find: () => unknown): unknown {
    if (!values.has(source)) {
      // A use during its own evaluation is a cycle.
      values.set(source, unknownText(this.prefix + source));
      values.set(source, find());
    }
    return values.get(source);
  }
}

const UNREAD = Symbol("the expression is not known");

function kindOfIndex(index: Index): "count" | "for_each" | undefined {
  if (index === undefined) return undefined;
  return typeof index === "number" ? "count" : "for_each";
}

/** A resource of which the plan has no instance, such as a data source that is read later. */
class UnknownReference extends Reference {
  public constructor(public readonly name: string) {
    super();
  }

  public member(key: string | number): unknown {
    return unknownText(`${this.name}.${key}`);
  }
}

class ModuleInstanceReference extends Reference {
  public constructor(
    private readonly plan: ShownPlan,
    public readonly name: string,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    return this.plan.module(this.name).output(String(key));
  }
}

/** `module.x` of a call with `count` or `for_each`. */
class ModuleCollection extends Reference {
  public constructor(
    private readonly plan: ShownPlan,
    public readonly name: string,
    private readonly instance: (key: Index) => Reference,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    return this.instance(key);
  }

  /** Known where each instance shows by a resource that it certainly has. */
  public override entries(): readonly (readonly [string | number, unknown])[] | undefined {
    const keys = this.plan.instancesOfCall(this.name).map(keyOfModule);
    const known = keys.filter((key) => key !== undefined);
    const content = known.length === 0 ? undefined : this.plan.configuration.contentOf(`${this.name}[${JSON.stringify(known[0])}]`);
    const resources = ownValue(content, "resources");
    const shows = (each: unknown) => ownValue(each, "mode") === "managed" && isObject(each) && expansionKind(each) === undefined;
    return Array.isArray(resources) && resources.some(shows) ? known.map((key) => [key, this.instance(key)] as const) : undefined;
  }
}
