/** Condition keys of the headers by which a request sets an ACL, in lower case. */
export const CANNED_ACL_KEY = "s3:x-amz-acl";
export const GRANT_KEYS = ["read", "write", "read-acp", "write-acp", "full-control"].map((name) => `s3:x-amz-grant-${name}`);
export const ACL_KEYS: ReadonlySet<string> = new Set([CANNED_ACL_KEY, ...GRANT_KEYS]);
