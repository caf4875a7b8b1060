import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Aspects, DataResource, type TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { describe, expect, test } from "vitest";
import { BucketEncryption, BucketVersioning, DestinationBucket, KandjiDestination } from "../../lib";
import { DependencyGraph } from "./graph";
import { KANDJI, newStack, synthesize, synthesizedOf } from "./synthesized";

const BUCKET = "arn:aws:s3:::acme-logs";
const bucketOf = (props: object = {}) =>
  synthesizedOf((stack) => new DestinationBucket(stack, "Logs", { bucketName: "acme-logs", ...props }));

describe("a destination bucket", () => {
  test("is kept on destroy unless asked otherwise", () => {
    expect(bucketOf().only("aws_s3_bucket").force_destroy).toBe(false);
    expect(bucketOf({ forceDestroy: true }).only("aws_s3_bucket").force_destroy).toBe(true);
  });

  test.each([
    ["without lifecycle rules", {}],
    ["with lifecycle rules", { abortIncompleteMultipartUploadAfterDays: 7 }],
  ])("never has two of its settings changed at the same time: %s", (_, props) => {
    const { json } = bucketOf(props);
    const graph = new DependencyGraph(json);

    const ofBucket = graph.addresses.filter((address) => address.startsWith("aws_s3_bucket"));
    expect(ofBucket.length).toBeGreaterThanOrEqual(6);
    expect(graph.concurrent(ofBucket)).toEqual([]);
  });

  test("closes the bucket to the public before its policy is written", () => {
    const { json } = bucketOf();
    const graph = new DependencyGraph(json);
    const address = (type: string) => graph.addresses.find((candidate) => candidate.startsWith(`${type}.`))!;

    expect(graph.waitsFor(address("aws_s3_bucket_policy"), address("aws_s3_bucket_public_access_block"))).toBe(true);
  });

  test("is named by reference in every setting, so that Terraform keeps the order", () => {
    const { json } = bucketOf();
    const settings = Object.entries<any>(json.resource).filter(([type]) => type.startsWith("aws_s3_bucket_"));

    for (const [, resources] of settings) {
      expect(Object.values<any>(resources)[0].bucket).toMatch(/^\$\{aws_s3_bucket\.\w+\.bucket\}$/);
    }
  });

  test("has its region on every resource", () => {
    const { json } = bucketOf({ region: "eu-north-1" });

    const regions = Object.values<any>(json.resource).flatMap((resources) => Object.values<any>(resources).map(({ region }) => region));
    expect(new Set(regions)).toEqual(new Set(["eu-north-1"]));
  });

  test("uses ARNs of its region's partition", () => {
    expect(bucketOf({ region: "cn-north-1" }).bucketPolicy.Statement[0].Resource[0]).toBe("arn:aws-cn:s3:::acme-logs");
  });

  test("has a policy of references where Terraform chooses the name", () => {
    const { policy } = bucketOf({ bucketName: undefined }).only("aws_s3_bucket_policy");

    expect(policy).toMatch(
      /"Resource":\[\$\{jsonencode\(aws_s3_bucket\.\w+\.arn\)\},\$\{jsonencode\("\$\{aws_s3_bucket\.\w+\.arn\}\/\*"\)\}\]/,
    );
  });

  test("can ask for a minimum TLS version", () => {
    expect(bucketOf({ minimumTlsVersion: "1.3" }).bucketPolicy.Statement[1]).toEqual({
      Sid: "DenyOutdatedTLS",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.3" } },
    });
  });

  test("can be versioned and encrypted by a KMS key of its own", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const synthesized = bucketOf({ versioning: BucketVersioning.ENABLED, encryption: BucketEncryption.SSE_KMS, kmsKeyArn });

    expect(synthesized.only("aws_s3_bucket_versioning").versioning_configuration.status).toBe("Enabled");
    expect(synthesized.only("aws_s3_bucket_server_side_encryption_configuration").rule[0]).toMatchObject({
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
      bucket_key_enabled: true,
    });
  });
});

