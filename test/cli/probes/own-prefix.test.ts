/** A right under one prefix says nothing about another, so every request uses an object under its own prefix. */
import { describe, expect, test } from "vitest";
import { awsError } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

const deployer = { kind: "environment" } as const;
const vendor = { kind: "profile", name: "vendor" } as const;
const asVendor = { sources: { deployer, vendor, strangers: [] } };

/** A destination with two prefixes, where AWS denies the vendor one operation below one of them. */
function refusing(operation: string, prefix: string): FakeDestination {
  const place = new FakeDestination(contractOf("sixsense"));
  const allows = place.allows;
  place.allows = (call) => {
    if (call.who === "vendor" && call.operation === operation && call.input.Key.startsWith(prefix)) return false;
    return allows(call);
  };
  return place;
}

describe("every request uses an object under its own prefix", () => {
  test.each([
    ["s3:PutObject", "data-packs/", "vendor-can-put"],
    ["s3:PutObject", "audit/", "vendor-can-put-2"],
    ["s3:PutObjectAcl", "data-packs/", "vendor-can-set-acl"],
    ["s3:PutObjectAcl", "audit/", "vendor-can-set-acl-2"],
  ])("without %s below %s, exactly %s fails", async (operation, prefix, id) => {
    const report = await refusing(operation, prefix).validate(asVendor);

    const bad = report.results.filter((result) => result.kind === "expectation" && result.outcome !== "pass");
    expect(bad.map((result) => result.id)).toEqual([id]);
    expect(bad[0]?.outcome).toBe("fail");
  });

  test("names the key that was used", async () => {
    const report = await new FakeDestination(contractOf("sixsense")).validate(asVendor);

    const noteOf = (id: string) => report.results.find((result) => result.id === id)?.note;
    expect(noteOf("vendor-can-set-acl")).toMatch(/^on data-packs\/vendor-destination-validation-/);
    expect(noteOf("vendor-can-set-acl-2")).toMatch(/^on audit\/vendor-destination-validation-/);
  });
});

describe("a delete that AWS answers with success, and that deletes nothing", () => {
  function ignoring(): FakeDestination {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:DeleteObject", () => ({}));
    return place;
  }

  test("fails, and what remains is named", async () => {
    const place = ignoring();

    const report = await place.validate(asVendor);

    expect(report.results.find(({ id }) => id === "vendor-can-delete")).toMatchObject({
      outcome: "fail",
      cause: expect.stringContaining("AWS answered that it deleted the object, but the object is still there"),
    });
    expect(report.left.map(({ what }) => what)).toEqual(place.objects.map(({ key }) => `s3://acme-kandji-activity/${key}`));
  });

  test("cannot be told from one that deletes where nobody may look, and so is unknown", async () => {
    const place = ignoring();
    const allows = place.allows;
    const looking = ["s3:ListObjectVersions", "s3:HeadObject"];
    place.allows = (call) => !looking.includes(call.operation) && allows(call);

    expect(outcomeOf(await place.validate(asVendor), "vendor-can-delete")).toBe("unknown -");
  });
});

test("a plain HTTP request that was tried and got no clear answer says so, although the policies decide", async () => {
  const place = new FakeDestination(contractOf("sixsense"));
  const allows = place.allows;
  place.allows = (call) => {
    if (call.plainHttp) throw awsError("ServiceUnavailable", 503);
    return allows(call);
  };

  const report = await place.validate(asVendor);

  expect(report.results.find(({ id }) => id === "vendor-cannot-put-over-http")).toMatchObject({
    outcome: "pass",
    evidence: "computed",
    note: expect.stringMatching(/^tried by the vendor for \d+ s \(\d+ tries\), without a clear answer: .*ServiceUnavailable/),
  });
});

describe("a request after the time for waiting was spent", () => {
  test("is not yet told where the live policies allow it, and fails after its own wait where they do not", async () => {
    const place = refusing("s3:PutObject", "");
    const allows = place.allows;
    // The first request waits for the whole budget; the second is denied for a short time only.
    place.allows = (call) => (call.operation === "s3:ListObjectsV2" && call.who === "vendor" ? false : allows(call));

    const report = await place.validate(asVendor);

    expect(report.results.find(({ id }) => id === "vendor-can-list")?.outcome).toBe("fail");
    const put = report.results.find(({ id }) => id === "vendor-can-put");
    expect(put).toMatchObject({ outcome: "unknown", cause: expect.stringMatching(/^not yet: /) });
    expect(put?.tries).toBeGreaterThan(1);
  });
});

describe("where AWS and the live policies contradict each other", () => {
  test("fails a request that AWS allowed and the policies do not allow", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    (place.policy as { Statement: object[] }).Statement.splice(2, 1);

    const report = await place.validate(asVendor);

    expect(report.results.find(({ id }) => id === "vendor-can-put")).toMatchObject({
      outcome: "fail",
      note: expect.stringContaining("AWS allowed the request of the vendor, which contradicts the live policies"),
    });
  });
});
