/** What a Terraform module is made of: the construct with variables as props, and what is said of each variable. */
import type { TerraformStack } from "cdktf";
import type { Body, Expression } from "./hcl";
import type { Variables } from "./variables";

export interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

/** Resources that are defined under a condition only. */
export interface CountedResources {
  /** What they are, as a word for names: `role`. */
  readonly label: string;
  readonly condition: string;
  readonly types: readonly string[];
}

export interface ModuleDefinition {
  readonly name: string;
  /** The name of a call; a name in HCL begins with a letter. */
  readonly label: string;
  readonly vendorName: string;
  readonly product: string;
  /** First paragraph of the module's page. */
  readonly introduction: string;
  /** Prefix of the outputs of the construct. */
  readonly outputPrefix: string;
  /** The struct of the construct's props. */
  readonly props: string;
  readonly variables: Variables;
  /** Props that are no variables of the module, each with the reason. */
  readonly withoutVariable: Readonly<Record<string, string>>;
  readonly locals: Readonly<Record<string, Expression>>;
  readonly data: Readonly<Record<string, Body>>;
  /** Preconditions of the bucket that the construct checks at synthesis. */
  readonly preconditions: readonly Precondition[];
  /** The choices that a construct makes at synthesis, each with the condition under which it is made. */
  readonly choices: readonly { readonly condition: string; readonly choice: string }[];
  readonly counted: readonly CountedResources[];
  /** Statements that are written under a condition only, by type of resource and Sid. */
  readonly statements: Readonly<Record<string, string>>;
  /** Defines the destination with every option. */
  define(stack: TerraformStack, choices: ReadonlySet<string>): void;
  /** The contract with what follows from variables. */
  contract(input: Readonly<Record<string, any>>): Body | Expression;
  readonly outputs?: Readonly<Record<string, Body>>;
  /** Arguments of the example. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly exampleRegion: string;
}
