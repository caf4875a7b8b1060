import { expect, test } from "vitest";
import { fixture, fixtureJson, model, only, shown, textFile } from "../read";

/** The bucket policy that these data sources make of the one called `d`. */
function documentOf(documents: Record<string, unknown>): unknown {
  const resource = { aws_s3_bucket_policy: { p: { bucket: "b", policy: "${data.aws_iam_policy_document.d.json}" } } };
  return shown(model(resource, { data: { aws_iam_policy_document: documents } }).buckets[0]!.policies[0]!.document);
}

const allow = (sid: string | undefined, action: string): object => ({ ...(sid ? { sid } : {}), actions: [action], resources: ["*"] });

test("statements are written as the provider writes them", () => {
  const statement = [
    {
      sid: "Full",
      effect: "Deny",
      not_actions: ["s3:GetObject", "s3:PutObject"],
      not_resources: ["arn:aws:s3:::b/&{aws:username}"],
      not_principals: { type: "AWS", identifiers: ["arn:aws:iam::111122223333:root"] },
      condition: [
        { test: "StringEquals", variable: "aws:PrincipalTag/a", values: ["&{aws:username}"] },
        { test: "StringEquals", variable: "aws:PrincipalTag/a", values: ["second"] },
        { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
      ],
    },
    { actions: ["s3:*"], resources: ["*"], principals: [{ type: "*", identifiers: ["*"] }] },
    {
      actions: ["s3:*"],
      resources: ["*"],
      principals: [
        { type: "AWS", identifiers: ["111122223333"] },
        { type: "AWS", identifiers: ["444455556666"] },
        { type: "Service", identifiers: ["logging.s3.amazonaws.com"] },
      ],
    },
  ];

  expect(documentOf({ d: { policy_id: "id", version: "2008-10-17", statement } })).toEqual({
    Version: "2008-10-17",
    Id: "id",
    Statement: [
      {
        Sid: "Full",
        Effect: "Deny",
        NotAction: ["s3:PutObject", "s3:GetObject"],
        NotResource: "arn:aws:s3:::b/${aws:username}",
        NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" },
        Condition: { StringEquals: { "aws:PrincipalTag/a": ["${aws:username}", "second"] }, Bool: { "aws:SecureTransport": "false" } },
      },
      { Effect: "Allow", Action: "s3:*", Resource: "*", Principal: "*" },
      {
        Effect: "Allow",
        Action: "s3:*",
        Resource: "*",
        Principal: { AWS: ["444455556666", "111122223333"], Service: "logging.s3.amazonaws.com" },
      },
    ],
  });
});

test('a principal "*" of type AWS stays in its map', () => {
  const statement = { ...allow("A", "s3:*"), principals: { type: "AWS", identifiers: ["*"] } };

  expect(documentOf({ d: { statement } })).toMatchObject({ Statement: [{ Principal: { AWS: "*" } }] });
});

test("later documents replace statements of the same Sid and add the others", () => {
  const documents = {
    base: { statement: [allow("A", "s3:Base"), allow("B", "s3:Base"), allow(undefined, "s3:Base")] },
    over: { statement: [allow("B", "s3:Override"), allow("D", "s3:Override")] },
    d: {
      source_policy_documents: ["${data.aws_iam_policy_document.base.json}"],
      statement: [allow("A", "s3:Own"), allow("C", "s3:Own")],
      override_policy_documents: [
        "${data.aws_iam_policy_document.over.json}",
        '{"Statement":[{"Sid":"C","Effect":"Deny","Action":"s3:Text","Resource":"*"}]}',
      ],
    },
  };

  const { Statement } = documentOf(documents) as { Statement: { Sid?: string; Action: string }[] };

  expect(Statement.map(({ Sid, Action }) => `${Sid}: ${Action}`)).toEqual([
    "A: s3:Own",
    "B: s3:Override",
    "undefined: s3:Base",
    "C: s3:Text",
    "D: s3:Override",
  ]);
});

test("members of documents that are extended count in any case, as the provider reads them", () => {
  const source = '{"version":"2012-10-17","statement":[{"SID":"A","effect":"Allow","action":"s3:GetObject","resource":"*"}]}';

  expect(documentOf({ d: { source_policy_documents: [source] } })).toEqual({
    Version: "2012-10-17",
    Statement: [{ Sid: "A", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
  });
});

test.each([
  [
    "a Sid twice among the sources",
    { source_policy_documents: ['{"Statement":[{"Sid":"A"}]}', '{"Statement":[{"Sid":"A"}]}'] },
    'it has the Sid "A" twice',
  ],
  ["a Sid twice among its statements", { statement: [allow("A", "s3:a"), allow("A", "s3:b")] }, 'it has the Sid "A" twice'],
  [
    "a source whose Statement is one object",
    { source_policy_documents: ['{"Statement":{"Sid":"A"}}'] },
    "the Statement of a document that it extends is not a list",
  ],
  [
    "an override whose Statement is one object",
    { override_policy_documents: ['{"Statement":{"Sid":"A"}}'] },
    "the Statement of a document that it extends is not a list",
  ],
])("a document with %s is not known, as the provider refuses it", (_, document, reason) => {
  expect(documentOf({ d: document })).toBe(`\${data.aws_iam_policy_document.d.json, which the provider refuses: ${reason}}`);
});

test("a text between whose statements stands what is not known is not known, and not malformed", () => {
  const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}${var.more}]}';

  const { buckets, problems } = model({ aws_s3_bucket_policy: { p: { bucket: "b", policy } } }, { variable: { more: {} } });

  expect(shown(buckets[0]!.policies[0]!.document)).toBe("${aws_s3_bucket_policy.p.policy}");
  expect(problems.map(({ id }) => id)).not.toContain("policy-not-json");
});

