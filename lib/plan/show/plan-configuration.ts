/** The `configuration` part of a plan. */
import { isObject, listOf, ownValue, textOf, valueAt } from "../../json";
import type { Steps } from "./reference-steps";

/** An argument of a resource, or a value inside it. */
export interface ArgumentPath {
  /** Address of the module instance; empty for the root module. */
  readonly module: string;
  /** `aws_s3_bucket.x`, `data.aws_region.y`. */
  readonly block: string;
  readonly path: Steps;
}

interface ConfiguredModule {
  readonly content: unknown;
  /** By `aws_s3_bucket.x`, `data.aws_region.y`. */
  readonly resources: ReadonlyMap<string, unknown>;
}

export class PlanConfiguration {
  private readonly modules = new Map<string, ConfiguredModule | undefined>();

  public constructor(private readonly content: unknown) {}

  public get providerKeys(): readonly string[] {
    const providers = ownValue(this.content, "provider_config");
    return isObject(providers) ? Object.keys(providers) : [];
  }

  public providerExpression(key: string, argument: string): unknown {
    return valueAt(this.content, "provider_config", key, "expressions", argument);
  }

  public resource(module: string, block: string): unknown {
    return this.module(module)?.resources.get(block);
  }

  public expressions(module: string, block: string): unknown {
    return ownValue(this.resource(module, block), "expressions");
  }

  /** The argument of a module call. */
  public callArgument(module: string, call: string, argument: string): unknown {
    return valueAt(this.module(module)?.content, "module_calls", call, "expressions", argument);
  }

  public outputsOfCall(module: string, call: string): unknown {
    return valueAt(this.module(module)?.content, "module_calls", call, "module", "outputs");
  }

  /** The expression for a value, and the part of the path that lies inside that expression. */
  public expressionAt({ module, block, path }: ArgumentPath): { expression: unknown; rest: Steps } {
    let current = this.expressions(module, block);
    for (const [index, step] of path.entries()) {
      if (isExpression(current)) return { expression: current, rest: path.slice(index) };
      const next = Array.isArray(current) && typeof step === "number" ? current[step] : ownValue(current, String(step));
      // The configuration has an object for a single block, the values have a list of one.
      current = next === undefined && step === 0 && isObject(current) ? current : next;
    }
    return { expression: current, rest: [] };
  }

  /** The configuration of a module instance: `module.a["k"].module.b`. */
  private module(address: string): ConfiguredModule | undefined {
    if (!this.modules.has(address)) this.modules.set(address, this.findModule(address));
    return this.modules.get(address);
  }

  private findModule(address: string): ConfiguredModule | undefined {
    let content = ownValue(this.content, "root_module");
    if (address !== "") {
      const { parent, name } = splitModule(address);
      content = valueAt(this.module(parent)?.content, "module_calls", name, "module");
    }
    if (!isObject(content)) return undefined;
    const resources = new Map<string, unknown>();
    for (const resource of listOf(ownValue(content, "resources"))) {
      const type = textOf(ownValue(resource, "type")) ?? "";
      resources.set(
        `${ownValue(resource, "mode") === "data" ? `data.${type}` : type}.${textOf(ownValue(resource, "name")) ?? ""}`,
        resource,
      );
    }
    return { content, resources };
  }
}

function isExpression(value: unknown): boolean {
  return Array.isArray(ownValue(value, "references")) || ownValue(value, "constant_value") !== undefined;
}

/** The address of an instance of a module that another one calls. */
export function instanceOf(parent: string, name: string, key: string | number | undefined): string {
  return `${parent === "" ? "" : `${parent}.`}module.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
}

/** `module.a["k"].module.b[0]` → `module.a["k"]` and `b`. */
export function splitModule(address: string): { parent: string; name: string } {
  const found = /^(?:(.*)\.)?module\.([^.[\]]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/s.exec(address);
  return { parent: found?.[1] ?? "", name: found?.[2] ?? "" };
}
