/** One mistake gives one message, and annotations are seen without the CLI of cdktf. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import util from "node:util";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { type App, TerraformStack } from "cdktf";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DeliveryEvents, DestinationBucket, KandjiDestination, SixSenseDestination } from "../../lib";
import { KANDJI, newApp, newStack, SIX_SENSE, synthesize } from "./synthesized";

/** The messages of a failed synthesis, each with its code. */
function messagesOf(synth: () => unknown): string[] {
  try {
    synth();
    return [];
  } catch (error) {
    return [...(error as Error).message.matchAll(/([A-Z][a-z]+[A-Z]\w+): .*/g)].map(([line]) => line);
  }
}

const codes = (messages: readonly string[]) => messages.map((message) => message.split(":")[0]);

describe("one message for", () => {
  test.each<[string, string, (stack: TerraformStack) => void]>([
    [
      "a bucket that two destinations define",
      "OneBucketTwice",
      (stack) => {
        new KandjiDestination(stack, "One", KANDJI);
        new KandjiDestination(stack, "Other", { ...KANDJI, roleName: "other" });
      },
    ],
    [
      "a bucket that destinations of two vendors define",
      "OneBucketTwice",
      (stack) => {
        new KandjiDestination(stack, "One", KANDJI);
        new SixSenseDestination(stack, "Other", { ...SIX_SENSE, bucketName: KANDJI.bucketName });
      },
    ],
    [
      "a second bucket policy",
      "TwoBucketPolicies",
      (stack) => {
        const { bucketName } = new KandjiDestination(stack, "Kandji", KANDJI);
        const open = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };
        new S3BucketPolicy(stack, "Other", {
          bucket: bucketName,
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [open] }),
        });
      },
    ],
    [
      "a statement that makes the bucket public",
      "PublicBucketPolicy",
      (stack) => {
        const { bucket } = new KandjiDestination(stack, "Kandji", KANDJI);
        bucket.addToResourcePolicy({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: `${bucket.bucketArn}/*` });
      },
    ],
    [
      "a bucket policy that is too large",
      "PolicyTooLarge",
      (stack) => {
        const { bucket } = new KandjiDestination(stack, "Kandji", KANDJI);
        bucket.addToResourcePolicy({
          Sid: "x".repeat(21_000),
          Effect: "Deny",
          Principal: "*",
          Action: "s3:GetObjectTagging",
          Resource: "*",
        });
      },
    ],
    [
      "a second notification configuration",
      "TwoBucketNotifications",
      (stack) => {
        const kandji = new KandjiDestination(stack, "Kandji", KANDJI);
        new DeliveryEvents(stack, "Events", { destinations: [kandji] });
        new DeliveryEvents(stack, "More", { destinations: [kandji] });
      },
    ],
  ])("%s", (_, code, define) => {
    const stack = newStack();
    define(stack);

    expect(codes(messagesOf(() => synthesize(stack)))).toEqual([code]);
  });

  test("each mistake of a stack that has two", () => {
    const stack = newStack();
    const { bucket } = new KandjiDestination(stack, "Kandji", KANDJI);
    bucket.addToResourcePolicy({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: `${bucket.bucketArn}/*` });
    const other = new KandjiDestination(stack, "Other", { ...KANDJI, bucketName: "acme-other" });
    other.role!.addToPolicy({ Sid: "DenyPut", Effect: "Deny", Action: "s3:PutObject", Resource: "*" });

    const messages = messagesOf(() => synthesize(stack));

    expect(codes(messages)).toEqual(["PublicBucketPolicy", "ContractBroken"]);
    expect(messages[1]).toMatch(/\(at stack\/Other\)/);
  });
});

describe("app.synth()", () => {
  let folder: string;
  let app: App;
  const printed: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vendor-destination-messages-"));
    app = newApp(folder);
    printed.length = 0;
    vi.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  function stackOf(name: string): TerraformStack {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    return stack;
  }

  function shareBucket(): void {
    const stack = stackOf("logs");
    const bucket = new DestinationBucket(stack, "Shared", { bucketName: "acme.shared" });
    new KandjiDestination(stack, "One", { bucket, ...VENDOR, destinationPath: "one" });
    new KandjiDestination(stack, "Other", { bucket, ...VENDOR, destinationPath: "other" });
  }

  const VENDOR = { vendorAccountId: "222222222222", vendorRoleName: "kandji" };

  test("prints every warning with its path on stderr", () => {
    shareBucket();

    app.synth();

    expect(printed).toEqual([
      expect.stringMatching(/^Warning: DottedBucketName: .*\(at logs\/Shared\)\n$/),
      expect.stringMatching(/^Warning: WideGrantInSharedBucket: .*\(at logs\/One\)\n$/),
      expect.stringMatching(/^Warning: WideGrantInSharedBucket: .*\(at logs\/Other\)\n$/),
    ]);
  });

  test("prints nothing where `cdktf synth` does", () => {
    vi.stubEnv("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "true");
    shareBucket();

    app.synth();

    expect(printed).toEqual([]);
  });

  test("prints no warning of a construct that was removed", () => {
    const stack = stackOf("logs");
    new DestinationBucket(stack, "Dotted", { bucketName: "acme.logs" });
    stack.node.tryRemoveChild("Dotted");
    new DestinationBucket(stack, "Plain", { bucketName: "acme-logs" });

    app.synth();

    expect(printed).toEqual([]);
  });

  test("fails where two stacks define one bucket, and names both", () => {
    new KandjiDestination(stackOf("one"), "Kandji", KANDJI);
    new KandjiDestination(stackOf("two"), "Kandji", KANDJI);

    const messages = messagesOf(() => app.synth());

    expect(codes(messages)).toEqual(["OneBucketTwice"]);
    expect(messages[0]).toMatch(/"one" \(at one\/Kandji\/Bucket\) and in "two".*\(at two\/Kandji\/Bucket\)/);
  });

  test("accepts one name in two partitions, and names that only Terraform will know", () => {
    new KandjiDestination(stackOf("one"), "Kandji", KANDJI);
    new KandjiDestination(stackOf("two"), "Kandji", { ...KANDJI, region: "cn-north-1" });
    new DestinationBucket(stackOf("three"), "Bucket", { bucketName: "${var.name}" });
    new DestinationBucket(stackOf("four"), "Bucket", { bucketName: "${var.name}" });

    expect(messagesOf(() => app.synth())).toEqual([]);
  });
});

test("nothing at synthesis calls what Node.js 22 and newer warn of", () => {
  // cdktf calls it for each output whose value is an object (DEP0044).
  const isArray = vi.spyOn(util, "isArray");
  const stack = newStack();
  new KandjiDestination(stack, "Kandji", KANDJI);
  new SixSenseDestination(stack, "SixSense", SIX_SENSE);

  synthesize(stack);

  expect(isArray).not.toHaveBeenCalled();
});
