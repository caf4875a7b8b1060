/**
 * The KMS key of the bucket: whether the vendor's uploads may use it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import { describe, expect, test } from "vitest";
import { PROOF_IDS, type Result } from "../../lib/contract";
import { judge } from "../../lib/judge";
import type { AccountModel } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { ALL_OBJECTS, account, BUCKET, byBucketPolicy, byRole, DENY_HTTP, LIST, ROLE, VENDOR } from "../contract/kandji-like";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;
type Statement = Record<string, unknown>;

const KEY = "${aws_kms_key.k.arn}";
const OWN = "111111111111";
const SAMPLE = byRole({}).expectations.find(({ id }) => id === "vendor-can-put")!.resource;
const SAMPLE_NAME = SAMPLE.slice(SAMPLE.lastIndexOf("/") + 1);
const USE = ["kms:GenerateDataKey", "kms:Decrypt"];
const ROOT = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: "kms:*", Resource: "*" };
const right = (more: Statement = {}) => ({ Effect: "Allow", Action: USE, Resource: KEY, ...more });
const to = (principal: string, more: Statement = {}) => ({ ...right({ Resource: "*", Principal: { AWS: principal } }), ...more });
const policy = (...statements: Statement[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

const GRANT_TO_VENDOR = {
  Effect: "Allow",
  Principal: { AWS: VENDOR },
  Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:ListBucket"],
  Resource: [BUCKET, `${BUCKET}/*`],
};

interface Variant {
  /** The statements about the key in the role's policy, for the access by a role. */
  readonly role?: readonly Statement[];
  /** Arguments of `aws_kms_key.k`, or false where the plan does not define it. */
  readonly key?: Record<string, unknown> | false;
  /** `kms_master_key_id`; the key's ARN by default. */
  readonly id?: string | null;
  readonly more?: Blocks;
  readonly bucketKey?: boolean;
  readonly algorithm?: string;
  /** Of the organization. */
  readonly controls?: AccountModel["organizationPolicies"];
}

function resultOf(variant: Variant, door: "role" | "bucket", id = "vendor-can-put"): Result {
  const { key = {}, id: named = KEY, bucketKey = true, algorithm = "aws:kms", role = [], more, controls = [] } = variant;
  const byDefault = { sse_algorithm: algorithm, ...(named !== null && { kms_master_key_id: named }) };
  const encryption = {
    b: { bucket: "b-kandji", rule: [{ apply_server_side_encryption_by_default: byDefault, bucket_key_enabled: bucketKey }] },
  };
  const model = account({
    region: "eu-west-1",
    inline: [LIST, ALL_OBJECTS, ...role],
    bucketPolicy: door === "role" ? [DENY_HTTP] : [DENY_HTTP, GRANT_TO_VENDOR],
    ownership: door === "role" ? "BucketOwnerEnforced" : "BucketOwnerPreferred",
    more: {
      aws_s3_bucket_server_side_encryption_configuration: encryption,
      ...(key !== false && { aws_kms_key: { k: key } }),
      ...more,
    },
  });
  const posture = { encryption: algorithm, versioning: "Disabled", objectOwnership: "BucketOwnerEnforced" };
  const bucket = { name: "b-kandji", arn: BUCKET, region: "eu-west-1" };
  const contract = door === "role" ? byRole({ posture, bucket }) : byBucketPolicy({ posture });
  const whole = { ...model, organizationPolicies: controls };
  const results = judge(contract, whole);
  const must = new Set(
    contract.expectations.filter(({ actor, expected }) => actor === "vendor" && expected === "allowed").map((each) => each.id),
  );
  const isRefused = results.some((result) => must.has(result.id) && result.outcome !== "pass");
  const delivers = prove(contract, whole).find((result) => result.id === PROOF_IDS.delivers)!;
  expect(isRefused && delivers.outcome === "pass", "what is proved of every key holds for the named requests").toBe(false);
  return results.find((result) => result.id === id)!;
}

const outcome = (variant: Variant, door: "role" | "bucket") => resultOf(variant, door).outcome;

