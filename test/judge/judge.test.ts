import { describe, expect, test } from "vitest";
import type { DeliveryContract, Result } from "../../lib/contract/types";
import { judge } from "../../lib/judge/judge";
import {
  type AccountParts,
  ALL_OBJECTS,
  account,
  BUCKET,
  byBucketPolicy,
  byRole,
  DENY_HTTP,
  LIST,
  TRUST,
  VENDOR,
} from "../contract/kandji-like";

const resultsOf = (parts: AccountParts = {}, contract: DeliveryContract = byRole()) => judge(contract, account(parts));
const resultOf = (id: string, parts: AccountParts = {}, contract?: DeliveryContract): Result =>
  resultsOf(parts, contract).find((result) => result.id === id)!;
const failed = (results: readonly Result[]) => results.filter(({ outcome }) => outcome === "fail").map(({ id }) => id);

const GRANT = [
  DENY_HTTP,
  { Effect: "Allow", Principal: { AWS: VENDOR }, Action: "s3:ListBucket", Resource: BUCKET },
  { Effect: "Allow", Principal: { AWS: VENDOR }, Action: ["s3:PutObject", "s3:PutObjectAcl"], Resource: `${BUCKET}/*` },
];
const PREFERRED = { bucketPolicy: GRANT, ownership: "BucketOwnerPreferred", region: "eu-west-1" };

describe("an account in which everything is right", () => {
  test("passes every item of a vendor that assumes a role", () => {
    expect(resultsOf().filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  });

  test("passes every item of a vendor that the bucket policy names", () => {
    expect(resultsOf(PREFERRED, byBucketPolicy()).filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  });

  test("is known by computing alone", () => {
    expect(new Set(resultsOf().map(({ evidence }) => evidence))).toEqual(new Set(["computed"]));
  });

  test("has one result for each item, in the contract's order", () => {
    const contract = byRole();

    expect(resultsOf().map(({ id }) => id)).toEqual([...contract.expectations, ...contract.posture].map(({ id }) => id));
  });
});

describe("the trust policy", () => {
  test.each<[string, object, string[]]>([
    ["names another role", { ...TRUST, Principal: { AWS: `${VENDOR}-2` } }, ["vendor-can-assume-role"]],
    [
      "trusts the whole account of the vendor",
      { ...TRUST, Principal: { AWS: "arn:aws:iam::222222222222:root" } },
      ["stranger-in-vendor-account-cannot-assume-role"],
    ],
    ["trusts everybody", { ...TRUST, Principal: "*" }, ["stranger-in-vendor-account-cannot-assume-role", "stranger-cannot-assume-role"]],
    [
      "asks for an external ID that the vendor does not send",
      { ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "a1" } } },
      ["vendor-can-assume-role"],
    ],
  ])("fails when it %s", (_, statement, ids) => {
    expect(failed(resultsOf({ trust: [statement as typeof TRUST] }))).toEqual(expect.arrayContaining(ids));
  });

  test("fails without the condition on the external ID", () => {
    const contract = byRole({ externalIds: ["a1"] });
    const guarded = { ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "a1" } } };

    expect(failed(resultsOf({}, contract))).toEqual(["vendor-cannot-assume-role-without-external-id"]);
    expect(failed(resultsOf({ trust: [guarded] }, contract))).toEqual([]);
  });

  test("fails when a second statement lets the vendor in without the external ID", () => {
    const guarded = { ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "a1" } } };

    expect(failed(resultsOf({ trust: [guarded, TRUST] }, byRole({ externalIds: ["a1"] })))).toEqual([
      "vendor-cannot-assume-role-without-external-id",
    ]);
  });
});

