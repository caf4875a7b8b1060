import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, test } from "vitest";
import {
  BucketEncryption,
  BucketVersioning,
  ConnectionDetails,
  ObjectOwnership,
  VendorAccess,
  VendorAccessMethod,
  VendorDestination,
  type VendorDestinationProps,
  VendorPermissions,
  VendorPrincipal,
  VendorProfile,
} from "../../lib";
import { acme } from "./acme";
import { annotationsOf, newStack, synthesize, synthesizedOf } from "./synthesized";

const USER = VendorPrincipal.userArn("arn:aws:iam::222222222222:user/acme");
const BY_POLICY = VendorAccess.bucketPolicy({ principals: [USER] });
const BY_ROLE = VendorAccess.assumedRole({ principals: [USER] });

const destination = (props: Partial<VendorDestinationProps> = {}) =>
  synthesizedOf((stack) => {
    new VendorDestination(stack, "Acme", { vendor: acme(), access: BY_POLICY, bucketName: "acme-logs", ...props });
  });

describe("what plain JavaScript can get wrong:", () => {
  test.each<[string, object, string]>([
    [
      "a known vendor that is misspelt",
      { vendor: undefined },
      "MissingProp: 'vendor' must be given, got undefined; give a member of KnownVendors,",
    ],
    [
      "a vendor's name",
      { vendor: "datadog" },
      "WrongType: 'vendor' must be a VendorProfile, got \"datadog\"; give a member of KnownVendors,",
    ],
    [
      "no access",
      { access: null },
      "got null; give VendorAccess.assumedRole(…) or VendorAccess.bucketPolicy(…), or leave it out if it is optional",
    ],
  ])("%s fails and says what to give", (_, props, message) => {
    expect(() => destination(props)).toThrow(message);
  });
});