describe("policies of the organization", () => {
  const control = (type: "serviceControl" | "resourceControl", ...Statement: Statement[]): Variant => {
    const policy = { document: { Version: "2012-10-17", Statement }, location: { file: "control.json" } };
    return { role: [right()], controls: [{ type, policy, targets: [], address: "control.json", level: 0 }] };
  };
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const noKeys = { Effect: "Deny", Action: "kms:*", Resource: "*" };
  const noKeysTo = (account: string) => ({ ...noKeys, Principal: "*", ...when("StringEquals", "aws:PrincipalAccount", account) });

  test.each<[string, Variant, "role" | "bucket", Result["outcome"]]>([
    ["a service control policy denies the role the key", control("serviceControl", everything, noKeys), "role", "fail"],
    [
      "a service control policy denies the role other requests to the key",
      control("serviceControl", everything, { ...noKeys, Action: "kms:CreateGrant" }),
      "role",
      "pass",
    ],
    [
      "a resource control policy denies the vendor the key",
      { ...control("resourceControl", noKeysTo("222222222222")), key: { policy: policy(ROOT, to(VENDOR)) } },
      "bucket",
      "fail",
    ],
    [
      "a resource control policy denies another account the key",
      { ...control("resourceControl", noKeysTo("333333333333")), key: { policy: policy(ROOT, to(VENDOR)) } },
      "bucket",
      "pass",
    ],
    [
      "a service control policy does not limit the vendor",
      { ...control("serviceControl", everything, noKeys), key: { policy: policy(ROOT, to(VENDOR)) } },
      "bucket",
      "pass",
    ],
    [
      "a resource control policy does not limit aws/s3",
      { ...control("resourceControl", { ...noKeys, Principal: "*" }), id: null },
      "role",
      "pass",
    ],
  ])("%s", (_, variant, door, expected) => {
    expect(outcome(variant, door)).toBe(expected);
  });
});

