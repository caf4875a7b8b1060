/** Vendors that have a profile and no construct of their own: each profile is sourced, works in a stack, and judges one without a contract. */
import { describe, expect, test } from "vitest";
import {
  KandjiDestination,
  KnownVendors,
  SixSenseDestination,
  VendorAccess,
  VendorDestination,
  VendorPrincipal,
  VendorProfile,
  type VendorProfileProps,
} from "../../lib";
import { VENDOR_PROFILES } from "../../lib/vendors";
import { cli, folder } from "../cli/run-program";
import { newStack, synthesize } from "../constructs/synthesized";
import { acmeWith } from "./acme-profile";

const PROFILES = Object.values(KnownVendors) as VendorProfile[];
const EXTERNAL_ID = "customer-42";
/** Of a vendor that publishes no principal. */
const SHOWN = "arn:aws:iam::444455556666:role/delivery";

const siteOf = ({ publishedPrincipals = {} }: VendorProfileProps): string | undefined => Object.keys(publishedPrincipals)[0];

/** A destination of the vendor, as Terraform that was written by hand: without the contract. */
function written(profile: VendorProfile): object {
  const { accessMethods, bucketNamePrefix = "", externalId, regions } = profile.facts;
  const site = siteOf(profile.facts);
  const region = regions?.[0] ?? "eu-west-1";
  const principals = [site === undefined ? VendorPrincipal.roleArn(SHOWN) : VendorPrincipal.published(profile, site)];
  const externalIds = externalId === "required" ? { externalIds: [EXTERNAL_ID] } : {};
  const isRole = accessMethods[0] === "assumedRole";
  const stack = newStack(region);
  new VendorDestination(stack, "Destination", {
    vendor: profile,
    access: isRole ? VendorAccess.assumedRole({ principals, ...externalIds }) : VendorAccess.bucketPolicy({ principals }),
    bucketName: `${bucketNamePrefix}acme-logs`,
    keyPrefix: "team",
    region,
  });
  const { output: _, ...json } = synthesize(stack).json;
  const { terraform_data: __, ...resource } = json.resource;
  return { ...json, resource };
}

async function check(stack: object, profile: VendorProfile, ...options: string[]) {
  const path = folder({ "main.tf.json": stack });
  const { code, out, err } = await cli("check", "--format", "json", "--vendor", profile.facts.id, "--key-prefix", "team", ...options, path);
  return { code, err, report: out === "" ? undefined : JSON.parse(out) };
}

const principal = ({ facts }: VendorProfile) => ["--vendor-principal", siteOf(facts) ?? SHOWN];
const externalId = ({ facts }: VendorProfile) => (facts.externalId === "required" ? ["--external-id", EXTERNAL_ID] : []);

test("each has an id of its own, and is known to the program", () => {
  expect(new Set(PROFILES.map(({ facts }) => facts.id)).size).toBe(PROFILES.length);
  expect(VENDOR_PROFILES).toEqual([KandjiDestination.PROFILE, SixSenseDestination.PROFILE, ...PROFILES]);
  expect(PROFILES.length).toBeGreaterThan(12);
});

describe.each(PROFILES.map((profile) => [profile.facts.id, profile] as const))("%s", (_, profile) => {
  const { facts } = profile;

  test("has a source for each fact, and says what is not documented", () => {
    const sources = [facts.documentation, ...facts.facts, ...(facts.acceptedFindings ?? [])].map((fact) =>
      typeof fact === "string" ? fact : fact.source,
    );

    expect(sources.filter((source) => !/^https:\/\/\S+$/.test(source))).toEqual([]);
    expect(facts.sources!.map(({ url }) => url).sort(), "each page is in 'sources' once").toEqual([...new Set(sources)].sort());
    expect(facts.facts.length).toBeGreaterThan(1);
    expect(facts.unknowns!.length).toBeGreaterThan(0);
  });

  test("a destination of the construct passes the check by the profile alone", async () => {
    const { code, report, err } = await check(written(profile), profile, ...principal(profile), ...externalId(profile));

    expect(err).toBe("");
    const [destination] = report.destinations;
    expect(destination.results.filter(({ outcome }: { outcome: string }) => outcome !== "pass")).toEqual([]);
    expect(destination.results.length).toBeGreaterThan(20);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  test("a destination that lets another account in fails it", async () => {
    const { code } = await check(written(profile), profile, "--vendor-principal", "999999999999", ...externalId(profile));

    expect(code).toBe(1);
  });
});

const ASKING = PROFILES.filter(({ facts }) => facts.externalId === "required").map((profile) => [profile.facts.id, profile] as const);

test.each(ASKING)("%s: an external ID is asked for, and another one fails the check", async (_, profile) => {
  const without = await check(written(profile), profile, ...principal(profile));
  const another = await check(written(profile), profile, ...principal(profile), "--external-id", "customer-43");

  expect(without.code).toBe(2);
  expect(without.err).toContain("'--external-id' must be given");
  expect(another.code).toBe(1);
});

describe("VendorPrincipal.published", () => {
  test("is an account, a role or a user, as the vendor publishes it", () => {
    const root = VendorProfile.fromJson(acmeWith("publishedPrincipals", { eu: "arn:aws:iam::444455556666:root" }));
    expect(VendorPrincipal.published(root).arn("aws")).toBe("arn:aws:iam::444455556666:root");
    expect(VendorPrincipal.published(KnownVendors.DATADOG_LOG_ARCHIVES, "ap1").arn("aws")).toBe("arn:aws:iam::417141415827:root");
    expect(VendorPrincipal.published(KnownVendors.POSTHOG_BATCH_EXPORTS, "eu").kind).toBe("role");
    expect(VendorPrincipal.published(KnownVendors.CLOUDFLARE_LOGPUSH).kind).toBe("user");
  });

  test.each([
    [
      "another site",
      KnownVendors.DATADOG_LOG_ARCHIVES,
      "eu9",
      /^UnknownSite: 'site' must be a site for which Datadog publishes a principal \(us1, /,
    ],
    ["no site, of several", KnownVendors.DATADOG_LOG_ARCHIVES, undefined, /^UnknownSite: /],
    ["a name of every object", KnownVendors.DATADOG_LOG_ARCHIVES, "toString", /^UnknownSite: /],
    [
      "a vendor that publishes none",
      KnownVendors.BRAZE_CURRENTS,
      undefined,
      /^UnknownSite: 'site' cannot name a principal, because Braze publishes none/,
    ],
  ])("fails for %s", (_, profile, site, message) => {
    expect(() => VendorPrincipal.published(profile, site)).toThrow(message);
  });
});
