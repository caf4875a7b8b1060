/**
 * Other vendors as profiles: what they document can be said, without a change of the types.
 *
 * Facts as the vendors publish them; all profiles but Datadog's are examples for this test, not part of the library.
 */
import { TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  BucketEncryption,
  ExternalIdUse,
  KnownVendors,
  ObjectOwnership,
  VendorAccess,
  VendorAccessMethod,
  VendorDestination,
  VendorPermissions,
  VendorPrincipal,
  VendorProfile,
} from "../../lib";
import { readContract } from "../../lib/contract/read";
import { newStack, synthesize, synthesizedOf } from "./synthesized";

const BUCKET = "arn:aws:s3:::acme-logs";

const DATADOG = KnownVendors.DATADOG_LOG_ARCHIVES;

const CLOUDFLARE = VendorProfile.of({
  id: "cloudflare-logpush",
  vendorName: "Cloudflare",
  product: "Logpush",
  documentation: "https://developers.cloudflare.com/logs/logpush/logpush-job/enable-destinations/aws-s3/",
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.NONE,
  publishedPrincipals: { aws: "arn:aws:iam::391854517948:user/cloudflare-logpush" },
  facts: [],
});

const SEGMENT = VendorProfile.of({
  id: "segment",
  vendorName: "Segment",
  product: "AWS S3 destination",
  documentation: "https://www.twilio.com/docs/segment/connections/storage/catalog/aws-s3",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject", "s3:PutObjectAcl"] },
  documentedGrantEndsAtPrefix: true,
  externalId: ExternalIdUse.REQUIRED,
  vendorFolder: "segment-logs/",
  publishedPrincipals: { aws: "arn:aws:iam::595280932656:role/segment-s3-integration-production-access" },
  facts: [],
});

const SNOWFLAKE = VendorProfile.of({
  id: "snowflake",
  vendorName: "Snowflake",
  product: "Storage integration",
  documentation: "https://docs.snowflake.com/en/user-guide/data-load-s3-config-storage-integration",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"],
  },
  leastPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation"],
    objectActions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
  },
  externalId: ExternalIdUse.OPTIONAL,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  facts: [],
});

const MIXPANEL = VendorProfile.of({
  id: "mixpanel",
  vendorName: "Mixpanel",
  product: "Data pipelines",
  documentation: "https://docs.mixpanel.com/docs/data-pipelines/integrations/aws-s3",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"] },
  externalId: ExternalIdUse.REQUIRED,
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  regions: ["us-east-1", "us-west-2", "eu-west-1", "me-south-1"],
  publishedPrincipals: { aws: "arn:aws:iam::485438090326:user/mixpanel-export" },
  cadence: { dailyAtUtc: "00:30", lateByMinutes: 48 * 60 },
  facts: [],
});

const CONFLUENT = VendorProfile.of({
  id: "confluent-s3-sink",
  vendorName: "Confluent",
  product: "Amazon S3 sink",
  documentation: "https://docs.confluent.io/cloud/current/connectors/cc-s3-sink/cc-s3-sink.html",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
    objectActions: ["s3:PutObject", "s3:PutObjectTagging", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
  },
  externalId: ExternalIdUse.REQUIRED,
  facts: [],
});

const site = (profile: VendorProfile, name: string) => profile.facts.publishedPrincipals![name]!;

