/**
 * Follows references through the `configuration` part of a plan.
 *
 * That part says to what an argument refers, not what it makes of it: `"${aws_s3_bucket.x.arn}/*"` and `aws_s3_bucket.x.arn` look
 * the same. So a reference is followed only where the argument is, in all that people write, the value that is referred to: the name of
 * the bucket or role that a resource is a part of, the ARN of a policy or principal, a whole policy document. A plan in which it is only
 * a piece of the value is taken wrongly; the configuration's own JSON tells the two apart.
 */

import { isObject, listOf, ownValue, textOf, valueAt } from "../../json";
import { parseExpression } from "../expression/parse";
import { ExpressionSyntaxError } from "../expression/syntax";

/** The attribute of a resource. */
export interface Target {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index: string | number | undefined;
  /** Whether the index is the key of the instance that refers, as `x[each.key]` has it. */
  readonly isOwnKey: boolean;
  readonly attribute: string;
}

/** For each argument, by the end of its path, the attributes whose value it can only be. */
const FOLLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    bucket: [
      "aws_s3_bucket.id",
      "aws_s3_bucket.bucket",
      "data.aws_s3_bucket.id",
      "data.aws_s3_bucket.bucket",
      "aws_s3_bucket_policy.id",
      "aws_s3_bucket_policy.bucket",
      "aws_s3_bucket_public_access_block.id",
      "aws_s3_bucket_public_access_block.bucket",
      "aws_s3_bucket_ownership_controls.id",
      "aws_s3_bucket_ownership_controls.bucket",
      "aws_s3_bucket_versioning.bucket",
    ],
    role: ["aws_iam_role.id", "aws_iam_role.name"],
    role_name: ["aws_iam_role.id", "aws_iam_role.name"],
    roles: ["aws_iam_role.id", "aws_iam_role.name"],
    policy_arn: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    policy_arns: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    policy_names: ["aws_iam_role_policy.name"],
    managed_policy_arns: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    permissions_boundary: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    policy: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    assume_role_policy: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    source_policy_documents: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    override_policy_documents: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    identifiers: ["aws_iam_role.arn", "aws_iam_user.arn"],
  }).map(([argument, attributes]) => [argument, new Set(attributes)]),
);

const DEEPEST = 20;

/** A reference as steps: `module.logs["a"].bucket` → `module`, `logs`, `"a"`, `bucket`. */
type Steps = readonly (string | number)[];

interface Search {
  /** Attributes that the argument may be. */
  readonly allowed: ReadonlySet<string>;
  /** The index of the instance whose argument it is, where the argument uses it: what `each.key` and `count.index` stand for. */
  readonly ownIndex: string | number | undefined;
}

interface ConfiguredModule {
  readonly content: unknown;
  /** By `aws_s3_bucket.x`, `data.aws_region.y`. */
  readonly resources: ReadonlyMap<string, unknown>;
}

export class PlanReferences {
  private readonly modules = new Map<string, ConfiguredModule | undefined>();
  private readonly parsed = new Map<string, Steps | undefined>();

  public constructor(private readonly configuration: unknown) {}

  public isConfigured(module: string, block: string, attribute: string): boolean {
    return ownValue(this.expressions(module, block), attribute) !== undefined;
  }

  public providerKeyOf(module: string, block: string): string | undefined {
    return textOf(ownValue(this.module(module)?.resources.get(block), "provider_config_key"));
  }

  /** An argument of a provider block, where it is a constant or one variable of the root module. */
  public providerArgument(key: string, name: string, variable: (name: string) => unknown): unknown {
    const expression = valueAt(this.configuration, "provider_config", key, "expressions", name);
    const constant = ownValue(expression, "constant_value");
    if (constant !== undefined) return constant;
    if (Array.isArray(expression)) return expression.map((block) => constantsOf(block));
    const references = this.leaves(expression);
    const only = references.length === 1 ? references[0]! : undefined;
    return only?.[0] === "var" && only.length === 2 && !key.includes(":") ? variable(String(only[1])) : undefined;
  }

  /** What an argument that is not known must be, see above. */
  public targetOf(module: string, block: string, path: Steps, ownIndex: string | number | undefined): Target | undefined {
    const allowed = FOLLOWED.get(String(path.findLast((step) => typeof step === "string")));
    // A bucket's own name can be no other bucket's, however that goes into it.
    if (allowed === undefined || (block.startsWith("aws_s3_bucket.") && path[0] === "bucket")) return undefined;
    const { expression, rest } = this.expression(module, block, path);
    const all = this.leaves(expression);
    const leaves = all.filter(([root]) => root !== "each" && root !== "count");
    const keys = all.filter(([root]) => root === "each" || root === "count").map((steps) => steps.join("."));
    // Any other value than the key itself picks another instance.
    if (keys.some((key) => key !== "each.key" && key !== "count.index")) return undefined;
    const position = rest.at(-1);
    // In a list, the references must be as many as the elements, or nobody can tell which belongs to which.
    const wanted = typeof position === "number" ? [leaves[position]] : leaves;
    const targets = new Map<string, Target>();
    for (const steps of wanted) {
      if (steps === undefined) return undefined;
      const found = this.follow(module, steps, { allowed, ownIndex: keys.length > 0 ? ownIndex : undefined }, 0);
      if (found === undefined) return undefined;
      targets.set(JSON.stringify(found), found);
    }
    return targets.size === 1 ? [...targets.values()][0] : undefined;
  }

  /** The references of an argument, for people. */
  public sourcesOf(module: string, block: string, path: Steps): string[] {
    const { expression } = this.expression(module, block, path);
    const texts = this.leafTexts(expression);
    const prefix = module === "" ? "" : `${module}.`;
    return [...new Set(texts.map((text) => prefix + text))];
  }

