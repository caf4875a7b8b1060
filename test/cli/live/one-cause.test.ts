/** One cause is one finding: a bucket of another account, rights that the deployer lacks. */

import { describe, expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { rightFor } from "../../../cli/aws/rights";
import { groupResults } from "../../../cli/report/shared";
import { docsPage } from "../../../cli/version";
import { awsError, type Call } from "../fake-aws";
import { CUSTOMER, contractOf, FakeDestination, VENDOR } from "../fake-destination";

const EXAMPLES = ["kandji", "sixsense"] as const;
const NAMED = {
  asVendor: { sources: { deployer: { kind: "environment" }, vendor: { kind: "profile", name: "vendor" }, strangers: [] } },
} as const;

function refusing(name: (typeof EXAMPLES)[number], isRefused: (call: Call) => boolean): FakeDestination {
  const place = new FakeDestination(contractOf(name));
  const { allows } = place;
  place.allows = (call) => !isRefused(call) && allows(call);
  return place;
}

describe.each(EXAMPLES)("a bucket of another account, %s", (name) => {
  const foreign = () => {
    const place = refusing(name, ({ operation }) => operation.startsWith("s3:"));
    place.aws.plan("s3:ListBuckets", ({ input }) =>
      input.ContinuationToken === undefined ? { Buckets: [{ Name: "mine" }], ContinuationToken: "2" } : { Buckets: [] },
    );
    return place;
  };

  test.each([{}, NAMED.asVendor])("is one finding, and everything about it is unknown for that reason: %j", async (options) => {
    const place = foreign();

    const { results } = await place.validate(options);

    const failed = results.filter(({ outcome }) => outcome === "fail");
    expect(failed.map(({ id }) => id)).toEqual(["bucket-owner"]);
    expect(failed[0]!.cause).toBe(
      `the bucket belongs to another account than ${CUSTOMER}: it exists, and s3:ListAllMyBuckets does not show it among the buckets of ${CUSTOMER}`,
    );
    const unknown = results.filter(({ outcome }) => outcome === "unknown");
    expect(new Set(unknown.map(({ cause }) => cause))).toEqual(new Set([failed[0]!.cause]));
    expect(groupResults(unknown)).toHaveLength(1);
    expect(place.aws.made("s3:PutObject")).toEqual([]);
  });

  test("is found by its owner where AWS answers a request that names none", async () => {
    const place = foreign();
    place.aws.plan("s3:ListBuckets", () => {
      throw awsError("AccessDenied", 403);
    });
    place.aws.plan("s3:HeadBucket", ({ input }) => {
      if (input.ExpectedBucketOwner !== undefined) throw awsError("403", 403);
      return { BucketRegion: "eu-west-1" };
    });

    const { results } = await place.validate();

    expect(results.find(({ id }) => id === "bucket-owner")).toMatchObject({ outcome: "fail", evidence: "performed" });
  });

  test.each<[string, (place: FakeDestination) => void]>([
    [
      "the list of buckets cannot be read",
      (place) =>
        place.aws.plan("s3:ListBuckets", () => {
          throw awsError("AccessDenied", 403);
        }),
    ],
    ["the bucket is in the list", (place) => place.aws.plan("s3:ListBuckets", () => ({ Buckets: [{ Name: place.contract.bucket.name }] }))],
  ])("is not claimed where %s", async (_, change) => {
    const place = foreign();
    change(place);

    const { results } = await place.validate();

    expect(results.find(({ id }) => id === "bucket-owner")).toBeUndefined();
    expect(results.some(({ id }) => id === "policy-denies-its-owner")).toBe(true);
  });

  test("is not claimed of the list of an account that is not expected to own it", async () => {
    const { results } = await foreign().validate({ owner: VENDOR });

    expect(results.find(({ id }) => id === "bucket-owner")).toBeUndefined();
  });
});

const READS = [
  "s3:GetBucketPolicy",
  "s3:GetPublicAccessBlock",
  "s3:GetBucketEncryption",
  "s3:GetBucketVersioning",
  "s3:GetBucketOwnershipControls",
] as const satisfies readonly OperationName[];

describe.each(EXAMPLES)("a setting that cannot be read, %s", (name) => {
  test.each(READS)("names the right that %s needs, and asks nobody to change a setting", async (operation) => {
    const { results } = await refusing(name, (call) => call.who === "environment" && call.operation === operation).validate();

    const unknown = results.filter(({ outcome, kind }) => outcome === "unknown" && kind !== "extra");
    expect(unknown.length).toBeGreaterThan(0);
    for (const { remedy, cause } of unknown) {
      expect(remedy).toBe(`grant the deployer ${rightFor(operation)} (${docsPage("validate.md#rights")})`);
      expect(cause).not.toContain("not known yet");
    }
    expect(groupResults(unknown)).toHaveLength(1);
  });

  test("is one item with all the others where several rights are missing", async () => {
    const { results } = await refusing(name, (call) => (READS as readonly string[]).includes(call.operation)).validate();

    const unknown = results.filter(({ outcome, kind }) => outcome === "unknown" && kind !== "extra");
    expect(groupResults(unknown)).toHaveLength(1);
    for (const operation of READS) expect(unknown[0]!.remedy).toContain(rightFor(operation));
  });
});
