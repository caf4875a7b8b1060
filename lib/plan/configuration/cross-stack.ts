/**
 * References between the stacks of a CDK for Terraform app. CDKTF writes an output in the one stack, and in the other a data source for
 * its state, which is named after that stack.
 *
 * @see https://developer.hashicorp.com/terraform/cdktf/concepts/stacks#cross-stack-references
 */
import { hasUnknown, renameUnknown } from "../../unknown";

/** The outputs of the stacks that are read together, by the name of the stack. */
export type StackOutputs = Map<string, (output: string) => unknown>;

const INPUT = /^cross-stack-reference-input-(.+)$/s;

/** The value of `data.terraform_remote_state.NAME.outputs.OUTPUT`; undefined where the other stack is not read. */
export function crossStackValue(outputs: StackOutputs, name: string, output: string): unknown {
  const stack = INPUT.exec(name)?.[1];
  const value = stack === undefined ? undefined : outputs.get(stack)?.(output);
  return typeof value === "string" && hasUnknown(value) ? inStack(value, stack!) : value;
}

/** The text with placeholders that name the stack, because two stacks may use the same address for different resources. */
export function inStack(text: string, stack: string): string {
  return renameUnknown(text, (source) => `${source} of the stack ${stack}`);
}
