import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { KnownVendors, VendorAccess, VendorDestination, VendorPrincipal } from "cdktf-vendor-destination";
import type { Construct } from "constructs";

const DATADOG = KnownVendors.DATADOG_LOG_ARCHIVES;

/** A bucket for archives of Datadog's logs. */
export class KnownVendorStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    new VendorDestination(this, "Datadog", {
      vendor: DATADOG,
      access: VendorAccess.assumedRole({
        principals: [VendorPrincipal.published(DATADOG, "eu")], // your site
        externalIds: ["0123456789abcdef0123456789abcdef"], // from Datadog's AWS integration
      }),
      bucketName: "acme-datadog-archives",
      keyPrefix: "archive",
    });
  }
}
