/** Nothing is written unless somebody is known who can remove it. */
import { describe, expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { awsError, denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

const deployer = { kind: "environment" } as const;
const vendor = { kind: "profile", name: "vendor" } as const;
const asVendor = { sources: { deployer, vendor, strangers: [] } };

const WRITES: readonly OperationName[] = ["s3:PutObject", "s3:CreateMultipartUpload", "s3:PutBucketPolicy", "iam:CreateRole"];
const written = (place: FakeDestination) =>
  place.aws.calls.filter(({ operation }) => WRITES.includes(operation)).map(({ operation }) => operation);

describe.each([
  ["deployer", {}],
  ["vendor", asVendor],
  ["stand-in", { asked: "stand-in" as const }],
])("--read-only, as %s", (_, options) => {
  test.each(["kandji", "sixsense"] as const)("writes nothing for %s, and computes the verdict", async (name) => {
    const place = new FakeDestination(contractOf(name));

    const report = await place.validate({ ...options, readOnly: true });

    expect(written(place)).toEqual([]);
    expect(report.written).toBe(0);
    expect(place.aws.made("s3:DeleteObject")).toEqual([]);
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass computed");
    expect(outcomeOf(report, "objects-can-be-removed")).toBe("absent");
  });
});

describe("nothing is written, and the report says why,", () => {
  test.each([
    [
      "default retention of Object Lock",
      (place: FakeDestination) => lock(place, { Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } } }),
    ],
    ["Object Lock that cannot be read", (place: FakeDestination) => void refuse(place, "s3:GetObjectLockConfiguration")],
    ["no right to delete versions", (place: FakeDestination) => void refuse(place, "s3:DeleteObject")],
  ])("for %s", async (_, change) => {
    for (const options of [{}, asVendor]) {
      const place = new FakeDestination(contractOf("sixsense"));
      place.versioned = true;
      change(place);

      const report = await place.validate(options);

      expect(place.aws.made("s3:PutObject")).toEqual([]);
      expect(place.objects).toEqual([]);
      expect(outcomeOf(report, "objects-can-be-removed")).toBe("unknown -");
    }
  });

  test("for a deployer that is lost, where the vendor cannot delete", async () => {
    const place = new FakeDestination(contractOf("sixsense"));

    const report = await place.validate({ sources: { deployer: { kind: "profile", name: "nobody" }, vendor, strangers: [] } });

    expect(place.aws.made("s3:PutObject")).toEqual([]);
    expect(outcomeOf(report, "deployer-identity")).toBe("unknown -");
    expect(report.left).toEqual([]);
  });

  test("but written for Object Lock without default retention", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.versioned = true;
    lock(place, {});

    await place.validate(asVendor);

    expect(place.aws.made("s3:PutObject").length).toBeGreaterThan(0);
    expect(place.objects).toEqual([]);
  });
});

test("a deployer whose first identity request breaks, or whose session is renewed, is not lost", async () => {
  for (const failure of [Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }), awsError("ExpiredToken", 400)]) {
    const place = new FakeDestination(contractOf("kandji"));
    const answer = { Arn: "arn:aws:sts::111111111111:assumed-role/deployer/ci", Account: "111111111111" };
    place.aws.plan("sts:GetCallerIdentity", () => {
      if (place.aws.made("sts:GetCallerIdentity").length === 1) throw failure;
      return answer;
    });

    const report = await place.validate();

    expect(outcomeOf(report, "deployer-identity")).toBe("absent");
    expect(outcomeOf(report, "canary-put")).toBe("pass performed");
  }
});

test.each([
  ["TemporaryRedirect", 307],
  ["OperationAborted", 409],
])("a single %s on HeadBucket is tried again", async (code, status) => {
  const place = new FakeDestination(contractOf("kandji"));
  place.aws.plan("s3:HeadBucket", () => {
    if (place.aws.made("s3:HeadBucket").length === 1) throw awsError(code, status);
    return { BucketRegion: "eu-west-1" };
  });

  expect(outcomeOf(await place.validate(), "bucket-exists")).toBe("absent");
});

test("where plain HTTP is blocked the verdict is computed, soon, and the report says what was not seen", async () => {
  for (const options of [{}, asVendor]) {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => {
      if (call.plainHttp) throw Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT" });
      return allows(call);
    };

    const report = await place.validate(options);

    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("pass computed");
    expect(outcomeOf(report, "canary-http")).toBe("absent");
    expect(report.notChecked.join()).toContain("as the network blocks it here (ETIMEDOUT: connect ETIMEDOUT)");
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(place.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(10_000);
    expect(place.objects).toEqual([]);
  }
});

test("no region is shown that nobody told", async () => {
  const contract = contractOf("kandji");
  const { region: _, ...bucket } = contract.bucket;
  const place = new FakeDestination({ ...contract, bucket });
  place.aws.plan("s3:HeadBucket", () => {
    throw denied();
  });

  expect((await place.validate()).region).toBeUndefined();
});

function lock(place: FakeDestination, configuration: object): void {
  place.aws.plan("s3:GetObjectLockConfiguration", () => ({ ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", ...configuration } }));
}

function refuse(place: FakeDestination, operation: OperationName): void {
  place.aws.plan(operation, () => {
    throw denied();
  });
}
