import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import {
  AuditLogFrequency,
  DestinationBucket,
  KandjiDestination,
  ObjectOwnership,
  SixSenseDestination,
  VendorPermissions,
} from "cdktf-vendor-destination";
import type { Construct } from "constructs";

/** One bucket for Kandji and 6sense, each below a prefix of its own. */
export class SharedBucketStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });

    const bucket = new DestinationBucket(this, "Shared", {
      bucketName: "acme-vendor-data",
      region: "eu-west-1",
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED, // 6sense asks for s3:PutObjectAcl
    });
    new KandjiDestination(this, "Kandji", {
      bucket,
      permissions: VendorPermissions.LEAST_PRIVILEGE, // ends the grant at the path
      vendorAccountId: "222222222222",
      vendorRoleName: "kandji-activity",
      destinationPath: "kandji",
    });
    new SixSenseDestination(this, "SixSense", {
      bucket,
      permissions: VendorPermissions.LEAST_PRIVILEGE,
      vendorRoleArn: "arn:aws:iam::333333333333:role/6sense-common",
      auditLogs: { filePath: "6sense/audit", frequency: AuditLogFrequency.DAILY },
    });
  }
}
