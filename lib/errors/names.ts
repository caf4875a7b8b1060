/** Names, ARNs, account IDs, Regions and paths. */
import { message, type PropValue } from "./message";

export function invalidBucketName(value: PropValue, rule: string): Error {
  return message({ ...value, code: "InvalidBucketName", rule, remedy: "choose a name that follows Amazon S3's naming rules" });
}

export function bucketNameRefusedByVendor(value: PropValue, rule: string): Error {
  return message({ ...value, code: "InvalidBucketName", rule, remedy: "choose a bucket name that the vendor accepts" });
}

export function invalidRoleName(value: PropValue, rule: string): Error {
  return message({ ...value, code: "InvalidRoleName", rule, remedy: "use the name of the role, not its ARN" });
}

export function invalidRolePath(value: PropValue, rule: string): Error {
  return message({ ...value, code: "InvalidRolePath", rule, remedy: 'use e.g. "/vendors/"' });
}

export function malformedDescription(value: PropValue, rule: string): Error {
  return message({ ...value, code: "MalformedDescription", rule, remedy: 'use e.g. "Kandji delivers its activity log"' });
}

export function invalidAccountId(value: PropValue, rule: string): Error {
  const remedy = "copy the number from the vendor's screen, quoted, with its leading zeros";
  return message({ ...value, code: "InvalidAccountId", rule, remedy });
}

/** @param form what the ARN must be: `the ARN of an IAM role`. */
export function invalidArn(value: PropValue, form: string): Error {
  return message({ ...value, code: "InvalidArn", rule: `must be ${form}`, remedy: "copy the whole ARN, without spaces or wildcards" });
}

export function wrongPartition(value: PropValue, expected: string): Error {
  const rule = `must be in the bucket's partition "${expected}"`;
  const remedy = "use a principal of the bucket's own partition: IAM cannot grant access across partitions";
  return message({ ...value, code: "WrongPartition", rule, remedy });
}

export function partitionContradictsRegion(value: PropValue, region: string, expected: string): Error {
  const rule = `must be "${expected}" for the Region "${region}"`;
  return message({ ...value, code: "WrongPartition", rule, remedy: "leave 'partition' out: it follows from the Region" });
}

/** The Region is none that the vendor supports. */
export function unsupportedRegion(value: PropValue, vendor: string, regions: readonly string[]): Error {
  const rule = `must be one of the ${regions.length} Regions ${vendor} supports (${regions.join(", ")})`;
  return message({ ...value, code: "UnsupportedRegion", rule, remedy: `use e.g. "${regions[0]}"` });
}

export function unknownRegion(value: PropValue): Error {
  const remedy = "use e.g. \"eu-central-1\"; for a Region newer than this package leave 'region' out and set it on the provider";
  return message({ ...value, code: "UnknownRegion", rule: "must be the code of an AWS Region", remedy });
}

export function malformedKeyPrefix(value: PropValue, rule: string): Error {
  return message({ ...value, code: "MalformedKeyPrefix", rule, remedy: 'use a path such as "activity" or "logs/vendor"' });
}

/** @param other path of the construct whose prefix overlaps. */
export function duplicateKeyPrefix(value: PropValue, other: string): Error {
  const rule = `must not overlap with the prefix of ${other} in the same bucket`;
  return message({ ...value, code: "DuplicateKeyPrefix", rule, remedy: "give each vendor its own prefix or its own bucket" });
}

/** @param other the prop that holds the same path. */
export function equalPaths(value: PropValue, other: string): Error {
  const rule = `must differ from '${other}', because both deliveries would write under one prefix`;
  return message({ ...value, code: "EqualPaths", rule, remedy: "give each delivery its own path" });
}
