/**
 * Every message of the constructs, one function each.
 *
 * The code stands in the text because jsii carries only the text of an error to other languages.
 */

/** `Code: 'prop' rule, got <JSON>; <what to do> (at <construct path>)`. */
function message(code: string, prop: string, rule: string, got: unknown, remedy: string, at: string): Error {
  const where = at === "" ? "" : ` (at ${at})`;
  return new Error(`${code}: '${prop}' ${rule}, got ${JSON.stringify(got) ?? "undefined"}; ${remedy}${where}`);
}

export function invalidBucketName(prop: string, rule: string, got: string, at: string): Error {
  return message("InvalidBucketName", prop, rule, got, "choose a name that follows Amazon S3's naming rules", at);
}

export function bucketNameRefusedByVendor(prop: string, rule: string, got: string | undefined, at: string): Error {
  return message("InvalidBucketName", prop, rule, got, "choose another bucket name: the vendor's documentation asks for it", at);
}

export function invalidRoleName(prop: string, rule: string, got: string, at: string): Error {
  return message("InvalidRoleName", prop, rule, got, "use the name alone, without ARN or path", at);
}

export function invalidRolePath(rule: string, got: string, at: string): Error {
  return message("InvalidRolePath", "rolePath", rule, got, 'use e.g. "/vendors/"', at);
}

export function invalidAccountId(prop: string, rule: string, got: string, at: string): Error {
  return message("InvalidAccountId", prop, rule, got, "copy the number from the vendor's screen, quoted, with its leading zeros", at);
}

export function invalidArn(prop: string, form: string, got: string, at: string): Error {
  return message("InvalidArn", prop, `must be ${form}`, got, "copy the whole ARN, without spaces or wildcards", at);
}

export function wrongPartition(prop: string, expected: string, got: string, at: string): Error {
  const remedy = "use a principal of the bucket's own partition: IAM cannot grant across partitions";
  return message("WrongPartition", prop, `must lie in the partition "${expected}" of the bucket`, got, remedy, at);
}

export function unknownPartition(known: readonly string[], got: string, at: string): Error {
  return message("UnknownPartition", "partition", `must be one of ${known.join(", ")}`, got, 'leave it out for "aws"', at);
}

export function partitionContradictsRegion(region: string, expected: string, got: string, at: string): Error {
  const remedy = "leave 'partition' out: it follows from the region";
  return message("WrongPartition", "partition", `must be "${expected}" for the region "${region}"`, got, remedy, at);
}

export function unsupportedRegion(vendor: string, regions: readonly string[], got: string, at: string): Error {
  const rule = `must be one of the ${regions.length} regions ${vendor} supports (${regions.join(", ")})`;
  return message("UnsupportedRegion", "region", rule, got, `use e.g. "${regions[0]}"`, at);
}

export function malformedRegion(got: string, at: string): Error {
  return message("MalformedRegion", "region", "must be the code of an AWS Region", got, 'use e.g. "eu-central-1"', at);
}

export function unsupportedEncryption(vendor: string, supported: readonly string[], got: string, at: string): Error {
  const rule = `must be one of those that ${vendor} supports (${supported.join(", ")})`;
  return message("UnsupportedEncryption", "encryption", rule, got, "leave it out: the default is right", at);
}

export function kmsKeyWithoutKms(got: string, at: string): Error {
  return message("KmsKeyWithoutKms", "kmsKeyArn", "is only for 'encryption' SSE_KMS", got, "set 'encryption' or leave the key out", at);
}

export function kmsWithoutKey(at: string): Error {
  const rule = "is needed with 'encryption' SSE_KMS";
  const remedy = "give the ARN of a customer managed key: another account cannot use the AWS managed key";
  return message("KmsWithoutKey", "kmsKeyArn", rule, undefined, remedy, at);
}

