/** Callers, texts and values of random worlds and requests: few, so that they often meet, and chosen for what is easily read wrongly. */

export const OWN = "111122223333";
export const OTHER = "444455556666";
export const STRANGER = "999999999999";
export const KNOWN_ROLE = `arn:aws:iam::${OWN}:role/writer`;

export const TRAIL = `arn:aws:cloudtrail:eu-west-1:${OTHER}:trail/all`;
const ORIGIN_ACCESS_IDENTITY = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1";
export const CANONICAL_USER = "79a5".repeat(16);

/** Callers with the keys that follow from who they are. */
export const CALLERS: readonly { readonly principal: string; readonly context: Readonly<Record<string, string>> }[] = [
  user(OWN, "alice"),
  user(OTHER, "alice"),
  user(OTHER, "a"),
  role(OWN, "writer", "writer"),
  role(OWN, "reader", "reader"),
  role(OTHER, "writer", "writer"),
  role(OTHER, "path/writer", "writer"),
  role(STRANGER, "writer", "writer"),
  role(OWN, "aws-service-role/x/y", "y"),
  federatedUser(OWN, "bob"),
  federatedUser(OTHER, "bob"),
  { principal: `arn:aws:iam::${OTHER}:root`, context: identity(OTHER, `arn:aws:iam::${OTHER}:root`, "Account") },
  { principal: `arn:aws:iam::${OWN}:root`, context: identity(OWN, `arn:aws:iam::${OWN}:root`, "Account") },
  { principal: "*", context: { "aws:PrincipalAccount": "anonymous", "aws:PrincipalType": "Anonymous" } },
  {
    principal: "logging.s3.amazonaws.com",
    context: { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": "logging.s3.amazonaws.com", "aws:SourceAccount": OTHER },
  },
  {
    principal: "cloudtrail.amazonaws.com",
    context: { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": "cloudtrail.amazonaws.com", "aws:SourceArn": TRAIL },
  },
  { principal: ORIGIN_ACCESS_IDENTITY, context: { "aws:PrincipalIsAWSService": "false" } },
];

function identity(account: string, arn: string, type: string) {
  return { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account, "aws:PrincipalType": type, "aws:PrincipalIsAWSService": "false" };
}

function user(account: string, name: string) {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { principal: arn, context: { ...identity(account, arn, "User"), "aws:username": name, "aws:userid": "AIDAEXAMPLEID12345678" } };
}

function federatedUser(account: string, name: string) {
  const arn = `arn:aws:sts::${account}:federated-user/${name}`;
  return { principal: arn, context: { ...identity(account, arn, "FederatedUser"), "aws:userid": `${account}:${name}` } };
}

function role(account: string, path: string, name: string) {
  const arn = `arn:aws:iam::${account}:role/${path}`;
  return {
    principal: `arn:aws:sts::${account}:assumed-role/${name}/run`,
    context: { ...identity(account, arn, "AssumedRole"), "aws:userid": "AROAEXAMPLEID12345678:run" },
  };
}

export const PRINCIPALS = [
  "*",
  OWN,
  OTHER,
  `arn:aws:iam::${OTHER}:root`,
  `arn:aws:iam::${OWN}:user/alice`,
  KNOWN_ROLE,
  `arn:aws:iam::${OTHER}:role/writer`,
  `arn:aws:iam::${OTHER}:role/path/writer`,
  `arn:aws:sts::${OTHER}:assumed-role/writer/run`,
  `arn:aws:sts::${OWN}:assumed-role/writer/run`,
  `arn:aws:sts::${OTHER}:assumed-role/writer/other`,
  `arn:aws:sts::${OTHER}:federated-user/bob`,
  `arn:aws:iam::${OTHER}:role/Writer`,
  `arn:aws:iam::${OWN}:root`,
  ORIGIN_ACCESS_IDENTITY,
];
export const ACTION_PATTERNS = [
  "*",
  "s3:*",
  "s3:PutObject",
  "s3:Get*",
  "s3:?utObject",
  "s3:List*",
  "sqs:*",
  "s3:PutObjectAcl",
  "s3:*BucketPolicy",
  "S3:putobject",
  "s3:*Object?cl",
];
export const OBJECT_ACTIONS = ["s3:PutObject", "s3:GetObject", "s3:PutObjectAcl"];
export const BUCKET_ACTIONS = ["s3:ListBucket", "s3:GetBucketPolicy"];
export const OBJECTS = [
  "arn:aws:s3:::logs/a/b.json",
  "arn:aws:s3:::logs/10:00/b.json",
  "arn:aws:s3:::logs/alice/x",
  "arn:aws:s3:::logs/z",
  "arn:aws:s3:::logs/*/x",
];
export const RESOURCE_PATTERNS = [
  "*",
  "arn:aws:s3:::logs",
  "arn:aws:s3:::logs/*",
  "arn:aws:s3:::logs/a/*.json",
  "arn:aws:s3:::logs*",
  "arn:aws:s3:::*/?/b.json",
  "arn:aws:s3:*",
  "arn:aws:s3:::logs/${aws:username}/*",
  "arn:*:s3:::other/*",
  "arn:aws:s3:::logs/${aws:PrincipalAccount}/*",
  "arn:aws:s3:::logs/${aws:username, 'alice'}/*",
  "arn:aws:s3:::logs/${*}/*",
  "arn:aws:s3:::logs/a/${s3:prefix}*",
  "arn:aws:s3:::???s/A/*",
];

/** Values of requests; those of conditions and their operators stand below. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:SourceIp": ["203.0.113.7", "198.51.100.1", "2001:db8::1"],
  "aws:UserAgent": ["curl", "Curl", ""],
  "aws:RequestTag/env": ["prod", "dev", ""],
  "aws:MultiFactorAuthPresent": ["true", "false"],
  "aws:MultiFactorAuthAge": ["10", "3600"],
  "aws:PrincipalOrgID": ["o-a", "o-b"],
  "s3:prefix": ["a/", "a/b", "", "alice/x", "A/", "a*"],
  "s3:max-keys": ["10", "100", "7"],
  "s3:x-amz-acl": ["private", "public-read", "bucket-owner-full-control"],
};
export const CONDITIONS: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [["Bool", "BoolIfExists", "StringEquals", "StringNotEquals"], "aws:SecureTransport", ["true", "false"]],
  [["Bool"], "AWS:securetransport", ["True", "FALSE"]],
  [
    ["IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists"],
    "aws:SourceIp",
    ["203.0.113.0/24", "203.0.113.7", "0.0.0.0/0", "2001:db8::/32", "::/0"],
  ],
  [
    ["ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "StringNotEqualsIfExists", "ArnLikeIfExists", "StringEqualsIgnoreCase"],
    "aws:PrincipalArn",
    [
      `arn:aws:iam::${OTHER}:role/*`,
      "arn:aws:iam::*:user/alice",
      `arn:aws:iam::${OTHER}:role/writer`,
      "arn:aws:iam::*:role/w*",
      "arn:aws:*:role/writer",
      "*",
    ],
  ],
  [["StringEquals", "StringNotEquals", "StringLike"], "aws:PrincipalAccount", [OWN, OTHER, "4444*"]],
  [["StringEquals", "StringNotLike"], "aws:PrincipalType", ["User", "AssumedRole", "A*"]],
  [["StringEquals", "StringLike", "StringNotLike", "StringNotLikeIfExists", "StringLikeIfExists"], "aws:username", ["a*", "alice"]],
  [["StringLike", "StringNotLike"], "aws:userid", ["AROAEXAMPLEID12345678:*", "AIDA*"]],
  [
    ["StringLike", "StringEquals", "StringNotEqualsIfExists", "StringEqualsIgnoreCase"],
    "s3:prefix",
    ["a/*", "a/", "${aws:username}/*", "", "${*}", "a${?}", "A/"],
  ],
  [["NumericLessThanEquals", "NumericEquals", "NumericNotEquals", "NumericGreaterThan"], "s3:max-keys", ["10", "50", "1e1"]],
  [
    ["DateLessThan", "DateGreaterThanEquals", "DateNotEquals"],
    "aws:CurrentTime",
    ["2024-12-31T00:00:00Z", "2025-01-01T00:00:00Z", "2025-01-01T01:00:00+01:00"],
  ],
  [
    [
      "ForAllValues:StringLike",
      "ForAllValues:StringNotEquals",
      "ForAllValues:StringEqualsIfExists",
      "ForAnyValue:StringEquals",
      "ForAnyValue:StringNotLike",
      "ForAnyValue:StringLikeIfExists",
      "StringLike",
      "StringNotLike",
    ],
    "aws:TagKeys",
    ["env", "c*", "?", ""],
  ],
  [["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLikeIfExists"], "aws:useragent", ["CURL", "c*", ""]],
  [["StringEquals", "StringNotEqualsIfExists", "ForAllValues:StringEquals"], "aws:RequestTag/env", ["prod", "dev", ""]],
  [["Bool", "BoolIfExists"], "aws:MultiFactorAuthPresent", ["true", "false"]],
  [["NumericLessThan", "NumericGreaterThanIfExists"], "aws:MultiFactorAuthAge", ["60", "1000.5"]],
  [["ArnLike", "ArnNotEqualsIfExists", "StringEquals"], "aws:SourceArn", ["arn:aws:cloudtrail:*:*:trail/*", TRAIL, "arn:*:trail/all"]],
  [["BinaryEquals"], "s3:x-amz-acl", ["cHJpdmF0ZQ=="]],
  [["StringEquals", "StringNotEquals"], "aws:PrincipalOrgID", ["o-a"]],
  [["StringEquals", "StringNotEquals"], "s3:x-amz-acl", ["bucket-owner-full-control", "public-read"]],
  [["StringEquals", "StringNotEqualsIfExists"], "aws:SourceAccount", [OWN, OTHER]],
];