describe("a role of the key's account", () => {
  test.each<[string, Variant, Result["outcome"]]>([
    ["the role has no right, the key its default policy", {}, "fail"],
    ["the role has the right", { role: [right()] }, "pass"],
    ["the role has the right on every key", { role: [right({ Resource: "*" })] }, "pass"],
    ["the role has the right on another key", { role: [right({ Resource: "arn:aws:kms:eu-west-1:333333333333:key/a" })] }, "fail"],
    ["the role may do everything with KMS", { role: [right({ Action: "kms:*" })] }, "pass"],
    ["the role may only generate keys, which parts do not suffice with", { role: [right({ Action: "kms:GenerateDataKey" })] }, "unknown"],
    ["the role may only decrypt", { role: [right({ Action: "kms:Decrypt" })] }, "fail"],
    ["the role may only encrypt, which S3 does not do", { role: [right({ Action: "kms:Encrypt" })] }, "fail"],
    ["the role has the right through S3", { role: [right(when("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com"))] }, "pass"],
    ["the role has the right through S3 anywhere", { role: [right(when("StringLike", "kms:ViaService", "s3.*.amazonaws.com"))] }, "pass"],
    [
      "the role has the right in another Region",
      { role: [right(when("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"))] },
      "fail",
    ],
    ["the role has the right through another service", { role: [right(when("StringLike", "kms:ViaService", "sqs.*"))] }, "fail"],
    ["the role has the right where it calls KMS itself", { role: [right(when("Bool", "aws:ViaAWSService", "false"))] }, "fail"],
    ["a Deny beats it", { role: [right(), { Effect: "Deny", Action: "kms:*", Resource: "*" }] }, "fail"],
    ["for the bucket's objects", { role: [right(when("StringLike", "kms:EncryptionContext:aws:s3:arn", `${BUCKET}*`))] }, "pass"],
    [
      "for objects, and a bucket key stands for the bucket",
      { role: [right(when("StringLike", "kms:EncryptionContext:aws:s3:arn", `${BUCKET}/*`))] },
      "fail",
    ],
    [
      "for objects, without a bucket key",
      { bucketKey: false, role: [right(when("StringLike", "kms:EncryptionContext:aws:s3:arn", `${BUCKET}/*`))] },
      "pass",
    ],
    [
      "for one object, without a bucket key",
      { bucketKey: false, role: [right(when("StringEquals", "kms:EncryptionContext:aws:s3:arn", SAMPLE))] },
      "fail",
    ],
    [
      "for objects of some names, without a bucket key",
      { bucketKey: false, role: [right(when("StringLike", "kms:EncryptionContext:aws:s3:arn", `${BUCKET}/*${SAMPLE_NAME.slice(0, 8)}*`))] },
      "fail",
    ],
    ["for another bucket", { role: [right(when("StringEquals", "kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::other"))] }, "fail"],
    ["the key's policy names the role", { key: { policy: policy(ROOT, to(ROLE)) } }, "pass"],
    ["the key's policy names the role and nobody else", { key: { policy: policy(to(ROLE)) } }, "pass"],
    [
      "the key's policy does not leave it to the account",
      { key: { policy: policy(to(`arn:aws:iam::${OWN}:role/admin`)) }, role: [right()] },
      "fail",
    ],
    ["the key's policy denies", { key: { policy: policy(ROOT, { ...to("*"), Effect: "Deny" }) }, role: [right()] }, "fail"],
    [
      "the policy is of another resource",
      { more: { aws_kms_key_policy: { p: { key_id: "${aws_kms_key.k.id}", policy: policy(ROOT, to(ROLE)) } } } },
      "pass",
    ],
    [
      "the policy of another resource leaves out the account",
      { role: [right()], more: { aws_kms_key_policy: { p: { key_id: "${aws_kms_key.k.key_id}", policy: policy(to(VENDOR)) } } } },
      "fail",
    ],
    ["the policy is not known", { key: { policy: "${var.policy}" }, role: [right()] }, "unknown"],
    [
      "the service is named, which is not the caller",
      { key: { policy: policy({ ...to("*"), Principal: { Service: "s3.amazonaws.com" } }) }, role: [right()] },
      "fail",
    ],
    [
      "a grant",
      {
        more: {
          aws_kms_grant: { g: { key_id: "${aws_kms_key.k.key_id}", grantee_principal: ROLE, operations: ["GenerateDataKey", "Decrypt"] } },
        },
      },
      "pass",
    ],
    [
      "a grant to somebody else",
      {
        more: {
          aws_kms_grant: {
            g: { key_id: "${aws_kms_key.k.key_id}", grantee_principal: VENDOR, operations: ["GenerateDataKey", "Decrypt"] },
          },
        },
      },
      "fail",
    ],
    ["a grant to decrypt", { more: { aws_kms_grant: { g: { key_id: KEY, grantee_principal: ROLE, operations: ["Decrypt"] } } } }, "fail"],
    [
      "a grant for another bucket",
      {
        more: {
          aws_kms_grant: {
            g: {
              key_id: KEY,
              grantee_principal: ROLE,
              operations: ["GenerateDataKey", "Decrypt"],
              constraints: [{ encryption_context_equals: { "aws:s3:arn": "arn:aws:s3:::other" } }],
            },
          },
        },
      },
      "fail",
    ],
    [
      "an alias of the key",
      {
        id: "${aws_kms_alias.a.arn}",
        role: [right()],
        more: { aws_kms_alias: { a: { name: "alias/logs", target_key_id: "${aws_kms_key.k.key_id}" } } },
      },
      "pass",
    ],
    [
      "an alias of the key, no right",
      { id: "alias/logs", more: { aws_kms_alias: { a: { name: "alias/logs", target_key_id: KEY } } } },
      "fail",
    ],
    [
      "the target of an alias",
      {
        id: "${aws_kms_alias.a.target_key_arn}",
        role: [right()],
        more: { aws_kms_alias: { a: { name: "alias/logs", target_key_id: "${aws_kms_key.k.key_id}" } } },
      },
      "pass",
    ],
    ["an alias that is not in the plan", { id: "alias/logs", key: false, role: [right({ Resource: "*" })] }, "unknown"],
    [
      "the policy of a key that is not resolved",
      { role: [right()], more: { aws_kms_key_policy: { p: { key_id: "${var.key}", policy: policy(ROOT) } } } },
      "unknown",
    ],
    [
      "a grant of a key that is not resolved",
      { more: { aws_kms_grant: { g: { key_id: "${var.key}", grantee_principal: ROLE, operations: ["GenerateDataKey", "Decrypt"] } } } },
      "unknown",
    ],
    [
      "the policy of another key",
      {
        role: [right()],
        more: { aws_kms_key_policy: { p: { key_id: "1234abcd-12ab-34cd-56ef-1234567890ab", policy: policy(to(VENDOR)) } } },
      },
      "pass",
    ],
    ["a disabled key", { key: { is_enabled: false }, role: [right()] }, "fail"],
    ["an asymmetric key", { key: { customer_master_key_spec: "RSA_2048" }, role: [right()] }, "fail"],
    [
      "a key that is not in the plan",
      { key: false, id: `arn:aws:kms:eu-west-1:${OWN}:key/a`, role: [right({ Resource: "*" })] },
      "unknown",
    ],
    ["a key that is not in the plan, and a role without the right", { key: false, id: `arn:aws:kms:eu-west-1:${OWN}:key/a` }, "unknown"],
    ["a key of another account, and a role without the right", { key: false, id: "arn:aws:kms:eu-west-1:333333333333:key/a" }, "fail"],
    ["the key aws/s3", { id: null }, "pass"],
    ["the key aws/s3 by its alias", { id: "alias/aws/s3" }, "pass"],
    ["the key aws/s3 by a data source", { id: "${data.aws_kms_alias.s3.target_key_arn}" }, "unknown"],
    ["the key aws/s3, and a Deny", { id: null, role: [{ Effect: "Deny", Action: "kms:*", Resource: "*" }] }, "fail"],
    ["double encryption", { algorithm: "aws:kms:dsse" }, "fail"],
    ["double encryption with the right", { algorithm: "aws:kms:dsse", role: [right()] }, "pass"],
    ["an unknown encryption", { algorithm: "${var.algorithm}" }, "unknown"],
    ["an unknown encryption with the right", { algorithm: "${var.algorithm}", role: [right()] }, "pass"],
    ["SSE-S3", { algorithm: "AES256", id: null }, "pass"],
  ])("%s", (_, variant, expected) => {
    expect(resultOf(variant, "role"), JSON.stringify(resultOf(variant, "role"))).toMatchObject({ outcome: expected });
  });

  test("a vendor that lists needs no key", () => {
    expect(resultOf({}, "role", "vendor-can-list").outcome).toBe("pass");
  });
});

