/** Buckets for which the bucket policy lets services act. The ARN of a bucket does not show whose it is. */
import { isPositive, namedPrincipals, readablePolicies } from "../../../lib/judge";
import type { PlannedBucket } from "../../../lib/plan";
import type { AccountReader } from "./account-reader";

export interface SourceBucket {
  readonly bucket: string;
  /** Who acts for it: `logging.s3.amazonaws.com`. */
  readonly services: readonly string[];
  /** The bucket belongs to the account that owns the destination. */
  readonly isOwn: boolean;
}

const BUCKET = /^arn:[^:]*:s3:::([^*?/]+)$/;

/** @param owner the account that owns the bucket */
export async function readSources(
  { policies, name }: PlannedBucket,
  owner: string | undefined,
  reader: AccountReader,
): Promise<SourceBucket[]> {
  const allows = readablePolicies(policies, "resource").flatMap((policy) => policy.allows);
  const named = allows.flatMap((statement) => {
    const conditions = statement.conditions.filter(isPositive);
    const valuesOf = (key: string) => conditions.filter((condition) => condition.key === key).flatMap(({ values }) => values);
    const accounts = valuesOf("aws:sourceaccount");
    // Another account is a finding of its own.
    if (accounts.length > 0) return [];
    const buckets = valuesOf("aws:sourcearn").flatMap((value) => BUCKET.exec(value)?.[1] ?? []);
    return buckets.filter((bucket) => bucket !== name).map((bucket) => ({ bucket, services: namedPrincipals(statement).services }));
  });
  return Promise.all(named.map(async (source) => ({ ...source, isOwn: owner !== undefined && (await reader.owns(source.bucket, owner)) })));
}
