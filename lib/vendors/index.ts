/** The vendors that are known, as data. */

import { KANDJI_PROFILE } from "./kandji-profile";
import { SIX_SENSE_PROFILE } from "./six-sense-profile";
import type { VendorProfile } from "./vendor-profile";

export const VENDOR_PROFILES: readonly VendorProfile[] = [KANDJI_PROFILE, SIX_SENSE_PROFILE];

/** The profile of that id, whatever the case. */
export function findVendor(id: string): VendorProfile | undefined {
  return VENDOR_PROFILES.find(({ facts }) => facts.id === id.toLowerCase());
}
export {
  BucketEncryption,
  BucketVersioning,
  ConnectionValue,
  ExternalIdUse,
  ObjectOwnership,
  VendorAccessMethod,
  type VendorCadence,
  type VendorPermissionSet,
  VendorPermissions,
  VendorProfile,
  type VendorProfileProps,
} from "./vendor-profile";
