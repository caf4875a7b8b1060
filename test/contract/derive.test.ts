import { describe, expect, test } from "vitest";
import { byBucketPolicy, byRole, expectationOf } from "./kandji-like";

const idsOf = (contract: ReturnType<typeof byRole>) => contract.expectations.map(({ id }) => id);

describe("the contract of a vendor that assumes a role", () => {
  test("expects what the vendor does to be allowed, in its order", () => {
    const allowed = byRole().expectations.filter(({ expected }) => expected === "allowed");

    expect(allowed.map(({ id }) => id)).toEqual(["vendor-can-assume-role", "vendor-can-list", "vendor-can-put", "vendor-can-delete"]);
    expect(allowed.every(({ actor }) => actor === "vendor")).toBe(true);
  });

  test("expects nobody else to assume the role", () => {
    expect(idsOf(byRole())).toEqual(
      expect.arrayContaining([
        "stranger-in-vendor-account-cannot-assume-role",
        "stranger-cannot-assume-role",
        "anonymous-cannot-assume-role",
      ]),
    );
  });

  test("expects the vendor to be refused without its external ID, where there is one", () => {
    const id = "vendor-cannot-assume-role-without-external-id";

    expect(expectationOf(byRole({ externalIds: ["a1"] }), id)).toMatchObject({ actor: "vendorWithoutExternalId", expected: "denied" });
    expect(expectationOf(byRole(), id)).toBeUndefined();
  });

  test("expects nothing of other principals in the vendor's account where the whole account is trusted", () => {
    const contract = byRole({ vendorPrincipals: ["arn:aws:iam::222222222222:root"] });

    expect(idsOf(contract).filter((id) => id.startsWith("stranger-in-vendor-account"))).toEqual([]);
  });

  test("expects plain HTTP to be refused", () => {
    expect(expectationOf(byRole(), "vendor-cannot-put-over-http")).toMatchObject({
      context: { "aws:SecureTransport": "false" },
      expected: "denied",
    });
  });

  test("expects another bucket to be out of reach", () => {
    expect(expectationOf(byRole(), "vendor-cannot-put-into-another-bucket")).toMatchObject({
      resource: "arn:aws:s3:::b-kandji-other/vendor-destination-validation",
      expected: "denied",
    });
  });

  test("expects the vendor not to get, and not to leave its prefix, when it is granted the least", () => {
    const granted = { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:DeleteObject"] };
    const contract = byRole({ granted, keyPrefixes: ["activity/"], limitedToPrefixes: true });

    expect(expectationOf(contract, "vendor-cannot-get")).toMatchObject({
      resource: "arn:aws:s3:::b-kandji/activity/vendor-destination-validation",
    });
    expect(expectationOf(contract, "vendor-cannot-put-outside-prefix")).toMatchObject({ expected: "denied" });
    expect(contract.granted?.objects).toEqual(["arn:aws:s3:::b-kandji/activity/*"]);
  });

  test("says in its titles who cannot do what", () => {
    const titles = byRole()
      .expectations.filter(({ actor }) => actor === "anonymous")
      .map(({ title }) => title);

    expect(titles).toEqual([
      "an anonymous caller cannot assume the role",
      "an anonymous caller cannot put an object",
      "an anonymous caller cannot get an object",
      "an anonymous caller cannot list the bucket",
    ]);
  });

  test("does not forbid what the documented grant allows", () => {
    expect(idsOf(byRole())).not.toContain("vendor-cannot-get");
  });
});

describe("the contract of a vendor that the bucket policy names", () => {
  test("expects each action below each prefix", () => {
    const allowed = byBucketPolicy().expectations.filter(({ expected }) => expected === "allowed");

    expect(allowed.map(({ id, resource }) => [id, resource.replace("arn:aws:s3:::b-kandji", "")])).toEqual([
      ["vendor-can-list", ""],
      ["vendor-can-put", "/packs/vendor-destination-validation"],
      ["vendor-can-put-2", "/audit/vendor-destination-validation"],
      ["vendor-can-set-acl", "/packs/vendor-destination-validation"],
      ["vendor-can-set-acl-2", "/audit/vendor-destination-validation"],
    ]);
  });

  test("expects the vendor not to get and not to delete", () => {
    expect(idsOf(byBucketPolicy())).toEqual(expect.arrayContaining(["vendor-cannot-get", "vendor-cannot-delete"]));
  });

  test("says nothing of roles and of other buckets, which a bucket policy cannot open", () => {
    const actions = byBucketPolicy().expectations.map(({ action }) => action);

    expect(actions.filter((action) => action.startsWith("sts:"))).toEqual([]);
    expect(idsOf(byBucketPolicy())).not.toContain("vendor-cannot-put-into-another-bucket");
  });
});

describe("every contract", () => {
  const contracts = [byRole(), byRole({ externalIds: ["a1"] }), byBucketPolicy(), byBucketPolicy({ limitedToPrefixes: true })];

  test("has ids that occur once", () => {
    for (const contract of contracts) {
      const ids = [...contract.expectations, ...contract.posture].map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
    }
  });

  test("keeps strangers and nobody known from put, get and list", () => {
    for (const contract of contracts) {
      for (const who of ["stranger-in-vendor-account", "stranger", "anonymous"]) {
        for (const what of ["put", "get", "list"]) expect(expectationOf(contract, `${who}-cannot-${what}`)?.expected).toBe("denied");
      }
    }
  });

  test("keeps the vendor from the bucket's own settings", () => {
    for (const contract of contracts) {
      expect(idsOf(contract)).toEqual(
        expect.arrayContaining(["vendor-cannot-get-bucket-policy", "vendor-cannot-put-bucket-policy", "vendor-cannot-delete-bucket"]),
      );
    }
  });

  test("is plain JSON", () => {
    for (const contract of contracts) expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
  });
});

describe("the posture", () => {
  const posture = (contract: ReturnType<typeof byRole>) => Object.fromEntries(contract.posture.map(({ id, oneOf }) => [id, oneOf]));

  test("is what Kandji documents", () => {
    expect(posture(byRole())).toEqual({
      "block-public-acls": ["true"],
      "ignore-public-acls": ["true"],
      "block-public-policy": ["true"],
      "restrict-public-buckets": ["true"],
      encryption: ["AES256"],
      "bucket-key": ["true"],
      versioning: ["Disabled"],
      "object-ownership": ["BucketOwnerEnforced"],
    });
  });

  test("has 6sense's regions, wherever the bucket was put", () => {
    expect(posture(byBucketPolicy()).region).toHaveLength(17);
  });

  test("has the chosen region where the vendor documents none", () => {
    const bucket = { name: "b-kandji", arn: "arn:aws:s3:::b-kandji", region: "eu-north-1" };

    expect(posture(byRole({ bucket })).region).toEqual(["eu-north-1"]);
  });
});

test("the cadence is the chosen one, else the documented one", () => {
  expect(byRole().cadence).toEqual({ firstDeliveryWithinMinutes: 120, everyMinutes: 60 });
  expect(byRole({ cadence: { dailyAtUtc: "05:00" } }).cadence).toEqual({ dailyAtUtc: "05:00" });
});
