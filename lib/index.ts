export { AcceptFindingOptions } from "./accept-finding";
export { ConnectionDetails, ConnectionDetailsProps, ConnectionField } from "./connection-details";
export { DeliveryEventSource, DeliveryEvents, DeliveryEventsProps } from "./delivery-events";
export { DestinationBucket } from "./destination-bucket";
export { DestinationBucketProps } from "./destination-bucket-props";
export { DestinationValidation, DestinationValidationProps, OnUnknown, ValidationMode, ValidationOptions } from "./destination-validation";
export { KandjiDestination, KandjiDestinationProps } from "./kandji-destination";
export {
  AuditLogFrequency,
  SixSenseAuditLogs,
  SixSenseDataPacks,
  SixSenseDestination,
  SixSenseDestinationProps,
} from "./six-sense-destination";
export { AssumedRoleOptions, BucketPolicyOptions, VendorAccess, VendorPrincipal } from "./vendor-access";
export { VendorDestination } from "./vendor-destination";
export { DestinationOptions, VendorDestinationProps } from "./vendor-destination-props";
export { VendorRole, VendorRoleProps } from "./vendor-role";
export {
  BucketEncryption,
  BucketVersioning,
  ConnectionFormField,
  ConnectionValue,
  ExternalIdUse,
  KnownVendors,
  ObjectOwnership,
  VendorAcceptedFinding,
  VendorAccessMethod,
  VendorCadence,
  VendorFact,
  VendorPermissionSet,
  VendorPermissions,
  VendorProfile,
  VendorProfileProps,
  VendorSource,
} from "./vendors";
