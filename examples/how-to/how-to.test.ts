/** The stacks that the pages show. */
import { Testing } from "cdktf";
import { expectDestination } from "cdktf-vendor-destination/testing";
import { expect, test } from "vitest";
import { AcceptedFindingStack } from "./accepted-finding";
import { ExistingBucketStack } from "./existing-bucket";
import { KmsKeyStack } from "./kms-key";
import { KnownVendorStack } from "./known-vendor";
import { OtherVendorStack } from "./other-vendor";
import { SharedBucketStack } from "./several-vendors";

test("an existing bucket is imported with each of its settings, and keeps the access that it gave", () => {
  const stack = new ExistingBucketStack(Testing.app(), "existing");

  const { import: imported } = JSON.parse(Testing.synth(stack));
  expect(imported.map(({ to, id }: { to: string; id: string }) => [to.split(".")[0], id])).toEqual(
    ["", "_public_access_block", "_ownership_controls", "_server_side_encryption_configuration", "_policy"].map((setting) => [
      `aws_s3_bucket${setting}`,
      "acme-kandji-activity",
    ]),
  );
  expectDestination(stack, "Kandji").isHealthy().strangerMayNot("s3:GetObject");
});

test("two vendors share a bucket, and neither writes below the other's prefix", () => {
  const stack = new SharedBucketStack(Testing.app(), "shared");

  expectDestination(stack, "Kandji")
    .isHealthy()
    .vendorMay("s3:PutObject", { under: "kandji/" })
    .vendorMayNot("s3:PutObject", { under: "6sense/" });
  expectDestination(stack, "SixSense")
    .isHealthy()
    .vendorMay("s3:PutObject", { under: "6sense/audit/" })
    .vendorMayNot("s3:PutObject", { under: "kandji/" });
});

test("a vendor delivers into a bucket that encrypts with a customer managed key", () => {
  const stack = new KmsKeyStack(Testing.app(), "kms");

  expectDestination(stack, "Acme").isHealthy({ allowUnknown: true }).vendorMayAssume();
});

test("a finding that is accepted with a reason does not make a destination unhealthy", () => {
  expectDestination(new AcceptedFindingStack(Testing.app(), "accepted"), "Acme").isHealthy().vendorMayAssume();
});

test("any vendor delivers as its profile says, and its neighbours do not", () => {
  expectDestination(new OtherVendorStack(Testing.app(), "other"), "Acme")
    .isHealthy()
    .vendorMay("s3:PutObject", { under: "acme/" })
    .strangerMayNot("s3:PutObject", { under: "acme/" });
});

test("a vendor with a profile delivers what its page says", () => {
  expectDestination(new KnownVendorStack(Testing.app(), "known"), "Datadog")
    .vendorMay("s3:PutObject", { under: "archive/" })
    .vendorMayNot("s3:DeleteObject", { under: "archive/" })
    .strangerMayNotAssume()
    .isHealthy();
});
