/**
 * Conditions that a configuration sets itself: validations of variables, preconditions, postconditions, and checks.
 *
 * Terraform refuses a configuration in which one is false, and only warns where a `check` is. A condition that depends on what is unknown
 * says nothing.
 *
 * @see https://developer.hashicorp.com/terraform/language/validate
 */
import { ownValue, pointerTo, textOf } from "../../json";
import { hasUnknown } from "../../unknown";
import { definiteCondition } from "../expression/templates";
import { PlanReadError } from "../files/plan-read-error";
import { type Block, listed, type ModuleBlocks } from "./blocks";
import { BlockScope, type Names } from "./scope";

interface ConditionedModule extends Names {
  readonly blocks: ModuleBlocks;
  readonly isCertain: boolean;
  resource(type: string, name: string): (ReturnType<Names["resource"]> & { certainScopes(): readonly BlockScope[] }) | undefined;
  call(name: string): (ReturnType<Names["call"]> & { all(): readonly ConditionedModule[] }) | undefined;
}

/** Throws `PlanReadError` for the first condition that is false, in the module and in those that it calls. */
export function requireConditions(module: ConditionedModule): void {
  // Whether Terraform evaluates the conditions of a module that may not exist is unknown.
  if (!module.isCertain) return;
  const { blocks } = module;
  for (const [name, block] of blocks.variables) {
    requireAll(block.body.validation, scopeIn(module, `var.${name}`, block), {
      block,
      rule: "the validation",
      of: `${module.prefix}var.${name}`,
    });
  }
  for (const [type, byName] of blocks.resources) {
    for (const [name, block] of byName)
      if (block.body.lifecycle !== undefined) requireOfInstances(block, module.resource(type, name)!.certainScopes());
  }
  for (const [name, block] of blocks.outputs) {
    requireAll(block.body.precondition, scopeIn(module, `output.${name}`, block), {
      block,
      rule: "the precondition",
      of: `${module.prefix}output.${name}`,
    });
  }
  blocks.each("check", (block) => reportChecks(module, block));
  for (const name of blocks.modules.keys()) for (const called of module.call(name)!.all()) requireConditions(called);
}

function scopeIn(module: ConditionedModule, name: string, { file, pointer }: Block): BlockScope {
  return new BlockScope(module, { address: module.prefix + name, file, pointer });
}

function requireOfInstances(block: Block, scopes: readonly BlockScope[]): void {
  for (const lifecycle of listed(block.body.lifecycle)) {
    for (const rule of ["precondition", "postcondition"]) {
      const conditions = ownValue(lifecycle, rule);
      if (conditions === undefined) continue;
      for (const scope of scopes) requireAll(conditions, scope, { block, rule: `the ${rule}`, of: scope.location().address ?? "" });
    }
  }
}

interface Condition {
  readonly block: Block;
  /** What the condition is: `the validation`. */
  readonly rule: string;
  /** The address of what has it. */
  readonly of: string;
}

function requireAll(conditions: unknown, scope: BlockScope, { block, rule, of }: Condition): void {
  const [message] = failed(conditions, scope);
  if (message === undefined) return;
  throw new PlanReadError(
    block.file,
    `breaks ${rule} of ${of}, so that Terraform refuses it: ${message}`,
    "give values that meet the condition",
  );
}

function reportChecks(module: ConditionedModule, block: Block): void {
  const name = `check.${block.labels[0]}`;
  for (const message of failed(block.body.assert, scopeIn(module, name, block))) {
    const location = { file: block.file, address: module.prefix + name, pointer: pointerTo(block.pointer, "assert") };
    module.stack.problems.add({
      id: "check-fails",
      message: `${module.prefix}${name} fails, of which Terraform warns: ${message}`,
      location,
    });
  }
}

/** The messages of the conditions that are certainly false. */
function failed(conditions: unknown, scope: BlockScope): string[] {
  return listed(conditions)
    .filter((each) => definiteCondition(ownValue(each, "condition"), scope) === false)
    .map((each) => {
      const message = scope.evaluatePlain(ownValue(each, "error_message"));
      return JSON.stringify(
        typeof message === "string" && !hasUnknown(message) ? message : (textOf(ownValue(each, "error_message")) ?? ""),
      );
    });
}
