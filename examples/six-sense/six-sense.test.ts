import { Testing } from "cdktf";
import { expectDestination, policySerializer } from "cdktf-vendor-destination/testing";
import { expect, test } from "vitest";
import { SixSenseStack } from "./stack";

const stack = new SixSenseStack(Testing.app(), "sixsense");

expect.addSnapshotSerializer(policySerializer);

test("the destination keeps everything that 6sense documents", () => {
  expectDestination(stack, "SixSense").isHealthy();
});

test.each(["data-packs/", "audit/"])("6sense may put objects under %s and set their ACL", (under) => {
  expectDestination(stack, "SixSense")
    .vendorMay("s3:PutObject", { under })
    .vendorMay("s3:PutObjectAcl", { under })
    .vendorMay("s3:ListBucket", { under });
});

test("6sense may not read what it delivered, nor take it back", () => {
  expectDestination(stack, "SixSense").vendorMayNot("s3:GetObject").vendorMayNot("s3:DeleteObject");
});

test("nobody else gets in, and nothing goes over plain HTTP", () => {
  expectDestination(stack, "SixSense").strangerMayNot("s3:PutObject").strangerMayNot("s3:ListBucket").refusesHttp();
});

test("the policies are the ones that were reviewed", () => {
  expect(stack).toMatchInlineSnapshot(`
    SixSense/Bucket/Policy (bucket policy)
      Allow AllowVendorOnBucket
        Principal    AWS arn:aws:iam::222222222222:role/6sense-common
        Action       s3:ListBucket
        Resource     arn:aws:s3:::acme.6sense.staging
      Allow AllowVendorOnObjects
        Principal    AWS arn:aws:iam::222222222222:role/6sense-common
        Action       s3:PutObject
        Action       s3:PutObjectAcl
        Resource     arn:aws:s3:::acme.6sense.staging/*
      Deny AllowSSLRequestsOnly
        Principal    *
        Action       s3:*
        Resource     arn:aws:s3:::acme.6sense.staging
        Resource     arn:aws:s3:::acme.6sense.staging/*
        Condition    Bool aws:SecureTransport false
  `);
});
