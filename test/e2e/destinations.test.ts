import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import {
  VendorAccess,
  VendorAccessMethod,
  VendorDestination,
  VendorPermissions,
  VendorPrincipal,
  VendorProfile,
} from "cdktf-vendor-destination";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KandjiStack } from "../../examples/kandji/stack";
import { SixSenseStack } from "../../examples/six-sense/stack";
import { AccessFixture, answerTo } from "../emulator/access-fixture";
import type { Applied } from "../emulator/apply";
import { describeWithEmulator } from "../emulator/describe";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { runHook, terraformUnavailable } from "../emulator/terraform";
import { deploy, everythingIn, forbiddenAnswers, hookEnvironment } from "./destinations";

describeWithEmulator("destinations in the emulator", () => {
  let emulator: Emulator;
  let deployer: Credentials;
  let stranger: Credentials;

  beforeAll(async () => {
    emulator = await startEmulator();
    deployer = (await emulator.customer.user("deployer")).credentials;
    stranger = (await (await emulator.stranger.role("stranger")).session()).credentials;
  });
  afterAll(() => emulator?.stop());

  const s3 = (credentials: Credentials) => emulator.clients(credentials).s3;

  describe("Kandji", () => {
    const bucket = "acme-kandji-activity";
    const key = "activity/2026/11/events.json";
    let kandji: Applied;
    let vendor: Credentials;
    let delivery: Credentials;
    let fixture: AccessFixture;

    beforeAll(async () => {
      vendor = (await (await emulator.vendor.role("kandji-activity")).session()).credentials;
      kandji = await deploy(emulator, "kandji", (app) => new KandjiStack(app, "kandji"));
      fixture = new AccessFixture(emulator);
      delivery = await fixture.assume(vendor, kandji.outputs.kandji_iam_role_arn as string);
    });
    afterAll(() => kandji?.leave());

    test("lets the vendor's role put, list and delete, anywhere in the bucket", async () => {
      for (const Key of [key, "test-file"]) {
        await s3(delivery).send(new PutObjectCommand({ Bucket: bucket, Key, Body: "{}" }));
        expect((await s3(delivery).send(new ListObjectsV2Command({ Bucket: bucket }))).Contents?.map((object) => object.Key)).toContain(
          Key,
        );
        await s3(delivery).send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      }

      expect(await everythingIn(emulator, bucket)).toEqual([]);
    });

    test("fails to be assumed by strangers, by others of the vendor's account, and by the customer", async () => {
      const roleArn = kandji.outputs.kandji_iam_role_arn as string;
      const other = (await (await emulator.vendor.role("kandji-other")).session()).credentials;

      for (const credentials of [stranger, other, deployer]) {
        expect(await answerTo(fixture.assume(credentials, roleArn).then(() => "assumed"))).toBe("AccessDenied");
      }
    });

    test("fails for strangers at the bucket, and for the vendor outside of the role", async () => {
      for (const credentials of [stranger, vendor]) {
        expect(await answerTo(s3(credentials).send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "x" })))).toBe("AccessDenied");
        expect(await answerTo(s3(credentials).send(new GetObjectCommand({ Bucket: bucket, Key: key })))).toBe("AccessDenied");
        expect(await answerTo(s3(credentials).send(new ListObjectsV2Command({ Bucket: bucket })))).toBe("AccessDenied");
      }
    });

    test("fails to read or change the policy, to reach another bucket, and over plain HTTP", async () => {
      const other = new AccessFixture(emulator);
      await other.newBucket();
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });

      expect(await forbiddenAnswers(emulator, delivery, bucket, key)).toEqual({
        readPolicy: "AccessDenied",
        putOverHttp: "AccessDenied",
        deleteOverHttp: "AccessDenied",
      });
      expect(await answerTo(s3(delivery).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy })))).toBe("AccessDenied");
      expect(await answerTo(s3(delivery).send(new DeleteBucketPolicyCommand({ Bucket: bucket })))).toBe("AccessDenied");
      expect(await answerTo(other.put(delivery))).toBe("AccessDenied");
      expect(await answerTo(s3(delivery).send(new ListObjectsV2Command({ Bucket: other.bucket })))).toBe("AccessDenied");
    });

    test("gives what Kandji's form asks for", () => {
      expect(kandji.outputs.kandji_connection_details).toEqual({
        "AWS Account ID": "111111111111",
        "S3 Bucket Name": bucket,
        "Destination Path": "activity",
        "IAM Role ARN": "arn:aws:iam::111111111111:role/kandji-acme-kandji-activity",
        "AWS Region": "eu-central-1",
      });
    });

    test("is proven by the hook under Terraform, as the vendor", async (context) => {
      const unavailable = await terraformUnavailable();
      if (unavailable) return context.skip(unavailable);

      const run = await runHook(kandji, { environment: hookEnvironment(emulator, deployer, vendor) });

      expect(run.exitCode, run.stdout + run.stderr).toBe(0);
      expect(run.stdout).toMatch(/the vendor can delete an object under activity\/.*\bperformed/);
      expect(run.stdout).toMatch(/the vendor cannot put an object over plain HTTP.*\bperformed/);
      expect(run.plan?.exitCode, run.plan?.stdout).toBe(0);
      expect(await everythingIn(emulator, bucket)).toEqual([]);
    });

    test("is judged by the hook from read-back, with the deployer's rights alone", async (context) => {
      const unavailable = await terraformUnavailable();
      if (unavailable) return context.skip(unavailable);

      const run = await runHook(kandji, { environment: hookEnvironment(emulator, deployer) });

      expect(run.exitCode, run.stdout + run.stderr).toBe(0);
      expect(run.stdout).toMatch(/the vendor can put an object under activity\/.*\bcomputed/);
      expect(run.stdout).not.toMatch(/the vendor can put an object under activity\/.*\bperformed/);
      expect(await everythingIn(emulator, bucket)).toEqual([]);
    });

    test("fails terraform apply when the live trust was opened, and names the statement", async (context) => {
      const unavailable = await terraformUnavailable();
      if (unavailable) return context.skip(unavailable);
      const { iam } = emulator.clients(emulator.customer.root);
      const RoleName = "kandji-acme-kandji-activity";
      const before = decodeURIComponent((await iam.send(new GetRoleCommand({ RoleName }))).Role!.AssumeRolePolicyDocument!);
      const opened = { Sid: "Opened", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [...JSON.parse(before).Statement, opened] });
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));

      try {
        const run = await runHook(kandji, { environment: hookEnvironment(emulator, deployer, vendor) });

        expect(run.exitCode).not.toBe(0);
        expect(run.stdout).toContain("Opened");
      } finally {
        await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: before }));
      }
    });
  });

  describe("6sense", () => {
    const bucket = "acme.6sense.staging";
    let sixSense: Applied;
    let vendor: Credentials;

    beforeAll(async () => {
      vendor = (await (await emulator.vendor.role("6sense-common")).session()).credentials;
      sixSense = await deploy(emulator, "sixsense", (app) => new SixSenseStack(app, "sixsense"));
    });
    afterAll(() => sixSense?.leave());

    test("lets the vendor list, put and set the ACL, with and without an ACL header", async () => {
      for (const Key of ["data-packs/1.csv", "audit/1.json"]) {
        await s3(vendor).send(new PutObjectCommand({ Bucket: bucket, Key, Body: "1" }));
        await s3(vendor).send(new PutObjectCommand({ Bucket: bucket, Key, Body: "2", ACL: "bucket-owner-full-control" }));
        await s3(vendor).send(new PutObjectAclCommand({ Bucket: bucket, Key, ACL: "bucket-owner-full-control" }));
      }

      expect((await s3(vendor).send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBe(2);
    });

    test("fails to get or delete, to touch the policy, and over plain HTTP", async () => {
      const Key = "data-packs/1.csv";

      expect(await answerTo(s3(vendor).send(new GetObjectCommand({ Bucket: bucket, Key })))).toBe("AccessDenied");
      expect(await answerTo(s3(vendor).send(new DeleteObjectCommand({ Bucket: bucket, Key })))).toBe("AccessDenied");
      expect(await forbiddenAnswers(emulator, vendor, bucket, Key)).toEqual({
        readPolicy: "AccessDenied",
        putOverHttp: "AccessDenied",
        deleteOverHttp: "AccessDenied",
      });
    });

    test("fails for strangers and for others of the vendor's account", async () => {
      const other = (await (await emulator.vendor.role("6sense-other")).session()).credentials;

      for (const credentials of [stranger, other]) {
        expect(await answerTo(s3(credentials).send(new PutObjectCommand({ Bucket: bucket, Key: "x", Body: "x" })))).toBe("AccessDenied");
        expect(await answerTo(s3(credentials).send(new ListObjectsV2Command({ Bucket: bucket })))).toBe("AccessDenied");
      }
    });

    test("gives what 6sense's form asks for", () => {
      expect(sixSense.outputs.six_sense_connection_details).toEqual({
        "S3 Bucket Name": bucket,
        Region: "eu-west-1",
        "Data packs file path": "data-packs",
        "Audit logs file path": "audit",
        "Audit logs frequency": "Hourly",
      });
    });

    test("is proven by the hook under Terraform, and cleaned up by the customer", async (context) => {
      const unavailable = await terraformUnavailable();
      if (unavailable) return context.skip(unavailable);
      const before = await everythingIn(emulator, bucket);

      const run = await runHook(sixSense, { environment: hookEnvironment(emulator, deployer, vendor) });

      expect(run.exitCode, run.stdout + run.stderr).toBe(0);
      expect(run.stdout).toMatch(/the vendor can set the ACL of an object under data-packs\/.*\bperformed/);
      expect(run.stdout).toMatch(/the vendor cannot delete an object.*\bperformed/);
      expect(run.plan?.exitCode, run.plan?.stdout).toBe(0);
      expect(await everythingIn(emulator, bucket)).toEqual(before);
    });
  });

  describe("a generic vendor with an external ID and least privilege", () => {
    const bucket = "acme-generic-logs";
    let destination: Applied;
    let vendor: Credentials;
    let fixture: AccessFixture;

    beforeAll(async () => {
      fixture = new AccessFixture(emulator);
      vendor = (await (await emulator.vendor.role("acme-delivery")).session()).credentials;
      destination = await deploy(emulator, "generic", (app) => new GenericStack(app));
    });
    afterAll(() => destination?.leave());

    const roleArn = () => destination.only("aws_iam_role").arn as string;

    test("lets the vendor put under its prefix, with the external ID", async () => {
      const delivery = await fixture.assume(vendor, roleArn(), { ExternalId: "customer-42" });

      await s3(delivery).send(new PutObjectCommand({ Bucket: bucket, Key: "acme/1", Body: "x" }));
      expect(await everythingIn(emulator, bucket)).toEqual(["acme/1"]);
    });

    test("fails without the external ID, with a wrong one, and outside the prefix", async () => {
      expect(await answerTo(fixture.assume(vendor, roleArn()).then(() => "assumed"))).toBe("AccessDenied");
      expect(await answerTo(fixture.assume(vendor, roleArn(), { ExternalId: "customer-43" }).then(() => "assumed"))).toBe("AccessDenied");

      const delivery = await fixture.assume(vendor, roleArn(), { ExternalId: "customer-42" });
      for (const Key of ["outside", "acme2/1"]) {
        expect(await answerTo(s3(delivery).send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" })))).toBe("AccessDenied");
      }
      expect(await answerTo(s3(delivery).send(new GetObjectCommand({ Bucket: bucket, Key: "acme/1" })))).toBe("AccessDenied");
      expect(await answerTo(s3(delivery).send(new DeleteObjectCommand({ Bucket: bucket, Key: "acme/1" })))).toBe("AccessDenied");
    });

    test("is proven by the hook under Terraform", async (context) => {
      const unavailable = await terraformUnavailable();
      if (unavailable) return context.skip(unavailable);

      const run = await runHook(destination, { environment: hookEnvironment(emulator, deployer, vendor) });

      expect(run.exitCode, run.stdout + run.stderr).toBe(0);
      expect(run.stdout).toMatch(/the vendor cannot assume the role without the external ID.*\bperformed/);
      expect(run.stdout).toMatch(/the vendor cannot put an object outside its prefix.*\bperformed/);
    });
  });
});

class GenericStack extends TerraformStack {
  public constructor(app: App) {
    super(app, "generic");
    new AwsProvider(this, "aws", { region: "us-east-1" });
    new VendorDestination(this, "Acme", {
      vendor: VendorProfile.of({
        id: "acme",
        vendorName: "Acme",
        product: "Logs",
        documentation: "https://docs.example.com/s3",
        accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
        documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
        facts: [{ fact: "PutObject is all that Acme needs", source: "https://docs.example.com/s3" }],
      }),
      access: VendorAccess.assumedRole({
        principals: [VendorPrincipal.role("222222222222", "acme-delivery")],
        externalIds: ["customer-42"],
      }),
      permissions: VendorPermissions.LEAST_PRIVILEGE,
      bucketName: "acme-generic-logs",
      keyPrefix: "acme",
    });
  }
}
