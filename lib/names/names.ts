/** The names, IDs and ARNs that AWS accepts. Each `broken…Rule` function returns the rule that is broken, or undefined. */

const FORBIDDEN_PREFIXES = ["xn--", "sthree-", "amzn-s3-demo-"];
const FORBIDDEN_SUFFIXES = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/**
 * The rule for general purpose buckets that the name breaks.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function brokenBucketNameRule(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return "must have 3 to 63 characters";
  if (!/^[a-z0-9.-]+$/.test(name)) return "must contain only lower-case letters, digits, dots and hyphens";
  if (!/^[a-z0-9]/.test(name) || !/[a-z0-9]$/.test(name)) return "must begin and end with a letter or digit";
  if (name.includes("..")) return "must not hold two dots in a row";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return "must not look like an IP address";
  const prefix = FORBIDDEN_PREFIXES.find((forbidden) => name.startsWith(forbidden));
  if (prefix) return `must not begin with "${prefix}"`;
  const suffix = FORBIDDEN_SUFFIXES.find((forbidden) => name.endsWith(forbidden));
  if (suffix) return `must not end with "${suffix}"`;
  if (name.endsWith("-an") && !/-\d{12}-[a-z0-9-]+-an$/.test(name)) {
    return 'may end with "-an" only in the account-regional namespace (<prefix>-<account>-<region>-an)';
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function brokenRoleNameRule(name: string): string | undefined {
  return /^[\w+=,.@-]{1,64}$/.test(name) ? undefined : "must have 1 to 64 characters out of letters, digits and _+=,.@-";
}

/** A role name with the path before it, where it has one: `service/delivery`. */
export function brokenRoleNameWithPathRule(name: string): string | undefined {
  if (name.startsWith("role/")) return 'must not begin with "role/", which belongs to the ARN';
  if (name.startsWith("/") || /[*?:\s]/.test(name)) return "must not begin with a slash, nor hold wildcards, colons or white space";
  if (!/^([!-~]+\/)?[^/]+$/.test(name)) return "must be the name of a role, with its path where it has one";
  if (hasDotSegment(name)) return 'must not hold the segment "." or ".."';
  return brokenRoleNameRule(name.slice(name.lastIndexOf("/") + 1));
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function brokenRolePathRule(path: string): string | undefined {
  if (hasDotSegment(path)) return 'must not hold the segment "." or ".."';
  return /^\/([\x21-\x7e]+\/)?$/.test(path) && path.length <= 512
    ? undefined
    : "must begin and end with a slash and have at most 512 characters";
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function brokenExternalIdRule(id: string): string | undefined {
  return /^[\w+=,.@:/-]{2,1224}$/.test(id) ? undefined : "must have 2 to 1,224 characters out of letters, digits and _+=,.@:/-";
}

/** @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export function brokenAccountIdRule(id: string): string | undefined {
  return /^\d{12}$/.test(id) ? undefined : "must be an AWS account ID of 12 digits";
}

/** The parts of the ARN of an IAM role, user or account root; undefined for any other text. */
export interface IamArn {
  readonly partition: string;
  readonly accountId: string;
  /** `role/path/name`, `user/name` or `root`. */
  readonly resource: string;
}

/**
 * Paths may hold wildcards by IAM's rules; as a principal such an ARN is refused.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function parseIamArn(arn: string): IamArn | undefined {
  const match = /^arn:([a-z-]+):iam::(\d{12}):(root|(?:role|user)\/(?:[^*?\x00-\x20\x7f-\uffff]+\/)?[\w+=,.@-]{1,64})$/.exec(arn);
  return match ? { partition: match[1]!, accountId: match[2]!, resource: match[3]! } : undefined;
}

/** Where objects are delivered: empty for the root of the bucket. */
export function brokenKeyPrefixRule(prefix: string): string | undefined {
  if (prefix.startsWith("/")) return "must not begin with a slash";
  if (prefix.includes("//")) return "must not hold two slashes in a row";
  if (hasDotSegment(prefix)) return 'must not hold the segment "." or ".."';
  if (/[*?]|\$\{/.test(prefix)) return "must not hold *, ? or ${, which mean something else in a policy";
  if (/[\x00-\x1f\u007f]/.test(prefix)) return "must not hold control characters";
  if (/(^|\/)\s|\s(\/|$)/u.test(prefix)) return "must not hold white space at the edges of a segment";
  if (new TextEncoder().encode(prefix).length > 900) return "must leave room for object names: at most 900 of the 1,024 bytes of a key";
  return undefined;
}

/** A path as users write it (`activity`, `activity/`) as the prefix that policies need: empty, or with one slash at the end. */
export function keyPrefixOf(path: string | undefined): string {
  if (path === undefined || path === "") return "";
  return path.endsWith("/") ? path : `${path}/`;
}

function hasDotSegment(path: string): boolean {
  return path.split("/").some((segment) => segment === "." || segment === "..");
}