describe("a vendor's profile", () => {
  test("fails with an id that is not kebab-case", () => {
    expect(() => acme({ id: "Acme Logs" })).toThrow(/^MalformedProfile: 'id' must be kebab-case, got "Acme Logs"/);
  });

  test("decides which access methods there are", () => {
    expect(() => destination({ vendor: acme({ accessMethods: [VendorAccessMethod.BUCKET_POLICY] }), access: BY_ROLE })).toThrow(
      /UnsupportedAccess: 'access' .*\(at stack\/Acme\)/,
    );
  });

  test("fails without a principal, by either door", () => {
    for (const access of [VendorAccess.bucketPolicy({ principals: [] }), VendorAccess.assumedRole({ principals: [] })]) {
      expect(() => destination({ access })).toThrow(/^NoPrincipals: /);
    }
  });

  test("decides encryption, versioning and ownership where the user does not", () => {
    const synthesized = destination({
      vendor: acme({
        encryptions: [BucketEncryption.SSE_S3],
        versioning: BucketVersioning.ENABLED,
        objectOwnership: ObjectOwnership.OBJECT_WRITER,
      }),
    });

    expect(synthesized.only("aws_s3_bucket_versioning").versioning_configuration.status).toBe("Enabled");
    expect(synthesized.only("aws_s3_bucket_ownership_controls").rule.object_ownership).toBe("ObjectWriter");
  });

  test("fails where the user chooses another ownership than the vendor needs", () => {
    const vendor = acme({ objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED });

    expect(() => destination({ vendor, objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED })).toThrow(
      /UnsupportedOwnership: 'objectOwnership' .*\(at stack\/Acme\)/,
    );
  });

  test.each([
    ["logs-acme", 'must begin with "acme-" for Acme, got "logs-acme"'],
    [undefined, 'must begin with "acme-" for Acme, got undefined'],
    ["acme-lo.gs", 'must not contain a dot for Acme, got "acme-lo.gs"'],
  ])("fails with a bucket name that the vendor refuses: %s", (bucketName, rule) => {
    expect(() => destination({ vendor: acme({ bucketNamePrefix: "acme-", bucketNameWithoutDots: true }), bucketName })).toThrow(
      `InvalidBucketName: 'bucketName' ${rule}; `,
    );
  });

  test("adds the vendor's own folder behind the prefix", () => {
    const vendor = acme({ vendorFolder: "acme-logs/", documentedGrantEndsAtPrefix: true });

    expect(destination({ vendor, keyPrefix: "in" }).bucketPolicy.Statement[2].Resource).toBe("arn:aws:s3:::acme-logs/in/acme-logs/*");
    expect(destination({ vendor }).bucketPolicy.Statement[2].Resource).toBe("arn:aws:s3:::acme-logs/acme-logs/*");
  });

  test("has the documented permissions narrowed to the prefix where nothing less is documented", () => {
    const { bucketPolicy } = destination({ keyPrefix: "in", permissions: VendorPermissions.LEAST_PRIVILEGE });

    expect(bucketPolicy.Statement[2]).toMatchObject({ Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/in/*" });
  });

  test("may grant nothing on the bucket itself", () => {
    const vendor = acme({ documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] } });

    expect(destination({ vendor }).bucketPolicy.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      "AllowSSLRequestsOnly",
      "AllowVendorOnObjects",
    ]);
  });
});

describe("a destination", () => {
  test("fails with a partition that contradicts the region", () => {
    expect(() => destination({ region: "cn-north-1", partition: "aws" })).toThrow(
      /WrongPartition: 'partition' .*\(at stack\/Acme\/Bucket\)/,
    );
  });

  test.each([
    [{ kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" }, /^KmsKeyWithoutKms: /],
    [{ encryption: BucketEncryption.SSE_KMS }, /^KmsWithoutKey: /],
    [{ encryption: BucketEncryption.SSE_KMS, kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:alias/x" }, /^InvalidArn: 'kmsKeyArn'/],
    [{ abortIncompleteMultipartUploadAfterDays: 0 }, /^MalformedNumber: 'abortIncompleteMultipartUploadAfterDays'/],
    [{ keyPrefix: "/in" }, /^MalformedKeyPrefix: 'keyPrefix'/],
  ])("fails with %j", (props, message) => {
    expect(() => destination(props)).toThrow(message);
  });

  const unconfirmed = (profile: Parameters<typeof acme>[0], props: { keyPrefix?: string }) => {
    const stack = newStack();
    const permissions = VendorPermissions.LEAST_PRIVILEGE;
    new VendorDestination(stack, "Acme", { vendor: acme(profile), access: BY_POLICY, permissions, ...props });
    return annotationsOf(stack, "info");
  };

  test.each([
    ["by its prefix", {}, { keyPrefix: "acme" }],
    ["by its actions", { leastPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] } }, {}],
  ])("says that a grant that is narrowed %s is not confirmed", (_, profile, props) => {
    expect(unconfirmed(profile, props)).toEqual([
      "LeastPrivilegeUnconfirmed: Acme documents a wider grant and has not confirmed that the narrower one suffices; watch the first delivery",
    ]);
  });

  test.each([
    ["where there is no prefix", {}, {}],
    ["where the documented grant ends at the prefix, too", { documentedGrantEndsAtPrefix: true }, { keyPrefix: "acme" }],
  ])("says nothing of a grant that is the documented one, %s", (_, profile, props) => {
    expect(unconfirmed(profile, props)).toEqual([]);
  });

  test("asks the bucket's own provider for account and region", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "other", { alias: "other", region: "eu-west-2" });
    const form = acme({ regions: ["eu-west-2"], connectionForm: [{ label: "Account", value: "awsAccountId" as any }] });
    new VendorDestination(stack, "Acme", { vendor: form, access: BY_POLICY, provider });

    const { json } = synthesize(stack);

    const sources = Object.values<any>(json.data).flatMap((found) => Object.values<any>(found));
    expect(sources.map((source) => source.provider)).toEqual(["aws.other", "aws.other"]);
  });

  test("has a form of bucket, region, prefix and role where the profile has none", () => {
    const { outputs } = destination({ access: BY_ROLE, keyPrefix: "in/", region: "eu-west-1" });

    expect(outputs.acme_connection_details.value).toEqual({
      "S3 Bucket Name": "acme-logs",
      "AWS Region": "eu-west-1",
      "Key Prefix": "in/",
      "IAM Role ARN": expect.stringMatching(/^\$\{aws_iam_role\./),
    });
  });
});

describe("connection details on their own", () => {
  test("are outputs under their names, after the path of the construct", () => {
    const { outputs } = synthesizedOf((stack) => {
      new ConnectionDetails(stack, "AcmeForm", { form: "Acme", fields: [{ label: "2nd S3-Bucket", value: "b" }] });
    });

    expect(outputs.acme_form_2nd_s3_bucket).toEqual({ description: "2nd S3-Bucket", value: "b" });
    expect(outputs.acme_form_connection_form.value).toBe("Acme\n  2nd S3-Bucket  b");
  });

  test("have names that Terraform accepts", () => {
    const details = new ConnectionDetails(newStack(), "6sense", { form: "Acme", fields: [{ label: "日本", value: "x" }] });

    expect(details.outputNames).toEqual({ 日本: "_6sense_field" });
  });

  test("are found by label", () => {
    const details = new ConnectionDetails(newStack(), "Acme", { form: "Acme", fields: [{ label: "AWS Region", value: "eu-west-1" }] });

    expect(details.outputNames).toEqual({ "AWS Region": "acme_aws_region" });
  });
});

test("a profile is data that reads back as it was given", () => {
  const { facts } = VendorProfile.of({ ...acme().facts, unknowns: ["the file's name"] });

  expect(facts.unknowns).toEqual(["the file's name"]);
});

test.each([
  ["s3:PutObjekt", { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObjekt"] }],
  ["s3:ListBucket", { bucketActions: [], objectActions: ["s3:ListBucket"] }],
])("a profile fails with %s among the actions on objects: AWS has no such action there", (got, documentedPermissions) => {
  expect(() => acme({ documentedPermissions })).toThrow(new RegExp(`'documentedPermissions.objectActions\\[0\\]' .* got "${got}"`));
});
