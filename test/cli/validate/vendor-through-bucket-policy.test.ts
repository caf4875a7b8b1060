import { describe, expect, test } from "vitest";
import { awsError } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

const vendor = { kind: "profile", name: "vendor" } as const;
const deployer = { kind: "environment" } as const;
const asVendor = { sources: { deployer, vendor, strangers: [] } };

describe("through the bucket policy", () => {
  test("lists, puts and sets ACLs as the vendor, shows that it cannot read or delete, and cleans up with the deployer's rights", async () => {
    const place = new FakeDestination(contractOf("sixsense"));

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-set-acl")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-get")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-delete")).toBe("pass performed");
    expect(place.objects).toEqual([]);
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  });

  test("fails when the bucket's ownership refuses ACLs, with that cause", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:PutObjectAcl", () => {
      throw awsError("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
    });

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-set-acl");
    expect(result?.outcome).toBe("fail");
    expect(result?.cause).toContain("BucketOwnerEnforced");
    expect(result?.remedy).toContain("BucketOwnerPreferred");
  });

  test("cannot tell by a broken network, and takes the live policies for what must be refused alone", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    place.allows = (call) => {
      if (call.who === "vendor" && call.operation.startsWith("s3:"))
        throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return allows(call);
    };

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-put")).toBe("unknown -");
    expect(report.results.find(({ id }) => id === "vendor-can-put")?.cause).toContain("the endpoint cannot be reached");
    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("pass computed");
  });
});
