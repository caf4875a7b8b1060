import { Testing } from "cdktf";
import { expectDestination, policySerializer } from "cdktf-vendor-destination/testing";
import { expect, test } from "vitest";
import { KandjiStack } from "./stack";

const stack = new KandjiStack(Testing.app(), "kandji");

expect.addSnapshotSerializer(policySerializer);

test("the destination keeps everything that Kandji documents", () => {
  expectDestination(stack, "Kandji").isHealthy();
});

test("Kandji may put and delete its objects, and list the bucket", () => {
  expectDestination(stack, "Kandji")
    .vendorMayAssume()
    .vendorMay("s3:PutObject", { under: "activity/" })
    .vendorMay("s3:DeleteObject", { under: "activity/" })
    .vendorMay("s3:ListBucket");
});

test("Kandji may neither change the bucket nor write into another one", () => {
  expectDestination(stack, "Kandji")
    .vendorMayNot("s3:PutBucketPolicy")
    .vendorMayNot("s3:PutObject", { bucketArn: "arn:aws:s3:::acme-payroll" });
});

test("nobody else gets in, and nothing goes over plain HTTP", () => {
  expectDestination(stack, "Kandji").strangerMayNotAssume().strangerMayNot("s3:GetObject").refusesHttp();
});

test("the policies are the ones that were reviewed", () => {
  expect(stack).toMatchInlineSnapshot(`
    Kandji/Bucket/Policy (bucket policy)
      Deny AllowSSLRequestsOnly
        Principal    *
        Action       s3:*
        Resource     arn:aws:s3:::acme-kandji-activity
        Resource     arn:aws:s3:::acme-kandji-activity/*
        Condition    Bool aws:SecureTransport false

    Kandji/Role/Policy (inline policy)
      Allow AllowVendorOnBucket
        Action       s3:ListBucket
        Resource     arn:aws:s3:::acme-kandji-activity
      Allow AllowVendorOnObjects
        Action       s3:*
        Resource     arn:aws:s3:::acme-kandji-activity/*

    Kandji/Role/Resource (trust policy)
      Allow AllowVendorToAssumeRole
        Principal    AWS arn:aws:iam::222222222222:role/kandji-activity
        Action       sts:AssumeRole
  `);
});
