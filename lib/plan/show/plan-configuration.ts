/** The `configuration` part of a plan. */
import { isObject, listOf, ownValue, textOf, valueAt } from "../../json";

/** An argument of a resource, or a value inside it. */
export interface ArgumentPath {
  /** Address of the module instance; empty for the root module. */
  readonly module: string;
  /** `aws_s3_bucket.x`, `data.aws_region.y`. */
  readonly block: string;
  readonly path: readonly (string | number)[];
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

  public contentOf(module: string): unknown {
    return this.module(module)?.content;
  }

  public call(module: string, name: string): unknown {
    return valueAt(this.contentOf(module), "module_calls", name);
  }

  /** The argument of a module call. */
  public callArgument(module: string, call: string, argument: string): unknown {
    return valueAt(this.call(module, call), "expressions", argument);
  }

  /** The expression that gives a value, or that the value is a part of. */
  public expressionAt({ module, block, path }: ArgumentPath): unknown {
    let current = this.expressions(module, block);
    for (const step of path) {
      if (isExpression(current)) return current;
      const next = Array.isArray(current) && typeof step === "number" ? current[step] : ownValue(current, String(step));
      // The configuration has an object for a single block, the values have a list of one.
      current = next === undefined && step === 0 && isObject(current) ? current : next;
    }
    return current;
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

/** How the configuration of a resource or module call makes several instances. */
export function expansionKind(configured: unknown): "count" | "for_each" | undefined {
  if (ownValue(configured, "count_expression") !== undefined) return "count";
  return ownValue(configured, "for_each_expression") !== undefined ? "for_each" : undefined;
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

/** `"k"` of `module.a["k"]`. */
export function keyOfModule(address: string): string | number | undefined {
  const key = /\[(\d+|"(?:[^"\\]|\\.)*")\]$/s.exec(address)?.[1];
  return key === undefined ? undefined : (JSON.parse(key) as string | number);
}
