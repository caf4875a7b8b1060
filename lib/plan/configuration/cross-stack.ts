/**
 * References from one stack of a CDK for Terraform app to another: an output there, and here a data source for the other's state, which
 * is named after it.
 *
 * @see https://developer.hashicorp.com/terraform/cdktf/concepts/stacks#cross-stack-references
 */
import { hasUnknown, replaceUnknown, unknownText, withoutKinds } from "../../unknown";

/** The outputs of the stacks that are read together, by the stack's name. */
export type StackOutputs = Map<string, (output: string) => unknown>;

const INPUT = /^cross-stack-reference-input-(.+)$/s;

/** The value of `data.terraform_remote_state.NAME.outputs.OUTPUT`; undefined where the other stack is not among those given. */
export function crossStackValue(outputs: StackOutputs, name: string, output: string): unknown {
  const stack = INPUT.exec(name)?.[1];
  const value = stack === undefined ? undefined : outputs.get(stack)?.(output);
  return typeof value === "string" && hasUnknown(value) ? inStack(value, stack!) : value;
}

/** The text as other stacks see it: two stacks may give a resource the same address. */
export function inStack(text: string, stack: string): string {
  return replaceUnknown(withoutKinds(text), (source) => unknownText(`${source} of the stack ${stack}`));
}