describe("what is passed through", () => {
  test("the provider reaches every resource", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "other", { alias: "other", region: "eu-west-2" });
    new KandjiDestination(stack, "Kandji", { ...KANDJI, provider, abortIncompleteMultipartUploadAfterDays: 1 });

    const { json } = synthesize(stack);

    const ofAws = Object.entries<any>(json.resource).filter(([type]) => type.startsWith("aws_"));
    for (const [, resources] of ofAws) expect(Object.values<any>(resources)[0].provider).toBe("aws.other");
  });

  test("tags reach the bucket and the role", () => {
    const synthesized = synthesizedOf((stack) => new KandjiDestination(stack, "Kandji", { ...KANDJI, tags: { owner: "security" } }));

    expect(synthesized.only("aws_s3_bucket").tags).toEqual({ owner: "security" });
    expect(synthesized.only("aws_iam_role").tags).toEqual({ owner: "security" });
  });

  test("what must be there before reaches the bucket and the role", () => {
    const synthesized = synthesizedOf((stack) => {
      const before = new DataResource(stack, "Before");
      new KandjiDestination(stack, "Kandji", { ...KANDJI, dependsOn: [before] });
    });

    expect(synthesized.only("aws_s3_bucket").depends_on).toEqual(["terraform_data.Before"]);
    expect(synthesized.only("aws_iam_role").depends_on).toEqual(["terraform_data.Before"]);
  });

  test("the lifecycle of the bucket is kept beside preconditions, and so is one that is set later", () => {
    const stack = newStack();
    const { bucket } = new KandjiDestination(stack, "Kandji", { ...KANDJI, destinationPath: "${var.path}" });
    bucket.bucket.lifecycle = { preventDestroy: true, precondition: [{ condition: true, errorMessage: "mine" }] };

    const { lifecycle } = synthesize(stack).only("aws_s3_bucket");

    expect(lifecycle.prevent_destroy).toBe(true);
    expect(lifecycle.precondition.map((one: { error_message: string }) => one.error_message)).toEqual([
      "mine",
      expect.stringMatching(/^MalformedKeyPrefix: /),
    ]);
  });
});

describe("every provider resource", () => {
  test("is reachable, and overrides survive", () => {
    const stack = newStack();
    const { bucket, role, validation } = new KandjiDestination(stack, "Kandji", { ...KANDJI, abortIncompleteMultipartUploadAfterDays: 1 });
    const reachable: TerraformResource[] = [
      bucket.bucket,
      bucket.publicAccessBlock,
      bucket.ownershipControls,
      bucket.encryptionConfiguration,
      bucket.versioningConfiguration,
      bucket.lifecycleConfiguration!,
      bucket.policy,
      role!.role,
      role!.inlinePolicy,
      validation.resource,
    ];
    for (const resource of reachable) resource.addOverride("mark", resource.node.path);

    const { json } = synthesize(stack);

    const marks = Object.values<any>(json.resource).flatMap((resources) => Object.values<any>(resources).map(({ mark }) => mark));
    expect(marks.sort()).toEqual(reachable.map(({ node }) => node.path).sort());
  });

  test("can be changed by an aspect", () => {
    const stack = newStack();
    new DestinationBucket(stack, "Logs", { bucketName: "acme-logs" });
    Aspects.of(stack).add({
      visit(node: IConstruct) {
        if (node instanceof DestinationBucket)
          node.addToResourcePolicy({ Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "*" });
      },
    });

    expect(synthesize(stack).bucketPolicy.Statement).toHaveLength(2);
  });
});

