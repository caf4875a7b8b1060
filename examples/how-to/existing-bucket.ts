import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { KandjiDestination } from "cdktf-vendor-destination";
import type { Construct } from "constructs";

const BUCKET = "acme-kandji-activity";

/** A bucket that exists already, taken over by a destination. */
export class ExistingBucketStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const { bucket } = new KandjiDestination(this, "Kandji", {
      bucketName: BUCKET,
      vendorAccountId: "222222222222",
      vendorRoleName: "kandji-activity",
    });
    bucket.bucket.importFrom(BUCKET);
    bucket.publicAccessBlock.importFrom(BUCKET);
    bucket.ownershipControls.importFrom(BUCKET);
    bucket.encryptionConfiguration.importFrom(BUCKET);
    bucket.policy.importFrom(BUCKET); // leave it out where the bucket has no policy

    // What the old policy allowed, and what must stay allowed. The data source says that the account is your own.
    const { accountId } = new DataAwsCallerIdentity(this, "Identity");
    bucket.addToResourcePolicy({
      Sid: "AnalyticsReads",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:role/analytics` },
      Action: "s3:GetObject",
      Resource: `${bucket.bucketArn}/*`,
    });
  }
}