test("an unknown part leaves the others unchanged", () => {
  const statement = { ...allow("A", "s3:PutObject"), resources: ["${aws_kinesis_stream.q.arn}", "arn:aws:s3:::b/*"] };

  const { buckets } = model(
    { aws_kinesis_stream: { q: {} }, aws_s3_bucket_policy: { p: { bucket: "b", policy: "${data.aws_iam_policy_document.d.json}" } } },
    { data: { aws_iam_policy_document: { d: { statement } } } },
  );

  expect(shown(buckets[0]!.policies[0]!.document)).toMatchObject({
    Statement: [{ Resource: ["${aws_kinesis_stream.q.arn}", "arn:aws:s3:::b/*"] }],
  });
});

test("unknown statements make the whole document unknown", () => {
  const open = { source_policy_documents: ["${var.more}"], statement: allow("A", "s3:PutObject") };

  const { buckets } = model(
    { aws_s3_bucket_policy: { p: { bucket: "b", policy: "${data.aws_iam_policy_document.d.json}" } } },
    { variable: { more: {} }, data: { aws_iam_policy_document: { d: open } } },
  );

  expect(shown(buckets[0]!.policies[0]!.document)).toBe("${data.aws_iam_policy_document.d.json}");
});

test("documents that contain each other give a placeholder", () => {
  const documents = {
    d: { source_policy_documents: ["${data.aws_iam_policy_document.e.json}"] },
    e: { source_policy_documents: ["${data.aws_iam_policy_document.d.json}"] },
  };

  expect(documentOf(documents)).toBe("${data.aws_iam_policy_document.d.json}");
});

/** Principals of one type, and values of one condition, that stand in two blocks come in the order of a hash of the provider. */
const inOneOrder = (text: string): string =>
  text
    .replace(/\["d","b","a","c"\]|\["b","a","c","d"\]/, '["a","b","c","d"]')
    .replace(/"333333333333","(arn:[^"]+)","(arn:[^"]+)"/, '"$1","$2","333333333333"');

test("the text of a document is that of the provider, version 5.100", () => {
  const answers = fixtureJson("policy-documents/answers.json") as Record<string, string>;
  const policies = Object.keys(answers).map(
    (name) => `
      resource "aws_s3_bucket_policy" "${name}" {
        bucket = "${name}"
        policy = data.aws_iam_policy_document.${name}.minified_json
      }`,
  );

  const { buckets } = only([fixture("policy-documents/main.tf"), textFile("policy-documents/policies.tf", policies.join("\n"))]);

  const texts = buckets.map(({ name, policies: [policy] }) => [name, inOneOrder(policy?.text ?? "")]);
  expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, inOneOrder(text)])));
});
