import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { VendorAccess, VendorAccessMethod, VendorDestination, VendorPrincipal, VendorProfile } from "cdktf-vendor-destination";
import type { Construct } from "constructs";

const ACME = VendorProfile.of({
  id: "acme",
  vendorName: "Acme",
  product: "Logs",
  documentation: "https://docs.example.com/s3",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
  facts: [{ fact: "The trust policy names Acme's account, without an external ID", source: "https://docs.example.com/s3" }],
});

/** A bucket for a vendor that trusts its whole account, which somebody decided to live with. */
export class AcceptedFindingStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const destination = new VendorDestination(this, "Acme", {
      vendor: ACME,
      access: VendorAccess.assumedRole({ principals: [VendorPrincipal.account("444455556666")] }),
      bucketName: "acme-logs-accepted",
    });
    destination.acceptFinding("trust-account-without-external-id", "Acme sends no external ID", {
      expires: "2027-06-30",
      owner: "security",
    });
  }
}
