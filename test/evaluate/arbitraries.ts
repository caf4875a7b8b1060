/** Requests and policies from a small vocabulary, so that they often meet. */
import fc from "fast-check";
import type { AccessRequest } from "../../lib/evaluate";

export type Json = Record<string, unknown>;

const OWN = "111122223333";
const OTHER = "444455556666";
const CALLERS = [
  `arn:aws:iam::${OWN}:user/alice`,
  `arn:aws:iam::${OTHER}:user/alice`,
  `arn:aws:sts::${OWN}:assumed-role/writer/run`,
  `arn:aws:sts::${OTHER}:assumed-role/writer/run`,
  `arn:aws:iam::${OTHER}:role/writer`,
  `arn:aws:iam::${OTHER}:root`,
  "logging.s3.amazonaws.com",
  "*",
];
const AWS_PRINCIPALS = [
  "*",
  OWN,
  OTHER,
  `arn:aws:iam::${OTHER}:root`,
  `arn:aws:iam::${OWN}:user/alice`,
  `arn:aws:iam::${OWN}:role/writer`,
  `arn:aws:iam::${OTHER}:role/writer`,
  `arn:aws:iam::${OTHER}:role/path/writer`,
  `arn:aws:sts::${OTHER}:assumed-role/writer/run`,
  "AROAEXAMPLEID12345678",
];
const ACTIONS = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"];
const ACTION_PATTERNS = ["*", "s3:*", "s3:PutObject", "s3:Get*", "s3:?utObject", "s3:List*", "sqs:*"];
const RESOURCES = ["arn:aws:s3:::logs", "arn:aws:s3:::logs/a/b.json", "arn:aws:s3:::logs/10:00/b.json", "arn:aws:s3:::other/a"];
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
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:SecureTransport": ["true", "false"],
  "aws:SourceIp": ["203.0.113.7", "198.51.100.1", "2001:db8::1"],
  "aws:PrincipalArn": [`arn:aws:iam::${OTHER}:role/writer`, `arn:aws:iam::${OWN}:user/alice`],
  "aws:username": ["a", "alice", "*"],
  "aws:userid": ["AROAEXAMPLEID12345678:run", "AIDAEXAMPLEID12345678"],
  "s3:prefix": ["a/", "a/b", ""],
  "s3:max-keys": ["10", "100"],
  "aws:CurrentTime": ["2024-05-17T00:00:00Z", "2025-01-01T00:00:00Z"],
  "aws:TagKeys": ["env", "cost"],
};
const VALUES: Readonly<Record<string, readonly string[]>> = {
  "aws:SecureTransport": ["true", "false"],
  "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0", "2001:db8::/32"],
  "aws:PrincipalArn": [`arn:aws:iam::${OTHER}:role/*`, `arn:aws:iam::*:user/alice`, `arn:aws:iam::${OTHER}:role/writer`],
  "aws:username": ["a*", "alice"],
  "aws:userid": ["AROAEXAMPLEID12345678:*"],
  "s3:prefix": ["a/*", "a/", "${aws:username}/*", ""],
  "s3:max-keys": ["10", "50"],
  "aws:CurrentTime": ["2024-12-31T00:00:00Z"],
  "aws:TagKeys": ["env", "c*"],
};
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "aws:SecureTransport": ["Bool", "BoolIfExists", "Null"],
  "aws:SourceIp": ["IpAddress", "NotIpAddress", "IpAddressIfExists"],
  "aws:PrincipalArn": ["ArnLike", "ArnNotLike", "ArnEquals", "StringLike"],
  "aws:username": ["StringEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"],
  "aws:userid": ["StringLike", "StringNotEquals"],
  "s3:prefix": ["StringLike", "StringEquals", "StringNotEqualsIfExists"],
  "s3:max-keys": ["NumericLessThanEquals", "NumericEquals", "NumericNotEquals"],
  "aws:CurrentTime": ["DateLessThan", "DateGreaterThanEquals", "DateNotEquals"],
  "aws:TagKeys": ["ForAllValues:StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringNotLike", "StringLike"],
};

const some = (values: readonly string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const conditionArbitrary = fc.dictionary(fc.constantFrom(...Object.keys(KEYS)), fc.nat(), { maxKeys: 2 }).chain((keys) =>
  fc
    .tuple(
      ...Object.entries(keys).map(([key, at]) => {
        const operator = OPERATORS[key]![at % OPERATORS[key]!.length]!;
        return some(operator === "Null" ? ["true", "false"] : VALUES[key]!).map((values) => [operator, { [key]: values }] as const);
      }),
    )
    .map((entries) => Object.fromEntries(entries)),
);

const principalArbitrary = fc.oneof(
  fc.constant("*"),
  some(AWS_PRINCIPALS).map((AWS) => ({ AWS })),
  fc.constant({ Service: "logging.s3.amazonaws.com" }),
  some(AWS_PRINCIPALS).map((AWS) => ({ AWS, Service: ["logging.s3.amazonaws.com"] })),
);

export function statementArbitrary(kind: "identity" | "resource", effect?: "Allow" | "Deny"): fc.Arbitrary<Json> {
  const principal: Record<string, fc.Arbitrary<unknown>> = kind === "resource" ? { Principal: principalArbitrary } : {};
  return fc
    .record({
      Effect: effect === undefined ? fc.constantFrom("Allow", "Allow", "Deny") : fc.constant(effect),
      ...principal,
      Action: some(ACTION_PATTERNS),
      Resource: some(RESOURCE_PATTERNS),
      Condition: conditionArbitrary,
      negate: fc.constantFrom("", "", "", "", "Action", "Resource", "Principal"),
    })
    .map(({ negate, ...statement }) => {
      const fields = statement as Json;
      if (negate === "" || fields[negate] === undefined) return fields;
      const { [negate]: value, ...rest } = fields;
      return { ...rest, [`Not${negate}`]: value };
    });
}

export function policyArbitrary(kind: "identity" | "resource"): fc.Arbitrary<Json> {
  return fc.record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
    Statement: fc.array(statementArbitrary(kind), { maxLength: 3 }),
  });
}

export const requestArbitrary: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constantFrom(...CALLERS),
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES),
  resourceAccount: fc.constant(OWN),
  context: fc
    .record(Object.fromEntries(Object.entries(KEYS).map(([key, values]) => [key, some(values)])), { requiredKeys: [] })
    .map((context) => context as AccessRequest["context"]),
});

/** The documents of a request, not yet compiled. */
export interface Documents {
  readonly identity: readonly Json[];
  readonly resource: Json;
  readonly boundary: Json | undefined;
}

export const documentsArbitrary: fc.Arbitrary<Documents> = fc.record({
  identity: fc.array(policyArbitrary("identity"), { maxLength: 2 }),
  resource: policyArbitrary("resource"),
  boundary: fc.option(policyArbitrary("identity"), { nil: undefined, freq: 4 }),
});
