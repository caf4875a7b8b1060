import { TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import { AuditLogFrequency, DestinationBucket, ObjectOwnership, SixSenseDestination, VendorPermissions } from "../../lib";
import { allowSslRequestsOnly } from "../policy/ssl-statement";
import { annotationsOf, newStack, SIX_SENSE, sixSense, synthesizedOf } from "./synthesized";

const BUCKET = "arn:aws:s3:::acme.6sense.staging";
const VENDOR = "arn:aws:iam::222222222222:role/6sense-common";

/** The 17 regions, in the order of 6sense's page. */
const REGIONS = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ap-south-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-central-1",
  "eu-north-1",
  "sa-east-1",
];

const destination = (props: object) => () => new SixSenseDestination(newStack(), "SixSense", { ...SIX_SENSE, ...props });

describe("6sense's bucket", () => {
  test("grants the vendor's role list, put and put ACL, beside AllowSSLRequestsOnly", () => {
    expect(sixSense().bucketPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        allowSslRequestsOnly(BUCKET),
        { Sid: "AllowVendorOnBucket", Effect: "Allow", Principal: { AWS: VENDOR }, Action: "s3:ListBucket", Resource: BUCKET },
        {
          Sid: "AllowVendorOnObjects",
          Effect: "Allow",
          Principal: { AWS: VENDOR },
          Action: ["s3:PutObject", "s3:PutObjectAcl"],
          Resource: `${BUCKET}/*`,
        },
      ],
    });
  });

  test("has all four settings of Block Public Access on", () => {
    expect(sixSense().only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("is encrypted by SSE-S3", () => {
    const [rule] = sixSense().only("aws_s3_bucket_server_side_encryption_configuration").rule;

    expect(rule.apply_server_side_encryption_by_default).toEqual({ sse_algorithm: "AES256" });
  });

  test("lets ACLs work, and owns what comes with the right one", () => {
    expect(sixSense().only("aws_s3_bucket_ownership_controls").rule).toEqual({ object_ownership: "BucketOwnerPreferred" });
  });

  test("has no role", () => {
    expect(sixSense().all("aws_iam_role")).toEqual([]);
  });

  test("narrows put and put ACL to both file paths on request", () => {
    const { bucketPolicy } = sixSense({
      permissions: VendorPermissions.LEAST_PRIVILEGE,
      auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY },
    });

    expect(bucketPolicy.Statement[2].Resource).toEqual([`${BUCKET}/audit/*`, `${BUCKET}/data-packs/*`]);
  });

  test("narrows nothing where one of the two lies in the root", () => {
    const { bucketPolicy } = sixSense({
      permissions: VendorPermissions.LEAST_PRIVILEGE,
      dataPacks: { filePath: "" },
      auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY },
    });

    expect(bucketPolicy.Statement[2].Resource).toBe(`${BUCKET}/*`);
  });

  test.each([
    ["data-packs", "data-packs"],
    ["data-packs/", "data-packs"],
    ["", ""],
  ])("fails with one path for both deliveries: %j and %j", (dataPacks, auditLogs) => {
    const deliveries = { dataPacks: { filePath: dataPacks }, auditLogs: { filePath: auditLogs, frequency: AuditLogFrequency.DAILY } };

    expect(destination(deliveries)).toThrow(/^EqualPaths: 'auditLogs.filePath' .*'dataPacks.filePath'/);
  });

  test("accepts a path within the other one", () => {
    expect(destination({ auditLogs: { filePath: "data-packs/audit", frequency: AuditLogFrequency.DAILY } })).not.toThrow();
  });

  test("fails without ACLs, and says why", () => {
    expect(destination({ objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED })).toThrow(
      /UnsupportedOwnership: 'objectOwnership' .*\(at stack\/SixSense\)/,
    );
  });

  test("fails in a shared bucket without ACLs", () => {
    const stack = newStack();
    const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme-shared", region: "eu-west-1" });
    const { bucketName: _, region: __, ...props } = SIX_SENSE;

    expect(() => new SixSenseDestination(stack, "SixSense", { ...props, bucket })).toThrow(/^UnsupportedOwnership: /);
  });
});

