import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  DestinationBucket,
  KandjiDestination,
  ObjectOwnership,
  SixSenseDestination,
  VendorAccess,
  VendorDestination,
  VendorPermissions,
  VendorPrincipal,
} from "../../lib";
import { compilePolicy, decide } from "../../lib/evaluate";
import { acme } from "./acme";
import { DependencyGraph } from "./graph";
import { annotationsOf, newStack, synthesize } from "./synthesized";

const SHARED = "arn:aws:s3:::acme-shared";
const SIX_SENSE_ROLE = "arn:aws:iam::333333333333:role/6sense";
const ACME_USER = "arn:aws:iam::444444444444:user/acme";
const LEAST = VendorPermissions.LEAST_PRIVILEGE;

/** One bucket for Kandji (by a role), 6sense and Acme (by the bucket policy). */
function threeVendors(permissions = VendorPermissions.DOCUMENTED): TerraformStack {
  const stack = newStack();
  const bucket = new DestinationBucket(stack, "Shared", {
    bucketName: "acme-shared",
    region: "eu-west-1",
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
  });
  new KandjiDestination(stack, "Kandji", {
    bucket,
    permissions,
    vendorAccountId: "222222222222",
    vendorRoleName: "kandji",
    destinationPath: "kandji",
  });
  new SixSenseDestination(stack, "SixSense", { bucket, permissions, vendorRoleArn: SIX_SENSE_ROLE, dataPacks: { filePath: "6sense" } });
  new VendorDestination(stack, "Acme", {
    bucket,
    permissions,
    vendor: acme(),
    access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.userArn(ACME_USER)] }),
    keyPrefix: "acme",
  });
  return stack;
}

describe("a bucket that several vendors share", () => {
  const synthesized = synthesize(threeVendors(LEAST));

  test("has one policy, with every vendor's grant in it", () => {
    const sids = synthesized.bucketPolicy.Statement.map(({ Sid }: { Sid: string }) => Sid);

    expect(sids).toEqual([
      "AllowSSLRequestsOnly",
      "AllowVendorOnBucket2",
      "AllowVendorOnObjects2",
      "AllowVendorOnBucket3",
      "AllowVendorOnObjects3",
    ]);
  });

  test("tells every hook of the other destinations, so that it does not take their vendors for strangers", () => {
    const hooks = synthesized.all("terraform_data").map(({ input, provisioner }: any) => ({
      id: input.id,
      neighbours: JSON.parse(provisioner[0]["local-exec"].environment.VENDOR_DESTINATION_NEIGHBOURS.replaceAll(/\$\{[^}]*\}/g, '"?"')),
    }));

    const ofId = Object.fromEntries(hooks.map(({ id, neighbours }) => [id, neighbours]));
    expect(ofId["stack/Kandji"].map(({ id }: any) => id)).toEqual(["stack/SixSense", "stack/Acme"]);
    expect(ofId["stack/SixSense"].map(({ id }: any) => id)).toEqual(["stack/Kandji", "stack/Acme"]);
    expect(ofId["stack/Acme"].map(({ id }: any) => id)).toEqual(["stack/Kandji", "stack/SixSense"]);
    expect(ofId["stack/Kandji"][0]).toMatchObject({ door: "bucketPolicy", vendorPrincipals: [SIX_SENSE_ROLE] });
  });

  test("lets each vendor write below its own prefix and not below another's, with least privilege", () => {
    const resourcePolicy = compilePolicy(synthesized.bucketPolicy, "resource", {});
    const verdict = (principal: string, key: string) =>
      decide(
        {
          principal,
          action: "s3:PutObject",
          resource: `${SHARED}/${key}`,
          resourceAccount: "111111111111",
          context: { "aws:SecureTransport": "true", "aws:PrincipalArn": principal },
        },
        { resourcePolicy },
      ).verdict;

    expect(verdict(SIX_SENSE_ROLE, "6sense/1")).toBe("Allowed");
    expect(verdict(SIX_SENSE_ROLE, "acme/1")).toBe("ImplicitlyDenied");
    expect(verdict(ACME_USER, "acme/1")).toBe("Allowed");
    expect(verdict(ACME_USER, "6sense/1")).toBe("ImplicitlyDenied");
  });

  test("gives the one that comes by a role a role of its own", () => {
    expect(synthesized.inlinePolicy.Statement[1].Resource).toBe(`${SHARED}/kandji/*`);
    expect(synthesized.only("aws_iam_role").name).toBe("kandji-acme-shared");
  });

  test("never has two of its settings changed at the same time", () => {
    const graph = new DependencyGraph(synthesized.json);

    expect(graph.concurrent(graph.addresses.filter((address) => address.startsWith("aws_s3_bucket")))).toEqual([]);
  });

  test("has a contract and a validation for each vendor, and one program", () => {
    const contracts = synthesized.all("terraform_data").map(({ input }) => input.vendor.id);
    const programs = synthesized.all("terraform_data").map(({ provisioner }) => provisioner[0]["local-exec"].command);

    expect(contracts.sort()).toEqual(["6sense", "acme-logs", "kandji"]);
    expect(new Set(programs).size).toBe(1);
  });

  test("warns where what a vendor documents reaches the other vendors' objects", () => {
    const warnings = annotationsOf(threeVendors(), "warn");

    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatch(/^WideGrantInSharedBucket: what Kandji documents /);
    expect(annotationsOf(threeVendors(LEAST), "warn")).toEqual([]);
  });

  test("defines roles by the bucket's provider where none is given", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "logs", { alias: "logs", region: "eu-west-1" });
    const bucket = new DestinationBucket(stack, "Shared", { provider });
    const access = VendorAccess.assumedRole({ principals: [VendorPrincipal.account("222222222222")] });
    new VendorDestination(stack, "Acme", { bucket, vendor: acme(), access });

    expect(synthesize(stack).only("aws_iam_role").provider).toBe("aws.logs");
  });
});

