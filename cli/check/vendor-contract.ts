import { type AccessMethod, accountOf, contractTerms, type DeliveryContract, deriveContract } from "../../lib/contract";
import type { Estate, PlannedBucket, PlannedRole } from "../../lib/plan";
import { hasUnknown, showUnknown } from "../../lib/unknown";
import { findVendor, VENDOR_PROFILES, VendorPermissions, type VendorProfile } from "../../lib/vendors";
import {
  bucketIsNotNamed,
  invalidOption,
  optionOfAnotherVendor,
  roleIsNotNamed,
  unknownBucket,
  unknownVendor,
  vendorRoleGivenTwice,
  vendorRoleIsMissing,
} from "../errors";
import { accountId, optionName } from "../options";
import type { Assignment } from "./models";

/** What the user says of a destination that has no contract. */
export interface VendorOptions {
  readonly vendor: string;
  readonly bucket?: string;
  readonly role?: string;
  readonly vendorAccountId?: string;
  readonly vendorRoleName?: string;
  readonly vendorRoleArn?: string;
  readonly externalId: readonly string[];
  readonly destinationPath?: string;
  readonly dataPacksPath?: string;
  readonly auditLogsPath?: string;
  readonly leastPrivilege: boolean;
}

/** The options that mean nothing without `--vendor`. */
export const VENDOR_OPTION_NAMES = [
  "bucket",
  "role",
  "vendorAccountId",
  "vendorRoleName",
  "vendorRoleArn",
  "externalId",
  "destinationPath",
  "dataPacksPath",
  "auditLogsPath",
  "leastPrivilege",
] as const satisfies readonly (keyof VendorOptions)[];

/** The contract and the account that it is about. Throws `UsageError` where the options do not say enough. */
export function vendorContract(options: VendorOptions, estate: Estate): Assignment {
  const profile = findVendor(options.vendor);
  if (profile === undefined) {
    throw unknownVendor(
      options.vendor,
      VENDOR_PROFILES.map(({ facts }) => facts.id),
    );
  }
  const door = profile.facts.accessMethods[0]! as AccessMethod;
  const bucket = findBucket(options.bucket, estate);
  const partition = bucket?.arn.split(":")[1] ?? "aws";
  const principal = vendorPrincipal(options, partition);
  refuseForeignOptions(options, door);
  const role = door === "assumedRole" ? findRole(options.role, principal, { estate, bucket }) : undefined;
  const contract = derive(profile, options, { door, partition, bucket, role, principal });
  const part = bucket?.part ?? estate.parts[0]?.name;
  return { contract, location: bucket?.location ?? { file: part ?? estate.name }, ...(part !== undefined && { part }) };
}

const OPTIONS_OF: Readonly<Record<string, readonly (keyof VendorOptions)[]>> = {
  kandji: ["destinationPath"],
  "6sense": ["dataPacksPath", "auditLogsPath"],
};

/** Refuses an option of another vendor, which would have no effect. */
function refuseForeignOptions(options: VendorOptions, door: AccessMethod): void {
  const own = OPTIONS_OF[options.vendor.toLowerCase()] ?? [];
  const wrong = [...Object.values(OPTIONS_OF).flat(), ...(door === "bucketPolicy" ? (["role"] as const) : [])].find(
    (name) => options[name] !== undefined && !own.includes(name),
  );
  if (wrong !== undefined) throw optionOfAnotherVendor(optionName(wrong), options.vendor);
}

interface Found {
  readonly door: AccessMethod;
  readonly partition: string;
  readonly bucket: PlannedBucket | undefined;
  readonly role: PlannedRole | undefined;
  readonly principal: string;
}

