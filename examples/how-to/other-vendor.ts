import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { VendorAccess, VendorAccessMethod, VendorDestination, VendorPrincipal, VendorProfile } from "cdktf-vendor-destination";
import type { Construct } from "constructs";

/** What Acme's page says. */
const ACME = VendorProfile.of({
  id: "acme",
  vendorName: "Acme",
  product: "Logs",
  documentation: "https://docs.example.com/s3",
  accessMethods: [VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
  facts: [{ fact: "The bucket policy names Acme's user", source: "https://docs.example.com/s3" }],
});

/** A bucket that Acme's user may deliver into. */
export class OtherVendorStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    new VendorDestination(this, "Acme", {
      vendor: ACME,
      access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.userArn("arn:aws:iam::444455556666:user/logs")] }),
      bucketName: "example-acme-logs",
      keyPrefix: "acme",
    });
  }
}
