/** AWS may return an older state for some time. A reading that changed counts only if it stays changed. */
import { describe, expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import type { DestinationReport } from "../../../cli/report/validate/types";
import { awsError, denied } from "../fake-aws";
import { statement } from "../fake-destination";
import { EnforcedDestination, type Example } from "../validate/enforced";

const OLDER = statement({
  Principal: { AWS: "arn:aws:iam::333333333333:root" },
  Action: "s3:*",
  Resource: "arn:aws:s3:::acme.6sense.staging/*",
});

const READINGS: readonly [Example, OperationName, () => unknown][] = [
  ["sixsense", "s3:GetBucketPolicy", () => ({ Policy: JSON.stringify(OLDER) })],
  [
    "sixsense",
    "s3:GetBucketPolicy",
    () => {
      throw awsError("NoSuchBucketPolicy", 404);
    },
  ],
  [
    "sixsense",
    "s3:GetPublicAccessBlock",
    () => {
      throw awsError("NoSuchPublicAccessBlockConfiguration", 404);
    },
  ],
  [
    "kandji",
    "iam:GetRolePolicy",
    () => {
      throw awsError("ServiceFailure", 500);
    },
  ],
  ["kandji", "iam:ListRolePolicies", () => ({ PolicyNames: [] })],
];

/** The reading that the operation answers differently, by its number. */
async function worst(example: Example, operation: OperationName, answer: () => unknown, isChanged: (nth: number) => boolean) {
  const place = new EnforcedDestination(example);
  const handler = place.aws.handlerOf(operation)!;
  let reads = 0;
  place.aws.plan(operation, (call) => (isChanged(++reads) ? answer() : handler(call)));
  const { results, stopped } = await place.validate({ asked: "deployer" });
  expect(stopped).toBeUndefined();
  return results.filter(({ outcome }) => outcome !== "pass").map(({ id }) => id);
}

test.each(READINGS)("%s: %s that is out of date once changes nothing", async (example, operation, answer) => {
  for (const nth of [1, 2]) expect(await worst(example, operation, answer, (read) => read === nth), `reading ${nth}`).toEqual([]);
});

test.each(READINGS)("%s: %s that stays changed counts", async (example, operation, answer) => {
  expect(await worst(example, operation, answer, (read) => read >= 2)).not.toEqual([]);
});

describe("a bucket that is made again while it is validated", () => {
  const IN_RUN = 2;
  const passes = ({ results }: DestinationReport) =>
    results.filter(({ outcome, evidence }) => outcome === "pass" && evidence !== "performed");

  test("in another region is found, and what was read of the first is not shown as true", async () => {
    const place = new EnforcedDestination("sixsense");
    let heads = 0;
    place.aws.plan("s3:HeadBucket", () => ({ BucketRegion: ++heads >= IN_RUN ? "us-west-2" : "eu-west-1" }));

    const report = await place.validate({ asked: "deployer" });

    expect(report.results.find(({ id }) => id === "bucket-region")).toMatchObject({ outcome: "fail", cause: "the bucket is in us-west-2" });
    expect(passes(report)).toEqual([]);
  });

  test("by another account is found, and what was read of the first is not shown as true", async () => {
    const place = new EnforcedDestination("sixsense");
    let heads = 0;
    const isTaken = () => heads >= IN_RUN;
    place.aws.plan("s3:HeadBucket", ({ input }) => {
      heads++;
      if (isTaken() && input.ExpectedBucketOwner !== undefined) throw denied();
      return { BucketRegion: "eu-west-1" };
    });
    const { allows } = place;
    place.allows = (call) => !(isTaken() && call.operation.startsWith("s3:")) && allows(call);
    const policy = place.aws.handlerOf("s3:GetBucketPolicy")!;
    place.aws.plan("s3:GetBucketPolicy", (call) => {
      if (isTaken()) throw denied();
      return policy(call);
    });

    const report = await place.validate({ asked: "deployer" });

    expect(report.results.find(({ id }) => id === "bucket-owner")).toMatchObject({ outcome: "fail" });
    expect(passes(report)).toEqual([]);
  });
});

test("a bucket whose region AWS tells only later did not move", async () => {
  const place = new EnforcedDestination("sixsense");
  let heads = 0;
  place.aws.plan("s3:HeadBucket", () => {
    if (heads++ === 0) throw denied();
    return { BucketRegion: "us-west-2" };
  });

  const { results } = await place.validate({ asked: "deployer" });

  expect(results.filter(({ id }) => id === "bucket-region")).toEqual([]);
});