describe("two vendors in one bucket", () => {
  const destinations = (first: string | undefined, second: string | undefined) => () => {
    const stack = newStack();
    const bucket = new DestinationBucket(stack, "Shared");
    const access = VendorAccess.bucketPolicy({ principals: [VendorPrincipal.userArn(ACME_USER)] });
    new VendorDestination(stack, "One", { bucket, vendor: acme(), access, ...(first !== undefined && { keyPrefix: first }) });
    new VendorDestination(stack, "Other", { bucket, vendor: acme(), access, ...(second !== undefined && { keyPrefix: second }) });
  };

  test.each([
    ["acme", "acme/"],
    ["acme", "acme/logs"],
    ["acme/logs", "acme"],
    [undefined, "acme"],
    ["acme", undefined],
  ])("fails with prefixes that overlap: %s and %s", (first, second) => {
    expect(destinations(first, second)).toThrow(/^DuplicateKeyPrefix: /);
  });

  test("fails and names the other destination and the prefix", () => {
    expect(destinations("acme", "acme/logs")).toThrow(/DuplicateKeyPrefix: 'keyPrefix' .*\(at stack\/Other\)/);
  });

  test.each([
    ["acme", "acme2"],
    ["a/b", "a/c"],
    ["${var.one}", "${var.other}"],
  ])("may have prefixes that only look alike: %s and %s", (first, second) => {
    expect(destinations(first, second)).not.toThrow();
  });
});

test("fails with a bucket and settings of the bucket at once, and names them", () => {
  const stack = newStack();
  const bucket = new DestinationBucket(stack, "Shared");

  const given = { bucket, bucketName: "acme-logs", region: "eu-west-1", vendorAccountId: "222222222222", vendorRoleName: "kandji" };
  expect(() => new KandjiDestination(stack, "Kandji", given)).toThrow(/BucketGivenTwice: 'bucket' .*\(at stack\/Kandji\)/);
});

test("fails with a bucket of another stack", () => {
  const app = Testing.app();
  const [one, other] = ["one", "other"].map((name) => new TerraformStack(app, name)) as [TerraformStack, TerraformStack];
  const bucket = new DestinationBucket(one, "Shared");

  expect(() => new KandjiDestination(other, "Kandji", { bucket, vendorAccountId: "222222222222", vendorRoleName: "kandji" })).toThrow(
    /BucketInOtherStack: 'bucket' .*\(at other\/Kandji\)/,
  );
});