describe("the role's own policies", () => {
  test("fails without a right that the vendor needs, and names the nearest statement", () => {
    const result = resultOf("vendor-can-delete", { inline: [LIST, { ...ALL_OBJECTS, Action: "s3:PutObject" }] });

    expect(result.outcome).toBe("fail");
    expect(result.cause).toContain('statement "Objects" of the inline policy');
    expect(result.remedy).toContain('widen statement "Objects"');
  });

  test("fails without a statement for objects, and does not advise to widen the one that lists", () => {
    const result = resultOf("vendor-can-put", { inline: [LIST] });

    expect(result.remedy).toMatch(/^add a statement to the \S+ policy that allows s3:PutObject on arn:aws:s3:::[^/]+\/(.*\/)?\*$/);
  });

  test("fails when they reach another bucket", () => {
    expect(failed(resultsOf({ inline: [LIST, { ...ALL_OBJECTS, Resource: `${BUCKET}*` }] }))).toEqual(
      expect.arrayContaining(["vendor-cannot-put-into-another-bucket"]),
    );
  });

  test("fails when they reach the bucket policy", () => {
    expect(failed(resultsOf({ inline: [{ ...LIST, Action: "s3:*" }, ALL_OBJECTS] }))).toEqual(
      expect.arrayContaining(["vendor-cannot-put-bucket-policy", "vendor-cannot-delete-bucket"]),
    );
  });

  test("fails when a boundary takes away what the vendor needs", () => {
    const boundary = [{ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }];

    expect(failed(resultsOf({ boundary }))).toEqual(["vendor-can-list", "vendor-can-delete"]);
  });
});

describe("the bucket policy", () => {
  test("fails without the refusal of plain HTTP", () => {
    expect(failed(resultsOf({ bucketPolicy: undefined }))).toEqual(["vendor-cannot-put-over-http", "vendor-cannot-list-over-http"]);
  });

  test("fails when the refusal of plain HTTP has a second condition", () => {
    const weak = { ...DENY_HTTP, Condition: { ...DENY_HTTP.Condition, StringEquals: { "aws:PrincipalAccount": "999999999999" } } };

    expect(failed(resultsOf({ bucketPolicy: [weak] }))).toContain("vendor-cannot-put-over-http");
  });

  test("fails when it denies what the vendor needs, and names the statement", () => {
    const deny = { Sid: "NoDelete", Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: `${BUCKET}/*` };
    const result = resultOf("vendor-can-delete", { bucketPolicy: [DENY_HTTP, deny] });

    expect(result).toMatchObject({ outcome: "fail", deciding: [{ sid: "NoDelete", effect: "Deny" }] });
    expect(result.remedy).toBe('narrow statement "NoDelete" of the resource policy so that it does not apply to the vendor');
  });

  test("fails when it lets a stranger in", () => {
    const open = { Sid: "Open", Effect: "Allow", Principal: { AWS: "999999999999" }, Action: "s3:GetObject", Resource: `${BUCKET}/*` };

    expect(failed(resultsOf({ bucketPolicy: [DENY_HTTP, open] }))).toEqual(["stranger-cannot-get"]);
  });

  test("fails when it opens the bucket to everybody and nothing blocks that", () => {
    const open = { Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: BUCKET };
    const results = resultsOf({
      bucketPolicy: [DENY_HTTP, open],
      publicAccessBlock: { restrict_public_buckets: false, block_public_policy: false },
    });

    expect(failed(results)).toEqual(
      expect.arrayContaining(["stranger-cannot-list", "anonymous-cannot-list", "restrict-public-buckets", "block-public-policy"]),
    );
  });

  test("fails when a public statement shuts out the vendor that it names", () => {
    const open = { Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: BUCKET };

    expect(failed(resultsOf({ ...PREFERRED, bucketPolicy: [...GRANT, open] }, byBucketPolicy()))).toContain("vendor-can-put");
  });

  test("fails by the worse of two, because the last one written wins", () => {
    const rival = {
      c: { bucket: "b-kandji", policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ ...DENY_HTTP, Action: "s3:GetObject" }] }) },
    };

    const results = resultsOf({
      bucketPolicy: undefined,
      more: { aws_s3_bucket_policy: { ...rival, d: { bucket: "b-kandji", policy: rival.c.policy } } },
    });
    expect(failed(results)).toContain("vendor-cannot-put-over-http");
  });
});

