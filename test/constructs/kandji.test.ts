import { describe, expect, test } from "vitest";
import { BucketEncryption, BucketVersioning, KandjiDestination, ObjectOwnership, VendorPermissions } from "../../lib";
import { allowSslRequestsOnly } from "../policy/ssl-statement";
import { KANDJI, kandji, newStack, synthesizedOf } from "./synthesized";

const BUCKET = "arn:aws:s3:::acme-kandji-activity";

describe("Kandji's bucket, as its page asks", () => {
  test("is a general purpose bucket under the given name", () => {
    const bucket = kandji().only("aws_s3_bucket");

    expect(bucket.bucket).toBe("acme-kandji-activity");
  });

  test("has all four settings of Block Public Access on", () => {
    expect(kandji().only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("has versioning disabled", () => {
    expect(kandji().only("aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Disabled" });
  });

  test("is encrypted by SSE-S3 with the bucket key, and says which encryption types are blocked", () => {
    expect(kandji().only("aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "AES256" },
        bucket_key_enabled: true,
        blocked_encryption_types: ["SSE-C"],
      },
    ]);
  });

  test("has ACLs off", () => {
    expect(kandji().only("aws_s3_bucket_ownership_controls").rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
  });

  test("has the bucket policy AllowSSLRequestsOnly of the page, and nothing else", () => {
    expect(kandji().bucketPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [allowSslRequestsOnly(BUCKET)],
    });
  });

  test("defines no further resource", () => {
    expect(Object.keys(kandji().json.resource).sort()).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_s3_bucket",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "terraform_data",
    ]);
  });
});

describe("Kandji's role", () => {
  test("trusts the vendor's role and nobody else, without a condition", () => {
    expect(kandji().trustPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowVendorToAssumeRole",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::222222222222:role/kandji-activity" },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  test("may list the bucket and do everything with its objects, as documented, even with a destination path", () => {
    expect(kandji({ destinationPath: "activity" }).inlinePolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "AllowVendorOnBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: BUCKET },
        { Sid: "AllowVendorOnObjects", Effect: "Allow", Action: "s3:*", Resource: `${BUCKET}/*` },
      ],
    });
  });

  test("may put and delete below the destination path only, on request", () => {
    const { inlinePolicy } = kandji({ destinationPath: "activity/", permissions: VendorPermissions.LEAST_PRIVILEGE });

    expect(inlinePolicy.Statement[1]).toEqual({
      Sid: "AllowVendorOnObjects",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
      Resource: `${BUCKET}/activity/*`,
    });
  });

  test("may put and delete anywhere in the bucket with least privilege and no destination path", () => {
    const { inlinePolicy } = kandji({ permissions: VendorPermissions.LEAST_PRIVILEGE });

    expect(inlinePolicy.Statement[1].Resource).toBe(`${BUCKET}/*`);
  });

  test("lies in the partition of the bucket's region, and so does the vendor's", () => {
    const synthesized = kandji({ region: "us-gov-west-1" });

    expect(synthesized.trustPolicy.Statement[0].Principal.AWS).toBe("arn:aws-us-gov:iam::222222222222:role/kandji-activity");
    expect(synthesized.inlinePolicy.Statement[0].Resource).toBe("arn:aws-us-gov:s3:::acme-kandji-activity");
  });

  test("keeps the path of the vendor's role", () => {
    const { trustPolicy } = kandji({ vendorRoleName: "service/kandji-activity" });

    expect(trustPolicy.Statement[0].Principal.AWS).toBe("arn:aws:iam::222222222222:role/service/kandji-activity");
  });

  test("is named after the vendor and the bucket", () => {
    expect(kandji().only("aws_iam_role").name).toBe("kandji-acme-kandji-activity");
  });

  test("has a name of at most 64 characters that differs for every bucket", () => {
    const nameFor = (bucketName: string) => kandji({ bucketName }).only("aws_iam_role").name;
    const [one, other] = [nameFor(`${"a".repeat(62)}1`), nameFor(`${"a".repeat(62)}2`)];

    expect(one).toHaveLength(64);
    expect(one).not.toBe(other);
  });

  test("may also be assumed by a validator, under one session name", () => {
    const { trustPolicy } = kandji({ validatorPrincipalArn: "arn:aws:iam::111111111111:role/deploy" });

    expect(trustPolicy.Statement[1]).toEqual({
      Sid: "AllowValidatorToAssumeRole",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:role/deploy" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:RoleSessionName": "vendor-destination-validation" } },
    });
  });
});

