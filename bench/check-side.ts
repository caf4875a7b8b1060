/** Synthesizes destinations into one stack for the check bench: `COUNT OUTDIR`. Half are Kandji's, half 6sense's. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { AuditLogFrequency, KandjiDestination, SixSenseDestination } from "cdktf-vendor-destination";

const [count, outdir] = process.argv.slice(2) as [string, string];
const app = new App({ outdir });
const stack = new TerraformStack(app, "bench");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
for (let index = 0; index < Number(count); index++) {
  if (index % 2 === 0) {
    new KandjiDestination(stack, `Kandji${index}`, {
      bucketName: `bench-kandji-${index}`,
      vendorAccountId: "222222222222",
      vendorRoleName: "kandji-activity",
      destinationPath: "activity",
      region: "eu-west-1",
    });
  } else {
    new SixSenseDestination(stack, `SixSense${index}`, {
      bucketName: `bench.6sense.${index}`,
      vendorRoleArn: "arn:aws:iam::222222222222:role/6sense-common",
      region: "eu-west-1",
      dataPacks: { filePath: "data-packs" },
      auditLogs: { filePath: "audit", frequency: AuditLogFrequency.HOURLY },
    });
  }
}
app.synth();