function derive(profile: VendorProfile, options: VendorOptions, { door, partition, bucket, role, principal }: Found): DeliveryContract {
  const { facts } = profile;
  const permissions = options.leastPrivilege ? VendorPermissions.LEAST_PRIVILEGE : VendorPermissions.DOCUMENTED;
  const name = bucket?.name ?? options.bucket!;
  const paths = [options.destinationPath, options.dataPacksPath, options.auditLogsPath].filter((path) => path !== undefined);
  const keyPrefixes = paths.includes("") ? [] : paths.map((path) => `${path.replace(/^\/+|\/+$/g, "")}/${facts.vendorFolder ?? ""}`);
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
    vendorPrincipals: [principal],
    externalIds: options.externalId,
    keyPrefixes,
    limitedToPrefixes: (options.leastPrivilege || facts.documentedGrantEndsAtPrefix === true) && keyPrefixes.length > 0,
    granted: profile.permissionSet(permissions),
    exercised: profile.exercised,
    // What the vendor does not document is as the plan has it.
    posture: {
      encryption: bucket?.encryption ?? "AES256",
      versioning: facts.versioning ?? bucket?.versioning ?? "Disabled",
      objectOwnership: profile.requiredOwnership ?? ownOwnership(bucket),
    },
    accepted: acceptedFindings(profile, permissions, name),
  });
  return deriveContract(terms);
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
  const ownership = bucket?.objectOwnership ?? "BucketOwnerEnforced";
  return ownership === "ObjectWriter" ? "BucketOwnerEnforced" : ownership;
}

function findBucket(name: string | undefined, { buckets }: Estate): PlannedBucket | undefined {
  // Of a bucket that is only named in a policy, no more than the name is known.
  const defined = buckets.filter(({ isReferenced }) => !isReferenced);
  const candidates = defined.length > 0 ? defined : buckets;
  if (name !== undefined) {
    const found = candidates.find((bucket) => bucket.name === name || bucket.address === name);
    if (found === undefined && candidates.length > 0 && candidates.every((bucket) => !hasUnknown(bucket.name))) {
      throw unknownBucket(
        name,
        candidates.map((bucket) => bucket.name),
      );
    }
    return found;
  }
  if (candidates.length === 1) return candidates[0]!;
  throw bucketIsNotNamed(candidates.map((bucket) => showUnknown(bucket.name)));
}

/** The one that is named, in the account of the bucket where several are; else the only one that trusts the vendor; else the only one. */
function findRole(
  name: string | undefined,
  principal: string,
  { estate: { roles }, bucket }: { readonly estate: Estate; readonly bucket: PlannedBucket | undefined },
): PlannedRole | undefined {
  if (name !== undefined) {
    const named = roles.filter((role) => role.name === name || role.address === name);
    return named.find(({ account }) => account === bucket?.account) ?? named[0];
  }
  const account = accountOf(principal);
  const trusting = roles.filter(({ trustPolicy: { text = "" } }) => text.includes(`"${principal}"`));
  const near = roles.filter(({ trustPolicy: { text = "" } }) => account !== undefined && text.includes(account));
  for (const candidates of [trusting, near, roles]) if (candidates.length === 1) return candidates[0];
  throw roleIsNotNamed(roles.map((role) => showUnknown(role.name)));
}

function vendorPrincipal({ vendorRoleArn, vendorAccountId, vendorRoleName }: VendorOptions, partition: string): string {
  const remedy = "copy it from the vendor's screen";
  if (vendorRoleArn !== undefined) {
    if ((vendorAccountId ?? vendorRoleName) !== undefined) throw vendorRoleGivenTwice();
    if (/^arn:[a-z-]+:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(vendorRoleArn)) return vendorRoleArn;
    throw invalidOption({ name: "--vendor-role-arn", rule: "must be the ARN of an IAM role or user", got: vendorRoleArn, remedy });
  }
  if (vendorAccountId === undefined || vendorRoleName === undefined) throw vendorRoleIsMissing();
  if (!/^[\w+=,.@/-]+$/.test(vendorRoleName))
    throw invalidOption({ name: "--vendor-role-name", rule: "must be the name of an IAM role", got: vendorRoleName, remedy });
  return `arn:${partition}:iam::${accountId({ name: "--vendor-account-id", value: vendorAccountId })}:role/${vendorRoleName}`;
}
