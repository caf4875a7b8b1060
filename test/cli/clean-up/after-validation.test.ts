import { describe, expect, test } from "vitest";
import { awsError, denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

const vendor = { kind: "profile", name: "vendor" } as const;
const deployer = { kind: "environment" } as const;
const asVendor = { sources: { deployer, vendor, strangers: [] } };

describe("cleaning up", () => {
  test("removes every version and delete marker in a versioned bucket", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.versioned = true;

    const report = await place.validate(asVendor);

    expect(place.objects).toEqual([]);
    expect(report.left).toEqual([]);
  });

  test("tries strangers on an object that is there, not on one behind a delete marker", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.versioned = true;
    const allows = place.allows;
    place.allows = (call) => (call.who === "anonymous" && call.operation === "s3:GetObject") || allows(call);
    place.aws.plan("s3:GetObject", (call) => {
      const [newest] = place.objects.filter(({ key }) => key === call.input.Key).reverse();
      if (!newest || newest.marker) throw awsError("NoSuchKey", 404);
      return {};
    });

    expect(outcomeOf(await place.validate(asVendor), "anonymous-cannot-get")).toBe("fail performed");
  });

  test("fails to clean up aloud: what stays is listed with the command that removes it", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    // The right was there when the validation began to write.
    place.aws.plan("s3:DeleteObject", () => {
      if (place.objects.length > 0) throw denied();
      return {};
    });

    const report = await place.validate(asVendor);

    expect(report.left.length).toBeGreaterThan(0);
    expect(report.left.length).toBe(place.objects.length);
    expect(report.left[0]?.command).toBe(
      `aws s3api delete-object --bucket acme.6sense.staging --key ${place.objects[0]?.key} --region eu-west-1`,
    );
    expect(place.journal.open.length).toBe(place.objects.length);
  });

  test("removes objects through throttles and broken connections", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    let failures = 0;
    const versions = place.aws;
    const allows = place.allows;
    place.allows = (call) => {
      if (call.operation === "s3:ListObjectVersions" && failures++ < 2) throw awsError("SlowDown", 503);
      return allows(call);
    };

    const report = await place.validate(asVendor);

    expect(versions.unplanned).toEqual([]);
    expect(report.left).toEqual([]);
    expect(place.objects).toEqual([]);
  });

  test("removes an object whose put was answered by a broken connection", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    let broken = false;
    place.allows = (call) => {
      if (call.operation === "s3:PutObject" && call.who === "vendor" && !call.plainHttp && !broken) {
        broken = true;
        place.objects.push({ key: call.input.Key });
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      }
      return allows(call);
    };

    await place.validate(asVendor);

    expect(broken).toBe(true);
    expect(place.objects).toEqual([]);
  });

  test("cleans up when it is interrupted", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let puts = 0;
    place.allows = (call) => {
      if (call.operation === "s3:PutObject" && ++puts === 2) place.stop.abort(new Error("interrupted by SIGINT"));
      return allows(call);
    };

    const report = await place.validate(asVendor);

    expect(report.stopped).toBe("interrupted by SIGINT");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(place.objects).toEqual([]);
    expect(report.left).toEqual([]);
  });

  test("cleans up an interrupted validation with the role's own session when there is no deployer", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let puts = 0;
    place.allows = (call) => {
      // Without a deployer, the role itself must be able to tell that Object Lock protects nothing.
      if (call.operation === "s3:GetObjectLockConfiguration" && call.who === "role") return true;
      if (call.operation === "s3:PutObject" && ++puts === 3) place.stop.abort(new Error("interrupted by SIGTERM"));
      return allows(call);
    };

    const report = await place.validate({ sources: { deployer: { kind: "profile", name: "nobody" }, vendor, strangers: [] } });

    expect(report.stopped).toBe("interrupted by SIGTERM");
    expect(report.left).toEqual([]);
    expect(place.objects).toEqual([]);
  });

  test("says that a stand-in is of no use where there is no role", async () => {
    const report = await new FakeDestination(contractOf("sixsense")).validate({ asked: "stand-in" });

    expect(report.results.find(({ id }) => id === "role-session")?.cause).toBe(
      "--as stand-in needs a role, and this vendor gets access through the bucket policy",
    );
  });

  test("knows at any time what would stay if it were killed", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    let described: readonly unknown[] = [];
    place.allows = (call) => {
      if (call.operation === "s3:PutObjectAcl") described = place.killed?.() ?? [];
      return allows(call);
    };

    await place.validate(asVendor);

    expect(described.length).toBeGreaterThanOrEqual(3);
    expect(place.killed).toBeUndefined();
  });
});
