import { describe, expect, test } from "vitest";
import { denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf, statement, VENDOR } from "../fake-destination";

const vendor = { kind: "profile", name: "vendor" } as const;
const deployer = { kind: "environment" } as const;
const asVendor = { sources: { deployer, vendor, strangers: [] } };

describe("as the vendor, through the role", () => {
  test("performs what the vendor must do, in order, and leaves nothing", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    const report = await place.validate(asVendor);

    expect(report.mode).toBe("vendor");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-list")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-delete")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-delete-bucket")).toBe("pass computed");
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(report.left).toEqual([]);
    expect(place.objects).toEqual([]);
    expect(place.journal.open).toEqual([]);
  });

  test("names the bucket's owner in every request to it and never overwrites", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    await place.validate(asVendor);

    const atBucket = place.aws.calls.filter(({ operation, input }) => operation.startsWith("s3:") && input.Key !== undefined);
    expect(atBucket.length).toBeGreaterThan(0);
    for (const { input } of atBucket) expect(input.ExpectedBucketOwner).toBe("111111111111");
    for (const { input } of place.aws.made("s3:PutObject")) {
      expect(input.IfNoneMatch).toBe("*");
      expect(input.Key).toMatch(/^activity\/vendor-destination-validation-[0-9a-f-]{36}$/);
    }
  });

  test("tries what must be refused only after something was allowed", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    await place.validate(asVendor);

    const firstRefused = place.aws.calls.findIndex(({ operation, who }) => operation === "s3:GetBucketPolicy" && who === "role");
    const lastDelete = place.aws.calls.findLastIndex(
      ({ operation, who, plainHttp }) => operation === "s3:DeleteObject" && who === "role" && !plainHttp,
    );
    expect(firstRefused).toBeGreaterThan(lastDelete);
  });

  test("waits while rights are spreading and says for how long", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let refusals = 0;
    place.allows = (call) => (call.operation === "sts:AssumeRole" && call.who === "vendor" && refusals++ < 4 ? false : allows(call));

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(report.results.find(({ id }) => id === "vendor-can-assume-role")?.note).toBe("after 11 s (7 tries)");
  });

  test("fails when the vendor may not delete, names the statement to change, and cleans up with the deployer's rights", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.inline = statement(
      { Action: "s3:ListBucket", Resource: place.contract.bucket.arn },
      { Action: "s3:PutObject", Resource: `${place.contract.bucket.arn}/*` },
    );
    const allows = place.allows;
    place.allows = (call) => !(call.who === "role" && call.operation === "s3:DeleteObject") && allows(call);

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-delete");
    expect(result).toMatchObject({ outcome: "fail", evidence: "performed", expected: "allowed" });
    expect(result?.remedy).toMatch(/^widen statement \d of the delivery policy$/);
    expect(place.objects).toEqual([]);
    expect(report.left).toEqual([]);
  });

  test("does not wait out its budget when the live policies agree that a right is missing", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.trust = statement({ Principal: { AWS: "arn:aws:iam::222222222222:role/typo" }, Action: "sts:AssumeRole" });
    place.allows = ({ who, plainHttp }) => who === "environment" && !plainHttp;

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("fail performed");
    expect(place.clock.slept.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(15_000);
  });

  test("fails when AWS refuses what the live policies allow, and says that the cause lies outside them", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => !(call.who === "role" && call.operation === "s3:PutObject") && allows(call);

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-put");
    expect(result?.outcome).toBe("fail");
    expect(result?.cause).toContain("so something else denies it: the vendor's own policies, an SCP or RCP");
    expect(place.clock.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(120_000);
  });

  test("tells not yet from denied when answers change", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let turn = 0;
    place.allows = (call) => (call.who === "role" && call.operation === "s3:ListObjectsV2" ? turn++ % 2 === 0 : allows(call));

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-list");
    expect(result?.outcome).toBe("unknown");
    expect(result?.cause).toContain("not yet: AWS's answer changed within");
    expect(result?.note).toContain("the live policies agree with the contract");
  });

  test("fails when plain HTTP is accepted, and removes what could be put by it", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.policy = statement();
    const allows = place.allows;
    place.allows = (call) => allows({ ...call, plainHttp: false });

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("fail performed");
    expect(place.aws.made("s3:PutObject").some(({ plainHttp }) => plainHttp)).toBe(true);
    expect(place.objects).toEqual([]);
  });

  test("changes no bucket policy even where it may: what it sends is not a policy", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => call.operation === "s3:PutBucketPolicy" || allows(call);

    const report = await place.validate(asVendor);

    for (const { input } of place.aws.made("s3:PutBucketPolicy")) expect(() => JSON.parse(input.Policy)).toThrow();
    expect(outcomeOf(report, "vendor-cannot-put-bucket-policy")).toBe("pass computed");
  });

  test("tries no request whose success would change the bucket, or that would go to another bucket", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    const report = await place.validate(asVendor);

    expect(new Set(place.aws.calls.map(({ input }) => input.Bucket).filter(Boolean))).toEqual(new Set(["acme-kandji-activity"]));
    expect(report.results.find(({ id }) => id === "vendor-cannot-put-into-another-bucket")?.note).toContain("not tried");
  });

  test("presents the external ID, and shows that without it the role stays closed", async () => {
    const contract = contractOf("kandji", { externalIds: ["the-id"] });
    const withoutId = {
      ...contract.expectations[0]!,
      id: "vendor-cannot-assume-role-without-external-id",
      actor: "vendorWithoutExternalId" as const,
      expected: "denied" as const,
    };
    const place = new FakeDestination({ ...contract, expectations: [...contract.expectations, withoutId] });
    place.trust = statement({
      Principal: { AWS: `arn:aws:iam::${VENDOR}:role/kandji-activity` },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "the-id" } },
    });
    const allows = place.allows;
    place.allows = (call) => allows(call) && (call.operation !== "sts:AssumeRole" || call.input.ExternalId === "the-id");

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-assume-role-without-external-id")).toBe("pass performed");
  });

  test("takes strangers by their accounts: one of the vendor's, one of nobody's", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const strangers = [
      { kind: "profile", name: "stranger" },
      { kind: "profile", name: "vendor-other" },
    ] as const;

    const report = await place.validate({ sources: { deployer, vendor, strangers } });

    expect(outcomeOf(report, "stranger-in-vendor-account-cannot-assume-role")).toBe("pass performed");
    expect(outcomeOf(report, "stranger-cannot-put")).toBe("pass performed");
    expect(outcomeOf(report, "anonymous-cannot-get")).toBe("pass performed");
  });

  test("fails when a stranger may assume the role", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => call.operation === "sts:AssumeRole" || allows(call);

    const report = await place.validate({ sources: { deployer, vendor, strangers: [{ kind: "profile", name: "stranger" }] } });

    expect(outcomeOf(report, "stranger-cannot-assume-role")).toBe("fail performed");
  });

  test("cannot tell when the credentials are those of another principal than the vendor's", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.allows = ({ who, plainHttp }) => who === "environment" && !plainHttp;

    const report = await place.validate({ sources: { deployer, vendor: { kind: "profile", name: "vendor-other" }, strangers: [] } });

    expect(report.results.find(({ id }) => id === "vendor-identity")?.cause).toBe(
      "the credentials are those of arn:aws:sts::222222222222:assumed-role/other/run, but the contract names " +
        "arn:aws:iam::222222222222:role/kandji-activity, and arn:aws:iam::222222222222:role/kandji-activity cannot be assumed with them: " +
        "AccessDenied (HTTP 403): Access Denied",
    );
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass computed");
  });

  test("goes by way of the vendor's role when the credentials are an administrator's of the vendor's account", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("sts:AssumeRole", ({ who, input }) => {
      if (who === "vendor-other" && input.RoleArn.endsWith("role/kandji-activity"))
        return { Credentials: { AccessKeyId: "vendor", SecretAccessKey: "s" } };
      if (who === "vendor") return { Credentials: { AccessKeyId: "role", SecretAccessKey: "s" } };
      throw denied();
    });

    const report = await place.validate({ sources: { deployer, vendor: { kind: "profile", name: "vendor-other" }, strangers: [] } });

    expect(outcomeOf(report, "vendor-can-put")).toBe("pass performed");
    expect(outcomeOf(report, "stranger-in-vendor-account-cannot-assume-role")).toBe("pass performed");
  });
});