export function unsupportedVersioning(vendor: string, required: string, got: string, at: string): Error {
  return message("UnsupportedVersioning", "versioning", `must be ${required} for ${vendor}`, got, "leave it out: the default is right", at);
}

export function unsupportedOwnership(vendor: string, required: string, got: string, at: string): Error {
  const rule = `must be ${required} for ${vendor}`;
  return message("UnsupportedOwnership", "objectOwnership", rule, got, "leave it out, or give this vendor a bucket of its own", at);
}

export function aclRightsWithoutAcls(vendor: string, got: string, at: string): Error {
  const rule = `must let ACLs work, because ${vendor} is granted s3:PutObjectAcl`;
  return message("UnsupportedOwnership", "objectOwnership", rule, got, 'use "BucketOwnerPreferred"', at);
}

export function malformedKeyPrefix(prop: string, rule: string, got: string, at: string): Error {
  return message("MalformedKeyPrefix", prop, rule, got, 'use a path such as "activity" or "logs/vendor"', at);
}

export function duplicateKeyPrefix(other: string, got: string, at: string): Error {
  const rule = `must not overlap with the prefix of ${other} in the same bucket`;
  return message("DuplicateKeyPrefix", "keyPrefix", rule, got, "give each vendor a prefix of its own, or a bucket of its own", at);
}

export function invalidExternalId(rule: string, at: string, count: number): Error {
  return message("InvalidExternalId", "externalIds", rule, `${count} ID(s), not shown`, "copy the ID from the vendor's screen", at);
}

export function externalIdRequired(vendor: string, at: string): Error {
  return message(
    "ExternalIdRequired",
    "externalIds",
    `must hold the external ID that ${vendor} asks for`,
    [],
    "copy it from the vendor",
    at,
  );
}

export function externalIdRefused(vendor: string, at: string): Error {
  const rule = `must be empty, because ${vendor} does not send an external ID and could not assume the role`;
  return message("ExternalIdRefused", "externalIds", rule, "an external ID, not shown", "leave it out", at);
}

export function noPrincipals(at: string): Error {
  return message("NoPrincipals", "principals", "must name at least one principal of the vendor", [], "use VendorPrincipal.roleArn(…)", at);
}

export function unsupportedDoor(vendor: string, doors: readonly string[], got: string, at: string): Error {
  const rule = `must be one of those that ${vendor} documents (${doors.join(", ")})`;
  return message("UnsupportedAccess", "access", rule, got, "use the matching factory of VendorAccess", at);
}

export function nothingToDeliver(at: string): Error {
  const rule = "or 'auditLogs' must be given";
  return message("NothingToDeliver", "dataPacks", rule, undefined, "give the file path of at least one of the two", at);
}

export function bucketAndItsProps(props: readonly string[], at: string): Error {
  const rule = "stands alone, because it brings its own settings";
  return message("BucketGivenTwice", "bucket", rule, props, "set these props on the DestinationBucket instead", at);
}

export function bucketInOtherStack(bucket: string, at: string): Error {
  return message(
    "BucketInOtherStack",
    "bucket",
    "must be in the same stack",
    bucket,
    "define both in one stack: a bucket has one policy",
    at,
  );
}

export function noDestinations(at: string): Error {
  return message("NoDestinations", "destinations", "must hold at least one", [], "name the destinations whose deliveries count", at);
}

export function eventsOfSeveralBuckets(bucket: string, other: string, at: string): Error {
  const rule = `must share one bucket, that of ${bucket}`;
  return message("SeveralBuckets", "destinations", rule, other, "give each bucket a DeliveryEvents of its own", at);
}

export function malformedStatement(rule: string, got: unknown, at: string): Error {
  return message("MalformedStatement", "statement", rule, got, "give one statement in IAM's JSON grammar", at);
}

export function duplicateSid(sid: string, at: string): Error {
  return message("DuplicateSid", "Sid", "must be unique within the policy", sid, "rename one of the two statements", at);
}

