/** Which buckets and roles the rules check, and what a contract accepts. */
import { expect, test } from "vitest";
import { applyRules } from "../../lib/rules";
import { unknownText } from "../../lib/unknown/placeholder";
import { BUCKET, bucket, contract, findingsOf, model, policy, role, VENDOR } from "./example-account";

const ids = (found: readonly { ruleId: string }[]) => found.map(({ ruleId }) => ruleId);
const everything = policy({ Effect: "Allow", Action: "s3:*", Resource: "*" }, "aws_iam_role_policy.other");
const own = policy({ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole" }, "aws_iam_role.other");
const other = role({ name: "other", arn: "arn:aws:iam::111111111111:role/other", inlinePolicies: [everything], trustPolicy: own });

test("a correct destination has no finding", () => {
  expect(applyRules(model({ buckets: [bucket()], roles: [role()] }), [contract("assumedRole")])).toEqual([]);
});

test("without a contract every role is checked", () => {
  expect(ids(applyRules(model({ roles: [other] }), []))).toEqual(["s3-on-everything"]);
});

test("with a contract, a role of your own that it does not name is not checked", () => {
  expect(applyRules(model({ buckets: [bucket()], roles: [role(), other] }), [contract("assumedRole")])).toEqual([]);
});

test("a public bucket is found even if no contract names it", () => {
  const open = bucket({
    name: "site",
    arn: "arn:aws:s3:::site",
    policies: [policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" }, "p")],
  });

  expect(ids(applyRules(model({ buckets: [bucket(), open], roles: [role()] }), [contract("assumedRole")]))).toEqual([
    "public-bucket-policy",
  ]);
});

test("a contract accepts what its vendor requires, by the reason code", () => {
  const grant = policy({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::acme-logs/*" }, "p");
  const granted = { bucketActions: ["s3:ListBucket"], objectActions: ["s3:*"], objects: ["arn:aws:s3:::acme-logs/*"] };
  const wild = (accepted: { code: string; reason: string; source: string }[]) =>
    applyRules(model({ buckets: [bucket()], roles: [role({ inlinePolicies: [grant] })] }), [
      contract("assumedRole", { granted, accepted }),
    ]);

  expect(wild([])).toMatchObject([{ ruleId: "wildcard-actions" }]);
  expect(wild([])[0]).not.toHaveProperty("acceptedAs");
  expect(wild([{ code: "R-wild", reason: "documented", source: "https://docs.example.com" }])).toMatchObject([
    { ruleId: "wildcard-actions", acceptedAs: "R-wild" },
  ]);
  expect(wild([{ code: "R-acl", reason: "documented", source: "https://docs.example.com" }])[0]).not.toHaveProperty("acceptedAs");
});

test("a finding names the statement, its policy and the contract", () => {
  const [found] = findingsOf("trust-policy", [
    { Effect: "Allow", Principal: { AWS: VENDOR }, Action: "sts:AssumeRole" },
    { Sid: "Everybody", Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
  ]);

  expect(found).toMatchObject({
    ruleId: "trust-everyone",
    severity: "high",
    statement: { index: 1, sid: "Everybody" },
    location: { address: "aws_iam_role.vendor" },
    contracts: ["acme/Logs"],
  });
});

test("the root of your own account is no external principal, even where the account is unknown", () => {
  const own = policy(
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::\u0000account\u0000:root" },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::acme-logs/*",
    },
    "p",
  );

  const found = applyRules(model({ buckets: [bucket({ policies: [own] })] }), [contract("bucketPolicy")]);

  expect(ids(found)).toEqual(["ssl-missing"]);
});

test("no rule fails on a policy that is entirely unknown", () => {
  const unknown = { document: "\u0000aws_s3_bucket_policy.logs.policy\u0000", location: { file: "plan.json" } };

  expect(
    applyRules(model({ buckets: [bucket({ policies: [unknown] })], roles: [role({ trustPolicy: unknown, inlinePolicies: [unknown] })] }), [
      contract("assumedRole"),
    ]),
  ).toEqual([]);
});

test("a principal that the plan does not show is no finding, and not taken for the vendor's", () => {
  const principal = unknownText("var.partner");
  const [found] = findingsOf("trust-policy", { Effect: "Allow", Principal: { AWS: [VENDOR, principal] }, Action: "sts:AssumeRole" });

  expect(found).toMatchObject({
    severity: "info",
    detail: "could not tell: the plan does not show whether a contract names ${var.partner}",
  });
});

test("fails for a principal that no contract names beside one that the plan does not show", () => {
  const principals = ["arn:aws:iam::999999999999:role/x", unknownText("var.partner")];
  const [found] = findingsOf("trust-policy", { Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" });

  expect(found?.detail).toBe("no contract names arn:aws:iam::999999999999:role/x, ${var.partner}");
});

test("principals from data sources of your own account are expected, and so are sources that the plan creates", () => {
  const arn = (source: string) => unknownText(source);
  const found = findingsOf("bucket-policy", [
    { Effect: "Allow", Principal: { AWS: arn("data.aws_iam_role.reader.arn") }, Action: "s3:GetObject", Resource: `${BUCKET}/*` },
    {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: `${BUCKET}/*`,
      Condition: { ArnEquals: { "aws:SourceArn": arn("aws_cloudfront_distribution.site.arn") } },
    },
  ]);

  expect(ids(found)).not.toContain("unexpected-principal");
  expect(ids(found)).not.toContain("service-without-source");
});

test.each([
  ["the vendor's ID", ["acme-7f3a"], []],
  ["another customer's ID as well", ["acme-7f3a", "other"], ["weak-external-id"]],
])("an external ID that no contract names is weak: %s", (_, values, expected) => {
  const Condition = { StringEquals: { "sts:ExternalId": values } };
  const trustPolicy = policy({ Effect: "Allow", Principal: { AWS: VENDOR }, Action: "sts:AssumeRole", Condition }, "aws_iam_role.vendor");
  const judged = model({ buckets: [bucket()], roles: [role({ trustPolicy })] });

  expect(ids(applyRules(judged, [contract("assumedRole", { externalIds: ["acme-7f3a"] })]))).toEqual(expected);
});

test("another role that the bucket policy names reaches the destination, also where your own account is not known", () => {
  const arn = `arn:aws:iam::${unknownText("account")}:role/other`;
  const open = policy(
    { Effect: "Allow", Principal: { AWS: arn }, Action: "s3:GetObject", Resource: `${BUCKET}/*` },
    "aws_s3_bucket_policy.logs",
  );
  const trustPolicy = policy({ Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "sts:AssumeRole" }, "aws_iam_role.other");
  const judged = model({
    buckets: [bucket({ policies: [{ ...open, text: undefined }] })],
    roles: [role({ name: "other", arn, trustPolicy })],
  });

  expect(ids(applyRules(judged, [contract("assumedRole")]))).toContain("other-role-reaches-destination");
});
