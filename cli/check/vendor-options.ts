/** What the user says of a destination that has no contract, and the options that make sense for its vendor. */
import type { AccessMethod } from "../../lib/contract";
import { ExternalIdUse, type VendorProfile } from "../../lib/vendors";
import {
  accessMethodIsNotNamed,
  externalIdIsMissing,
  externalIdIsNotUsed,
  optionOfAnotherVendor,
  optionOfAssumedRole,
  undocumentedAccessMethod,
} from "../errors";
import { optionName } from "../options";

export interface VendorOptions {
  /** Name of a vendor that has a profile here. */
  readonly vendor?: string;
  readonly bucket?: string;
  readonly role?: string;
  readonly accessMethod?: string;
  readonly vendorPrincipal: readonly string[];
  readonly vendorAccountId?: string;
  readonly vendorRoleName?: string;
  readonly vendorRoleArn?: string;
  readonly externalId: readonly string[];
  readonly keyPrefix: readonly string[];
  readonly destinationPath?: string;
  readonly dataPacksPath?: string;
  readonly auditLogsPath?: string;
  readonly leastPrivilege: boolean;
}

/** The options that mean nothing without `--vendor` or `--vendor-profile`. */
export const VENDOR_OPTION_NAMES = [
  "bucket",
  "role",
  "accessMethod",
  "vendorPrincipal",
  "vendorAccountId",
  "vendorRoleName",
  "vendorRoleArn",
  "externalId",
  "keyPrefix",
  "destinationPath",
  "dataPacksPath",
  "auditLogsPath",
  "leastPrivilege",
] as const satisfies readonly (keyof VendorOptions)[];

/** The paths that the forms of vendors with options of their own ask for. Every other vendor has `--key-prefix`. */
const PATHS_OF: Readonly<Record<string, readonly (keyof VendorOptions)[]>> = {
  kandji: ["destinationPath"],
  "6sense": ["dataPacksPath", "auditLogsPath"],
};
const PATHS = [...Object.values(PATHS_OF).flat(), "keyPrefix"] as const;

/** Whether the vendor has options of its own. Every other one is described by its profile alone. */
export function hasOwnOptions({ vendor }: VendorOptions): boolean {
  return vendor !== undefined && Object.hasOwn(PATHS_OF, vendor.toLowerCase());
}

/** Whether an option was given. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** The key prefixes that the user gives: none for the whole bucket. */
export function pathsOf({ destinationPath, dataPacksPath, auditLogsPath, keyPrefix }: VendorOptions): string[] {
  const paths = [destinationPath, dataPacksPath, auditLogsPath, ...keyPrefix].filter((path) => path !== undefined);
  return paths.includes("") ? [] : paths;
}

/** The access method that is asked for, else the only one that the vendor documents. */
export function accessMethodOf({ facts }: VendorProfile, { accessMethod }: VendorOptions): AccessMethod {
  const documented: readonly string[] = facts.accessMethods;
  if (accessMethod === undefined && documented.length > 1) throw accessMethodIsNotNamed(facts.vendorName, documented);
  const method = accessMethod ?? documented[0]!;
  if (!documented.includes(method)) throw undocumentedAccessMethod(method, facts.vendorName, documented);
  return method as AccessMethod;
}

/** Refuses an option of another vendor or access method, which would have no effect, and an external ID that contradicts the profile. */
export function checkVendorOptions(options: VendorOptions, { facts }: VendorProfile, door: AccessMethod): void {
  const own = hasOwnOptions(options) ? PATHS_OF[options.vendor!.toLowerCase()]! : ["keyPrefix"];
  const foreign = PATHS.find((name) => isGiven(options[name]) && !own.includes(name));
  if (foreign !== undefined) throw optionOfAnotherVendor(optionName(foreign), options.vendor ?? facts.id);
  const { externalId, vendorName } = facts;
  if (door === "bucketPolicy") {
    const ofRole = (["role", "externalId"] as const).find((name) => isGiven(options[name]));
    if (ofRole !== undefined) throw optionOfAssumedRole(optionName(ofRole), vendorName);
  } else if (!hasOwnOptions(options)) {
    const isSent = options.externalId.length > 0;
    if (externalId === ExternalIdUse.REQUIRED && !isSent) throw externalIdIsMissing(vendorName);
    if (externalId === ExternalIdUse.NONE && isSent) throw externalIdIsNotUsed(vendorName);
  }
}
