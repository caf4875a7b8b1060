import { type AccessMethod, contractTerms, type DeliveryContract, deriveContract, type PostureExpectation } from "../../lib/contract";
import { AWS_DEFAULTS } from "../../lib/judge";
import type { Estate, PlannedBucket, PlannedRole } from "../../lib/plan";
import { hasUnknown, showUnknown } from "../../lib/unknown";
import { findVendor, nearestVendor, VENDOR_PROFILES, VendorPermissions, type VendorProfile } from "../../lib/vendors";
import { unknownVendor } from "../errors";
import { findBucket, findRole } from "./find-destination";
import type { Assignment } from "./models";
import { accessMethodOf, checkVendorOptions, pathsOf, type VendorOptions } from "./vendor-options";
import { vendorPrincipals } from "./vendor-principals";

/** The profile of a vendor that is known by its name. Throws `UsageError`. */
export function knownProfile(vendor: string): VendorProfile {
  const profile = findVendor(vendor);
  if (profile !== undefined) return profile;
  throw unknownVendor(
    vendor,
    VENDOR_PROFILES.map(({ facts }) => facts.id),
    nearestVendor(vendor),
  );
}

/** The contract for a destination without one, and its location. Throws `UsageError` if the options are not sufficient. */
export function vendorContract(profile: VendorProfile, options: VendorOptions, estate: Estate): Assignment {
  const door = accessMethodOf(profile, options);
  const bucket = findBucket(options.bucket, estate);
  const partition = bucket?.arn.split(":")[1] ?? "aws";
  const principals = vendorPrincipals(profile, options, partition);
  checkVendorOptions(options, profile, door);
  const role = door === "assumedRole" ? findRole(options.role, principals, { estate, bucket }) : undefined;
  const contract = derive(profile, options, { door, partition, bucket, role, principals });
  const part = bucket?.part ?? estate.parts[0]?.name;
  return { contract, location: bucket?.location ?? { file: part ?? estate.name }, ...(part !== undefined && { part }) };
}

interface Found {
  readonly door: AccessMethod;
  readonly partition: string;
  readonly bucket: PlannedBucket | undefined;
  readonly role: PlannedRole | undefined;
  readonly principals: readonly string[];
}

function derive(profile: VendorProfile, options: VendorOptions, { door, partition, bucket, role, principals }: Found): DeliveryContract {
  const { facts } = profile;
  const permissions = options.leastPrivilege ? VendorPermissions.LEAST_PRIVILEGE : VendorPermissions.DOCUMENTED;
  const name = bucket?.name ?? options.bucket!;
  const keyPrefixes = pathsOf(options).map((path) => `${path.replace(/^\/+|\/+$/g, "")}/${facts.vendorFolder ?? ""}`);
  if (keyPrefixes.length === 0 && facts.vendorFolder !== undefined) keyPrefixes.push(facts.vendorFolder);
  const roleName = role?.name ?? options.role ?? "";
  const terms = contractTerms(facts, {
    id: `${facts.id}/${showUnknown(name)}`,
    door,
    partition,
    bucket: {
      name,
      arn: bucket?.arn ?? `arn:${partition}:s3:::${name}`,
      ...(facts.regions && bucket?.region !== undefined && !hasUnknown(bucket.region) && { region: bucket.region }),
    },
    ...(door === "assumedRole" && { role: { name: roleName, arn: role?.arn ?? `arn:${partition}:iam::000000000000:role/${roleName}` } }),
    vendorPrincipals: principals,
    externalIds: options.externalId,
    keyPrefixes,
    limitedToPrefixes: (options.leastPrivilege || facts.documentedGrantEndsAtPrefix === true) && keyPrefixes.length > 0,
    granted: profile.permissionSet(permissions),
    exercised: profile.exercised,
    // For settings that the vendor does not document, the contract expects the values of the plan.
    posture: {
      encryption: bucket?.encryption ?? "AES256",
      versioning: facts.versioning ?? bucket?.versioning ?? "Disabled",
      objectOwnership: profile.requiredOwnership ?? ownOwnership(bucket),
    },
    accepted: acceptedFindings(profile, permissions, name),
  });
  const contract = deriveContract(terms);
  return { ...contract, posture: [...contract.posture, ...nameExpectations(profile, name)] };
}

/** What the vendor documents about the bucket's name. The constructs refuse another name at synthesis. */
function nameExpectations({ facts }: VendorProfile, name: string): PostureExpectation[] {
  const { bucketNamePrefix: prefix, bucketNameWithoutDots, vendorName } = facts;
  const rules = [
    ...(prefix === undefined
      ? []
      : [{ id: "bucket-name-prefix", title: `the bucket's name begins with ${prefix}`, isKept: name.startsWith(prefix) }]),
    ...(bucketNameWithoutDots
      ? [{ id: "bucket-name-without-dots", title: "the bucket's name has no dot", isKept: !name.includes(".") }]
      : []),
  ];
  return rules.map(({ id, title, isKept }) => ({
    id,
    title,
    property: "name",
    oneOf: [isKept && !hasUnknown(name) ? name : title.replace("the bucket's name", "a name that")],
    why: `${vendorName} documents it`,
  }));
}

function acceptedFindings({ facts }: VendorProfile, permissions: VendorPermissions, bucketName: string) {
  const { acceptedFindings: accepted = [], vendorName, documentation } = facts;
  const narrowed = permissions === VendorPermissions.LEAST_PRIVILEGE;
  return [
    ...accepted.filter(({ code }) => !(narrowed && code === "R-wild")),
    ...(bucketName.includes(".")
      ? [{ code: "R-dot", reason: `the bucket's name has a dot, which ${vendorName} does not refuse`, source: documentation }]
      : []),
  ];
}

function ownOwnership(bucket: PlannedBucket | undefined): string {
  const ownership = bucket?.objectOwnership ?? AWS_DEFAULTS.objectOwnership;
  return ownership === "ObjectWriter" ? "BucketOwnerEnforced" : ownership;
}
