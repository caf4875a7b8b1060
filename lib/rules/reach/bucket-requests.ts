/** The requests that a statement may allow in a bucket. */
import type { CompiledStatement } from "../../evaluate";
import type { PlannedBucket } from "../../plan";
import { hasUnknown } from "../../unknown";
import { matches, s3Resource } from "../patterns";
import { actionsMatching } from "../s3-actions";
import { actionsOf, resourcesOf } from "../statements";

/** Bucket actions that matter. Reading settings reveals little. */
const NOTABLE = /^s3:(Put|Delete|List)/;

export interface BucketRequest {
  readonly action: string;
  readonly resource: string;
}

/** Requests that the statement covers: its actions, on the bucket and on the keys in its resources. The most harmful ones come first. */
export function requestsOf(statement: CompiledStatement, { arn }: PlannedBucket): BucketRequest[] {
  const matched = (statement.action === undefined || statement.action.not ? ["s3:*"] : actionsOf(statement)).map(actionsMatching);
  const keys = resourcesOf(statement).flatMap((text) => s3Resource(text)?.key?.replace(/[*?]/g, "x") ?? []);
  const objects = [...new Set(["object", ...keys])].map((key) => `${arn}/${key}`);
  return [
    ...worstFirst(matched.flatMap((names) => names.objects)).flatMap((action) => objects.map((resource) => ({ action, resource }))),
    ...matched
      .flatMap((names) => names.buckets)
      .filter((action) => NOTABLE.test(action))
      .map((action) => ({ action, resource: arn })),
  ];
}

/** Whether a resource of the statement can be the bucket or in it, as far as its text shows. */
export function canName({ resource }: CompiledStatement, bucket: PlannedBucket): boolean {
  if (resource === undefined || resource.not) return true;
  return resource.texts.some((text) => {
    const place = s3Resource(text);
    return hasUnknown(text) || text.includes("${") || (place !== undefined && matches(place.bucket, bucket.name));
  });
}

function worstFirst(actions: readonly string[]): readonly string[] {
  const worst = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].filter((action) => actions.includes(action));
  return [...worst, ...actions.filter((action) => !worst.includes(action))];
}
