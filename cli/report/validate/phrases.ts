import type { StatementReference } from "../../../lib/evaluate";
import { RULE_INFOS } from "../../../lib/rules";
import type { LiveResult, Mode } from "./types";

/** Whose credentials were used, for people. */
export const MODE_LINE: Readonly<Record<Mode, string>> = {
  vendor: "as the vendor",
  role: "as the destination role, through the validator principal",
  "stand-in": "by a stand-in role with the same permissions",
  deployer: "reading back with the deployer's rights",
};

export function showStatement({ policy, policyName, index, sid, effect, location }: StatementReference): string {
  const name = sid === undefined ? `statement ${index + 1}` : `"${sid}" (statement ${index + 1})`;
  const where = location
    ? ` of ${location.address ?? policyName ?? `the ${policy} policy`} in ${location.file}`
    : ` of the ${policy} policy`;
  return `${effect} ${name}${where}`;
}

/** What is wrong if a result fails. Its title says what should be the case. */
export function whatIsWrong({ id, title }: LiveResult): string {
  // The title of a rule says what is wrong already.
  return WRONG[id] ?? (RULE_INFOS.has(id) ? title : negated(title));
}

const WRONG: Readonly<Record<string, string>> = {
  "access-point-policy": "an access point gives more than the contract",
  "bucket-exists": "the bucket does not exist or cannot be reached",
  "endpoint-is-https": "requests go over plain HTTP",
  "no-website": "the bucket is a website",
  "policy-not-public": "AWS calls the bucket policy public",
  "principal-deleted": "a principal of the live policies was deleted",
  "requester-pays": "the requester pays for requests, not the bucket's owner",
  "restrict-public-buckets": "a public policy is not restricted",
  "role-exists": "the role does not exist",
};

const NEGATIONS: readonly (readonly [RegExp, string])[] = [
  [/ finds no error /, " finds an error "],
  [/ finds no /, " finds "],
  [/ cannot /, " can "],
  [/ can /, " cannot "],
  [/ (is|are) /, " $1 not "],
];

function negated(title: string): string {
  for (const [pattern, replacement] of NEGATIONS) if (pattern.test(title)) return title.replace(pattern, replacement);
  return `not the case: ${title}`;
}