describe("Kandji's form", () => {
  test("is answered by outputs under the names of its fields", () => {
    const { outputs } = kandji({ destinationPath: "activity", region: "eu-central-1" });
    const named = Object.fromEntries(Object.entries<any>(outputs).map(([name, { description, value }]) => [name, [description, value]]));

    expect(named).toMatchObject({
      kandji_aws_account_id: ["AWS Account ID", expect.stringMatching(/^\$\{element\(split\(":", aws_iam_role\.\w+\.arn\), 4\)\}$/)],
      kandji_s3_bucket_name: ["S3 Bucket Name", "acme-kandji-activity"],
      kandji_destination_path: ["Destination Path", "activity"],
      kandji_iam_role_arn: ["IAM Role ARN", expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/)],
      kandji_aws_region: ["AWS Region", "eu-central-1"],
    });
  });

  test("is answered under the labels themselves, in the order of the form", () => {
    const stack = newStack();
    const { connectionDetails } = new KandjiDestination(stack, "Kandji", KANDJI);

    expect(connectionDetails.fields.map(({ label }) => label)).toEqual([
      "AWS Account ID",
      "S3 Bucket Name",
      "Destination Path",
      "IAM Role ARN",
      "AWS Region",
    ]);
  });

  test("is answered by a block of text to read", () => {
    const form: string = kandji({ destinationPath: "activity", region: "eu-central-1" }).outputs.kandji_connection_form.value;

    expect(form.split("\n")[0]).toBe("Kandji, Activity Log");
    expect(form).toContain("\n  S3 Bucket Name    acme-kandji-activity\n");
    expect(form).toContain("\n  Destination Path  activity\n");
  });

  test("leaves the destination path empty where none was given", () => {
    expect(kandji().outputs.kandji_destination_path.value).toBe("");
    expect(kandji({ destinationPath: "" }).outputs.kandji_destination_path.value).toBe("");
  });

  test("asks the provider for the region that was not given", () => {
    expect(kandji().outputs.kandji_aws_region.value).toMatch(/^\$\{aws_s3_bucket\.\w+\.region\}$/);
  });
});

describe("Kandji's limits", () => {
  const build = (props: object) => () => new KandjiDestination(newStack(), "Kandji", { ...KANDJI, ...props });

  test("fails with another encryption", () => {
    expect(build({ encryption: BucketEncryption.SSE_KMS, kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" })).toThrow(
      /UnsupportedEncryption: 'encryption' .*\(at stack\/Kandji\)/,
    );
  });

  test("fails with versioning", () => {
    expect(build({ versioning: BucketVersioning.ENABLED })).toThrow(/UnsupportedVersioning: 'versioning' .*\(at stack\/Kandji\)/);
  });

  test("fails with an account ID that is none", () => {
    expect(build({ vendorAccountId: "12345678901" })).toThrow(/InvalidAccountId: 'vendorAccountId' .*\(at stack\/Kandji\)/);
  });

  test("fails with an ARN in place of the role name", () => {
    expect(build({ vendorRoleName: "arn:aws:iam::222222222222:role/kandji-activity" })).toThrow(
      /InvalidRoleName: 'vendorRoleName' .*\(at stack\/Kandji\)/,
    );
  });

  test("leaves other ownerships and a lifecycle to the user", () => {
    const synthesized = kandji({
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      abortIncompleteMultipartUploadAfterDays: 7,
    });

    expect(synthesized.only("aws_s3_bucket_ownership_controls").rule.object_ownership).toBe("BucketOwnerPreferred");
    expect(synthesized.only("aws_s3_bucket_lifecycle_configuration").rule[0]).toMatchObject({
      status: "Enabled",
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    });
  });
});

test("Kandji's documented findings of scanners carry their reasons; the narrowed grant is no wildcard any more", () => {
  const codes = (props: object) => kandji(props).contract.accepted.map(({ code }: { code: string }) => code);

  expect(codes({})).toEqual(["R-ver", "R-kms", "R-wild"]);
  expect(codes({ permissions: VendorPermissions.LEAST_PRIVILEGE })).toEqual(["R-ver", "R-kms"]);
});

test("Kandji's contract says when deliveries are due", () => {
  expect(kandji().contract.cadence).toEqual({ firstDeliveryWithinMinutes: 120, everyMinutes: 60 });
});

test("two destinations of the same vendor live in one stack", () => {
  const synthesized = synthesizedOf((stack) => {
    new KandjiDestination(stack, "One", KANDJI);
    new KandjiDestination(stack, "Other", { ...KANDJI, bucketName: "acme-kandji-other" });
  });

  expect(synthesized.all("aws_s3_bucket_policy")).toHaveLength(2);
  expect(synthesized.outputs.one_s3_bucket_name.value).toBe("acme-kandji-activity");
  expect(synthesized.outputs.other_s3_bucket_name.value).toBe("acme-kandji-other");
});
