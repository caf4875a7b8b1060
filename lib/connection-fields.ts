import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { Construct } from "constructs";
import type { ConnectionField } from "./connection-details";
import type { DestinationBucket } from "./destination-bucket";
import { lazyExpression } from "./tokens";
import type { VendorDestinationProps } from "./vendor-destination-props";
import type { VendorRole } from "./vendor-role";
import { ConnectionValue } from "./vendors";

/** What the vendor connects to. */
export interface ConnectionTarget {
  readonly scope: Construct;
  readonly bucket: DestinationBucket;
  readonly role: VendorRole | undefined;
}

/** The fields of the vendor's form, with the values to enter. */
export function connectionFields(
  { scope, bucket, role }: ConnectionTarget,
  { vendor, keyPrefix = "", additionalConnectionFields = [] }: VendorDestinationProps,
): ConnectionField[] {
  const values: { [value in ConnectionValue]: () => string } = {
    // The account is part of the role's ARN; only without a role does the provider have to ask for it.
    awsAccountId: () =>
      role
        ? lazyExpression(scope, [role.roleArn], (arn) => `element(split(":", ${arn}), 4)`)
        : new DataAwsCallerIdentity(scope, "Account", { provider: bucket.bucket.provider }).accountId,
    bucketName: () => bucket.bucketName,
    bucketArn: () => bucket.bucketArn,
    region: () => bucket.region,
    keyPrefix: () => keyPrefix,
    roleArn: () => role?.roleArn ?? "",
    roleName: () => role?.roleName ?? "",
  };
  const form = vendor.facts.connectionForm ?? [
    { label: "S3 Bucket Name", value: ConnectionValue.BUCKET_NAME },
    { label: "AWS Region", value: ConnectionValue.REGION },
    { label: "Key Prefix", value: ConnectionValue.KEY_PREFIX },
    ...(role ? [{ label: "IAM Role ARN", value: ConnectionValue.ROLE_ARN }] : []),
  ];
  return [...form.map(({ label, value }) => ({ label, value: values[value]() })), ...additionalConnectionFields];
}