  private expressions(module: string, block: string): unknown {
    return ownValue(this.module(module)?.resources.get(block), "expressions");
  }

  /** The expression for a value, and the part of the path that lies inside of that expression. */
  private expression(module: string, block: string, path: Steps): { expression: unknown; rest: Steps } {
    let current = this.expressions(module, block);
    for (const [index, step] of path.entries()) {
      if (isExpression(current)) return { expression: current, rest: path.slice(index) };
      const next = Array.isArray(current) && typeof step === "number" ? current[step] : ownValue(current, String(step));
      // A single block stands as an object in the configuration, but as a list of one in the values.
      current = next === undefined && step === 0 && isObject(current) ? current : next;
    }
    return { expression: current, rest: [] };
  }

  private follow(module: string, steps: Steps, search: Search, depth: number): Target | undefined {
    if (depth > DEEPEST) return undefined;
    if (steps[0] === "var" && steps.length === 2 && module !== "") {
      const { parent, name } = splitModule(module);
      const expression = valueAt(this.module(parent)?.content, "module_calls", name, "expressions", String(steps[1]));
      return this.followOnly(parent, expression, search, depth);
    }
    if (steps[0] === "module") return this.followOutput(module, steps, search, depth);
    const { allowed } = search;
    const isData = steps[0] === "data";
    const [type, name, ...rest] = isData ? steps.slice(1) : steps;
    const fullType = isData ? `data.${type}` : String(type);
    // `x[each.key].id` is listed as `x`: the key is not constant, and what follows it is not told.
    const attribute = rest.at(-1) ?? [...allowed].find((each) => each.startsWith(`${fullType}.`))?.slice(fullType.length + 1);
    if (typeof attribute !== "string" || rest.length > 2 || !allowed.has(`${fullType}.${attribute}`)) return undefined;
    const isOwnKey = rest.length < 2 && search.ownIndex !== undefined;
    return {
      module,
      type: fullType,
      name: String(name),
      index: isOwnKey ? search.ownIndex : rest.length === 2 ? rest[0] : undefined,
      isOwnKey,
      attribute,
    };
  }

  /** `module.x.out` or `module.x["k"].out`; `module.x` alone where the key is not constant, and then the output is not told. */
  private followOutput(module: string, [, name, ...rest]: Steps, search: Search, depth: number): Target | undefined {
    const outputs = valueAt(this.module(module)?.content, "module_calls", String(name), "module", "outputs");
    const key = rest.length === 0 ? search.ownIndex : rest.length > 1 ? rest[0] : undefined;
    const child = `${module === "" ? "" : `${module}.`}module.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
    const wanted = rest.length > 0 ? [ownValue(outputs, String(rest.at(-1)))] : Object.values(isObject(outputs) ? outputs : {});
    const targets = wanted.flatMap((output) => this.followOnly(child, ownValue(output, "expression"), search, depth) ?? []);
    const places = new Set(targets.map((target) => JSON.stringify({ ...target, attribute: "" })));
    return places.size === 1 ? targets[0] : undefined;
  }

  private followOnly(module: string, expression: unknown, search: Search, depth: number): Target | undefined {
    const leaves = this.leaves(expression).filter(([root]) => root !== "each" && root !== "count");
    return leaves.length === 1 ? this.follow(module, leaves[0]!, search, depth + 1) : undefined;
  }

  private leaves(expression: unknown): Steps[] {
    return this.leafTexts(expression).flatMap((text) => {
      const steps = this.parse(text);
      return steps === undefined ? [] : [steps];
    });
  }

  /** After each reference, Terraform lists the shorter ones that it contains; those are left out. */
  private leafTexts(expression: unknown): string[] {
    const texts = listOf(ownValue(expression, "references")).filter((text) => typeof text === "string");
    const leaves: string[] = [];
    for (const text of texts) {
      const last = leaves.at(-1);
      if (last === undefined || !(last.startsWith(text) && ".[".includes(last[text.length] ?? " "))) leaves.push(text);
    }
    return leaves;
  }

  private parse(text: string): Steps | undefined {
    if (!this.parsed.has(text)) this.parsed.set(text, parseSteps(text));
    return this.parsed.get(text);
  }

  /** The configuration of a module instance: `module.a["k"].module.b`. */
  private module(address: string): ConfiguredModule | undefined {
    if (!this.modules.has(address)) this.modules.set(address, this.findModule(address));
    return this.modules.get(address);
  }

  private findModule(address: string): ConfiguredModule | undefined {
    let content = ownValue(this.configuration, "root_module");
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

function constantsOf(block: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(isObject(block) ? block : {}).map(([name, expression]) => [name, ownValue(expression, "constant_value")]),
  );
}

function parseSteps(text: string): Steps | undefined {
  try {
    const expression = parseExpression(text);
    if (expression.kind !== "traversal") return undefined;
    const steps: (string | number)[] = [expression.root];
    for (const step of expression.steps) {
      const key = "attribute" in step ? step.attribute : step.key.kind === "literal" ? step.key.value : undefined;
      if (typeof key !== "string" && typeof key !== "number") return undefined;
      steps.push(key);
    }
    return steps;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

/** `module.a["k"].module.b[0]` → `module.a["k"]` and `b`. */
function splitModule(address: string): { parent: string; name: string } {
  const found = /^(?:(.*)\.)?module\.([^.[\]]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/s.exec(address);
  return { parent: found?.[1] ?? "", name: found?.[2] ?? "" };
}
