import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyDocument, type Statement } from "../../lib/policy/document";
import { bucketPolicySize, iamPolicySize } from "../../lib/policy/limits";
import { escapeTemplate } from "../../lib/policy/template";
import { policyText } from "../../lib/tokens/policy-text";

/** Text in which nothing is an expression or a policy variable. */
const text = fc.string({ unit: "grapheme", maxLength: 12 }).filter((value) => !/[$%]\{/.test(value));
const oneOrMore = fc.oneof(text, fc.uniqueArray(text, { minLength: 1, maxLength: 4 }));
const condition = fc.dictionary(
  fc.constantFrom("StringEquals", "Bool", "ArnLike"),
  fc.dictionary(
    text.filter((key) => key !== "__proto__"),
    oneOrMore,
    { minKeys: 1, maxKeys: 3 },
  ),
  { maxKeys: 2 },
);
const statement: fc.Arbitrary<Statement> = fc.record(
  {
    Sid: text,
    Effect: fc.constantFrom("Allow" as const, "Deny" as const),
    Principal: fc.oneof(fc.constant("*" as const), fc.record({ AWS: oneOrMore })),
    Action: oneOrMore,
    Resource: oneOrMore,
    Condition: condition,
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);

describe("the canonical document", () => {
  test("is written as JSON that parses to the same document", () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 4 }), (statements) => {
        expect(JSON.parse(policyText(statements))).toEqual(policyDocument(statements));
      }),
    );
  });

  test("is the same whatever the order of keys and values, and however often a value is given", () => {
    const shuffled = (value: unknown, seed: number): unknown => {
      if (Array.isArray(value)) return [...value.slice(seed % value.length), ...value.slice(0, seed % value.length), value[0]];
      if (value === null || typeof value !== "object") return value;
      const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, seed)]);
      return Object.fromEntries(seed % 2 === 0 ? entries : entries.reverse());
    };

    fc.assert(
      fc.property(statement, fc.nat(7), (given, seed) => {
        expect(policyText([shuffled(given, seed) as Statement])).toBe(policyText([given]));
      }),
    );
  });

  test("keeps the order of statements", () => {
    const sids = ["b", "a", "c"].map((Sid) => ({ Sid, Effect: "Deny" as const, Action: "s3:*", Resource: "*" }));

    expect(policyDocument(sids).Statement.map(({ Sid }) => Sid)).toEqual(["b", "a", "c"]);
  });

  test("orders the elements as IAM's grammar lists them, sorts values and writes a single one as a scalar", () => {
    const given = { Resource: ["b", "a", "b"], Action: ["s3:GetObject"], Effect: "Allow" as const, Sid: "x" };

    expect(policyText([given])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"x","Effect":"Allow","Action":"s3:GetObject","Resource":["a","b"]}]}',
    );
  });

  test("keeps numbers and booleans as they are", () => {
    const Condition = { NumericLessThan: { "s3:TlsVersion": [1.2] }, Bool: { "aws:SecureTransport": false } } as any;

    expect(policyText([{ Effect: "Deny", Action: "s3:*", Resource: "*", Condition }])).toContain(
      '"Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:TlsVersion":1.2}}',
    );
  });
});

describe("the size of a policy", () => {
  test("is counted in bytes for a bucket, and without white space for a role", () => {
    expect(bucketPolicySize('{"é": 1}')).toBe(8);
    expect(iamPolicySize('{"é": 1}\n')).toBe(7);
  });

  test("is counted as AWS will see it: escapes undone, expressions left out", () => {
    expect(iamPolicySize(escapeTemplate("${aws:username}"))).toBe(15);
    expect(iamPolicySize('ab${jsonencode("${aws_s3_bucket.x.arn}/*")}')).toBe(2);
  });
});
