/** The bucket or role that an argument means where the plan has only one. */
import { isObject, ownValue, textOf } from "../../json";
import { isUnknown } from "../../unknown";
import { attributeOf } from "../resources/attributes";
import type { Instance } from "../resources/inventory";
import { instanceOf, type PlanConfiguration, splitModule } from "./plan-configuration";
import { referencesIn } from "./references";

/** The type that each argument names. */
const OWNER_TYPES: Readonly<Record<string, string>> = { bucket: "aws_s3_bucket", role: "aws_iam_role", role_name: "aws_iam_role" };

const DEEPEST = 20;

interface Plan {
  readonly configuration: PlanConfiguration;
  ofType(type: string): readonly Instance[];
  /** The value of a variable, as far as the expressions of the module's caller are known. */
  variable(module: string, name: string): unknown;
}

interface Argument {
  /** The resource that has it. */
  readonly type: string;
  readonly module: string;
  readonly block: string;
  readonly name: string;
}

/**
 * The name of the only candidate, if every reference of the argument leads to it or to settings that the plan knows.
 *
 * The expressions of a module that is not installed are not known. Its arguments `bucket` and `role` then mean the one bucket or role of
 * the plan, as they do in every published module. A value that the caller of the module computes is not the candidate.
 */
export function onlyOwner({ type, module, block, name }: Argument, plan: Plan): string | undefined {
  const ownerType = Object.hasOwn(OWNER_TYPES, name) ? OWNER_TYPES[name]! : undefined;
  // The expressions of the root module are known, unless its files differ from the plan.
  if (ownerType === undefined || type === ownerType || module === "") return undefined;
  const candidates = [...plan.ofType(ownerType), ...plan.ofType(`data.${ownerType}`)];
  const only = candidates.length === 1 ? candidates[0]! : undefined;
  const owner = only && textOf(attributeOf(only, ownerType === "aws_s3_bucket" ? "bucket" : "name"));
  if (only === undefined || owner === undefined || isUnknown(owner)) return undefined;
  const search = new OriginSearch(plan, { type: ownerType, address: only.address, name: owner });
  const origins = search.ofExpression(plan.configuration.expressionAt({ module, block, path: [name] }), { module, block });
  return origins === "owner" ? owner : undefined;
}

/** Where a value comes from: the owner, settings that do not decide which one it is, or something else. */
type Origin = "owner" | "settings" | "other";

interface Place {
  readonly module: string;
  /** The resource that the expression stands in. */
  readonly block?: string;
}

class OriginSearch {
  private steps = 0;

  public constructor(
    private readonly plan: Plan,
    private readonly owner: { readonly type: string; readonly address: string; readonly name: string },
  ) {}

  public ofExpression(expression: unknown, place: Place): Origin {
    const origins = referencesIn(expression).map((reference) => this.ofReference(reference, place));
    if (origins.includes("other")) return "other";
    return origins.includes("owner") ? "owner" : "settings";
  }

  private ofReference(reference: string, { module, block }: Place): Origin {
    if (this.steps++ > DEEPEST) return "other";
    const [root, first = "", second = ""] = reference.split(/[.[]/);
    if (root === this.owner.type || (root === "data" && first === this.owner.type)) return "owner";
    if (root === "count" || root === "path") return "settings";
    if (root === "var") return this.ofVariable(first, module);
    // A value computed inside a module may be its own bucket or role, or a value from its caller.
    if (root === "local") return this.isInside(module) || this.isHanded(module) ? "owner" : "other";
    if (root === "module") return this.ofOutput(instanceOf(module, first, undefined), second);
    if (root !== "each" || block === undefined) return "other";
    return this.ofExpression(ownValue(this.plan.configuration.resource(module, block), "for_each_expression"), { module });
  }

  private ofVariable(name: string, module: string): Origin {
    const isDeclared = ownValue(ownValue(this.plan.configuration.contentOf(module), "variables"), name) !== undefined;
    if (module === "" || !isDeclared) return "other";
    const { parent, name: call } = splitModule(module);
    const origin = this.ofExpression(this.plan.configuration.callArgument(parent, call, name), { module: parent });
    const value = origin === "owner" ? this.plan.variable(module, name) : undefined;
    const isAnother = typeof value === "string" && value !== this.owner.name && !isUnknown(value);
    return isAnother ? "other" : origin;
  }

  private ofOutput(module: string, output: string): Origin {
    const expression = ownValue(ownValue(ownValue(this.plan.configuration.contentOf(module), "outputs"), output), "expression");
    return expression === undefined ? "other" : this.ofExpression(expression, { module });
  }

  private isInside(module: string): boolean {
    return this.owner.address.startsWith(`${module}.`);
  }

  private isHanded(module: string): boolean {
    const { parent, name } = splitModule(module);
    const given = module === "" ? undefined : ownValue(this.plan.configuration.call(parent, name), "expressions");
    return isObject(given) && Object.keys(given).some((argument) => this.ofVariable(argument, module) === "owner");
  }
}
