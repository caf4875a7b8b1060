/** The terms of a delivery: what the vendor documents and what the user chose. Policies are not read. */
import { type Cadence, CONTRACT_SCHEMA_VERSION, type ContractParties, type ContractTerms, type PermissionSet } from "../types";

/** What a contract needs to know about a vendor; the facts of every vendor profile have it. */
export interface VendorFacts {
  readonly id: string;
  readonly vendorName: string;
  readonly product: string;
  readonly documentation: string;
  readonly encryptions?: readonly string[];
  readonly bucketKey?: boolean;
  /** The documented versioning state; absent where the vendor does not document one. */
  readonly versioning?: string;
  readonly regions?: readonly string[];
  readonly cadence?: Cadence;
}

/** What the user chose. Texts can be Terraform expressions. */
export interface ContractChoices extends Omit<ContractParties, "schemaVersion" | "vendor" | "cadence"> {
  /** Where the vendor delivers: prefixes that end in a slash, or none for the whole bucket. */
  readonly keyPrefixes: readonly string[];
  /** Whether the grant covers these prefixes only. */
  readonly limitedToPrefixes: boolean;
  /** What the grant allows. */
  readonly granted: PermissionSet;
  /** What the vendor does in a delivery. */
  readonly exercised: PermissionSet;
  readonly posture: {
    readonly encryption: string;
    readonly versioning: string;
    readonly objectOwnership: string;
  };
  /** When deliveries are due, if that depends on a choice of the user. */
  readonly cadence?: Cadence;
}

/** The terms of one destination. */
export function contractTerms(vendor: VendorFacts, choices: ContractChoices): ContractTerms {
  const { posture, limitedToPrefixes, granted, exercised, cadence = vendor.cadence ?? {}, ...parties } = choices;
  return {
    ...parties,
    schemaVersion: CONTRACT_SCHEMA_VERSION,
    vendor: { id: vendor.id, name: vendor.vendorName, product: vendor.product, documentation: vendor.documentation },
    granted: { bucketActions: granted.bucketActions, objectActions: granted.objectActions, endsAtPrefix: limitedToPrefixes },
    exercised: { bucketActions: exercised.bucketActions, objectActions: exercised.objectActions },
    settings: settingsOf(vendor, choices),
    cadence,
  };
}

function settingsOf(vendor: VendorFacts, { bucket, posture }: ContractChoices): ContractTerms["settings"] {
  const settings: { documented: Record<string, readonly string[]>; chosen: Record<string, readonly string[]> } = {
    documented: {},
    chosen: {},
  };
  const add = (name: string, documented: readonly string[] | undefined, chosen: string | undefined) => {
    if (documented !== undefined) settings.documented[name] = documented;
    else if (chosen !== undefined) settings.chosen[name] = [chosen];
  };
  add("encryption", vendor.encryptions, posture.encryption);
  add("bucketKeyEnabled", vendor.bucketKey ? ["true"] : undefined, undefined);
  add("versioning", vendor.versioning === undefined ? undefined : [posture.versioning], posture.versioning);
  add("objectOwnership", undefined, posture.objectOwnership);
  add("region", vendor.regions, bucket.region);
  return settings;
}