describe("a vendor that the bucket policy names", () => {
  test.each<[string, Variant, Result["outcome"]]>([
    ["the default policy of the key", {}, "fail"],
    ["the key's policy names the vendor", { key: { policy: policy(ROOT, to(VENDOR)) } }, "pass"],
    ["the key's policy names the vendor's account", { key: { policy: policy(ROOT, to("222222222222")) } }, "pass"],
    ["the key's policy names another account", { key: { policy: policy(ROOT, to("333333333333")) } }, "fail"],
    [
      "everybody through S3",
      { key: { policy: policy(ROOT, to("*", when("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com"))) } },
      "pass",
    ],
    ["everybody of the own account", { key: { policy: policy(ROOT, to("*", when("StringEquals", "kms:CallerAccount", OWN))) } }, "fail"],
    [
      "everybody of the vendor's account",
      { key: { policy: policy(ROOT, to("*", when("StringEquals", "kms:CallerAccount", "222222222222"))) } },
      "pass",
    ],
    ["without decrypting", { key: { policy: policy(ROOT, { ...to(VENDOR), Action: "kms:GenerateDataKey*" }) } }, "unknown"],
    [
      "a grant",
      { more: { aws_kms_grant: { g: { key_id: KEY, grantee_principal: VENDOR, operations: ["GenerateDataKey", "Decrypt"] } } } },
      "pass",
    ],
    [
      "an alias without an ARN",
      {
        id: "alias/logs",
        key: { policy: policy(ROOT, to(VENDOR)) },
        more: { aws_kms_alias: { a: { name: "alias/logs", target_key_id: KEY } } },
      },
      "unknown",
    ],
    ["the key aws/s3", { id: null }, "fail"],
    ["the key aws/s3 by its alias", { id: "alias/aws/s3" }, "fail"],
    ["a key that is not in the plan", { key: false, id: "arn:aws:kms:eu-west-1:111111111111:key/a" }, "unknown"],
    ["SSE-S3", { algorithm: "AES256", id: null }, "pass"],
  ])("%s", (_, variant, expected) => {
    expect(outcome(variant, "bucket"), JSON.stringify(resultOf(variant, "bucket"))).toBe(expected);
  });
});

test("the result says what is missing, and what to add", () => {
  const named = { key: { policy: policy(ROOT) } };
  expect(resultOf(named, "bucket")).toMatchObject({
    cause: expect.stringContaining("so the request needs kms:GenerateDataKey too. No Allow in the resource policy applies"),
    remedy: `add to the key policy: {"Effect":"Allow","Principal":{"AWS":"${VENDOR}"},"Action":["kms:GenerateDataKey","kms:Decrypt"],"Resource":"*"}`,
  });
  expect(resultOf({ key: false }, "bucket").remedy).toBe("add the plan or state that defines the KMS key to the input: its policy decides");
  expect(resultOf({ id: null }, "bucket").remedy).toBe(
    "encrypt with SSE-S3, or with a KMS key of your own whose policy names the vendor: no other account can use aws/s3",
  );
});
