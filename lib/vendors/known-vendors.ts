import { KANDJI_PROFILE } from "./kandji";
import { SIX_SENSE_PROFILE } from "./six-sense";
import type { VendorProfile } from "./vendor-profile";

/** Every vendor that this package has a profile of. */
export const VENDOR_PROFILES: readonly VendorProfile[] = [KANDJI_PROFILE, SIX_SENSE_PROFILE];

/** The profile of that id, whatever the case. */
export function findVendor(id: string): VendorProfile | undefined {
  return VENDOR_PROFILES.find(({ facts }) => facts.id === id.toLowerCase());
}
