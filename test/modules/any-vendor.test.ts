/** The module for any vendor describes what `VendorDestination` describes, whatever the profile says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  KandjiDestination,
  SixSenseDestination,
  VendorAccess,
  VendorDestination,
  VendorPermissions,
  VendorPrincipal,
  VendorProfile,
} from "../../lib";
import { cli } from "../cli/run-program";
import { called, described, REGION, stackOf } from "./described";

const PRINCIPAL = "arn:aws:iam::222222222222:role/delivery";

interface Choices {
  readonly profile: any;
  readonly method: string;
  readonly least: boolean;
  readonly prefixes: readonly string[];
  readonly externalIds: readonly string[];
}

function moduleOf({ profile, method, least, prefixes, externalIds }: Choices): string {
  return called("vendor", {
    bucket_name: "acme-logs",
    vendor_profile: profile,
    vendor_principals: [PRINCIPAL],
    access_method: method,
    external_ids: externalIds,
    least_privilege: least,
    key_prefix: prefixes[0] ?? "",
    additional_key_prefixes: prefixes.slice(1),
  });
}

function constructOf({ profile, method, least, prefixes, externalIds }: Choices): string {
  const principals = [VendorPrincipal.roleArn(PRINCIPAL)];
  const ids = externalIds.length === 0 ? {} : { externalIds: [...externalIds] };
  return stackOf(
    (stack) =>
      new VendorDestination(stack, "Logs", {
        bucketName: "acme-logs",
        vendor: VendorProfile.fromJson(profile),
        access: method === "assumedRole" ? VendorAccess.assumedRole({ principals, ...ids }) : VendorAccess.bucketPolicy({ principals }),
        ...(prefixes.length > 0 && { keyPrefix: prefixes[0]!, additionalKeyPrefixes: prefixes.slice(1) }),
        permissions: least ? VendorPermissions.LEAST_PRIVILEGE : VendorPermissions.DOCUMENTED,
      }),
  );
}

const asJson = (profile: VendorProfile) => JSON.parse(JSON.stringify(profile.facts));
const KANDJI = asJson(KandjiDestination.PROFILE);
const SIX_SENSE = asJson(SixSenseDestination.PROFILE);

describe.each<[string, Choices]>([
  ["Kandji", { profile: KANDJI, method: "assumedRole", least: false, prefixes: ["activity"], externalIds: [] }],
  ["Kandji, least privilege", { profile: KANDJI, method: "assumedRole", least: true, prefixes: ["activity/"], externalIds: [] }],
  ["6sense", { profile: SIX_SENSE, method: "bucketPolicy", least: false, prefixes: ["packs", "audit"], externalIds: [] }],
  ["6sense, least privilege", { profile: SIX_SENSE, method: "bucketPolicy", least: true, prefixes: ["packs", "audit"], externalIds: [] }],
])("the profile of %s", (_, choices) => {
  test("gives what the construct gives, and passes the check", async () => {
    const path = moduleOf(choices);

    expect(described(path)).toEqual(described(constructOf(choices)));
    const { code, out } = await cli("check", path);
    expect(out).toMatch(/: \d\d as expected, 0 not, 0 not known; no findings/);
    expect(code).toBe(0);
  });
});

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const permissions = fc.record({
  bucketActions: fc.subarray(["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucket*"]),
  objectActions: fc.subarray(["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:Abort*"]),
});
const named = fc.record({
  bucketActions: fc.subarray(["s3:ListBucket"]),
  objectActions: fc.constant(["s3:PutObject"]),
});
const PROFILES = fc.record(
  {
    documentedPermissions: permissions.filter(({ objectActions }) => objectActions.includes("s3:PutObject")),
    leastPermissions: optional(permissions.filter(({ objectActions }) => objectActions.includes("s3:PutObject"))),
    exercisedPermissions: optional(named),
    documentedGrantEndsAtPrefix: optional(fc.boolean()),
    regions: optional(fc.constant([REGION, "us-east-1"])),
    encryptions: optional(fc.constant(["AES256"])),
    bucketKey: optional(fc.boolean()),
    versioning: optional(fc.constantFrom("Disabled", "Enabled")),
    vendorFolder: optional(fc.constant("segment-logs/")),
    cadence: optional(fc.record({ everyMinutes: fc.integer({ min: 1, max: 100 }), lateByMinutes: fc.integer({ min: 0, max: 9 }) })),
    acceptedFindings: optional(
      fc.subarray(["R-wild", "R-ver"]).map((codes) => codes.map((code) => ({ code, reason: "documented", source: "https://example.com" }))),
    ),
  },
  { requiredKeys: ["documentedPermissions"] },
);
const CHOICES: fc.Arbitrary<Choices> = fc
  .record({
    facts: PROFILES,
    method: fc.constantFrom("assumedRole", "bucketPolicy"),
    least: fc.boolean(),
    prefixes: fc.subarray(["a", "b/c", "d/"]),
    ids: fc.subarray(["id-1", "id-2"]),
  })
  .map(({ facts, ids, ...choices }) => ({
    ...choices,
    externalIds: choices.method === "assumedRole" ? ids : [],
    profile: JSON.parse(JSON.stringify({ ...BASE, ...facts })),
  }));
const BASE = {
  id: "acme-logs",
  vendorName: "Acme",
  product: "Log delivery",
  documentation: "https://docs.example.com/s3",
  accessMethods: ["assumedRole", "bucketPolicy"],
  externalId: "optional",
  facts: [],
};

test("any profile gives what the construct gives", () => {
  fc.assert(
    fc.property(CHOICES, (choices) => {
      // Stacks that the construct refuses for other reasons have no counterpart.
      let construct: string;
      try {
        construct = constructOf(choices);
      } catch (error) {
        return fc.pre(!(error instanceof Error));
      }
      expect(described(moduleOf(choices))).toEqual(described(construct));
    }),
    { numRuns: 25, seed: 15 },
  );
});
