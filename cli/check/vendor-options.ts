/** What the user says about a destination without a contract, and the options that apply to its vendor. */
import type { AccessMethod } from "../../lib/contract";
import { brokenKeyPrefixRule } from "../../lib/names";
import { ExternalIdUse, type VendorProfile } from "../../lib/vendors";
import {
  accessMethodIsNotNamed,
  externalIdIsMissing,
  externalIdIsNotUsed,
  invalidOption,
  optionOfAnotherVendor,
  optionOfAssumedRole,
  undocumentedAccessMethod,
} from "../errors";
import { flag, optionName, text, texts, withChoices } from "../options";

export interface VendorOptions {
  /** ID of a vendor with a profile in this package. */
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

/** The options that have no effect without `--vendor` or `--vendor-profile`. */
export const VENDOR_OPTIONS = {
  bucket: text("<name>", "with a vendor: the bucket (default: the only one)"),
  role: text("<name>", "with a vendor: the role that it assumes (default: the one that trusts it)"),
  accessMethod: withChoices(
    ["assumedRole", "bucketPolicy"] satisfies AccessMethod[],
    text("<method>", "with a vendor: how it reaches the bucket (default: the only method that it documents)"),
  ),
  vendorPrincipal: texts(
    "<principal>",
    "with a vendor: its principal, as an ARN, an account ID, or a site of the profile's publishedPrincipals " +
      "(default: the only one there); may be given several times",
  ),
  vendorAccountId: text("<id>", "with a vendor: the vendor's AWS account"),
  vendorRoleName: text("<name>", "with a vendor: the name of the vendor's role"),
  vendorRoleArn: text("<arn>", "with a vendor: the ARN of the vendor's role, in place of account and name"),
  externalId: texts("<id>", "with a vendor: an external ID that the vendor sends; may be given several times"),
  keyPrefix: texts("<path>", "with any other vendor: where it delivers (default: the whole bucket); may be given several times"),
  destinationPath: text("<path>", "with --vendor kandji: the destination path"),
  dataPacksPath: text("<path>", "with --vendor 6sense: the file path of data packs"),
  auditLogsPath: text("<path>", "with --vendor 6sense: the file path of audit logs"),
  leastPrivilege: flag("with a vendor: expect the least permissions, not the documented ones"),
};

export const VENDOR_OPTION_NAMES = Object.keys(VENDOR_OPTIONS) as readonly (keyof typeof VENDOR_OPTIONS)[];

/** The paths that the forms of vendors with options of their own ask for. Every other vendor has `--key-prefix`. */
const PATHS_OF: Readonly<Record<string, readonly ("destinationPath" | "dataPacksPath" | "auditLogsPath" | "keyPrefix")[]>> = {
  kandji: ["destinationPath"],
  "6sense": ["dataPacksPath", "auditLogsPath"],
};
const PATHS = [...Object.values(PATHS_OF).flat(), "keyPrefix"] as const;

/** Whether the vendor has its own options. The profile alone describes every other vendor. */
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

/** The access method that the user names, otherwise the only one that the vendor documents. */
export function accessMethodOf({ facts }: VendorProfile, { accessMethod }: VendorOptions): AccessMethod {
  const documented: readonly string[] = facts.accessMethods;
  if (accessMethod === undefined && documented.length > 1) throw accessMethodIsNotNamed(facts.vendorName, documented);
  const method = accessMethod ?? documented[0]!;
  if (!documented.includes(method)) throw undocumentedAccessMethod(method, facts.vendorName, documented);
  return method as AccessMethod;
}

/** Rejects a path that the constructs would reject. */
function checkPaths(options: VendorOptions): void {
  for (const name of PATHS) {
    for (const got of [options[name] ?? []].flat()) {
      const rule = brokenKeyPrefixRule(got);
      if (rule !== undefined)
        throw invalidOption({ name: optionName(name), rule, got, remedy: `write for example ${optionName(name)} archive` });
    }
  }
}

/** Rejects an option of another vendor or access method, which would have no effect, and an external ID that contradicts the profile. */
export function checkVendorOptions(options: VendorOptions, { facts }: VendorProfile, door: AccessMethod): void {
  const own = hasOwnOptions(options) ? PATHS_OF[options.vendor!.toLowerCase()]! : ["keyPrefix"];
  const foreign = PATHS.find((name) => isGiven(options[name]) && !own.includes(name));
  if (foreign !== undefined) throw optionOfAnotherVendor(optionName(foreign), options.vendor ?? facts.id);
  checkPaths(options);
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
