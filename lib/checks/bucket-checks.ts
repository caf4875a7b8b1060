import * as errors from "../errors";
import { partitionOf } from "../policy";
import {
  anything,
  bucketName,
  flag,
  kmsKeyArn,
  listOf,
  objectWith,
  optional,
  optionalNarrowing,
  partition,
  type Rules,
  region,
  tags,
  text,
  wholeNumber,
  word,
} from "../props";
import { isKnown } from "../tokens";
import { BucketEncryption, BucketVersioning, ObjectOwnership } from "../vendors";
import { checkProps } from "./check-props";

/** Props that every resource has. */
export const RESOURCE_RULES: Rules = {
  tags: optional(tags),
  provider: optional(objectWith("a Terraform provider", "fqn")),
  dependsOn: optional(listOf(objectWith("a Terraform resource", "fqn"))),
  lifecycle: optional(objectWith("a TerraformResourceLifecycle")),
};

/** Rules for `DestinationBucketProps`. */
export const BUCKET_RULES: Rules = {
  bucketName: optional(bucketName),
  region: optional(region),
  partition: optional(partition),
  forceDestroy: optional(flag),
  encryption: optionalNarrowing(word(BucketEncryption)),
  kmsKeyArn: optionalNarrowing(kmsKeyArn),
  versioning: optional(word(BucketVersioning)),
  objectOwnership: optional(word(ObjectOwnership)),
  minimumTlsVersion: optionalNarrowing(word(["1.2", "1.3"])),
  abortIncompleteMultipartUploadAfterDays: optional(wholeNumber(1, 2_147_483_647, "a whole number of days, 1 or more")),
  ...RESOURCE_RULES,
};

const PRECONDITION_RULES: Rules = { condition: anything, errorMessage: text() };

/** Throws if a precondition is known and wrong. */
export function checkPreconditionProps(props: unknown, at: string): void {
  checkProps(PRECONDITION_RULES, props, at);
}

/** Props that depend on each other. */
interface BucketProps {
  readonly region?: string;
  readonly partition?: string;
  readonly encryption?: BucketEncryption;
  readonly kmsKeyArn?: string;
}

/** Throws if a prop of a bucket is known and wrong. */
export function checkBucketProps(props: BucketProps, at: string): void {
  checkProps(BUCKET_RULES, props, at);
  const { region, partition, encryption, kmsKeyArn } = props;
  if (isKnown(partition) && isKnown(region) && partitionOf(region) !== partition) {
    throw errors.partitionContradictsRegion({ prop: "partition", got: partition, at }, region, partitionOf(region));
  }
  const isOther = encryption === undefined || (isKnown(encryption) && encryption !== BucketEncryption.SSE_KMS);
  if (kmsKeyArn !== undefined && isOther) {
    throw errors.kmsKeyWithoutKms({ prop: "kmsKeyArn", got: kmsKeyArn, at });
  }
  if (kmsKeyArn === undefined && encryption === BucketEncryption.SSE_KMS) throw errors.kmsWithoutKey(at);
}
