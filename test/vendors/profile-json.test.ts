/** A profile from JSON is held to the same rules as one from code, and to those that a compiler would have checked. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VendorProfile } from "../../lib";
import { VENDOR_PROFILES } from "../../lib/vendors";
import { ACME_PROFILE, acmeWith } from "./acme-profile";

test("a profile from JSON is the one from code", () => {
  const profile = VendorProfile.fromJson({ $schema: "vendor-profile.schema.json", ...ACME_PROFILE });

  expect(profile.facts).toEqual(ACME_PROFILE);
  expect(profile.facts).toEqual(VendorProfile.of(ACME_PROFILE as never).facts);
});

test.each(VENDOR_PROFILES.map((profile) => [profile.facts.id, profile] as const))("the profile of %s survives JSON", (_, profile) => {
  expect(VendorProfile.fromJson(JSON.parse(JSON.stringify(profile.facts)))).toEqual(profile);
});

test("a profile with the required members alone is enough", () => {
  const { id, vendorName, product, documentation, accessMethods, documentedPermissions, facts } = ACME_PROFILE;

  expect(VendorProfile.fromJson({ id, vendorName, product, documentation, accessMethods, documentedPermissions, facts }).exercised).toEqual(
    {
      bucketActions: ["s3:ListBucket"],
      objectActions: ["s3:PutObject"],
    },
  );
});

test("the profile in docs/check.md is one", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "check.md"), "utf8");
  const [, text] = page.match(/^```json\n([\s\S]*?)^```$/m)!;

  expect(VendorProfile.fromJson(JSON.parse(text!)).facts.id).toBe("acme-logs");
});

describe("fails, and names the member,", () => {
  test.each([
    ["vendorName", undefined, "MissingProp: 'vendorName'"],
    ["id", "Acme Logs", "MalformedProfile: 'id'"],
    ["bucketkey", true, "UnknownMember: 'bucketkey'"],
    ["toString", true, "UnknownMember: 'toString'"],
    ["cadence.everyMinute", 60, "UnknownMember: 'cadence.everyMinute'"],
    ["facts[0].page", "x", "UnknownMember: 'facts[0].page'"],
    ["sources[0].date", "2026-08-21", "UnknownMember: 'sources[0].date'"],
    ["sources[0].readOn", undefined, "MissingProp: 'sources[0].readOn'"],
    ["sources[0].readOn", "2026-02-30", "MalformedDay: 'sources[0].readOn'"],
    ["documentedPermissions.actions", [], "UnknownMember: 'documentedPermissions.actions'"],
    ["accessMethods", [], "EmptyList: 'accessMethods'"],
    ["accessMethods[0]", "assumed-role", "UnknownValue: 'accessMethods[0]'"],
    ["documentedPermissions", "s3:*", "WrongType: 'documentedPermissions'"],
    ["bucketKey", "true", "WrongType: 'bucketKey'"],
    ["cadence.dailyAtUtc", "5:00", "MalformedTime: 'cadence.dailyAtUtc'"],
    ["documentedPermissions.objectActions[0]", "PutObject", "UnknownAction: 'documentedPermissions.objectActions[0]'"],
    ["documentedPermissions.objectActions[0]", "s3:PutObjct", "UnknownAction: 'documentedPermissions.objectActions[0]'"],
    ["documentedPermissions.objectActions[0]", "s3:putobject", "UnknownAction: 'documentedPermissions.objectActions[0]'"],
    ["documentedPermissions.objectActions[0]", "S3:*", "UnknownAction: 'documentedPermissions.objectActions[0]'"],
    ["documentedPermissions.objectActions[0]", "*", "UnknownAction: 'documentedPermissions.objectActions[0]'"],
    ["documentedPermissions.objectActions[0]", "s3:ListBucket", "UnknownAction: 'documentedPermissions.objectActions[0]'"],
    ["documentedPermissions.bucketActions[0]", "s3:PutObject", "UnknownAction: 'documentedPermissions.bucketActions[0]'"],
    ["documentedPermissions.bucketActions[0]", "s3:ListAllMyBuckets", "UnknownAction: 'documentedPermissions.bucketActions[0]'"],
    ["exercisedPermissions.objectActions[0]", "s3:Put*", "WildcardAction: 'exercisedPermissions.objectActions[0]'"],
    ["publishedPrincipals.us", "delivery", "MalformedPrincipal: 'publishedPrincipals.us'"],
  ])("where %s is %j", (path, value, message) => {
    expect(() => VendorProfile.fromJson(acmeWith(path, value))).toThrow(message);
  });

  test("where a member is misspelt, with the one that is meant", () => {
    expect(() => VendorProfile.fromJson({ ...ACME_PROFILE, vendorNam: "Acme" })).toThrow("; write 'vendorName'");
    expect(() => VendorProfile.fromJson({ ...ACME_PROFILE, qzqzqz: "Acme" })).toThrow("; use one of id, vendorName, ");
  });

  test.each(["acme.json", '{ "id": "acme" }'])("where it is the text %j", (text) => {
    expect(() => VendorProfile.fromJson(text)).toThrow(/^WrongType: 'json' must be an object, not a path or a text, .*JSON\.parse/);
  });

  test.each([[null], [1], [[]], [undefined]])("where the whole is %j", (value) => {
    expect(() => VendorProfile.fromJson(value)).toThrow("WrongType: 'props' must be an object");
  });

  test("where nothing would be expected of the vendor", () => {
    const { exercisedPermissions: _, ...rest } = ACME_PROFILE;
    const wildcards = { bucketActions: [], objectActions: ["s3:*"] };

    expect(() => VendorProfile.fromJson({ ...rest, documentedPermissions: wildcards })).toThrow("NothingExercised: 'exercisedPermissions'");
    expect(() => VendorProfile.fromJson({ ...rest, exercisedPermissions: { bucketActions: [], objectActions: [] } })).toThrow(
      "NothingExercised: 'exercisedPermissions'",
    );
  });
});
