/** Groups Amazon S3's actions on a bucket and its objects by what a caller can do with them. */
import { actionFacts, actionsMatching } from "../access";

export interface ActionGroup {
  /** For people: `read objects`. */
  readonly title: string;
  /** Without the actions of the groups before it. */
  readonly actions: readonly string[];
  /** The type of resource that they apply to. */
  readonly type: "bucket" | "object";
}

const PATTERNS: readonly (readonly [title: string, type: ActionGroup["type"], patterns: readonly string[]])[] = [
  ["list the bucket", "bucket", ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"]],
  ["read objects", "object", ["s3:GetObject", "s3:GetObjectVersion"]],
  ["put objects", "object", ["s3:PutObject"]],
  ["delete objects", "object", ["s3:DeleteObject", "s3:DeleteObjectVersion"]],
  [
    "change who has access",
    "bucket",
    ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPublicAccessBlock", "s3:PutBucketOwnershipControls"],
  ],
  ["do anything else to the bucket", "bucket", ["s3:*"]],
  ["do anything else to objects", "object", ["s3:*"]],
];

let groups: readonly ActionGroup[] | undefined;

export function actionGroups(): readonly ActionGroup[] {
  groups ??= readGroups();
  return groups;
}

function readGroups(): ActionGroup[] {
  const taken = new Set<string>();
  return PATTERNS.map(([title, type, patterns]) => {
    const all = patterns.flatMap((pattern) => actionsMatching(pattern));
    const actions = all.filter((name) => !taken.has(`${type} ${name}`) && actionFacts(name)!.resourceTypes.includes(type));
    for (const action of actions) taken.add(`${type} ${action}`);
    return { title, type, actions };
  });
}
