/** The emulator itself: that it answers as AWS does, that stacks get into it, and that nothing of it is left behind. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { GetRoleCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AccessFixture, allow, answerTo, grant, trusts } from "../emulator/access-fixture";
import { type Applied, applyStack } from "../emulator/apply";
import { describeWithEmulator, describeWithTerraform } from "../emulator/describe";
import { DEVIATIONS } from "../emulator/deviations";
import { type Credentials, type Emulator, startEmulator, type TestRole } from "../emulator/server";
import { readStack } from "../emulator/stack";
import { runHook, tryTerraform } from "../emulator/terraform";

const FIXTURES = join(__dirname, "..", "emulator", "fixtures");

describeWithEmulator("the emulator", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator({ accounts: ["123456789012"] });
  });
  afterAll(() => emulator?.stop());

  test("knows its accounts, over HTTP and over HTTPS", async () => {
    for (const account of [emulator.customer, emulator.vendor, emulator.stranger, emulator.account("123456789012")]) {
      for (const endpoint of [emulator.endpoint, emulator.httpsEndpoint]) {
        const { sts } = emulator.clients(account.root, { endpoint });
        expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(account.id);
      }
    }
  });

  test("leaves no process and no folder behind, and several run at a time", async () => {
    const other = await startEmulator();
    const folder = dirname(other.certificate);
    expect(existsSync(folder)).toBe(true);

    await other.stop();

    expect(existsSync(folder)).toBe(false);
    await expect(fetch(`${other.endpoint}/_localemu/health`)).rejects.toThrow();
    expect((await fetch(`${emulator.endpoint}/_localemu/health`)).status).toBe(200);
  });

  test("fails on a port that is taken", async () => {
    const port = Number(new URL(emulator.endpoint).port);

    await expect(startEmulator({ port })).rejects.toThrow(/EADDRINUSE/);
  });

  describe("answers as AWS does, where localemu alone deviates from it:", () => {
    let bare: Emulator;

    beforeAll(async () => {
      bare = await startEmulator({ rules: false });
    });
    afterAll(() => bare?.stop());

    test.each(DEVIATIONS)("$rule: $title", async ({ aws, request }) => {
      expect(await answerTo(request(new AccessFixture(emulator)))).toBe(aws);
      // If this fails, localemu no longer deviates, and the rule can go.
      expect(await answerTo(request(new AccessFixture(bare)))).not.toBe(aws);
    });
  });

  describe("answers as AWS does in what the library relies on:", () => {
    const APART = { Condition: { StringEquals: { "sts:ExternalId": ["id-1", "id-2"] } } };

    test.each([
      ["with one of the external IDs", { ExternalId: "id-2" }, "allowed"],
      ["with another external ID", { ExternalId: "id-3" }, "AccessDenied"],
      ["without an external ID", {}, "AccessDenied"],
    ])("to a vendor that assumes the role %s: %s", async (_title, presented, expected) => {
      const fixture = new AccessFixture(emulator);
      const { roleArn, credentials } = await fixture.session(emulator.vendor, allow("sts:AssumeRole"));
      const role = await fixture.trust(trusts(roleArn, APART));

      expect(await answerTo(fixture.assume(credentials, role, presented))).toBe(expected);
    });

    test("fails to assume a role that the vendor's own policy does not allow", async () => {
      const fixture = new AccessFixture(emulator);
      const { roleArn, credentials } = await fixture.session(emulator.vendor, allow("s3:*"));

      expect(await answerTo(fixture.assume(credentials, await fixture.trust(trusts(roleArn))))).toBe("AccessDenied");
    });

    test("lets both sides' grants through, and nothing beside them", async () => {
      const fixture = new AccessFixture(emulator);
      await fixture.newBucket();
      const { roleArn, credentials } = await fixture.session(emulator.vendor, allow("s3:*"));
      await fixture.policy(grant(roleArn, "s3:PutObject", fixture.objects.replace("*", "a/*")));

      expect(await answerTo(fixture.put(credentials))).toBe("allowed");
      expect(await answerTo(fixture.put(credentials, { Key: "b/a" }))).toBe("AccessDenied");
      expect(await answerTo(fixture.put(credentials, { IfNoneMatch: "*" }))).toBe("PreconditionFailed");
      expect(await answerTo(fixture.put(credentials, { ExpectedBucketOwner: emulator.customer.id, Key: "a/c" }))).toBe("allowed");
      expect(await answerTo(fixture.put(credentials, { ACL: "bucket-owner-full-control", Key: "a/d" }))).toBe("AccessDenied");
    });

    test("leaves to the identity policy what a trust policy grants to the account as a whole", async () => {
      const fixture = new AccessFixture(emulator);
      const user = await emulator.customer.user(`user-${fixture.bucket}`, [allow("s3:ListAllMyBuckets")]);

      expect(await answerTo(fixture.assume(user.credentials, await fixture.trust(trusts(emulator.customer.id))))).toBe("AccessDenied");
    });

    test("lets an unsigned request in where a public policy may stand, and refuses it elsewhere", async () => {
      const fixture = new AccessFixture(emulator);
      await fixture.newBucket();
      const read = () => fetch(`${emulator.endpoint}/${fixture.bucket}/a/b`).then(({ status }) => status);
      await fixture.put(emulator.customer.root);
      expect(await read()).toBe(403);

      await fixture.blockPublicAccess({});
      await fixture.policy(grant("*", "s3:GetObject", fixture.objects));
      expect(await read()).toBe(200);

      await fixture.blockPublicAccess({ RestrictPublicBuckets: true });
      expect(await read()).toBe(403);
    });
  });

  test("lets the owner's root user replace a bucket policy that denies everything", async () => {
    const fixture = new AccessFixture(emulator);
    await fixture.newBucket();
    const resources = [`arn:aws:s3:::${fixture.bucket}`, fixture.objects];
    await fixture.policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: resources });

    expect(await answerTo(fixture.put(emulator.customer.root))).toBe("AccessDenied");
    expect(await answerTo(fixture.owner.send(new DeleteBucketPolicyCommand({ Bucket: fixture.bucket })))).toBe("allowed");
    expect(await answerTo(fixture.put(emulator.customer.root))).toBe("allowed");
  });

  describe("with a stack whose role the vendor assumes", () => {
    const stack = join(FIXTURES, "assumed-role");
    const bucket = "acme-kandji-activity";
    let applied: Applied;
    let vendorRole: TestRole;
    let delivery: Credentials;

    beforeAll(async () => {
      vendorRole = await emulator.vendor.role("kandji-activity");
      applied = await tryTerraform(stack, emulator);
      delivery = await assumed(await vendorRole.session());
    });
    afterAll(() => applied?.destroy());

    function assumed({ credentials }: { credentials: Credentials }) {
      return new AccessFixture(emulator).assume(credentials, applied.outputs.Kandji_RoleArn as string);
    }

    test("resolves outputs", () => {
      expect(applied.outputs).toMatchObject({
        Kandji_RoleArn: "arn:aws:iam::111111111111:role/kandji-activity-delivery",
        Kandji_AccountId: "111111111111",
        Kandji_CallerAccount: "111111111111",
        Kandji_BucketArn: `arn:aws:s3:::${bucket}`,
        Kandji_Region: "eu-central-1",
        Kandji_Contract: { bucket, roleArn: "arn:aws:iam::111111111111:role/kandji-activity-delivery", variable: "${aws:username}" },
      });
      expect(applied.only("aws_iam_role").unique_id).toMatch(/^AROA/);
    });

    test("resolves what the hook would be given, and does not run it", () => {
      const [hook] = applied.hooks;

      expect(hook?.input).toEqual(applied.outputs.Kandji_Contract);
      const [{ command, environment }] = hook!.provisioners as [{ command: string; environment: Record<string, string> }];
      expect(command).toContain("assets/Kandji_Validation_5F2C/index.js");
      expect(JSON.parse(environment.VENDOR_DESTINATION_CONTRACT!)).toEqual(hook?.input);
    });

    test("gives the bucket the posture of the stack", async () => {
      const { s3 } = emulator.clients(emulator.customer.root);
      const { ServerSideEncryptionConfiguration: encryption } = await s3.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
      expect(encryption?.Rules?.[0]).toMatchObject({
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
        BucketKeyEnabled: true,
      });
      const { OwnershipControls: ownership } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket: bucket }));
      expect(ownership?.Rules).toEqual([{ ObjectOwnership: "BucketOwnerEnforced" }]);
      const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
      expect(Object.values(block!)).toEqual([true, true, true, true]);
      const { Rules: rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
      expect(rules?.[0]?.AbortIncompleteMultipartUpload).toEqual({ DaysAfterInitiation: 7 });
      expect((await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status).toBeUndefined();
      expect((await s3.send(new GetBucketPolicyStatusCommand({ Bucket: bucket }))).PolicyStatus?.IsPublic).toBe(false);
    });

    test("lets the vendor put, list, read and delete", async () => {
      const { s3 } = emulator.clients(delivery);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "activity/1", Body: "{}", IfNoneMatch: "*" }));
      const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      expect(KeyCount).toBe(1);
      await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "activity/1" }));
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "activity/1" }));
    });

    test("fails for everybody and everything else", async () => {
      const { s3 } = emulator.clients(delivery);
      const plain = emulator.clients(delivery, { endpoint: emulator.endpoint }).s3;
      const put = new PutObjectCommand({ Bucket: bucket, Key: "x", Body: "x" });
      const stranger = await emulator.stranger.role("kandji-activity");
      const sibling = await emulator.vendor.role("another-of-kandji");
      const direct = await vendorRole.session();

      expect(await answerTo(plain.send(put))).toBe("AccessDenied");
      expect(await answerTo(s3.send(new GetBucketPolicyCommand({ Bucket: bucket })))).toBe("AccessDenied");
      expect(await answerTo(s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: "{}" })))).toBe("AccessDenied");
      expect(await answerTo(s3.send(new ListBucketsCommand({})))).toBe("AccessDenied");
      expect(await answerTo(assumed(await stranger.session()))).toBe("AccessDenied");
      expect(await answerTo(assumed(await sibling.session()))).toBe("AccessDenied");
      expect(await answerTo(emulator.clients(direct.credentials).s3.send(put))).toBe("AccessDenied");
      expect((await fetch(`${emulator.httpsEndpoint.replace("https", "http")}/${bucket}?list-type=2`)).status).toBe(403);
    });

    describeWithTerraform("and its hook under Terraform", () => {
      test("runs the hook with what was applied, over TLS, and plans nothing more", async () => {
        const run = await runHook(applied, { environment: emulator.environment(emulator.customer.root) });

        expect(run).toMatchObject({ exitCode: 0, plan: { exitCode: 0 }, destroy: { exitCode: 0 } });
        expect(run.stdout).toContain("reached https: 200");
        const document = JSON.parse(/document (\{.*\})/.exec(run.stdout)![1]!) as Record<string, string>;
        expect(document.arn).toBe(`arn:aws:s3:::${bucket}`);
        expect(document.policy).toContain("AllowSSLRequestsOnly");
        expect(run.stdout).toContain(`contract ${JSON.stringify(applied.hooks[0]!.input)}`);
      });

      test("fails the apply when the hook fails", async () => {
        const environment = { ...emulator.environment(emulator.customer.root), HOOK_EXIT_CODE: "3" };

        const run = await runHook(applied, { environment });

        expect(run.exitCode).toBe(1);
        expect(run.stderr).toContain("exit status 3");
        expect(run.plan).toBeUndefined();
      });
    });
  });

  describe("with a stack whose bucket policy names the vendor's role", () => {
    const bucket = "acme.6sense.staging";
    let applied: Applied;
    let vendor: Credentials;

    beforeAll(async () => {
      const role = await emulator.vendor.role("6sense-common", { path: "/delivery/" });
      vendor = (await role.session()).credentials;
      applied = await applyStack(join(FIXTURES, "bucket-policy"), emulator);
    });
    afterAll(() => applied?.destroy());

    test("puts the bucket into the region of the resource, not of the provider", () => {
      expect(applied.outputs).toEqual({ SixSense_BucketName: bucket, SixSense_Region: "eu-west-1" });
    });

    test("lets the vendor list and put, with its ACL", async () => {
      const { s3 } = emulator.clients(vendor, { region: "eu-west-1" });
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "data-packs/1", Body: "{}", ACL: "bucket-owner-full-control" }));
      expect((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBe(1);
    });

    test("fails to read, to delete, over plain HTTP, and for others", async () => {
      const { s3 } = emulator.clients(vendor);
      const put = new PutObjectCommand({ Bucket: bucket, Key: "x", Body: "x" });
      const samePathless = await emulator.vendor.role("6sense-other");
      const stranger = await emulator.stranger.role("6sense-common", { path: "/delivery/" });

      expect(await answerTo(s3.send(new GetObjectCommand({ Bucket: bucket, Key: "data-packs/1" })))).toBe("AccessDenied");
      expect(await answerTo(s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "data-packs/1" })))).toBe("AccessDenied");
      expect(await answerTo(emulator.clients(vendor, { endpoint: emulator.endpoint }).s3.send(put))).toBe("AccessDenied");
      for (const role of [samePathless, stranger]) {
        const { credentials } = await role.session();
        expect(await answerTo(emulator.clients(credentials).s3.send(put))).toBe("AccessDenied");
      }
    });
  });

  test("removes all that a stack has made, and what was delivered into it", async () => {
    const json = JSON.parse(
      JSON.stringify(readStack(join(FIXTURES, "bucket-policy"))).replaceAll("acme.6sense.staging", "acme.short.lived"),
    );
    json.resource.aws_s3_bucket_versioning.SixSense_Versioning_5E6F.versioning_configuration.status = "Enabled";
    const { s3, iam } = emulator.clients(emulator.customer.root);
    const applied = await applyStack(json, emulator).catch(async (error) => {
      // The vendor's role exists when the tests above have run; alone, this test defines it.
      if ((error as Error).name !== "MalformedPolicy") throw error;
      await emulator.vendor.role("6sense-common", { path: "/delivery/" });
      return applyStack(json, emulator);
    });
    await s3.send(new PutObjectCommand({ Bucket: "acme.short.lived", Key: "a", Body: "1" }));
    await s3.send(new PutObjectCommand({ Bucket: "acme.short.lived", Key: "a", Body: "2" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "acme.short.lived", Key: "a" }));

    await applied.destroy();

    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).not.toContain("acme.short.lived");
    expect((await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName)).not.toContain("kandji-activity-delivery");
  });

  test("fails for a stack that it cannot apply, and leaves nothing of it", async () => {
    const json = readStack(join(FIXTURES, "assumed-role")) as Record<string, Record<string, Record<string, unknown>>>;
    const { resource } = json;

    const withQueue = { ...json, resource: { ...resource, aws_sqs_queue: { Deliveries: { name: "deliveries" } } } };
    await expect(applyStack(withQueue, emulator)).rejects.toThrow("this test double does not know aws_sqs_queue.Deliveries");

    const nobody = JSON.stringify(resource!.aws_iam_role).replace("role/kandji-activity", "role/never-defined");
    const withoutVendor = { ...json, resource: { ...resource, aws_iam_role: JSON.parse(nobody) } };
    await expect(applyStack(withoutVendor, emulator)).rejects.toThrow(/^aws_iam_role.Kandji_Role_8192: MalformedPolicyDocument/);
    const { s3, iam } = emulator.clients(emulator.customer.root);
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).not.toContain("acme-kandji-activity");
    expect(await answerTo(iam.send(new GetRoleCommand({ RoleName: "kandji-activity-delivery" })))).toBe("NoSuchEntityException");
  });
});