describe("6sense's regions", () => {
  test.each(REGIONS)("accepts %s", (region) => {
    expect(sixSense({ region }).only("aws_s3_bucket").region).toBe(region);
  });

  test("are 17, in the order of the page", () => {
    expect(SixSenseDestination.PROFILE.facts.regions).toEqual(REGIONS);
  });

  test.each(["eu-south-1", "eu-central-2", "us-gov-west-1", "cn-north-1", "me-south-1"])("fails with %s and names the 17", (region) => {
    expect(destination({ region })).toThrow(/UnsupportedRegion: 'region' .*\(at stack\/SixSense\)/);
  });

  test("fails with what is no region at all", () => {
    expect(destination({ region: "Ireland" })).toThrow(/UnknownRegion: 'region' .*\(at stack\/SixSense\)/);
  });

  test("become a precondition for a region that only a variable knows", () => {
    const synthesized = synthesizedOf((stack) => {
      const region = new TerraformVariable(stack, "region", { type: "string" });
      new SixSenseDestination(stack, "SixSense", { ...SIX_SENSE, region: region.stringValue });
    });

    expect(synthesized.only("aws_s3_bucket").lifecycle.precondition).toEqual([
      {
        condition: `\${contains(${JSON.stringify(REGIONS)}, var.region)}`,
        error_message: `UnsupportedRegion: 6sense supports these 17 regions only: ${REGIONS.join(", ")}`,
      },
    ]);
  });

  test("become a precondition for a region that only the provider knows", () => {
    const synthesized = sixSense({ region: undefined });

    expect(synthesized.preconditions[0]!.condition).toMatch(/^\$\{contains\(\[.*\], data\.aws_region\.\w+\.region\)\}$/);
    expect(Object.keys(synthesized.json.data.aws_region)).toHaveLength(1);
  });
});

describe("6sense's form", () => {
  test("is answered by bucket name, region, file paths and frequency", () => {
    const { outputs } = sixSense({ auditLogs: { filePath: "audit", frequency: AuditLogFrequency.HOURLY } });

    expect(outputs.six_sense_connection_details.value).toEqual({
      "S3 Bucket Name": "acme.6sense.staging",
      Region: "eu-west-1",
      "Data packs file path": "data-packs",
      "Audit logs file path": "audit",
      "Audit logs frequency": "Hourly",
    });
    expect(outputs.six_sense_audit_logs_frequency).toEqual({ description: "Audit logs frequency", value: "Hourly" });
  });

  test("has no fields for what is not delivered", () => {
    const { outputs } = sixSense({
      dataPacks: undefined,
      auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY },
    });

    expect(Object.keys(outputs.six_sense_connection_details.value)).toEqual([
      "Audit logs file path",
      "Audit logs frequency",
      "Region",
      "S3 Bucket Name",
    ]);
  });
});

describe("6sense's deliveries", () => {
  test("fails with neither data packs nor audit logs", () => {
    expect(destination({ dataPacks: undefined })).toThrow(/NothingToDeliver: 'dataPacks' .*\(at stack\/SixSense\)/);
  });

  test.each([
    [AuditLogFrequency.HOURLY, { everyMinutes: 60, lateByMinutes: 240 }],
    [AuditLogFrequency.DAILY, { dailyAtUtc: "05:00", lateByMinutes: 240 }],
  ])("are due as documented: %s", (frequency, cadence) => {
    expect(sixSense({ auditLogs: { filePath: "audit", frequency } }).contract.cadence).toEqual(cadence);
  });

  test("have no documented cadence for data packs alone", () => {
    expect(sixSense().contract.cadence).toEqual({});
  });

  test("fails with a file path that begins with a slash, and names the prop", () => {
    expect(destination({ auditLogs: { filePath: "/audit", frequency: AuditLogFrequency.DAILY } })).toThrow(
      /MalformedKeyPrefix: 'auditLogs\.filePath' .*\(at stack\/SixSense\)/,
    );
  });
});

describe("6sense's role", () => {
  test.each(["222222222222", "arn:aws:iam::222222222222:user/6sense", "arn:aws:iam::2222:role/6sense", "arn:aws:iam::222222222222:role/*"])(
    "fails as %s",
    (vendorRoleArn) => {
      expect(destination({ vendorRoleArn })).toThrow(/InvalidArn: 'vendorRoleArn' .*\(at stack\/SixSense\)/);
    },
  );

  test("fails in another partition than the bucket's", () => {
    expect(destination({ vendorRoleArn: "arn:aws-cn:iam::222222222222:role/6sense" })).toThrow(
      /WrongPartition: 'principals' .*\(at stack\/SixSense\)/,
    );
  });
});

describe("a dot in the bucket's name", () => {
  test("is allowed, and warned of", () => {
    const stack = newStack();
    new SixSenseDestination(stack, "SixSense", { ...SIX_SENSE, bucketName: "6sense.staging" });

    expect(annotationsOf(stack, "warn")).toEqual([expect.stringMatching(/^DottedBucketName: the name "6sense.staging" /)]);
  });

  test("is a finding with its reason; a name without dots has neither", () => {
    const codes = (bucketName: string) => sixSense({ bucketName }).contract.accepted.map(({ code }: { code: string }) => code);

    expect(codes("6sense.staging")).toEqual(["R-xacct", "R-acl", "R-dot"]);
    expect(codes("acme-6sense")).toEqual(["R-xacct", "R-acl"]);
  });
});
