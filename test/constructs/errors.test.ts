/** Each message, word for word. Those that constructs raise are read where they are raised, too. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as errors from "../../lib/errors";

const AT = "App/Logs";

/** Every function of `errors.ts`, called once, and what it says. */
const MESSAGES: { [name in keyof typeof errors]: [Error | string, string] } = {
  invalidBucketName: [
    errors.invalidBucketName("bucketName", "must have 3 to 63 characters", "ab", AT),
    "InvalidBucketName: 'bucketName' must have 3 to 63 characters, got \"ab\"; choose a name that follows Amazon S3's naming rules (at App/Logs)",
  ],
  bucketNameRefusedByVendor: [
    errors.bucketNameRefusedByVendor("bucketName", 'must begin with "acme-" for Acme', "logs", AT),
    'InvalidBucketName: \'bucketName\' must begin with "acme-" for Acme, got "logs"; choose another bucket name: the vendor\'s documentation asks for it (at App/Logs)',
  ],
  invalidRoleName: [
    errors.invalidRoleName("roleName", "must have 1 to 64 characters", "a/b", AT),
    "InvalidRoleName: 'roleName' must have 1 to 64 characters, got \"a/b\"; use the name alone, without ARN or path (at App/Logs)",
  ],
  invalidRolePath: [
    errors.invalidRolePath("must begin and end with a slash", "vendors", AT),
    'InvalidRolePath: \'rolePath\' must begin and end with a slash, got "vendors"; use e.g. "/vendors/" (at App/Logs)',
  ],
  invalidAccountId: [
    errors.invalidAccountId("accountId", "must be an AWS account ID of 12 digits", "1", AT),
    "InvalidAccountId: 'accountId' must be an AWS account ID of 12 digits, got \"1\"; copy the number from the vendor's screen, quoted, with its leading zeros (at App/Logs)",
  ],
  invalidArn: [
    errors.invalidArn("roleArn", "the ARN of an IAM role", "x", AT),
    "InvalidArn: 'roleArn' must be the ARN of an IAM role, got \"x\"; copy the whole ARN, without spaces or wildcards (at App/Logs)",
  ],
  wrongPartition: [
    errors.wrongPartition("principals", "aws-cn", "arn:aws:iam::1:root", AT),
    'WrongPartition: \'principals\' must lie in the partition "aws-cn" of the bucket, got "arn:aws:iam::1:root"; use a principal of the bucket\'s own partition: IAM cannot grant across partitions (at App/Logs)',
  ],
  unknownPartition: [
    errors.unknownPartition(["aws", "aws-cn"], "china", AT),
    'UnknownPartition: \'partition\' must be one of aws, aws-cn, got "china"; leave it out for "aws" (at App/Logs)',
  ],
  partitionContradictsRegion: [
    errors.partitionContradictsRegion("cn-north-1", "aws-cn", "aws", AT),
    'WrongPartition: \'partition\' must be "aws-cn" for the region "cn-north-1", got "aws"; leave \'partition\' out: it follows from the region (at App/Logs)',
  ],
  unsupportedRegion: [
    errors.unsupportedRegion("Acme", ["eu-west-1", "us-east-1"], "sa-east-1", AT),
    'UnsupportedRegion: \'region\' must be one of the 2 regions Acme supports (eu-west-1, us-east-1), got "sa-east-1"; use e.g. "eu-west-1" (at App/Logs)',
  ],
  malformedRegion: [
    errors.malformedRegion("Ireland", AT),
    'MalformedRegion: \'region\' must be the code of an AWS Region, got "Ireland"; use e.g. "eu-central-1" (at App/Logs)',
  ],
  unsupportedEncryption: [
    errors.unsupportedEncryption("Acme", ["AES256"], "aws:kms", AT),
    "UnsupportedEncryption: 'encryption' must be one of those that Acme supports (AES256), got \"aws:kms\"; leave it out: the default is right (at App/Logs)",
  ],
  kmsKeyWithoutKms: [
    errors.kmsKeyWithoutKms("arn:aws:kms:x", AT),
    "KmsKeyWithoutKms: 'kmsKeyArn' is only for 'encryption' SSE_KMS, got \"arn:aws:kms:x\"; set 'encryption' or leave the key out (at App/Logs)",
  ],
  kmsWithoutKey: [
    errors.kmsWithoutKey(AT),
    "KmsWithoutKey: 'kmsKeyArn' is needed with 'encryption' SSE_KMS, got undefined; give the ARN of a customer managed key: another account cannot use the AWS managed key (at App/Logs)",
  ],
  unsupportedVersioning: [
    errors.unsupportedVersioning("Acme", "Disabled", "Enabled", AT),
    "UnsupportedVersioning: 'versioning' must be Disabled for Acme, got \"Enabled\"; leave it out: the default is right (at App/Logs)",
  ],
  unsupportedOwnership: [
    errors.unsupportedOwnership("Acme", "BucketOwnerPreferred", "ObjectWriter", AT),
    "UnsupportedOwnership: 'objectOwnership' must be BucketOwnerPreferred for Acme, got \"ObjectWriter\"; leave it out, or give this vendor a bucket of its own (at App/Logs)",
  ],
  aclRightsWithoutAcls: [
    errors.aclRightsWithoutAcls("Acme", "BucketOwnerEnforced", AT),
    'UnsupportedOwnership: \'objectOwnership\' must let ACLs work, because Acme is granted s3:PutObjectAcl, got "BucketOwnerEnforced"; use "BucketOwnerPreferred" (at App/Logs)',
  ],
  malformedKeyPrefix: [
    errors.malformedKeyPrefix("keyPrefix", "may not begin with a slash", "/a", AT),
    'MalformedKeyPrefix: \'keyPrefix\' may not begin with a slash, got "/a"; use a path such as "activity" or "logs/vendor" (at App/Logs)',
  ],
  duplicateKeyPrefix: [
    errors.duplicateKeyPrefix("App/Other", "a/", AT),
    "DuplicateKeyPrefix: 'keyPrefix' must not overlap with the prefix of App/Other in the same bucket, got \"a/\"; give each vendor a prefix of its own, or a bucket of its own (at App/Logs)",
  ],
  invalidExternalId: [
    errors.invalidExternalId("must have 2 to 1,224 characters", AT, 2),
    "InvalidExternalId: 'externalIds' must have 2 to 1,224 characters, got \"2 ID(s), not shown\"; copy the ID from the vendor's screen (at App/Logs)",
  ],
  externalIdRequired: [
    errors.externalIdRequired("Acme", AT),
    "ExternalIdRequired: 'externalIds' must hold the external ID that Acme asks for, got []; copy it from the vendor (at App/Logs)",
  ],
  externalIdRefused: [
    errors.externalIdRefused("Acme", AT),
    "ExternalIdRefused: 'externalIds' must be empty, because Acme does not send an external ID and could not assume the role, got \"an external ID, not shown\"; leave it out (at App/Logs)",
  ],
  noPrincipals: [
    errors.noPrincipals(AT),
    "NoPrincipals: 'principals' must name at least one principal of the vendor, got []; use VendorPrincipal.roleArn(…) (at App/Logs)",
  ],
  unsupportedDoor: [
    errors.unsupportedDoor("Acme", ["bucketPolicy"], "assumedRole", AT),
    "UnsupportedAccess: 'access' must be one of those that Acme documents (bucketPolicy), got \"assumedRole\"; use the matching factory of VendorAccess (at App/Logs)",
  ],
  nothingToDeliver: [
    errors.nothingToDeliver(AT),
    "NothingToDeliver: 'dataPacks' or 'auditLogs' must be given, got undefined; give the file path of at least one of the two (at App/Logs)",
  ],
  bucketAndItsProps: [
    errors.bucketAndItsProps(["region"], AT),
    "BucketGivenTwice: 'bucket' stands alone, because it brings its own settings, got [\"region\"]; set these props on the DestinationBucket instead (at App/Logs)",
  ],
  bucketInOtherStack: [
    errors.bucketInOtherStack("other/Bucket", AT),
    "BucketInOtherStack: 'bucket' must be in the same stack, got \"other/Bucket\"; define both in one stack: a bucket has one policy (at App/Logs)",
  ],
  noDestinations: [
    errors.noDestinations(AT),
    "NoDestinations: 'destinations' must hold at least one, got []; name the destinations whose deliveries count (at App/Logs)",
  ],
  eventsOfSeveralBuckets: [
    errors.eventsOfSeveralBuckets("App/One", "App/Other", AT),
    "SeveralBuckets: 'destinations' must share one bucket, that of App/One, got \"App/Other\"; give each bucket a DeliveryEvents of its own (at App/Logs)",
  ],
  malformedStatement: [
    errors.malformedStatement('must have the Effect "Allow" or "Deny"', undefined, AT),
    'MalformedStatement: \'statement\' must have the Effect "Allow" or "Deny", got undefined; give one statement in IAM\'s JSON grammar (at App/Logs)',
  ],
  duplicateSid: [
    errors.duplicateSid("Put", AT),
    "DuplicateSid: 'Sid' must be unique within the policy, got \"Put\"; rename one of the two statements (at App/Logs)",
  ],
  malformedNumber: [
    errors.malformedNumber("timeoutSeconds", "must be a whole number from 1 to 900", 0, AT),
    "MalformedNumber: 'timeoutSeconds' must be a whole number from 1 to 900, got 0; use a whole number in that range (at App/Logs)",
  ],
  policyTooLarge: [
    errors.policyTooLarge("bucket policy", 20_480, "bytes", 30_000, AT),
    "PolicyTooLarge: 'bucket policy' may have at most 20480 bytes, got 30000; spread the vendors over several buckets or roles (at App/Logs)",
  ],
  outdatedTls: [
    errors.outdatedTls(["1.2", "1.3"], "1.0", AT),
    'UnknownTlsVersion: \'minimumTlsVersion\' must be one of 1.2, 1.3, got "1.0"; use "1.2" (at App/Logs)',
  ],
  malformedProfileId: [
    errors.malformedProfileId("Acme Logs"),
    'MalformedProfile: \'id\' must be kebab-case, got "Acme Logs"; use e.g. "acme-logs"',
  ],
  programMissing: [
    errors.programMissing("program/index.js", AT),
    "ProgramMissing: 'program' must be part of the package, got \"program/index.js\"; install the package again (at App/Logs)",
  ],
  emptyInlinePolicy: [
    errors.emptyInlinePolicy(AT),
    "EmptyPolicy: 'inline policy' must hold a statement, got []; say what the role may do with addToPolicy() (at App/Logs)",
  ],
  twoPolicyOwners: [
    errors.twoPolicyOwners("acme-logs", "App/Rival", AT),
    'TwoBucketPolicies: \'policy\' of the bucket "acme-logs" is written by this destination alone, because a second one overwrites it, got "App/Rival"; move its statements to addToResourcePolicy() (at App/Logs)',
  ],
  oneBucketTwice: [
    errors.oneBucketTwice("acme-logs", "App/First", AT),
    "OneBucketTwice: 'bucketName' is already defined at App/First, got \"acme-logs\"; define a DestinationBucket once and pass it as 'bucket' (at App/Logs)",
  ],
  publicStatement: [
    errors.publicStatement("Open", AT),
    "PublicBucketPolicy: 'bucket policy' may not be public by AWS's definition: Block Public Access refuses such a policy, got \"Open\"; name the principals of this statement, or fix the grant by a condition, e.g. on aws:PrincipalOrgID (at App/Logs)",
  ],
  twoNotificationOwners: [
    errors.twoNotificationOwners("acme-logs", "App/Rival", AT),
    'TwoBucketNotifications: \'notification\' of the bucket "acme-logs" is written by this construct alone, because a second one overwrites it, got "App/Rival"; name all destinations of the bucket in one DeliveryEvents, or leave it out and tell `watch` its queue (at App/Logs)',
  ],
  contractBroken: [
    errors.contractBroken("vendor-can-put", "the vendor can put an object", "a Deny applies", 'narrow statement "DenyPut"', AT),
    "ContractBroken: 'vendor-can-put' the vendor can put an object: not so: a Deny applies; narrow statement \"DenyPut\" (at App/Logs)",
  ],
  policyFinding: [
    errors.policyFinding("lock-out", "a Deny locks the account out", "it refuses s3:PutBucketPolicy", "narrow the Deny", AT),
    "PolicyFinding: 'lock-out' a Deny locks the account out: it refuses s3:PutBucketPolicy; narrow the Deny (at App/Logs)",
  ],
  dottedBucketName: [
    errors.dottedBucketName("6sense.staging"),
    'DottedBucketName: the dot in "6sense.staging" is legal, and costs: over virtual-hosted HTTPS the certificate of S3 does not match, so clients must use path style, and Transfer Acceleration is not available; prefer a name without dots where the vendor lets you choose',
  ],
  leastPrivilegeUnconfirmed: [
    errors.leastPrivilegeUnconfirmed("Acme"),
    "LeastPrivilegeUnconfirmed: Acme documents a wider grant and has not confirmed that the narrower one suffices; watch the first delivery",
  ],
  wideGrantInSharedBucket: [
    errors.wideGrantInSharedBucket("Acme"),
    "WideGrantInSharedBucket: what Acme documents reaches every object of the bucket, those of the other vendors included; use VendorPermissions.LEAST_PRIVILEGE, or give it a bucket of its own",
  ],
};

test("every function of errors.ts is here", () => {
  expect(Object.keys(MESSAGES).sort()).toEqual(Object.keys(errors).sort());
});

test.each(Object.entries(MESSAGES))("%s says what is wrong and what to do", (_, [made, text]) => {
  expect(typeof made === "string" ? made : made.message).toBe(text);
});

test("no message is out of use", () => {
  const sources = ["lib", "lib/synth", "lib/vendors"].flatMap((folder) => sourcesIn(folder)).join("\n");

  expect(Object.keys(errors).filter((name) => !sources.includes(`errors.${name}(`))).toEqual([]);
});

function sourcesIn(folder: string): string[] {
  const root = join(__dirname, "../..", folder);
  return readdirSync(root)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => readFileSync(join(root, name), "utf8"));
}
