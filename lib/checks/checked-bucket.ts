import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { attributeExpression } from "../tokens";

/** What the checks of a stack need to know about a destination bucket. */
export interface CheckedBucket extends IConstruct {
  readonly bucket: TerraformResource;
  readonly policy: TerraformResource;
  readonly partition: string;
  /** The name, if it is known at synthesis. */
  readonly _literalName: string | undefined;
  /** What is wrong with its policy by itself. */
  _policyErrors(): string[];
}

/** Every text that refers to the bucket in an argument of another resource. */
export function referencesOf({ bucket, _literalName }: CheckedBucket): string[] {
  const attributes = ["bucket", "id"].map((attribute) => `\${${attributeExpression(bucket, attribute)}}`);
  return _literalName === undefined ? attributes : [_literalName, ...attributes];
}
