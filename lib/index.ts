export { ConnectionDetails, ConnectionDetailsProps, ConnectionField } from "./connection-details";
export { DeliveryEventSource, DeliveryEvents, DeliveryEventsProps } from "./delivery-events";
export { DestinationBucket } from "./destination-bucket";
export { DestinationBucketProps } from "./destination-bucket-props";
export { DestinationValidation, DestinationValidationProps, ValidationMode, ValidationOptions } from "./destination-validation";
export { AssumedRoleOptions, BucketPolicyOptions, VendorAccess, VendorPrincipal } from "./vendor-access";
export { VendorDestination } from "./vendor-destination";
export { DestinationOptions, VendorDestinationProps } from "./vendor-destination-props";
export { VendorRole, VendorRoleProps } from "./vendor-role";
export { KandjiDestination, KandjiDestinationProps } from "./vendors/kandji";
export {
  AuditLogFrequency,
  SixSenseAuditLogs,
  SixSenseDataPacks,
  SixSenseDestination,
  SixSenseDestinationProps,
} from "./vendors/six-sense";
export {
  BucketEncryption,
  BucketVersioning,
  ConnectionFormField,
  ConnectionValue,
  ExternalIdUse,
  ObjectOwnership,
  VendorAcceptedFinding,
  VendorAccessMethod,
  VendorCadence,
  VendorFact,
  VendorPermissionSet,
  VendorPermissions,
  VendorProfile,
  VendorProfileProps,
} from "./vendors/vendor-profile";
