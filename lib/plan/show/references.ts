/**
 * Follows references through the `configuration` part of a plan.
 *
 * That part lists the references of an argument, not its expression: `"${aws_s3_bucket.x.arn}/*"` and `aws_s3_bucket.x.arn` look the
 * same. So a reference is followed only where the argument practically always equals the attribute: the name of the bucket or role that
 * a resource configures, the ARN of a policy or principal, a whole policy document. Where such an argument only contains the attribute,
 * the result is wrong. The configuration itself, read as JSON, distinguishes the two.
 */
import { isObject, ownValue, textOf } from "../../json";
import { unknownText } from "../../unknown";
import { FOLLOWED } from "./followed-arguments";
import { type ArgumentPath, instanceOf, PlanConfiguration, splitModule } from "./plan-configuration";
import { ReferenceParser, referencesIn, type Steps } from "./reference-steps";

/** The attribute of a resource. */
export interface Target {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index: string | number | undefined;
  /** Whether the index is that of the referring instance, as in `x[each.key]`. */
  readonly isOwnKey: boolean;
  readonly attribute: string;
}

const DEEPEST = 20;

/** A reference that is followed from module to module. */
interface Search {
  /** Attributes that the argument may equal. */
  readonly allowed: ReadonlySet<string>;
  /** The value of `each.key` or `count.index`, where the argument uses it. */
  readonly ownIndex: string | number | undefined;
  readonly module: string;
  readonly depth: number;
}

/** An argument of a provider block. */
interface ProviderArgument {
  readonly key: string;
  readonly name: string;
  /** The value of a variable of the root module. */
  readonly variable: (name: string) => unknown;
}

export class PlanReferences {
  private readonly configuration: PlanConfiguration;
  private readonly parser = new ReferenceParser();

  public constructor(configuration: unknown) {
    this.configuration = new PlanConfiguration(configuration);
  }

  public isConfigured(module: string, block: string, attribute: string): boolean {
    return ownValue(this.configuration.expressions(module, block), attribute) !== undefined;
  }

  public providerKeyOf(module: string, block: string): string | undefined {
    return textOf(ownValue(this.configuration.resource(module, block), "provider_config_key"));
  }

  /** The keys of all provider configurations. */
  public get providerKeys(): readonly string[] {
    return this.configuration.providerKeys;
  }

  /** An argument of a provider block, where it is a constant or one variable of the root module; a placeholder where it is anything else. */
  public providerArgument(key: string, name: string, variable: (name: string) => unknown): unknown {
    return this.providerValue(this.configuration.providerExpression(key, name), { key, name, variable });
  }

  private providerValue(expression: unknown, argument: ProviderArgument): unknown {
    if (expression === undefined || expression === null) return undefined;
    const constant = ownValue(expression, "constant_value");
    if (constant !== undefined) return constant;
    if (Array.isArray(expression)) return expression.map((block) => this.providerValue(block, argument));
    if (!Array.isArray(ownValue(expression, "references"))) {
      const members = Object.entries(isObject(expression) ? expression : {});
      return Object.fromEntries(members.map(([name, member]) => [name, this.providerValue(member, { ...argument, name })]));
    }
    const { key, name, variable } = argument;
    const references = this.parser.stepsIn(expression);
    const only = references.length === 1 ? references[0]! : undefined;
    const value = only?.[0] === "var" && only.length === 2 && !key.includes(":") ? variable(String(only[1])) : undefined;
    return value ?? unknownText(`${name} of the provider ${key}`);
  }

