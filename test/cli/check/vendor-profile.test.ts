/** `check --vendor-profile`: Terraform that was written by hand, judged by the profile of any vendor. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../mutants/plans";
import { allowSslRequestsOnly } from "../../policy/ssl-statement";
import { ACME_PROFILE, acmeWith } from "../../vendors/acme-profile";
import { cli, folder } from "../run-program";

const ROLE = "arn:aws:iam::444455556666:role/delivery";

interface Written {
  readonly bucketName?: string;
  readonly principal?: string;
  readonly externalId?: string | undefined;
  readonly action?: string;
  readonly objects?: string;
  readonly encryption?: string;
}

const encode = (policy: object) => `\${jsonencode(${JSON.stringify(policy)})}`;

/** A destination for Acme, written by hand. */
function written({ bucketName = "acme-logs", principal = ROLE, objects = "/team/logs/*", ...given }: Written = {}): object {
  const externalId = "externalId" in given ? given.externalId : "customer-42";
  const bucket = "${aws_s3_bucket.acme.id}";
  const arn = "${aws_s3_bucket.acme.arn}";
  const condition = externalId === undefined ? {} : { Condition: { StringEquals: { "sts:ExternalId": externalId } } };
  const statement = (more: object) => encode({ Version: "2012-10-17", Statement: [more] });
  return {
    provider: { aws: { region: "eu-central-1" } },
    resource: {
      aws_s3_bucket: { acme: { bucket: bucketName } },
      aws_s3_bucket_public_access_block: {
        acme: { bucket, block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true },
      },
      aws_s3_bucket_server_side_encryption_configuration: {
        acme: {
          bucket,
          rule: {
            apply_server_side_encryption_by_default: { sse_algorithm: given.encryption ?? "AES256" },
            bucket_key_enabled: true,
          },
        },
      },
      aws_s3_bucket_policy: {
        acme: {
          bucket,
          policy: statement(allowSslRequestsOnly(arn)),
        },
      },
      aws_iam_role: {
        acme: {
          name: "acme-delivery",
          assume_role_policy: statement({ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole", ...condition }),
        },
      },
      aws_iam_role_policy: {
        acme: {
          name: "delivery",
          role: "${aws_iam_role.acme.id}",
          policy: statement({ Effect: "Allow", Action: given.action ?? "s3:PutObject", Resource: `${arn}${objects}` }),
        },
      },
    },
  };
}

/** What Acme gave the customer. */
const GIVEN = ["--vendor-principal", "eu", "--external-id", "customer-42", "--key-prefix", "team", "--least-privilege"];

async function check(stack: object, profile: unknown, ...options: string[]) {
  const path = folder({ "stack/main.tf.json": stack, "acme.json": profile });
  const { code, out, err } = await cli(
    "check",
    "--format",
    "json",
    "--vendor-profile",
    join(path, "acme.json"),
    ...options,
    join(path, "stack"),
  );
  const report = out === "" ? undefined : JSON.parse(out);
  const results: Plan[] = report?.destinations[0].results ?? [];
  return { code, err, report, path, failed: results.filter(({ outcome }) => outcome !== "pass").map(({ id }) => id) };
}

test("a destination as the vendor documents it passes, and everything was asked", async () => {
  const { code, report, failed } = await check(written(), ACME_PROFILE, ...GIVEN);

  expect(failed).toEqual([]);
  expect(report.findings).toEqual([]);
  expect(report.destinations).toMatchObject([
    { vendor: "Acme", product: "Logs", bucket: "acme-logs", role: "acme-delivery", keyPrefix: "team/logs/", vendorPrincipals: [ROLE] },
  ]);
  const ids = report.destinations[0].results.map(({ id }: Plan) => id);
  expect(ids).toEqual(expect.arrayContaining(["vendor-can-assume-role", "bucket-name-prefix", "bucket-name-without-dots", "region"]));
  expect(ids.length).toBeGreaterThan(20);
  expect(code).toBe(0);
});

describe("the nearest destination that is wrong fails:", () => {
  test.each<[string, Written, string]>([
    ["the vendor's principal of another site", { principal: "arn:aws:iam::777788889999:root" }, "vendor-can-assume-role"],
    ["no external ID", { externalId: undefined }, "vendor-cannot-assume-role-without-external-id"],
    ["another external ID", { externalId: "customer-43" }, "vendor-can-assume-role"],
    ["another action", { action: "s3:GetObject" }, "vendor-can-put"],
    ["another prefix", { objects: "/teams/logs/*" }, "vendor-can-put"],
    ["a bucket's name without the prefix", { bucketName: "logs-acme" }, "bucket-name-prefix"],
    ["a bucket's name with a dot", { bucketName: "acme-logs.eu" }, "bucket-name-without-dots"],
    ["an encryption that the vendor does not support", { encryption: "aws:kms:dsse" }, "encryption"],
  ])("%s", async (_, wrong, id) => {
    const { code, failed } = await check(written(wrong), ACME_PROFILE, ...GIVEN);

    expect(failed).toContain(id);
    expect(code).toBe(1);
  });

  test("a region that the vendor does not support", async () => {
    const stack = { ...written(), provider: { aws: { region: "us-east-1" } } };

    const { code, failed } = await check(stack, ACME_PROFILE, ...GIVEN);

    expect(failed).toEqual(["region"]);
    expect(code).toBe(1);
  });

  test("a grant on the whole bucket, where the least is expected", async () => {
    const { code, report } = await check(written({ objects: "/*" }), ACME_PROFILE, ...GIVEN);

    expect(report.findings.map(({ ruleId }: Plan) => ruleId)).toContain("beyond-contract");
    expect(code).toBe(1);
  });
});

test.each(["${var.name}", "acme-${var.name}"])("the bucket's name %s is not known, and neither are its dots", async (bucketName) => {
  const stack = { ...written({ bucketName }), variable: { name: {} } };

  const { code, failed } = await check(stack, acmeWith("bucketNamePrefix", undefined), ...GIVEN);

  expect(failed).toContain("bucket-name-without-dots");
  expect(code).toBe(3);
});

test("a vendor that the bucket policy names is judged by it", async () => {
  const profile = { ...ACME_PROFILE, accessMethods: ["assumedRole", "bucketPolicy"], externalId: "unknown" };

  const { failed, code } = await check(written(), profile, "--access-method", "bucketPolicy", "--vendor-principal", "eu");

  expect(failed).toContain("vendor-can-put");
  expect(code).toBe(1);
});

test("the only published principal need not be named", async () => {
  const { code } = await check(written(), acmeWith("publishedPrincipals.us", undefined), ...GIVEN.slice(2));

  expect(code).toBe(0);
});

test("an account is a principal", async () => {
  const stack = written({ principal: "arn:aws:iam::777788889999:root" });

  expect((await check(stack, ACME_PROFILE, "--vendor-principal", "777788889999", ...GIVEN.slice(2))).failed).toEqual([]);
  expect((await check(stack, ACME_PROFILE, "--vendor-principal", "us", ...GIVEN.slice(2))).failed).toEqual([]);
});

describe("is 2 for", () => {
  test.each<[string, unknown, string[], RegExp]>([
    ["a profile that is no JSON", "{", GIVEN, /^InvalidProfile: .*acme\.json\)\n$/],
    ["a misspelt member", acmeWith("cadence.every", 60), GIVEN, /^UnknownMember: 'cadence\.every' .*\(at .*acme\.json\)\n$/],
    ["a missing member", acmeWith("vendorName", undefined), GIVEN, /^MissingProp: 'vendorName' .*\(at .*acme\.json\)\n$/],
    ["a known vendor beside the profile", ACME_PROFILE, [...GIVEN, "--vendor", "kandji"], /^InvalidOption: '--vendor' names/],
    ["an external ID that is not given", ACME_PROFILE, ["--vendor-principal", "eu"], /^MissingOption: '--external-id'/],
    ["an external ID that is not sent", acmeWith("externalId", "none"), GIVEN, /^InvalidOption: '--external-id' must not be given/],
    ["a principal that is not given", ACME_PROFILE, GIVEN.slice(2), /^MissingOption: '--vendor-principal' .* write one of eu, us/],
    ["a principal that is none", ACME_PROFILE, ["--vendor-principal", "toString"], /^InvalidOption: '--vendor-principal'/],
    ["a site that is none", ACME_PROFILE, ["--vendor-principal", "eu1"], /^InvalidOption: '--vendor-principal' .*\(eu, us\)/],
    [
      "an account without a role",
      ACME_PROFILE,
      ["--vendor-account-id", "444455556666"],
      /^MissingOption: '--vendor-principal' .* eu, us$/m,
    ],
    [
      "a key prefix with a slash in front",
      ACME_PROFILE,
      [...GIVEN, "--key-prefix", "/logs"],
      /^InvalidOption: '--key-prefix' must not begin/,
    ],
    ["a principal beside a role", ACME_PROFILE, [...GIVEN, "--vendor-role-arn", ROLE], /^InvalidOption: '--vendor-principal' takes/],
    ["an access method that is not documented", ACME_PROFILE, [...GIVEN, "--access-method", "bucketPolicy"], /^InvalidOption: '--access-/],
    ["two access methods", acmeWith("accessMethods", ["assumedRole", "bucketPolicy"]), GIVEN, /^MissingOption: '--access-method'/],
    ["a path of a known vendor", ACME_PROFILE, [...GIVEN, "--destination-path", "x"], /^InvalidOption: '--destination-path'/],
    ["a role of a vendor that assumes none", acmeWith("accessMethods", ["bucketPolicy"]), GIVEN, /^InvalidOption: '--external-id' has no/],
  ])("%s", async (_, profile, options, message) => {
    const { code, err, report } = await check(written(), profile, ...options);

    expect(report).toBeUndefined();
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test("a profile that is not there", async () => {
    const { code, err } = await cli("check", "--vendor-profile", "/does/not/exist.json", folder({ "main.tf.json": written() }));

    expect(err).toMatch(/^UnreadableFile: '--vendor-profile'/);
    expect(code).toBe(2);
  });

  test("a key prefix of a known vendor", async () => {
    const { code, err } = await cli(
      "check",
      "--vendor",
      "kandji",
      "--vendor-role-arn",
      ROLE,
      "--key-prefix",
      "x",
      folder({ "main.tf.json": written() }),
    );

    expect(err).toMatch(/^InvalidOption: '--key-prefix' has no meaning for --vendor kandji/);
    expect(code).toBe(2);
  });
});
