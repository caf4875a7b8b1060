import { BucketEncryption, VendorAccessMethod, VendorProfile, type VendorProfileProps } from "../../lib";

/** A vendor that does not exist, with one access method or both. */
export function acme(props: Partial<VendorProfileProps> = {}): VendorProfile {
  return VendorProfile.of({
    id: "acme-logs",
    vendorName: "Acme",
    product: "Log delivery",
    documentation: "https://docs.example.com/s3",
    accessMethods: [VendorAccessMethod.ASSUMED_ROLE, VendorAccessMethod.BUCKET_POLICY],
    documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
    encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
    facts: [],
    ...props,
  });
}
