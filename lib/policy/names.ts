/** What AWS accepts as names, ids and ARNs. Each function answers with the rule that is broken, or undefined. */

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const PARTITIONS = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"] as const;

const FORBIDDEN_PREFIXES = ["xn--", "sthree-", "amzn-s3-demo-"];
const FORBIDDEN_SUFFIXES = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/**
 * The rule for general purpose buckets that the name breaks.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function brokenBucketNameRule(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return "must have 3 to 63 characters";
  if (!/^[a-z0-9.-]+$/.test(name)) return "may hold lower-case letters, digits, dots and hyphens only";
  if (!/^[a-z0-9]/.test(name) || !/[a-z0-9]$/.test(name)) return "must begin and end with a letter or digit";
  if (name.includes("..")) return "may not hold two dots in a row";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return "may not look like an IP address";
  const prefix = FORBIDDEN_PREFIXES.find((forbidden) => name.startsWith(forbidden));
  if (prefix) return `may not begin with "${prefix}"`;
  const suffix = FORBIDDEN_SUFFIXES.find((forbidden) => name.endsWith(forbidden));
  if (suffix) return `may not end with "${suffix}"`;
  if (name.endsWith("-an") && !/-\d{12}-[a-z0-9-]+-an$/.test(name)) {
    return 'may end with "-an" only in the account-regional namespace (<prefix>-<account>-<region>-an)';
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function brokenRoleNameRule(name: string): string | undefined {
  return /^[\w+=,.@-]{1,64}$/.test(name) ? undefined : "must have 1 to 64 characters out of letters, digits and _+=,.@-";
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function brokenRolePathRule(path: string): string | undefined {
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

/** The parts of an IAM ARN of a role, user or account root; undefined where the text is none. */
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

/** The partition that a region lies in. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

/** What is wrong with a key prefix, or undefined. */
export function brokenKeyPrefixRule(prefix: string): string | undefined {
  if (prefix.startsWith("/")) return "may not begin with a slash";
  if (prefix.includes("//")) return "may not hold two slashes in a row";
  if (/[*?]|\$\{/.test(prefix)) return "may not hold *, ? or ${, which mean something else in a policy";
  if (/[\x00-\x1f\x7f]/.test(prefix)) return "may not hold control characters";
  if (new TextEncoder().encode(prefix).length > 900) return "must leave room for object names: at most 900 of the 1,024 bytes of a key";
  return undefined;
}

/** A path as users write it (`activity`, `activity/`) as the prefix that policies need: empty, or with one slash at the end. */
export function keyPrefixOf(path: string | undefined): string {
  if (path === undefined || path === "") return "";
  return path.endsWith("/") ? path : `${path}/`;
}
