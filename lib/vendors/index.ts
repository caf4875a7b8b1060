/** The vendors that are known, as data, and the words that a profile uses. Pure. */
export { ExternalIdUse, VendorAccessMethod } from "./access-method";
export { BucketEncryption, BucketVersioning, ObjectOwnership } from "./bucket-settings";
export type { VendorCadence } from "./cadence";
export { type ConnectionFormField, ConnectionValue } from "./connection-form";
export { KANDJI_PROFILE } from "./kandji";
export { findVendor, KnownVendors, nearestVendor, VENDOR_PROFILES } from "./known-vendors";
export { type VendorPermissionSet, VendorPermissions } from "./permissions";
export { CADENCE_RULES } from "./profile-rules";
export { SIX_SENSE_PROFILE } from "./six-sense";
export { VendorProfile } from "./vendor-profile";
export type { VendorAcceptedFinding, VendorFact, VendorProfileProps, VendorSource } from "./vendor-profile-props";
