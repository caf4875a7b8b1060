import { memoize } from "../evaluate";

/** The actions as titles of expectations describe them. */
const PHRASES: Readonly<Record<string, string>> = {
  "s3:ListBucket": "list the bucket",
  "s3:PutObject": "put an object",
  "s3:PutObjectAcl": "set the ACL of an object",
  "s3:GetObject": "get an object",
  "s3:DeleteObject": "delete an object",
  "s3:GetBucketLocation": "get the region of the bucket",
  "s3:GetBucketPolicy": "read the bucket policy",
  "s3:PutBucketPolicy": "change the bucket policy",
  "s3:DeleteBucketPolicy": "delete the bucket policy",
  "s3:PutBucketPublicAccessBlock": "change Block Public Access",
  "s3:DeleteBucket": "delete the bucket",
};

/** What follows "the vendor can" in a title. */
export function phrase(action: string): string {
  return PHRASES[action] ?? `call ${action}`;
}

const VERBS: Readonly<Record<string, string>> = {
  "s3:PutObject": "put",
  "s3:GetObject": "get",
  "s3:DeleteObject": "delete",
  "s3:PutObjectAcl": "set-acl",
  "s3:ListBucket": "list",
};

/** The action as part of an id. */
export const verb = memoize((action) => {
  const name = action.slice(action.indexOf(":") + 1);
  return VERBS[action] ?? name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
});
