import { type App, Testing } from "cdktf";
import { policySerializer, policySnapshot } from "cdktf-vendor-destination/testing";
import { describe, expect, test } from "vitest";
import { DestinationBucket, KandjiDestination } from "../../lib";
import { KANDJI, newStack } from "../constructs/synthesized";

describe("a policy snapshot", () => {
  test("names policies, and what they refer to, by construct paths", () => {
    const stack = newStack();
    const { bucket, role } = new KandjiDestination(stack, "Kandji", { ...KANDJI, bucketName: undefined });
    bucket.addToResourcePolicy({
      Effect: "Allow",
      Principal: { AWS: role!.roleArn },
      Action: "s3:GetObject",
      Resource: `${bucket.bucketArn}/*`,
    });

    const snapshot = policySnapshot(stack);

    expect(snapshot.match(/^\S.*$/gm)).toEqual([
      "Kandji/Bucket/Policy (bucket policy)",
      "Kandji/Role/Policy (inline policy)",
      "Kandji/Role/Resource (trust policy)",
    ]);
    expect(snapshot).toMatch(/Resource +.*Kandji\/Bucket\/Resource.*\/\*/);
    expect(snapshot).not.toMatch(/_[0-9A-F]{8}/);
  });

  test("is the same for another order, for lists of one and for other spacing", () => {
    const snapshotOf = (policy: string) => {
      const stack = newStack();
      new DestinationBucket(stack, "Bucket", { bucketName: "acme" }).policy.addOverride("policy", policy);
      return policySnapshot(stack);
    };
    const one = { Sid: "One", Effect: "Deny", Principal: "*", Action: ["s3:PutObject", "s3:GetObject"], Resource: "arn:aws:s3:::acme/*" };
    const other = { Sid: "Other", Effect: "Deny", Principal: "*", Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme" };

    const first = snapshotOf(JSON.stringify({ Version: "2012-10-17", Statement: [one, other] }));
    const second = snapshotOf(
      JSON.stringify(
        {
          Statement: [
            { ...other, Action: [other.Action] },
            { ...one, Resource: [one.Resource], Action: [...one.Action].reverse() },
          ],
          Version: "2012-10-17",
        },
        undefined,
        2,
      ),
    );

    expect(second).toBe(first);
  });

  test("shows conditions, and what changes a policy's meaning changes it", () => {
    const snapshotOf = (address: string) => {
      const stack = newStack();
      const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme" });
      bucket.addToResourcePolicy({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:DeleteObject",
        Resource: "arn:aws:s3:::acme/*",
        Condition: { NotIpAddress: { "aws:SourceIp": [address, "203.0.113.0/24"] } },
      });
      return policySnapshot(stack);
    };

    expect(snapshotOf("198.51.100.0/24")).toContain(
      "    Condition    NotIpAddress aws:SourceIp 198.51.100.0/24\n    Condition    NotIpAddress aws:SourceIp 203.0.113.0/24",
    );
    expect(snapshotOf("198.51.100.0/24")).not.toBe(snapshotOf("198.51.100.0/25"));
  });

  test("of a construct holds what is below it only", () => {
    const stack = newStack();
    const kandji = new KandjiDestination(stack, "Kandji", KANDJI);
    new KandjiDestination(stack, "KandjiToo", { ...KANDJI, bucketName: "acme-too" });

    expect(policySnapshot(kandji.role!).match(/^\S.*$/gm)).toEqual([
      "Kandji/Role/Policy (inline policy)",
      "Kandji/Role/Resource (trust policy)",
    ]);
    expect(policySnapshot(kandji)).not.toContain("acme-too");
    expect(policySnapshot(stack)).toContain("acme-too");
  });
});

test("the serializer prints stacks and constructs of a stack, and leaves everything else alone", () => {
  const stack = newStack();
  const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme" });
  const app: App = Testing.app();

  expect([stack, bucket, bucket.policy].map(policySerializer.test)).toEqual([true, true, true]);
  expect([app, "text", 3, null, undefined, {}, { node: {} }].map(policySerializer.test)).toEqual(Array(7).fill(false));
  expect(policySerializer.serialize(bucket)).toBe(policySnapshot(bucket));
});