  /**
   * The attribute that an unknown argument equals.
   *
   * @param ownIndex index of the resource instance that has the argument
   */
  public targetOf(argument: ArgumentPath, ownIndex: string | number | undefined): Target | undefined {
    const { module, block, path } = argument;
    const allowed = FOLLOWED.get(String(path.findLast((step) => typeof step === "string")));
    // The name of a bucket never equals that of another bucket, even where it is derived from it.
    if (allowed === undefined || (block.startsWith("aws_s3_bucket.") && path[0] === "bucket")) return undefined;
    const { expression, rest } = this.configuration.expressionAt(argument);
    const all = this.parser.stepsIn(expression);
    const references = all.filter((steps) => !isIteration(steps));
    const keys = all.filter(isIteration).map((steps) => steps.join("."));
    // Anything but the key itself selects another instance.
    if (keys.some((key) => key !== "each.key" && key !== "count.index")) return undefined;
    const position = rest.at(-1);
    // In a list, each element is taken to have one reference.
    const wanted = typeof position === "number" ? [references[position]] : references;
    const search: Search = { allowed, ownIndex: keys.length > 0 ? ownIndex : undefined, module, depth: 0 };
    const targets = new Map<string, Target>();
    for (const steps of wanted) {
      const found = steps && this.follow(steps, search);
      if (found === undefined) return undefined;
      targets.set(JSON.stringify(found), found);
    }
    return targets.size === 1 ? [...targets.values()][0] : undefined;
  }

  /** The references of an argument, for people. */
  public sourcesOf(argument: ArgumentPath): string[] {
    const { expression } = this.configuration.expressionAt(argument);
    const prefix = argument.module === "" ? "" : `${argument.module}.`;
    return [...new Set(referencesIn(expression).map((text) => prefix + text))];
  }

  private follow(steps: Steps, search: Search): Target | undefined {
    const { allowed, ownIndex, module, depth } = search;
    if (depth > DEEPEST) return undefined;
    if (steps[0] === "var" && steps.length === 2 && module !== "") {
      const { parent, name } = splitModule(module);
      const expression = this.configuration.callArgument(parent, name, String(steps[1]));
      return this.followOnly(expression, { ...search, module: parent });
    }
    if (steps[0] === "module") return this.followOutput(steps, search);
    const isData = steps[0] === "data";
    const [type, name, ...rest] = isData ? steps.slice(1) : steps;
    const fullType = isData ? `data.${type}` : String(type);
    // Terraform lists `x[each.key].id` as `x`: neither the key nor the attribute is known then.
    const attribute = rest.at(-1) ?? [...allowed].find((each) => each.startsWith(`${fullType}.`))?.slice(fullType.length + 1);
    if (typeof attribute !== "string" || rest.length > 2 || !allowed.has(`${fullType}.${attribute}`)) return undefined;
    const isOwnKey = rest.length < 2 && ownIndex !== undefined;
    const index = isOwnKey ? ownIndex : rest.length === 2 ? rest[0] : undefined;
    return { module, type: fullType, name: String(name), index, isOwnKey, attribute };
  }

  /** Follows `module.x.out` or `module.x["k"].out`. Terraform lists `module.x` alone where the key is not constant. */
  private followOutput([, name, ...rest]: Steps, search: Search): Target | undefined {
    const outputs = this.configuration.outputsOfCall(search.module, String(name));
    const key = rest.length === 0 ? search.ownIndex : rest.length > 1 ? rest[0] : undefined;
    const module = instanceOf(search.module, String(name), key);
    const wanted = rest.length > 0 ? [ownValue(outputs, String(rest.at(-1)))] : Object.values(isObject(outputs) ? outputs : {});
    const targets = wanted.flatMap((output) => this.followOnly(ownValue(output, "expression"), { ...search, module }) ?? []);
    const resources = new Set(targets.map((target) => JSON.stringify({ ...target, attribute: "" })));
    return resources.size === 1 ? targets[0] : undefined;
  }

  /** Follows the reference of an expression that has exactly one. */
  private followOnly(expression: unknown, search: Search): Target | undefined {
    const references = this.parser.stepsIn(expression).filter((steps) => !isIteration(steps));
    return references.length === 1 ? this.follow(references[0]!, { ...search, depth: search.depth + 1 }) : undefined;
  }
}

function isIteration([root]: Steps): boolean {
  return root === "each" || root === "count";
}
