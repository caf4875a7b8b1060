import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import {
  BucketEncryption,
  VendorAccess,
  VendorAccessMethod,
  VendorDestination,
  VendorPrincipal,
  VendorProfile,
} from "cdktf-vendor-destination";
import type { Construct } from "constructs";

const ACME = VendorProfile.of({
  id: "acme",
  vendorName: "Acme",
  product: "Logs",
  documentation: "https://docs.example.com/s3",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
  encryptions: [BucketEncryption.SSE_S3, BucketEncryption.SSE_KMS],
  facts: [{ fact: "Buckets may use SSE-KMS", source: "https://docs.example.com/s3" }],
});

/** A bucket that encrypts with a key of yours. */
export class KmsKeyStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const key = new KmsKey(this, "Key", { description: "Deliveries of Acme", enableKeyRotation: true });
    new VendorDestination(this, "Acme", {
      vendor: ACME,
      access: VendorAccess.assumedRole({
        principals: [VendorPrincipal.roleArn("arn:aws:iam::444455556666:role/delivery")],
        externalIds: ["customer-42"],
      }),
      bucketName: "acme-logs-encrypted",
      encryption: BucketEncryption.SSE_KMS,
      kmsKeyArn: key.arn,
    });
  }
}