export function malformedNumber(prop: string, rule: string, got: number, at: string): Error {
  return message("MalformedNumber", prop, rule, got, "use a whole number in that range", at);
}

export function policyTooLarge(policy: string, limit: number, unit: string, got: number, at: string): Error {
  const rule = `may have at most ${limit} ${unit}`;
  return message("PolicyTooLarge", policy, rule, got, "spread the vendors over several buckets or roles", at);
}

export function outdatedTls(known: readonly string[], got: string, at: string): Error {
  return message("UnknownTlsVersion", "minimumTlsVersion", `must be one of ${known.join(", ")}`, got, 'use "1.2"', at);
}

export function malformedProfileId(got: string): Error {
  return message("MalformedProfile", "id", "must be kebab-case", got, 'use e.g. "acme-logs"', "");
}

export function programMissing(path: string, at: string): Error {
  return message("ProgramMissing", "program", "must be part of the package", path, "install the package again", at);
}

// Found only once the tree is complete: returned as text through node.addValidation.

export function emptyInlinePolicy(at: string): string {
  return message("EmptyPolicy", "inline policy", "must hold a statement", [], "say what the role may do with addToPolicy()", at).message;
}

export function twoPolicyOwners(bucket: string, other: string, at: string): string {
  return message(
    "TwoBucketPolicies",
    "policy",
    `of the bucket ${JSON.stringify(bucket)} is written by this destination alone, because a second one overwrites it`,
    other,
    "move its statements to addToResourcePolicy()",
    at,
  ).message;
}

export function oneBucketTwice(bucket: string, other: string, at: string): string {
  return message(
    "OneBucketTwice",
    "bucketName",
    `is already defined at ${other}`,
    bucket,
    "define a DestinationBucket once and pass it as 'bucket'",
    at,
  ).message;
}

export function publicStatement(statement: string, at: string): string {
  const rule = "may not be public by AWS's definition: Block Public Access refuses such a policy";
  const remedy = "name the principals of this statement, or fix the grant by a condition, e.g. on aws:PrincipalOrgID";
  return message("PublicBucketPolicy", "bucket policy", rule, statement, remedy, at).message;
}

export function twoNotificationOwners(bucket: string, other: string, at: string): string {
  return message(
    "TwoBucketNotifications",
    "notification",
    `of the bucket ${JSON.stringify(bucket)} is written by this construct alone, because a second one overwrites it`,
    other,
    "name all destinations of the bucket in one DeliveryEvents, or leave it out and tell `watch` its queue",
    at,
  ).message;
}

export function contractBroken(id: string, title: string, cause = "", remedy = "correct the policies of this stack", at = ""): string {
  return `ContractBroken: '${id}' ${title}: not so: ${cause}; ${remedy} (at ${at})`;
}

export function policyFinding(ruleId: string, title: string, detail: string, remedy: string, at: string): string {
  return `PolicyFinding: '${ruleId}' ${title}: ${detail}; ${remedy} (at ${at})`;
}

// Warnings: annotations, never errors.

export function dottedBucketName(name: string): string {
  return (
    `DottedBucketName: the dot in ${JSON.stringify(name)} is legal, and costs: over virtual-hosted HTTPS the certificate of S3 does not match, ` +
    "so clients must use path style, and Transfer Acceleration is not available; prefer a name without dots where the vendor lets you choose"
  );
}

export function leastPrivilegeUnconfirmed(vendor: string): string {
  return `LeastPrivilegeUnconfirmed: ${vendor} documents a wider grant and has not confirmed that the narrower one suffices; watch the first delivery`;
}

export function wideGrantInSharedBucket(vendor: string): string {
  return (
    `WideGrantInSharedBucket: what ${vendor} documents reaches every object of the bucket, those of the other vendors included; ` +
    "use VendorPermissions.LEAST_PRIVILEGE, or give it a bucket of its own"
  );
}
