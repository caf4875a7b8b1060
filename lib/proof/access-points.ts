/**
 * Requests through access points of the own account. A bucket policy that delegates to them grants nothing alone: the policy of an access
 * point must allow the request as well.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
import type { RequestSet } from "../access";
import { conditionsIn, oneOrMore, statementsIn } from "./documents";
import type { Question } from "./questions";
import type { BucketFacts, Facts } from "./types";

const DEPENDS_ON = "the policies of your account's access points, not all of which the input shows";
const REMEDY = "validate the deployed destination, which reads its access points, or name the principals in the bucket policy";

/**
 * The questions about a bucket, first without the requests through its own access points, then with them. The second answer is never certain
 * unless it is known what the access points allow.
 */
export function apartFromAccessPoints(
  { bucket, partition, accessPoints }: Facts,
  permitted: readonly RequestSet[],
  ask: (permitted: readonly RequestSet[]) => readonly Question[],
): readonly Question[] {
  const own = bucket === undefined || accessPoints === "open" ? [] : throughOwnPoints(bucket, partition);
  if (own.length === 0) return ask(permitted);
  const directly = ask([...permitted, ...own]);
  if (accessPoints === "judged") return directly;
  return [...directly, ...ask(permitted).map((question) => ({ ...question, dependsOn: DEPENDS_ON, remedy: REMEDY }))];
}

function throughOwnPoints({ account, policies }: BucketFacts, partition: string): RequestSet[] {
  const keys = new Set(policies.flatMap((policy) => conditionsIn(policy).map(({ key }) => key.toLowerCase())));
  return [
    ...(keys.has("s3:dataaccesspointaccount") ? [{ like: { "s3:DataAccessPointAccount": [account] } }] : []),
    ...(keys.has("s3:dataaccesspointarn")
      ? [{ like: { "s3:DataAccessPointArn": [`arn:${partition}:s3:*:${account}:accesspoint/*`] } }]
      : []),
  ];
}

/** The facts for a question that nobody asked about the policies of the access points. */
export function unlessJudged<Known extends Facts>({ accessPoints, ...facts }: Known): Facts {
  return accessPoints === "open" ? { ...facts, accessPoints } : facts;
}

/** A role of the same account needs no policy of an access point if its own policies allow requests to it. */
export function forRole(facts: Facts): Facts {
  const { isRoleAssumed, role } = facts;
  const mayUseAny = isRoleAssumed && (role?.identityPolicies.some(mayNameAccessPoints) ?? true);
  return mayUseAny ? unlessJudged(facts) : facts;
}

/** The ARN of an access point is of S3, and has a Region and an account. */
const OF_NO_ACCESS_POINT = /^arn:[^:*?]*:(s3:::|(?!s3:)[^:*?]+:)/;

function mayNameAccessPoints(policy: unknown): boolean {
  const allows = statementsIn(policy).filter(({ Effect }) => Effect !== "Deny");
  return allows.some(
    ({ Resource }) => Resource === undefined || !oneOrMore(Resource).every((text) => OF_NO_ACCESS_POINT.test(String(text))),
  );
}
