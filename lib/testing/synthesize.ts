import { type TerraformStack, Testing } from "cdktf";
import { type AccountModel, readConfiguration } from "../plan";

/**
 * The account that a stack describes: its buckets, its roles, and the delivery contracts that travel with it.
 *
 * Aspects are applied. Validations do not run, because an assertion is to report what is wrong, not a failed synthesis.
 */
export function synthesize(stack: TerraformStack): AccountModel {
  return readConfiguration(synthesizedJson(stack), stack.node.path);
}

/** The stack's Terraform JSON, with the metadata that names the construct of each resource. */
export function synthesizedJson(stack: TerraformStack): unknown {
  Testing.synth(stack); // applies the aspects
  stack.prepareStack();
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}
