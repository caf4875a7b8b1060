/** Writes down the terms of a delivery: what the vendor documents, and what the user chose. No policy is looked at. */
import type { VendorPermissionSet, VendorProfileProps } from "../../vendors";
import { type Cadence, CONTRACT_SCHEMA_VERSION, type ContractParties, type ContractTerms } from "../types";

/** What the user chose, and where it lies. Texts may be Terraform expressions. */
export interface ContractChoices extends Omit<ContractParties, "schemaVersion" | "vendor" | "cadence"> {
  /** Where the vendor delivers: empty for the whole bucket, else prefixes with a slash at the end. */
  readonly keyPrefixes: readonly string[];
  /** Whether the grant ends at these prefixes. */
  readonly limitedToPrefixes: boolean;
  /** What the grant allows. */
  readonly granted: VendorPermissionSet;
  /** What the vendor will do. */
  readonly exercised: VendorPermissionSet;
  readonly posture: {
    readonly encryption: string;
    readonly versioning: string;
    readonly objectOwnership: string;
  };
  /** When deliveries are due, where that follows from what was chosen. */
  readonly cadence?: Cadence;
}

/** The terms of one destination. */
export function contractTerms(vendor: VendorProfileProps, choices: ContractChoices): ContractTerms {
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

function settingsOf(vendor: VendorProfileProps, { bucket, posture }: ContractChoices): ContractTerms["settings"] {
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
  add("versioning", vendor.versioning && [posture.versioning], posture.versioning);
  add("objectOwnership", undefined, posture.objectOwnership);
  add("region", vendor.regions, bucket.region);
  return settings;
}
