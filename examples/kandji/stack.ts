import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack } from "cdktf";
import { KandjiDestination } from "cdktf-vendor-destination";
import type { Construct } from "constructs";

/** A bucket for Kandji's activity log. */
export class KandjiStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: "terraform.tfstate" }); // your team's backend
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    new KandjiDestination(this, "Kandji", {
      bucketName: "acme-kandji-activity",
      vendorAccountId: "222222222222", // KANDJI_AWS_ACCOUNT_ID, from Kandji's screen
      vendorRoleName: "kandji-activity", // KANDJI_IAM_ROLE
      destinationPath: "activity",
      region: "eu-central-1",
      tags: { owner: "security" },
    });
  }
}