describe("a statement of the user's own", () => {
  const withStatements = (...statements: object[]) =>
    synthesizedOf((stack) => {
      const bucket = new DestinationBucket(stack, "Logs", { bucketName: "acme-logs" });
      for (const statement of statements) bucket.addToResourcePolicy(statement);
    });

  test("is merged into the one policy, in canonical order", () => {
    const { policy } = withStatements({
      Resource: [`${BUCKET}/b`, `${BUCKET}/a`],
      Action: "s3:GetObject",
      Principal: "*",
      Effect: "Deny",
    }).only("aws_s3_bucket_policy");

    expect(policy).toContain(`{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":["${BUCKET}/a","${BUCKET}/b"]}`);
  });

  test("keeps policy variables literal", () => {
    const { policy } = withStatements({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: `${BUCKET}/\${aws:username}/*`,
      Condition: { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/${aws:username}" } },
    }).only("aws_s3_bucket_policy");

    expect(policy).toContain(`"Resource":"${BUCKET}/$\${aws:username}/*"`);
    expect(policy).toContain('"arn:aws:iam::*:user/$${aws:username}"');
  });

  const good = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
  const { Effect: _e, ...noEffect } = good;
  const { Principal: _p, ...noPrincipal } = good;
  const { Resource: _r, ...noResource } = good;
  test.each([
    [
      { ...good, Resources: "*" },
      `may hold Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition only, got "Resources"`,
    ],
    [noEffect, `must have the Effect "Allow" or "Deny", got undefined`],
    [{ ...good, Effect: "deny" }, `must have the Effect "Allow" or "Deny", got "deny"`],
    [noPrincipal, "must have one of Principal and NotPrincipal, got []"],
    [noResource, "must have one of Resource and NotResource, got []"],
    [{ ...good, NotAction: "s3:*" }, `must have one of Action and NotAction, got ["Action","NotAction"]`],
    [{ ...noPrincipal, Effect: "Allow", NotPrincipal: { AWS: "x" } }, `may have NotPrincipal with Deny only, got {"AWS":"x"}`],
  ])("fails where IAM's grammar refuses it: %j", (statement, rule) => {
    expect(() => withStatements(statement)).toThrow(`MalformedStatement: 'statement' ${rule}; `);
  });

  const open = { Sid: "Open", Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: `${BUCKET}/*` };
  test("fails when it makes the bucket public: Block Public Access would refuse the policy", () => {
    expect(() => withStatements(open)).toThrow(/PublicBucketPolicy: 'bucket policy' .*\(at stack\/Logs\)/);
  });

  test.each([
    ["a literal", "o-abc1234567"],
    ["a value that only Terraform knows", "${var.organization}"],
  ])("may name everybody where a condition fixes the grant by %s", (_, organization) => {
    expect(() => withStatements({ ...open, Condition: { StringEquals: { "aws:PrincipalOrgID": organization } } })).not.toThrow();
  });

  test("fails with a Sid that is taken", () => {
    expect(() => withStatements({ ...good, Sid: "AllowSSLRequestsOnly" })).toThrow(/DuplicateSid: 'Sid' .*\(at stack\/Logs\)/);
  });

  test("fails when the policy grows too large, in bytes", () => {
    expect(() => withStatements({ ...good, Sid: "é".repeat(10_200) })).toThrow(
      /PolicyTooLarge: 'bucket policy' must have at most 20480 bytes, got 20\d{3}; /,
    );
  });

  test("is not judged too large for what only Terraform will know", () => {
    const expression = `\${replace(var.text, "${"x".repeat(21_000)}", "")}`;

    expect(() => withStatements({ ...good, Resource: expression })).not.toThrow();
  });
});

describe("the one bucket policy", () => {
  const rival = (bucket: (own: DestinationBucket) => string) => () => {
    const stack = newStack();
    const own = new DestinationBucket(stack, "Logs", { bucketName: "acme-logs" });
    new S3BucketPolicy(stack, "Rival", { bucket: bucket(own), policy: "{}" });
    return synthesize(stack);
  };

  test.each<[string, (own: DestinationBucket) => string]>([
    ["its name", () => "acme-logs"],
    ["its attribute `bucket`", (own) => own.bucket.bucket],
    ["its attribute `id`", (own) => own.bucket.id],
    ["an expression written by hand", (own) => `\${aws_s3_bucket.${own.bucket.friendlyUniqueId}.id}`],
  ])("fails with a second one that names the bucket by %s", (_, bucket) => {
    expect(rival(bucket)).toThrow(/TwoBucketPolicies: 'policy' .*\(at stack\/Logs\)/);
  });

  test("leaves policies of other buckets alone", () => {
    expect(rival(() => "acme-other")).not.toThrow();
  });

  test("fails where one bucket is defined twice", () => {
    const stack = newStack();
    new DestinationBucket(stack, "One", { bucketName: "acme-logs" });
    new DestinationBucket(stack, "Other", { bucketName: "acme-logs" });

    expect(() => synthesize(stack)).toThrow(/OneBucketTwice: 'bucketName' .*\(at stack\/Other\)/);
  });
});
