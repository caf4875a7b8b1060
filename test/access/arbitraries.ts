/** Worlds and requests from a small vocabulary, so that they often meet. What follows from a caller is in its request. */
import fc from "fast-check";
import type { World } from "../../lib/access";
import type { AccessRequest } from "../../lib/evaluate";

export const OWN = "111122223333";
export const OTHER = "444455556666";
export const STRANGER = "999999999999";
export const KNOWN_ROLE = `arn:aws:iam::${OWN}:role/writer`;

export type Json = Record<string, unknown>;

/** Callers with the keys that follow from who they are. */
const CALLERS: readonly { readonly principal: string; readonly context: Readonly<Record<string, string>> }[] = [
  user(OWN, "alice"),
  user(OTHER, "alice"),
  user(OTHER, "a"),
  role(OWN, "writer", "writer"),
  role(OWN, "reader", "reader"),
  role(OTHER, "writer", "writer"),
  role(OTHER, "path/writer", "writer"),
  role(STRANGER, "writer", "writer"),
  role(OWN, "aws-service-role/x/y", "y"),
  { principal: `arn:aws:iam::${OTHER}:root`, context: identity(OTHER, `arn:aws:iam::${OTHER}:root`, "Account") },
  { principal: `arn:aws:iam::${OWN}:root`, context: identity(OWN, `arn:aws:iam::${OWN}:root`, "Account") },
  { principal: "*", context: { "aws:PrincipalAccount": "anonymous", "aws:PrincipalType": "Anonymous" } },
  {
    principal: "logging.s3.amazonaws.com",
    context: { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": "logging.s3.amazonaws.com", "aws:SourceAccount": OTHER },
  },
];

function identity(account: string, arn: string, type: string) {
  return { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account, "aws:PrincipalType": type, "aws:PrincipalIsAWSService": "false" };
}

function user(account: string, name: string) {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { principal: arn, context: { ...identity(account, arn, "User"), "aws:username": name, "aws:userid": "AIDAEXAMPLEID12345678" } };
}

function role(account: string, path: string, name: string) {
  const arn = `arn:aws:iam::${account}:role/${path}`;
  return {
    principal: `arn:aws:sts::${account}:assumed-role/${name}/run`,
    context: { ...identity(account, arn, "AssumedRole"), "aws:userid": "AROAEXAMPLEID12345678:run" },
  };
}

const PRINCIPALS = [
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
];
const ACTION_PATTERNS = [
  "*",
  "s3:*",
  "s3:PutObject",
  "s3:Get*",
  "s3:?utObject",
  "s3:List*",
  "sqs:*",
  "s3:PutObjectAcl",
  "s3:*BucketPolicy",
];
const OBJECT_ACTIONS = ["s3:PutObject", "s3:GetObject", "s3:PutObjectAcl"];
const BUCKET_ACTIONS = ["s3:ListBucket", "s3:GetBucketPolicy"];
const OBJECTS = ["arn:aws:s3:::logs/a/b.json", "arn:aws:s3:::logs/10:00/b.json", "arn:aws:s3:::logs/alice/x", "arn:aws:s3:::logs/z"];
const RESOURCE_PATTERNS = [
  "*",
  "arn:aws:s3:::logs",
  "arn:aws:s3:::logs/*",
  "arn:aws:s3:::logs/a/*.json",
  "arn:aws:s3:::logs*",
  "arn:aws:s3:::*/?/b.json",
  "arn:aws:s3:*",
  "arn:aws:s3:::logs/${aws:username}/*",
  "arn:*:s3:::other/*",
];

/** Values of requests; those of conditions and their operators stand below. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:SourceIp": ["203.0.113.7", "198.51.100.1", "2001:db8::1"],
  "aws:TagKeys": ["env", "cost"],
  "aws:PrincipalOrgID": ["o-a", "o-b"],
  "s3:prefix": ["a/", "a/b", "", "alice/x"],
  "s3:max-keys": ["10", "100", "7"],
  "s3:x-amz-acl": ["private", "public-read", "bucket-owner-full-control"],
};
const CONDITIONS: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [["Bool", "BoolIfExists"], "aws:SecureTransport", ["true", "false"]],
  [["IpAddress", "NotIpAddress", "IpAddressIfExists"], "aws:SourceIp", ["203.0.113.0/24", "0.0.0.0/0", "2001:db8::/32"]],
  [
    ["ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "StringNotEqualsIfExists"],
    "aws:PrincipalArn",
    [`arn:aws:iam::${OTHER}:role/*`, "arn:aws:iam::*:user/alice", `arn:aws:iam::${OTHER}:role/writer`, "arn:aws:iam::*:role/w*"],
  ],
  [["StringEquals", "StringNotEquals", "StringLike"], "aws:PrincipalAccount", [OWN, OTHER, "4444*"]],
  [["StringEquals", "StringNotLike"], "aws:PrincipalType", ["User", "AssumedRole", "A*"]],
  [["StringEquals", "StringLike", "StringNotLike", "StringNotLikeIfExists", "StringLikeIfExists"], "aws:username", ["a*", "alice"]],
  [["StringLike", "StringNotLike"], "aws:userid", ["AROAEXAMPLEID12345678:*", "AIDA*"]],
  [
    ["StringLike", "StringEquals", "StringNotEqualsIfExists", "StringEqualsIgnoreCase"],
    "s3:prefix",
    ["a/*", "a/", "${aws:username}/*", ""],
  ],
  [["NumericLessThanEquals", "NumericEquals", "NumericNotEquals", "NumericGreaterThan"], "s3:max-keys", ["10", "50"]],
  [["DateLessThan", "DateGreaterThanEquals", "DateNotEquals"], "aws:CurrentTime", ["2024-12-31T00:00:00Z", "2025-01-01T00:00:00Z"]],
  [["ForAllValues:StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringNotLike", "StringLike"], "aws:TagKeys", ["env", "c*"]],
  [["StringEquals", "StringNotEquals"], "aws:PrincipalOrgID", ["o-a"]],
  [["StringEquals", "StringNotEquals"], "s3:x-amz-acl", ["bucket-owner-full-control", "public-read"]],
  [["StringEquals", "StringNotEqualsIfExists"], "aws:SourceAccount", [OWN, OTHER]],
];

const some = (values: readonly string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const conditionArbitrary = fc
  .array(
    fc
      .constantFrom(...CONDITIONS)
      .chain(([operators, key, values]) =>
        fc
          .tuple(fc.constantFrom(...operators, "Null"), some(values), fc.constantFrom("true", "false"))
          .map(([operator, list, flag]) => [operator, key, operator === "Null" ? flag : list] as const),
      ),
    { maxLength: 2 },
  )
  .map((list) => {
    const condition: Record<string, Json> = {};
    for (const [operator, key, values] of list) condition[operator] = { ...condition[operator], [key]: values };
    return condition;
  });

const principalArbitrary = fc.oneof(
  fc.constant("*"),
  fc.constantFrom(...PRINCIPALS.slice(4)).map((AWS) => ({ AWS })),
  fc.constantFrom(...PRINCIPALS.slice(4)).map((AWS) => ({ AWS })),
  some(PRINCIPALS).map((AWS) => ({ AWS })),
  fc.constant({ Service: "logging.s3.amazonaws.com" }),
  some(PRINCIPALS).map((AWS) => ({ AWS, Service: ["logging.s3.amazonaws.com"] })),
);

function statementArbitrary(kind: "identity" | "resource" | "resourceControl"): fc.Arbitrary<Json> {
  const principal: Record<string, fc.Arbitrary<unknown>> = kind === "resource"
    ? { Principal: principalArbitrary }
    : kind === "resourceControl"
      ? { Principal: fc.constant("*") }
      : {};
  const negations =
    kind === "resource"
      ? ["", "", "", "", "Action", "Resource", "Principal"]
      : kind === "identity"
        ? ["", "", "", "Action", "Resource"]
        : [""];
  return fc
    .record({
      Effect: kind === "resourceControl" ? fc.constant("Deny") : fc.constantFrom("Allow", "Deny"),
      ...principal,
      Action: some(ACTION_PATTERNS),
      Resource: some(RESOURCE_PATTERNS),
      Condition: conditionArbitrary,
      negate: fc.constantFrom(...negations),
    })
    .map(({ negate, ...statement }) => {
      const fields = statement as Json;
      if (negate === "" || fields[negate] === undefined) return fields;
      const { [negate]: value, ...rest } = fields;
      return { ...rest, [`Not${negate}`]: value };
    });
}

export function policyArbitrary(kind: "identity" | "resource" | "resourceControl", minLength = 0): fc.Arbitrary<Json> {
  return fc.record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
    Statement: fc.array(statementArbitrary(kind), { minLength, maxLength: 4 }),
  });
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary, weight: 1 });

export const worldArbitrary: fc.Arbitrary<World> = fc
  .record({
    resourcePolicy: policyArbitrary("resource", 1),
    identity: sometimes(fc.array(policyArbitrary("identity"), { maxLength: 2 })),
    boundary: rarely(policyArbitrary("identity")),
    session: rarely(fc.array(policyArbitrary("identity"), { minLength: 1, maxLength: 1 })),
    serviceControl: rarely(fc.array(policyArbitrary("identity", 1), { minLength: 1, maxLength: 2 })),
    resourceControl: rarely(fc.array(policyArbitrary("resourceControl"), { minLength: 1, maxLength: 1 })),
    restrict: fc.boolean(),
    blockAcls: fc.boolean(),
    ownership: rarely(fc.constantFrom("BucketOwnerEnforced", "BucketOwnerPreferred")),
  })
  .map(({ resourcePolicy, identity: own, boundary, session, serviceControl, resourceControl, restrict, blockAcls, ownership }) => ({
    partition: "aws",
    account: OWN,
    resourcePolicy,
    principals:
      own === undefined
        ? []
        : [
            {
              arn: KNOWN_ROLE,
              identityPolicies: own,
              permissionsBoundary: boundary,
              sessionPolicies: session,
              serviceControlPolicies: serviceControl,
            },
          ],
    serviceControlPolicies: serviceControl,
    resourceControlPolicies: resourceControl,
    blockPublicAccess: { restrictPublicBuckets: restrict, blockPublicAcls: blockAcls },
    objectOwnership: ownership,
  }));

export const requestArbitrary: fc.Arbitrary<AccessRequest> = fc
  .record({
    caller: fc.constantFrom(...CALLERS),
    target: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...OBJECT_ACTIONS), fc.constantFrom(...OBJECTS)) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...BUCKET_ACTIONS), fc.constant("arn:aws:s3:::logs")) },
    ),
    secure: fc.constantFrom("true", "false"),
    time: fc.constantFrom("2024-05-17T00:00:00Z", "2025-01-01T00:00:00Z"),
    tags: fc.option(fc.uniqueArray(fc.constantFrom("env", "cost", ""), { minLength: 1, maxLength: 2 })),
    more: fc.record(Object.fromEntries(Object.entries(KEYS).map(([key, values]) => [key, fc.constantFrom(...values)])), {
      requiredKeys: [],
    }),
  })
  .map(({ caller, target: [action, resource], secure, time, tags, more }) => {
    const { "aws:TagKeys": _, "aws:PrincipalOrgID": organization, ...chosen } = more as Record<string, string>;
    const isMember = caller.context["aws:PrincipalArn"] !== undefined && organization !== undefined;
    return {
      principal: caller.principal,
      action,
      resource,
      resourceAccount: OWN,
      context: {
        ...chosen,
        ...caller.context,
        ...(isMember ? { "aws:PrincipalOrgID": organization } : {}),
        ...(tags === null ? {} : { "aws:TagKeys": tags }),
        "aws:SecureTransport": secure,
        "aws:CurrentTime": time,
      },
    };
  });
