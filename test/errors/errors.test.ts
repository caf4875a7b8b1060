/** Each message, word for word. Those that constructs raise are read where they are raised, too. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as errors from "../../lib/errors";

const AT = "App/Logs";

/** Every function of `lib/errors`, called once, and what it says. */
const MESSAGES: { [name in keyof typeof errors]: [Error | string, string] } = {
  otherDeployer: [
    errors.otherDeployer("App/aws", ["assume_role", "profile"]),
    "OtherDeployer: the provider App/aws has 'assume_role' and 'profile', and the validation acts with the credentials of the environment; set 'validation.assumeRoleArn' or 'validation.awsProfile' to what the provider uses",
  ],
  invalidBucketName: [
    errors.invalidBucketName({ prop: "bucketName", got: "ab", at: AT }, "must have 3 to 63 characters"),
    "InvalidBucketName: 'bucketName' must have 3 to 63 characters, got \"ab\"; choose a name that follows Amazon S3's naming rules (at App/Logs)",
  ],
  bucketNameRefusedByVendor: [
    errors.bucketNameRefusedByVendor({ prop: "bucketName", got: "logs", at: AT }, 'must begin with "acme-" for Acme'),
    'InvalidBucketName: \'bucketName\' must begin with "acme-" for Acme, got "logs"; choose a bucket name that the vendor accepts (at App/Logs)',
  ],
  invalidRoleName: [
    errors.invalidRoleName({ prop: "roleName", got: "a/b", at: AT }, "must have 1 to 64 characters"),
    "InvalidRoleName: 'roleName' must have 1 to 64 characters, got \"a/b\"; use the name of the role, not its ARN (at App/Logs)",
  ],
  invalidRolePath: [
    errors.invalidRolePath({ prop: "rolePath", got: "vendors", at: AT }, "must begin and end with a slash"),
    'InvalidRolePath: \'rolePath\' must begin and end with a slash, got "vendors"; use e.g. "/vendors/" (at App/Logs)',
  ],
  invalidAccountId: [
    errors.invalidAccountId({ prop: "accountId", got: "1", at: AT }, "must be an AWS account ID of 12 digits"),
    "InvalidAccountId: 'accountId' must be an AWS account ID of 12 digits, got \"1\"; copy the number from the vendor's screen, quoted, with its leading zeros (at App/Logs)",
  ],
  invalidArn: [
    errors.invalidArn({ prop: "roleArn", got: "x", at: AT }, "the ARN of an IAM role"),
    "InvalidArn: 'roleArn' must be the ARN of an IAM role, got \"x\"; copy the whole ARN, without spaces or wildcards (at App/Logs)",
  ],
  wrongPartition: [
    errors.wrongPartition({ prop: "principals", got: "arn:aws:iam::1:root", at: AT }, "aws-cn"),
    "WrongPartition: 'principals' must be in the bucket's partition \"aws-cn\", got \"arn:aws:iam::1:root\"; use a principal of the bucket's own partition: IAM cannot grant access across partitions (at App/Logs)",
  ],
  partitionContradictsRegion: [
    errors.partitionContradictsRegion({ prop: "partition", got: "aws", at: AT }, "cn-north-1", "aws-cn"),
    'WrongPartition: \'partition\' must be "aws-cn" for the Region "cn-north-1", got "aws"; leave \'partition\' out: it follows from the Region (at App/Logs)',
  ],
  unknownSite: [
    errors.unknownSite({ prop: "site", got: "eu9", at: "" }, "Acme", ["eu", "us"]),
    'UnknownSite: \'site\' must be a site for which Acme publishes a principal (eu, us), got "eu9"; use e.g. "eu"',
  ],
  unsupportedRegion: [
    errors.unsupportedRegion({ prop: "region", got: "sa-east-1", at: AT }, "Acme", ["eu-west-1", "us-east-1"]),
    'UnsupportedRegion: \'region\' must be one of the 2 Regions Acme supports (eu-west-1, us-east-1), got "sa-east-1"; use e.g. "eu-west-1" (at App/Logs)',
  ],
  unknownRegion: [
    errors.unknownRegion({ prop: "region", got: "Ireland", at: AT }),
    "UnknownRegion: 'region' must be the code of an AWS Region, got \"Ireland\"; use e.g. \"eu-central-1\"; for a Region newer than this package leave 'region' out and set it on the provider (at App/Logs)",
  ],
  malformedKeyPrefix: [
    errors.malformedKeyPrefix({ prop: "keyPrefix", got: "/a", at: AT }, "must not begin with a slash"),
    'MalformedKeyPrefix: \'keyPrefix\' must not begin with a slash, got "/a"; use a path such as "activity" or "logs/vendor" (at App/Logs)',
  ],
  duplicateKeyPrefix: [
    errors.duplicateKeyPrefix({ prop: "keyPrefix", got: "a/", at: AT }, "App/Other"),
    "DuplicateKeyPrefix: 'keyPrefix' must not overlap with the prefix of App/Other in the same bucket, got \"a/\"; give each vendor its own prefix or its own bucket (at App/Logs)",
  ],
  equalPaths: [
    errors.equalPaths({ prop: "auditLogs.filePath", got: "a", at: AT }, "dataPacks.filePath"),
    "EqualPaths: 'auditLogs.filePath' must differ from 'dataPacks.filePath', because both deliveries would write under one prefix, got \"a\"; give each delivery its own path (at App/Logs)",
  ],
  unsupportedEncryption: [
    errors.unsupportedEncryption({ prop: "encryption", got: "aws:kms", at: AT, isShared: false }, "Acme", ["AES256"]),
    "UnsupportedEncryption: 'encryption' must be an encryption that Acme supports (AES256), got \"aws:kms\"; leave it out: the default is right (at App/Logs)",
  ],
  unsupportedKmsKey: [
    errors.unsupportedKmsKey({ prop: "kmsKeyArn", got: "arn:aws:kms:x", at: AT }, "Acme", ["AES256"]),
    "UnsupportedEncryption: 'kmsKeyArn' must not be given, because Acme supports AES256 only, got \"arn:aws:kms:x\"; leave it out (at App/Logs)",
  ],
  kmsKeyWithoutKms: [
    errors.kmsKeyWithoutKms({ prop: "kmsKeyArn", got: "arn:aws:kms:x", at: AT }),
    "KmsKeyWithoutKms: 'kmsKeyArn' is only for 'encryption' SSE_KMS, got \"arn:aws:kms:x\"; set 'encryption' to BucketEncryption.SSE_KMS, or leave the key out (at App/Logs)",
  ],
  kmsWithoutKey: [
    errors.kmsWithoutKey(AT),
    "KmsWithoutKey: 'kmsKeyArn' must be given with 'encryption' SSE_KMS, got undefined; give the ARN of a customer managed key: another account cannot use the AWS managed key (at App/Logs)",
  ],
  unsupportedVersioning: [
    errors.unsupportedVersioning({ prop: "bucket.versioning", got: "Enabled", at: AT, isShared: true }, "Acme", "Disabled"),
    "UnsupportedVersioning: 'bucket.versioning' must be Disabled for Acme, got \"Enabled\"; give this vendor a bucket of its own (at App/Logs)",
  ],
  unsupportedOwnership: [
    errors.unsupportedOwnership({ prop: "objectOwnership", got: "ObjectWriter", at: AT, isShared: false }, "Acme", "BucketOwnerPreferred"),
    "UnsupportedOwnership: 'objectOwnership' must be BucketOwnerPreferred for Acme, got \"ObjectWriter\"; leave it out: the default is right (at App/Logs)",
  ],
  aclRightsWithoutAcls: [
    errors.aclRightsWithoutAcls({ prop: "objectOwnership", got: "BucketOwnerEnforced", at: AT, isShared: false }, "Acme"),
    'UnsupportedOwnership: \'objectOwnership\' must enable ACLs, because Acme is granted s3:PutObjectAcl, got "BucketOwnerEnforced"; use "BucketOwnerPreferred" (at App/Logs)',
  ],
  bucketAndItsProps: [
    errors.bucketAndItsProps(["region"], AT),
    "BucketGivenTwice: 'bucket' cannot be combined with settings of a bucket, because it has its own, got [\"region\"]; set these props on the DestinationBucket instead (at App/Logs)",
  ],
  bucketInOtherStack: [
    errors.bucketInOtherStack("other/Bucket", AT),
    "BucketInOtherStack: 'bucket' must be in the same stack, got \"other/Bucket\"; define both in one stack: a bucket has one policy (at App/Logs)",
  ],
  oneBucketTwice: [
    errors.oneBucketTwice("acme-logs", "App/First", AT),
    "OneBucketTwice: 'bucketName' is already defined at App/First, got \"acme-logs\"; define a DestinationBucket once and pass it as 'bucket' (at App/Logs)",
  ],
  oneBucketInTwoStacks: [
    errors.oneBucketInTwoStacks({ bucket: "acme-logs", other: "one/First", otherStack: "one", stack: "two", at: "two/Second" }),
    'OneBucketTwice: \'bucketName\' must be defined in one stack, and is defined in "one" (at one/First) and in "two", got "acme-logs"; give each stack its own bucket name, or define the destinations in one stack and share one DestinationBucket (at two/Second)',
  ],
  invalidExternalId: [
    errors.invalidExternalId("must have 2 to 1,224 characters", 2, AT),
    "InvalidExternalId: 'externalIds' must have 2 to 1,224 characters, got \"2 ID(s), not shown\"; copy the ID from the vendor's screen (at App/Logs)",
  ],
  externalIdRequired: [
    errors.externalIdRequired("Acme", AT),
    "ExternalIdRequired: 'externalIds' must hold the external ID that Acme asks for, got []; copy it from the vendor's screen (at App/Logs)",
  ],
  externalIdRefused: [
    errors.externalIdRefused("Acme", AT),
    "ExternalIdRefused: 'externalIds' must be empty, because Acme does not send an external ID and could not assume the role, got \"an external ID, not shown\"; leave it out (at App/Logs)",
  ],
  noPrincipals: [
    errors.noPrincipals(AT),
    "NoPrincipals: 'principals' must name at least one principal of the vendor, got []; use VendorPrincipal.roleArn(…) (at App/Logs)",
  ],
  unsupportedAccessMethod: [
    errors.unsupportedAccessMethod({ prop: "access", got: "assumedRole", at: AT }, "Acme", ["bucketPolicy"]),
    "UnsupportedAccess: 'access' must be an access method that Acme documents (bucketPolicy), got \"assumedRole\"; use the matching factory of VendorAccess (at App/Logs)",
  ],
  nothingToDeliver: [
    errors.nothingToDeliver(AT),
    "NothingToDeliver: 'dataPacks' or 'auditLogs' must be given, got undefined; give the file path of at least one of the two (at App/Logs)",
  ],
  noDestinations: [
    errors.noDestinations(AT),
    "NoDestinations: 'destinations' must hold at least one, got []; name the destinations whose deliveries count (at App/Logs)",
  ],
  eventsOfSeveralBuckets: [
    errors.eventsOfSeveralBuckets("App/One", "App/Other", AT),
    "SeveralBuckets: 'destinations' must share one bucket, that of App/One, got \"App/Other\"; define a DeliveryEvents for each bucket (at App/Logs)",
  ],
  twoNotificationOwners: [
    errors.twoNotificationOwners("acme-logs", "App/Other", AT),
    'TwoBucketNotifications: \'notification\' of the bucket "acme-logs" must be written by this construct alone, because a second one overwrites it, got "App/Other"; name all destinations of the bucket in one DeliveryEvents, or leave it out and tell `watch` its queue (at App/Logs)',
  ],
  programMissing: [
    errors.programMissing("program/index.js", AT),
    "ProgramMissing: 'program' must be part of the package, got \"program/index.js\"; install the package again (at App/Logs)",
  ],
  malformedStatement: [
    errors.malformedStatement('must have the Effect "Allow" or "Deny"', undefined, AT),
    'MalformedStatement: \'statement\' must have the Effect "Allow" or "Deny", got undefined; give one statement in IAM\'s JSON grammar (at App/Logs)',
  ],
  duplicateSid: [
    errors.duplicateSid("Put", AT),
    "DuplicateSid: 'Sid' must be unique within the policy, got \"Put\"; rename one of the two statements (at App/Logs)",
  ],
  policyTooLarge: [
    errors.policyTooLarge({ policy: "bucket policy", limit: 20_480, unit: "bytes", size: 30_000, at: AT }),
    "PolicyTooLarge: 'bucket policy' must have at most 20480 bytes, got 30000; use several buckets or roles, each for some of the vendors (at App/Logs)",
  ],
  emptyInlinePolicy: [
    errors.emptyInlinePolicy(AT),
    "EmptyPolicy: 'inline policy' must hold a statement, got []; add what the role may do with addToPolicy() (at App/Logs)",
  ],
  twoPolicyOwners: [
    errors.twoPolicyOwners("acme-logs", "App/Other", AT),
    'TwoBucketPolicies: \'policy\' of the bucket "acme-logs" must be written by this construct alone, because a second one overwrites it, got "App/Other"; move its statements to addToResourcePolicy() (at App/Logs)',
  ],
  publicStatement: [
    errors.publicStatement("Open", AT),
    "PublicBucketPolicy: 'bucket policy' must not be public by AWS's definition: Block Public Access refuses such a policy, got \"Open\"; name the principals of this statement, or limit the grant by a condition, e.g. on aws:PrincipalOrgID (at App/Logs)",
  ],
  contractBroken: [
    errors.contractBroken({
      id: "vendor-can-put",
      title: "the vendor can put an object",
      cause: "a Deny applies",
      remedy: 'narrow statement "DenyPut"',
      at: AT,
    }),
    "ContractBroken: the expectation 'vendor-can-put' (the vendor can put an object) does not hold: a Deny applies; narrow statement \"DenyPut\" (at App/Logs)",
  ],
  policyFinding: [
    errors.policyFinding({
      id: "lock-out",
      title: "a Deny locks the account out",
      cause: "it refuses s3:PutBucketPolicy",
      remedy: "narrow the Deny",
      at: AT,
    }),
    "PolicyFinding: 'lock-out' a Deny locks the account out: it refuses s3:PutBucketPolicy; narrow the Deny (at App/Logs)",
  ],
  missingProp: [
    errors.missingProp({ prop: "vendorRoleArn", got: undefined, at: AT }),
    "MissingProp: 'vendorRoleArn' must be given, got undefined; give a value; if it comes from an environment variable, set the variable (at App/Logs)",
  ],
  wrongType: [
    errors.wrongType({ prop: "bucketName", got: () => "logs", at: AT }, "a string"),
    "WrongType: 'bucketName' must be a string, got a function; give a string (at App/Logs)",
  ],
  emptyText: [
    errors.emptyText({ prop: "vendorRoleName", got: "", at: AT }),
    "EmptyText: 'vendorRoleName' must not be empty, got \"\"; give a value, or leave the prop out if it is optional; if it comes from an environment variable, set the variable (at App/Logs)",
  ],
  blankEdges: [
    errors.blankEdges({ prop: "roleName", got: " x ", at: AT }),
    "BlankEdges: 'roleName' must not begin or end with white space, got \" x \"; remove the white space (at App/Logs)",
  ],
  unsetValue: [
    errors.unsetValue({ prop: "vendorRoleArn", got: "role/undefined", at: AT }, "undefined"),
    'UnsetValue: \'vendorRoleArn\' must not contain the word "undefined", which JavaScript writes for a value that is not set, got "role/undefined"; set the variable that the text is built from (at App/Logs)',
  ],
  unsetNarrowing: [
    errors.unsetNarrowing({ prop: "permissions", got: undefined, at: AT }),
    "UnsetValue: 'permissions' must have a value where it is given, because more is allowed without it, got undefined; give a value, or leave the prop out; if it comes from an environment variable, set the variable (at App/Logs)",
  ],
  unknownWord: [
    errors.unknownWord({ prop: "versioning", got: "on", at: AT }, ["Disabled", "Enabled"]),
    'UnknownValue: \'versioning\' must be one of "Disabled", "Enabled", got "on"; use e.g. "Disabled" (at App/Logs)',
  ],
  controlCharacter: [
    errors.controlCharacter({ prop: "form", got: "a\nb", at: AT }),
    "ControlCharacter: 'form' must not hold line breaks or other control characters, got \"a\\nb\"; write it in one line (at App/Logs)",
  ],
  malformedDescription: [
    errors.malformedDescription({ prop: "description", got: "\u{1f600}", at: AT }, "must be so"),
    'MalformedDescription: \'description\' must be so, got "\u{1f600}"; use e.g. "Kandji delivers its activity log" (at App/Logs)',
  ],
  malformedNumber: [
    errors.malformedNumber({ prop: "timeoutSeconds", got: Number.NaN, at: AT }, "must be a whole number from 1 to 900"),
    "MalformedNumber: 'timeoutSeconds' must be a whole number from 1 to 900, got NaN; use a whole number in that range (at App/Logs)",
  ],
  malformedTag: [
    errors.malformedTag({ prop: "tags", got: { "aws:x": "y" }, at: AT }, "must not hold such a key"),
    'MalformedTag: \'tags\' must not hold such a key, got {"aws:x":"y"}; use e.g. { owner: "security" } (at App/Logs)',
  ],
  malformedTime: [
    errors.malformedTime({ prop: "cadence.dailyAtUtc", got: "5 am", at: AT }),
    'MalformedTime: \'cadence.dailyAtUtc\' must be a time of day, got "5 am"; use e.g. "05:00" (at App/Logs)',
  ],
  malformedDay: [
    errors.malformedDay({ prop: "options.expires", got: "2027-02-30", at: AT }),
    'MalformedDay: \'options.expires\' must be a day of the calendar, got "2027-02-30"; use e.g. "2027-06-30" (at App/Logs)',
  ],
  findingNotAcceptable: [
    errors.findingNotAcceptable("pin-contract", "'pin-contract' is approved in the pin", AT),
    "FindingNotAcceptable: 'id' must be the ID of a finding that can be accepted: 'pin-contract' is approved in the pin, got \"pin-contract\"; use the ID that the report of vendor-destination check shows (at App/Logs)",
  ],
  acceptanceOutsideDestination: [
    errors.acceptanceOutsideDestination("bucket", "ssl-missing", AT),
    "AcceptanceOutsideDestination: 'id' must be accepted on a bucket or role of a destination, and no destination uses this bucket, got \"ssl-missing\"; accept it in the file of vendor-destination check --accept (at App/Logs)",
  ],
  findingAccepted: [
    errors.findingAccepted("ssl-missing", "the proxy does it"),
    "FindingAccepted: 'ssl-missing' is accepted, and every report shows it as such: the proxy does it",
  ],
  emptyList: [
    errors.emptyList({ prop: "fields", got: [], at: AT }),
    "EmptyList: 'fields' must hold at least one, got []; name at least one (at App/Logs)",
  ],
  unknownProp: [
    errors.unknownProp({ prop: "validation.mod", got: "secret", at: AT }, ["mode", "onUnknown"], "mode"),
    "UnknownProp: 'validation.mod' is not the name of a prop; write 'validation.mode' (at App/Logs)",
  ],
  unknownMember: [
    errors.unknownMember({ prop: "cadence.every", got: 60, at: "acme.json" }, ["everyMinutes", "dailyAtUtc"], "everyMinutes"),
    "UnknownMember: 'cadence.every' must be a member of a vendor profile, got 60; write 'cadence.everyMinutes' (at acme.json)",
  ],
  profileIsText: [
    errors.profileIsText({ prop: "json", got: "acme.json", at: "" }),
    'WrongType: \'json\' must be an object, not a path or a text, got "acme.json"; parse the file first: VendorProfile.fromJson(JSON.parse(readFileSync("acme.json", "utf8")))',
  ],
  actionNotOn: [
    errors.actionNotOn({ prop: "documentedPermissions.bucketActions[0]", got: "s3:PutObject", at: "" }, "a bucket", "2026-01-31"),
    "UnknownAction: 'documentedPermissions.bucketActions[0]' must be an action of Amazon S3 on a bucket, got \"s3:PutObject\"; write it as AWS's list of 2026-01-31 does",
  ],
  actionWithWildcard: [
    errors.actionWithWildcard({ prop: "exercisedPermissions.objectActions[0]", got: "s3:*", at: "" }),
    "WildcardAction: 'exercisedPermissions.objectActions[0]' must name one action, since each is tried, got \"s3:*\"; name the actions of a delivery one by one",
  ],
  nothingExercised: [
    errors.nothingExercised({ prop: "exercisedPermissions", got: undefined, at: "" }),
    'NothingExercised: \'exercisedPermissions\' must hold what the vendor does, since the documented permissions name no single action, got undefined; give e.g. { "bucketActions": [], "objectActions": ["s3:PutObject"] }',
  ],
  malformedPrincipal: [
    errors.malformedPrincipal({ prop: "publishedPrincipals.eu", got: "delivery", at: "" }),
    "MalformedPrincipal: 'publishedPrincipals.eu' must be the ARN of an IAM role or user, or an account ID, got \"delivery\"; copy it from the vendor's page",
  ],
  malformedProfileId: [
    errors.malformedProfileId({ prop: "id", got: "Acme Logs", at: "" }),
    'MalformedProfile: \'id\' must be kebab-case, got "Acme Logs"; use e.g. "acme-logs"',
  ],
  dottedBucketName: [
    errors.dottedBucketName("6sense.staging"),
    'DottedBucketName: the name "6sense.staging" has a dot: over virtual-hosted HTTPS the certificate of Amazon S3 does not match it, so clients must use path style, and Transfer Acceleration is not available; prefer a name without dots where the vendor lets you choose',
  ],
  leastPrivilegeUnconfirmed: [
    errors.leastPrivilegeUnconfirmed("Acme"),
    "LeastPrivilegeUnconfirmed: Acme documents a wider grant and has not confirmed that the narrower one suffices; watch the first delivery",
  ],
  wideGrantInSharedBucket: [
    errors.wideGrantInSharedBucket("Acme"),
    "WideGrantInSharedBucket: what Acme documents covers every object of the bucket, including those of the other vendors; use VendorPermissions.LEAST_PRIVILEGE, or give it a bucket of its own",
  ],
};

test("every function of lib/errors is here", () => {
  expect(Object.keys(MESSAGES).sort()).toEqual(Object.keys(errors).sort());
});

test.each(Object.entries(MESSAGES))("%s says what is wrong and what to do", (_, [made, text]) => {
  expect(typeof made === "string" ? made : made.message).toBe(text);
});

test("a long value is cut, and its unseen characters are shown by their number", () => {
  const { message } = errors.invalidBucketName({ prop: "bucketName", got: `a\u200b\u202e${"b".repeat(50_000)}`, at: "" }, "must be short");

  expect(message).toMatch(/^InvalidBucketName: 'bucketName' must be short, got "a\\u200b\\u202eb{290,}\.\.\. \(50005 characters\); choose/);
});

test("no message is out of use", () => {
  const root = join(__dirname, "../../lib");
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => readFileSync(join(root, name), "utf8"))
    .join("\n");

  expect(Object.keys(errors).filter((name) => !new RegExp(`errors\\.${name}\\b`).test(sources))).toEqual([]);
});
