import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack } from "cdktf";
import { AuditLogFrequency, SixSenseDestination } from "cdktf-vendor-destination";
import type { Construct } from "constructs";

/** A bucket for 6sense's data packs and audit logs. */
export class SixSenseStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: "terraform.tfstate" }); // your team's backend
    new AwsProvider(this, "aws", { region: "eu-west-1" });

    new SixSenseDestination(this, "SixSense", {
      bucketName: "acme.6sense.staging",
      vendorRoleArn: "arn:aws:iam::222222222222:role/6sense-common", // 6sense's common IAM role, from your CSM
      region: "eu-west-1", // one of the 17 that 6sense supports
      dataPacks: { filePath: "data-packs" },
      auditLogs: { filePath: "audit", frequency: AuditLogFrequency.HOURLY },
    });
  }
}
