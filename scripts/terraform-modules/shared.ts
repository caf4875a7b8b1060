/** What every module has. */
import type { DestinationOptions } from "../../lib";
import { OnUnknown } from "../../lib";
import type { CountedResources, Precondition } from "./definitions";
import { variable } from "./variables";

/** Props that no module has as variables, each with the reason. */
export const WITHOUT_VARIABLE: Readonly<Record<string, string>> = {
  bucket: "a module defines its own bucket; vendors that share one need the constructs",
  provider: "the module takes the provider of its caller: pass `providers` in the call",
  dependsOn: "write `depends_on` in the call",
  lifecycle: "Terraform takes no variable in a lifecycle block",
};

export const ABORT_RULE: CountedResources = {
  label: "lifecycle_configuration",
  condition: "var.abort_incomplete_multipart_upload_after_days != null",
  types: ["aws_s3_bucket_lifecycle_configuration"],
};

export const TLS_STATEMENT = { "aws_s3_bucket_policy.DenyOutdatedTLS": "var.minimum_tls_version != null" };

export const PARTITION_RULE: Precondition = {
  condition: "${local.region_partition == null || local.partition == local.region_partition}",
  error_message: "WrongPartition: partition must be that of region; leave partition out, which follows from region",
};

export const KMS_RULES: readonly Precondition[] = [
  {
    condition: '${local.encryption == "aws:kms" || var.kms_key_arn == null}',
    error_message: "KmsKeyWithoutKms: kms_key_arn is only for the encryption aws:kms; set encryption, or leave kms_key_arn out",
  },
  {
    condition: '${local.encryption != "aws:kms" || var.kms_key_arn != null}',
    error_message: "KmsWithoutKey: kms_key_arn must be given with the encryption aws:kms",
  },
];

/** Props of every destination that a variable can hold. */
export function optionsOfBucket(): DestinationOptions {
  return {
    region: variable("region"),
    partition: "${local.partition}",
    minimumTlsVersion: variable("minimum_tls_version"),
    abortIncompleteMultipartUploadAfterDays: variable("abort_incomplete_multipart_upload_after_days"),
    forceDestroy: variable("force_destroy"),
    tags: variable("tags"),
    validation: {
      // A word: the module puts its variable in its place.
      onUnknown: OnUnknown.FAIL,
      assumeRoleArn: variable("validation_assume_role_arn"),
      awsProfile: variable("validation_aws_profile"),
      vendorAwsProfile: variable("validation_vendor_aws_profile"),
      timeoutSeconds: variable("validation_timeout_seconds"),
    },
  };
}
