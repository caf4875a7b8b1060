/** Synthesis is linear: it walks the tree of constructs as often for many destinations as for few. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { Node } from "constructs";
import { describe, expect, test, vi } from "vitest";
import { BucketEncryption, KandjiDestination, SixSenseDestination, VendorAccess, VendorDestination, VendorPrincipal } from "../../lib";
import { acme } from "./acme";
import { KANDJI, newApp, SIX_SENSE } from "./synthesized";

const VENDOR = VendorPrincipal.roleArn("arn:aws:iam::444455556666:role/delivery");

/** Each builds the destination of a number in a stack. */
const FORMS: Record<string, (stack: TerraformStack, index: number) => unknown> = {
  Kandji: (stack, index) => new KandjiDestination(stack, `Kandji${index}`, { ...KANDJI, bucketName: `logs-${index}` }),
  "6sense": (stack, index) => new SixSenseDestination(stack, `SixSense${index}`, { ...SIX_SENSE, bucketName: `logs-${index}` }),
  "a KMS key from elsewhere": (stack, index) =>
    new VendorDestination(stack, `Acme${index}`, {
      vendor: acme(),
      access: VendorAccess.assumedRole({ principals: [VENDOR] }),
      bucketName: `logs-${index}`,
      encryption: BucketEncryption.SSE_KMS,
      kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1",
    }),
};

function walks(build: (stack: TerraformStack, index: number) => unknown, destinations: number): number {
  const folder = mkdtempSync(join(tmpdir(), "growth-"));
  const findAll = vi.spyOn(Node.prototype, "findAll");
  try {
    const app = newApp(folder);
    const stack = new TerraformStack(app, "stack");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    for (let index = 0; index < destinations; index++) build(stack, index);
    app.synth();
    return findAll.mock.calls.length;
  } finally {
    findAll.mockRestore();
    rmSync(folder, { recursive: true });
  }
}

describe("synthesis walks the tree as often for nine destinations as for three", () => {
  test.each(Object.entries(FORMS))("%s", (_, build) => {
    expect(walks(build, 9)).toBe(walks(build, 3));
  });
});