describe("the posture", () => {
  test.each<[string, AccountParts, string, string]>([
    ["block-public-acls", { publicAccessBlock: { block_public_acls: false } }, "'block_public_acls' is false", "true"],
    ["versioning", { versioning: "Enabled" }, "'versioning_configuration.status' is Enabled", "Disabled"],
    ["versioning", { versioning: "Suspended" }, "'versioning_configuration.status' is Suspended", "Disabled"],
    ["encryption", { encryption: "aws:kms" }, "'sse_algorithm' is aws:kms", "AES256"],
    ["object-ownership", { ownership: "ObjectWriter" }, "'object_ownership' is ObjectWriter", "BucketOwnerEnforced"],
  ])("fails with a wrong setting: %s", (id, parts, cause, expected) => {
    const result = resultOf(id, parts);

    expect(result).toMatchObject({ outcome: "fail", evidence: "computed", cause, expected });
    expect(result.remedy).toMatch(new RegExp(`^set it to ${expected}: `));
    expect(result.remedy?.includes("only for a bucket that was never versioned")).toBe(id === "versioning");
    expect(result.location?.address).toMatch(/^aws_s3_bucket_/);
  });

  test("fails in a region that the vendor does not support", () => {
    expect(resultOf("region", { ...PREFERRED, region: "eu-south-1" }, byBucketPolicy())).toMatchObject({
      outcome: "fail",
      cause: "'region' is eu-south-1",
    });
  });

  test("does not know a region that nobody sets", () => {
    const { region: _, ...rest } = PREFERRED;

    expect(resultOf("region", rest, byBucketPolicy()).outcome).toBe("unknown");
  });
});

describe("what is not known", () => {
  test("stays unknown where the bucket is not in the input, with what to do", () => {
    const contract = byRole({ bucket: { name: "b-elsewhere", arn: "arn:aws:s3:::b-elsewhere" } });

    expect(resultOf("vendor-can-put", {}, contract)).toMatchObject({
      outcome: "unknown",
      cause: "the bucket b-elsewhere is not in the input",
      remedy: "add the plan that defines it to the input",
    });
    expect(resultOf("encryption", {}, contract).outcome).toBe("unknown");
  });

  test("stays unknown where the role is not in the input", () => {
    const contract = byRole({ role: { name: "elsewhere", arn: "arn:aws:iam::111111111111:role/elsewhere" } });

    expect(resultOf("vendor-can-assume-role", {}, contract)).toMatchObject({
      outcome: "unknown",
      cause: "the role elsewhere is not in the input",
    });
    expect(resultOf("vendor-can-put", {}, contract).outcome).toBe("unknown");
    expect(resultOf("stranger-cannot-put", {}, contract).outcome).toBe("pass");
  });

  test("stays unknown where a policy depends on what only apply will know", () => {
    const inline = [LIST, { ...ALL_OBJECTS, Resource: "${var.somewhere}/*" }];

    const result = resultOf("vendor-can-put", { inline });
    expect(result.outcome).toBe("unknown");
    expect(result).not.toHaveProperty("evidence");
  });

  test("stays unknown where a policy is no policy", () => {
    expect(resultOf("vendor-can-put", { inline: [{ Effect: "Permit", Action: "s3:*", Resource: "*" }] })).toMatchObject({
      outcome: "unknown",
      remedy: "correct the policy",
    });
  });
});

test.each(["allowed", "denied"] as const)("nobody can do what AWS has no action for, so that it is %s is not known", (expected) => {
  const [first] = byRole().expectations.filter(({ id }) => id === "vendor-can-put");
  const contract = { ...byRole(), expectations: [{ ...first!, action: "s3:PutObjekt", expected }] };

  expect(judge(contract, account())[0]).toMatchObject({
    outcome: "unknown",
    cause: expect.stringMatching(/^AWS's list of [\d-]+ has no action s3:PutObjekt$/),
    remedy: "correct the action in the contract",
  });
});
