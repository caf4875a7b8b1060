/** The key by which the bucket encrypts is read with its policy and grants, and judged as in a plan. */

import { describe, expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { readBack } from "../../../cli/live/read-back";
import type { DestinationReport } from "../../../cli/report/validate/types";
import { docsPage } from "../../../cli/version";
import { awsError } from "../fake-aws";
import { CUSTOMER, contractOf, FakeDestination, outcomeOf, statement } from "../fake-destination";

const KEY = `arn:aws:kms:eu-west-1:${CUSTOMER}:key/00000000-0000-4000-8000-000000000000`;
const ROLE = `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`;
const ACTIONS = ["kms:GenerateDataKey", "kms:Decrypt"];
const ENABLE_IAM = { Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` }, Action: "kms:*", Resource: "*" };

interface Key {
  readonly named?: string;
  readonly policy?: object;
  readonly grants?: readonly object[];
  readonly metadata?: object;
  readonly role?: readonly object[];
}

/** The Kandji example on a bucket that encrypts with a key of the account, whose default policy leaves everything to IAM. */
function encrypted({ named = KEY, policy = statement(ENABLE_IAM), grants = [], metadata = {}, role = [] }: Key = {}): FakeDestination {
  const place = new FakeDestination(contractOf("kandji"));
  const { aws, contract } = place;
  const { arn } = contract.bucket;
  place.inline = statement({ Action: "s3:ListBucket", Resource: arn }, { Action: "s3:*", Resource: `${arn}/*` }, ...role);
  const setting = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: named };
  aws.plan("s3:GetBucketEncryption", () => ({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: setting, BucketKeyEnabled: true }] },
  }));
  const usual = { Arn: KEY, AWSAccountId: CUSTOMER, KeyState: "Enabled", KeySpec: "SYMMETRIC_DEFAULT", KeyUsage: "ENCRYPT_DECRYPT" };
  aws.plan("kms:DescribeKey", () => ({ KeyMetadata: { ...usual, ...metadata } }));
  aws.plan("kms:GetKeyPolicy", () => ({ Policy: JSON.stringify(policy) }));
  aws.plan("kms:ListGrants", ({ input }) => {
    const start = Number(input.Marker ?? 0);
    const more = start + 1 < grants.length;
    return { Grants: grants.slice(start, start + 1), Truncated: more, ...(more && { NextMarker: String(start + 1) }) };
  });
  return place;
}

const GRANTED = { role: [{ Action: ACTIONS, Resource: KEY }] };
const put = (report: DestinationReport) => report.results.find(({ id }) => id === "vendor-can-put");

function refuse(place: FakeDestination, operation: OperationName, code = "AccessDeniedException"): FakeDestination {
  place.aws.plan(operation, () => {
    throw awsError(code, 400);
  });
  return place;
}

describe("the vendor can put where", () => {
  test.each<[string, Key]>([
    ["the key leaves it to IAM, and the role's policy allows it", GRANTED],
    ["the key policy names the role", { policy: statement(ENABLE_IAM, { Principal: { AWS: ROLE }, Action: ACTIONS, Resource: "*" }) }],
    ["a grant, not the first of them, names the role", { grants: [grant("arn:aws:iam::111111111111:role/other"), grant(ROLE)] }],
    ["the bucket names the key by its alias's ARN", { ...GRANTED, named: `arn:aws:kms:eu-west-1:${CUSTOMER}:alias/deliveries` }],
    [
      "the key is for this bucket only",
      {
        policy: statement(ENABLE_IAM, {
          Principal: { AWS: ROLE },
          Action: ACTIONS,
          Resource: "*",
          Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-kandji-activity" } },
        }),
      },
    ],
  ])("%s", async (_, key) => {
    const report = await encrypted(key).validate();

    expect(outcomeOf(report, "vendor-can-put")).toBe("pass computed");
    expect(report.livePolicies.map(({ policy }) => policy)).toContain(`key policy of ${KEY}`);
  });
});

describe("the vendor cannot put where", () => {
  test.each<[string, Key]>([
    ["neither the role nor the key allows it", {}],
    ["the role's policy names another key", { role: [{ Action: ACTIONS, Resource: `${KEY.slice(0, -1)}1` }] }],
    ["the key policy leaves nothing to IAM", { ...GRANTED, policy: statement({ ...ENABLE_IAM, Principal: { AWS: `${ROLE}-2` } }) }],
    [
      "the key policy denies it",
      { ...GRANTED, policy: statement(ENABLE_IAM, { Effect: "Deny", Principal: "*", Action: "kms:Generate*", Resource: "*" }) },
    ],
    [
      "the key is for calls from another service",
      {
        policy: statement({ ...ENABLE_IAM, Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } } }),
        ...GRANTED,
      },
    ],
    [
      "the grant is of another bucket",
      { grants: [{ ...grant(ROLE), Constraints: { EncryptionContextSubset: { "aws:s3:arn": "arn:aws:s3:::other" } } }] },
    ],
    ["the key is disabled", { ...GRANTED, metadata: { KeyState: "Disabled" } }],
    ["the key is scheduled for deletion", { ...GRANTED, metadata: { KeyState: "PendingDeletion" } }],
    ["the key is asymmetric", { ...GRANTED, metadata: { KeySpec: "RSA_2048" } }],
  ])("%s", async (_, key) => {
    const report = await encrypted(key).validate();

    expect(outcomeOf(report, "vendor-can-put")).toBe("fail computed");
    expect(put(report)?.cause).toContain(KEY);
  });

  test("the key was deleted", async () => {
    const report = await refuse(encrypted(GRANTED), "kms:DescribeKey", "NotFoundException").validate();

    expect(put(report)).toMatchObject({ outcome: "fail", cause: expect.stringContaining("S3 cannot use the key: it does not exist") });
  });
});

describe("a right that is missing is named, and leaves unknown what depends on it", () => {
  test.each(["kms:DescribeKey", "kms:GetKeyPolicy"] as const)("%s", async (operation) => {
    const report = await refuse(encrypted(GRANTED), operation).validate();

    expect(put(report)).toMatchObject({
      outcome: "unknown",
      cause: `what ${operation} shows could not be read (AccessDeniedException)`,
      remedy: `grant the deployer ${operation} (${docsPage("validate.md#rights")})`,
    });
    expect(report.notChecked.join("\n")).toContain(`what ${operation} would show`);
  });

  test("kms:ListGrants, unless the policies allow the vendor to use the key without a grant", async () => {
    const withoutGrant = await refuse(encrypted(GRANTED), "kms:ListGrants").validate();
    const mayHaveGrant = await refuse(encrypted(), "kms:ListGrants").validate();

    expect(outcomeOf(withoutGrant, "vendor-can-put")).toBe("pass computed");
    expect(put(mayHaveGrant)).toMatchObject({
      outcome: "unknown",
      remedy: `grant the deployer kms:ListGrants (${docsPage("validate.md#rights")})`,
    });
  });
});

describe("somebody else who can use the key is found", () => {
  const FOREIGN = "arn:aws:iam::333333333333:root";
  const forOthers = (report: DestinationReport) => report.results.find(({ id }) => id === "key-for-others");

  test.each<[string, Key]>([
    [
      "another account in the key policy",
      { policy: statement(ENABLE_IAM, { Principal: { AWS: FOREIGN }, Action: "kms:Decrypt", Resource: "*" }) },
    ],
    ["everybody", { policy: statement(ENABLE_IAM, { Principal: "*", Action: "kms:GenerateDataKey", Resource: "*" }) }],
    [
      "everybody through S3",
      {
        policy: statement(ENABLE_IAM, {
          Principal: "*",
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        }),
      },
    ],
    [
      "the vendor, who may change the key",
      {
        policy: statement(ENABLE_IAM, {
          Principal: { AWS: "arn:aws:iam::222222222222:role/kandji-activity" },
          Action: "kms:*",
          Resource: "*",
        }),
      },
    ],
    ["another account by a grant", { grants: [grant("arn:aws:iam::333333333333:role/x")] }],
  ])("%s", async (_, key) => {
    expect(forOthers(await encrypted({ ...GRANTED, ...key }).validate())).toMatchObject({ outcome: "fail" });
  });

  test.each<[string, Key]>([
    ["where the key leaves everything to IAM", {}],
    [
      "where every principal of the account may use it through S3, as with the key aws/s3",
      {
        policy: statement({
          Principal: { AWS: "*" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "kms:CallerAccount": CUSTOMER, "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        }),
      },
    ],
    ["where a service of AWS or the account's own role has a grant", { grants: [grant("autoscaling.amazonaws.com"), grant(ROLE)] }],
    [
      "where the vendor may use it",
      {
        policy: statement(ENABLE_IAM, {
          Principal: { AWS: "arn:aws:iam::222222222222:role/kandji-activity" },
          Action: ACTIONS,
          Resource: "*",
        }),
      },
    ],
  ])("not %s", async (_, key) => {
    expect(forOthers(await encrypted({ ...GRANTED, ...key }).validate())).toMatchObject({ outcome: "pass", evidence: "proved" });
  });
});

test("a bucket that encrypts with S3's own keys asks nothing of KMS", async () => {
  const place = new FakeDestination(contractOf("kandji"));

  await place.validate();

  expect(place.aws.made("kms:DescribeKey")).toEqual([]);
});

function grant(GranteePrincipal: string) {
  return { GrantId: "1", GranteePrincipal, Operations: ["GenerateDataKey", "Decrypt"] };
}

describe("the key of another account", () => {
  const OTHER = "999999999999";
  const foreign = KEY.replace(CUSTOMER, OTHER);
  const metadata = { Arn: foreign, AWSAccountId: OTHER };
  const shared = statement(
    { Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Action: "kms:*", Resource: "*" },
    { Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` }, Action: ACTIONS, Resource: "*" },
  );
  const onAnyKey = [{ Action: ACTIONS, Resource: "*" }];
  const onKey = [{ Action: ACTIONS, Resource: foreign }];
  const found = (report: DestinationReport, id: string) => report.results.find((result) => result.id === id);

  test("is unknown where nothing shows that it is intended, and is not proved to be of no others", async () => {
    const report = await encrypted({ named: foreign, metadata, policy: shared, role: onAnyKey }).validate();

    expect(found(report, "key-of-other-account")).toMatchObject({
      outcome: "unknown",
      expected: CUSTOMER,
      cause: `the key ${foreign} belongs to account ${OTHER}, and neither a plan nor a policy of the role shows that this is intended`,
    });
    expect(outcomeOf(report, "key-for-others")).toBe("absent");
  });

  test("is unknown where the key cannot be read", async () => {
    const place = refuse(encrypted({ named: foreign, role: onAnyKey }), "kms:DescribeKey");

    expect(found(await place.validate(), "key-of-other-account")?.outcome).toBe("unknown");
  });

  test("is accepted where the role's policy names it, and may be used by the account of the bucket", async () => {
    const report = await encrypted({ named: foreign, metadata, policy: shared, role: onKey }).validate();

    expect(outcomeOf(report, "key-of-other-account")).toBe("absent");
    expect(outcomeOf(report, "key-for-others")).toBe("pass proved");
  });

  test("is accepted where the plan names it, and not where the plan names another one", async () => {
    const place = encrypted({ named: foreign, metadata, policy: shared, role: onAnyKey });
    const signal = new AbortController().signal;
    const where = { region: "eu-west-1", owner: CUSTOMER };
    const { account } = await readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal });
    const [bucket] = account.buckets;
    const other = { ...account, buckets: [{ ...bucket!, kmsKeyId: KEY }], kms: undefined };

    expect(outcomeOf(await place.validate({}, account), "key-of-other-account")).toBe("absent");
    const report = await place.validate({}, other as typeof account);
    expect(found(report, "key-of-other-account")?.outcome).toBe("unknown");
    expect(outcomeOf(report, "drift-encryption-key")).toBe("fail computed");
  });
});