describe("vendors that assume a role", () => {
  test("Datadog: an account by site, an external ID, a grant that ends at the path, a role told by its name", () => {
    const synthesized = synthesizedOf((stack) => {
      new VendorDestination(stack, "Datadog", {
        vendor: DATADOG,
        access: VendorAccess.assumedRole({
          principals: [VendorPrincipal.account(site(DATADOG, "ap1"))],
          externalIds: ["0123456789abcdef"],
        }),
        bucketName: "acme-logs",
        keyPrefix: "archive",
      });
    });

    expect(synthesized.trustPolicy.Statement[0]).toMatchObject({
      Principal: { AWS: "arn:aws:iam::417141415827:root" },
      Condition: { StringEquals: { "sts:ExternalId": "0123456789abcdef" } },
    });
    expect(synthesized.inlinePolicy.Statement[1]).toMatchObject({
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: `${BUCKET}/archive/*`,
    });
    expect(synthesized.outputs.datadog_role_name.value).toBe("datadog-log-archives-acme-logs");
    expect(readContract(synthesized.contract, "test").expectations.map(({ id }) => id)).not.toContain(
      "stranger-in-vendor-account-cannot-assume-role",
    );
  });

  test("Datadog: archives only, on request", () => {
    const { inlinePolicy } = synthesizedOf((stack) => {
      new VendorDestination(stack, "Datadog", {
        vendor: DATADOG,
        access: VendorAccess.assumedRole({ principals: [VendorPrincipal.account(site(DATADOG, "us1"))], externalIds: ["a1"] }),
        bucketName: "acme-logs",
        permissions: VendorPermissions.LEAST_PRIVILEGE,
      });
    });

    expect(inlinePolicy.Statement).toHaveLength(1);
    expect(inlinePolicy.Statement[0].Action).toBe("s3:PutObject");
  });

  test("Segment: its own folder behind the prefix, and ACLs that work", () => {
    const synthesized = synthesizedOf((stack) => {
      new VendorDestination(stack, "Segment", {
        vendor: SEGMENT,
        access: VendorAccess.assumedRole({ principals: [VendorPrincipal.roleArn(site(SEGMENT, "aws"))], externalIds: ["workspace"] }),
        bucketName: "acme-logs",
        keyPrefix: "path/prefix",
      });
    });

    expect(synthesized.inlinePolicy.Statement[0].Resource).toBe(`${BUCKET}/path/prefix/segment-logs/*`);
    expect(synthesized.only("aws_s3_bucket_ownership_controls").rule.object_ownership).toBe(ObjectOwnership.BUCKET_OWNER_PREFERRED);
  });

  test("Snowflake: user and external ID that only its own resource knows, and no cycle through the bucket", () => {
    const synthesized = synthesizedOf((stack) => {
      const [user, id] = ["user", "id"].map((name) => new TerraformVariable(stack, name, { type: "string" }).stringValue);
      new VendorDestination(stack, "Snowflake", {
        vendor: SNOWFLAKE,
        access: VendorAccess.assumedRole({ principals: [VendorPrincipal.userArn(user!)], externalIds: [id!], roleName: "snowflake" }),
        bucketName: "acme-logs",
      });
    });

    expect(JSON.stringify(synthesized.only("aws_s3_bucket"))).not.toContain("var.user");
    expect(synthesized.only("aws_iam_role").lifecycle.precondition[0].condition).toBe(
      '${can(regex("^arn:aws:iam::[0-9]{12}:user/[A-Za-z0-9_+=,.@/-]+$", var.user))}',
    );
  });

  test("Mixpanel: regions, and a KMS key whose use is granted, and may be granted by a statement more", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const synthesized = synthesizedOf((stack) => {
      const { role } = new VendorDestination(stack, "Mixpanel", {
        vendor: MIXPANEL,
        access: VendorAccess.assumedRole({ principals: [VendorPrincipal.userArn(site(MIXPANEL, "aws"))], externalIds: ["token"] }),
        bucketName: "acme-logs",
        region: "eu-west-1",
        encryption: BucketEncryption.SSE_KMS,
        kmsKeyArn,
      });
      role!.addToPolicy({ Sid: "UseKey", Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: kmsKeyArn });
    });

    expect(synthesized.inlinePolicy.Statement[2]).toMatchObject({ Sid: "AllowVendorToUseKey", Resource: kmsKeyArn });
    expect(synthesized.inlinePolicy.Statement[3]).toMatchObject({ Sid: "UseKey", Resource: kmsKeyArn });
  });

  test("Mixpanel: fails in a Chinese region, whose partition its user is not in", () => {
    expect(
      () =>
        new VendorDestination(newStack(), "Mixpanel", {
          vendor: MIXPANEL,
          access: VendorAccess.assumedRole({ principals: [VendorPrincipal.userArn(site(MIXPANEL, "aws"))], externalIds: ["token"] }),
          region: "cn-north-1",
        }),
    ).toThrow(/^(UnsupportedRegion|WrongPartition): /);
  });

  test("Confluent: three levels of resources, the highest by a statement more", () => {
    const synthesized = synthesizedOf((stack) => {
      const { role } = new VendorDestination(stack, "Confluent", {
        vendor: CONFLUENT,
        access: VendorAccess.assumedRole({
          principals: [VendorPrincipal.roleArn("${confluent_provider_integration.this.aws[0].iam_role_arn}")],
          externalIds: ["${confluent_provider_integration.this.aws[0].external_id}"],
          roleName: "confluent",
        }),
        bucketName: "acme-logs",
      });
      role!.addToPolicy({ Sid: "ListBuckets", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "arn:aws:s3:::*" });
    });

    expect(synthesized.only("aws_iam_role").assume_role_policy).toContain(
      '"Principal":{"AWS":${jsonencode(confluent_provider_integration.this.aws[0].iam_role_arn)}}',
    );
    expect(synthesized.inlinePolicy.Statement).toHaveLength(3);
  });
});

describe("vendors that the bucket policy names", () => {
  test("Cloudflare: a published user, put below a folder and nothing else", () => {
    const { bucketPolicy } = synthesizedOf((stack) => {
      new VendorDestination(stack, "Cloudflare", {
        vendor: CLOUDFLARE,
        access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.userArn(site(CLOUDFLARE, "aws"))] }),
        bucketName: "acme-logs",
        keyPrefix: "logs",
      });
    });

    expect(bucketPolicy.Statement.slice(1)).toEqual([
      {
        Sid: "AllowVendorOnObjects",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::391854517948:user/cloudflare-logpush" },
        Action: "s3:PutObject",
        Resource: `${BUCKET}/logs/*`,
      },
    ]);
  });

  test("several principals with the same grant, in one stack with the others", () => {
    const stack = newStack();
    new VendorDestination(stack, "Cloudflare", {
      vendor: CLOUDFLARE,
      access: VendorAccess.bucketPolicy({
        principals: [VendorPrincipal.userArn(site(CLOUDFLARE, "aws")), VendorPrincipal.role("391854517948", "logpush")],
      }),
    });

    expect(synthesize(stack).only("aws_s3_bucket_policy").policy).toContain(
      '"Principal":{"AWS":["arn:aws:iam::391854517948:role/logpush","arn:aws:iam::391854517948:user/cloudflare-logpush"]}',
    );
  });
});
