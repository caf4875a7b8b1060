/** What kind of value a reference to an attribute has, as far as the reference tells. */
import type { UnknownKind } from "../../unknown";

const ATTRIBUTES: readonly (readonly [RegExp, UnknownKind])[] = [
  [/^(?:data\.)?aws_s3_bucket\.[\w-]+\.(?:id|bucket)$/, "name"],
  [/^(?:data\.)?aws_iam_role\.[\w-]+\.(?:id|name)$/, "name"],
  [/^(?:data\.)?aws_s3_bucket\.[\w-]+\.arn$/, "bucketArn"],
];

/** The kind of the value that a reference leads to. `undefined` where the reference does not tell. */
export function kindOfAttribute(reference: string): UnknownKind | undefined {
  return ATTRIBUTES.find(([pattern]) => pattern.test(reference))?.[1];
}
