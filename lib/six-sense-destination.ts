import type { Construct } from "constructs";
import { checkPathsDiffer, checkProps, DESTINATION_OPTIONS_RULES } from "./checks";
import * as errors from "./errors";
import { choice, given, keyPrefix, optional, type Rules, roleArn, struct } from "./props";
import { VendorAccess, VendorPrincipal } from "./vendor-access";
import { VendorDestination } from "./vendor-destination";
import type { DestinationOptions, VendorDestinationProps } from "./vendor-destination-props";
import { SIX_SENSE_PROFILE, type VendorCadence, type VendorProfile } from "./vendors";

/** How often 6sense delivers audit logs. */
export enum AuditLogFrequency {
  /** Every hour. */
  HOURLY = "Hourly",
  /** Around 05:00 UTC each day, for the previous day. */
  DAILY = "Daily",
}

/** Delivery of data packs. */
export interface SixSenseDataPacks {
  /** The file path of 6sense's form, without a slash at the beginning: `data-packs`. */
  readonly filePath: string;
}

/** Delivery of audit logs. */
export interface SixSenseAuditLogs {
  /** The file path of 6sense's form, without a slash at the beginning: `audit`. */
  readonly filePath: string;
  /** How often. Newly generated logs may take up to 4 hours to appear in either case. */
  readonly frequency: AuditLogFrequency;
}

/** Props of a 6sense destination. */
export interface SixSenseDestinationProps extends DestinationOptions {
  /** ARN of 6sense's common IAM role. It is not published: your Customer Success Manager (CSM) gives it. */
  readonly vendorRoleArn: string;
  /**
   * Delivery of Data Packs (formerly Standardized File Export). Once S3 is their destination, 6sense by default no longer sends them to
   * the SFTP server.
   *
   * @default - no data packs; then `auditLogs` is needed
   */
  readonly dataPacks?: SixSenseDataPacks;
  /**
   * Delivery of audit logs.
   *
   * @default - no audit logs; then `dataPacks` is needed
   */
  readonly auditLogs?: SixSenseAuditLogs;
}

/**
 * A bucket that 6sense delivers Data Packs and audit logs into.
 *
 * The bucket policy grants 6sense's common IAM role what 6sense's page asks for: list on the bucket, `PutObject` and `PutObjectAcl` on
 * its objects. ACLs are enabled for `PutObjectAcl` (`BucketOwnerPreferred`). 6sense supports 17 Regions. The integration is off until
 * your CSM enables it.
 *
 * @see https://support.6sense.com/docs/integrating-6sense-with-aws-s3
 *
 * @example
 * import { AuditLogFrequency, SixSenseDestination } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * new SixSenseDestination(stack, "SixSense", {
 *   bucketName: "acme.6sense.staging",
 *   vendorRoleArn: "arn:aws:iam::444455556666:role/common-delivery",
 *   region: "eu-west-1",
 *   dataPacks: { filePath: "data-packs" },
 *   auditLogs: { filePath: "audit", frequency: AuditLogFrequency.HOURLY },
 * });
 */
export class SixSenseDestination extends VendorDestination {
  /** What 6sense documents. */
  public static readonly PROFILE: VendorProfile = SIX_SENSE_PROFILE;

  public constructor(scope: Construct, id: string, props: SixSenseDestinationProps) {
    super(scope, id, generalProps(props, `${scope.node.path}/${id}`));
  }
}

/** Logs need processing, which takes up to four hours, before they are delivered. */
const CADENCES: { readonly [frequency in AuditLogFrequency]: VendorCadence } = {
  [AuditLogFrequency.HOURLY]: { everyMinutes: 60, lateByMinutes: 240 },
  [AuditLogFrequency.DAILY]: { dailyAtUtc: "05:00", lateByMinutes: 240 },
};

const SIX_SENSE_RULES: Rules = {
  ...DESTINATION_OPTIONS_RULES,
  vendorRoleArn: roleArn,
  dataPacks: optional(struct({ filePath: keyPrefix })),
  auditLogs: optional(struct({ filePath: keyPrefix, frequency: choice(AuditLogFrequency) })),
};

function generalProps(props: SixSenseDestinationProps, at: string): VendorDestinationProps {
  checkProps(SIX_SENSE_RULES, props, at);
  const { vendorRoleArn, dataPacks, auditLogs, ...general } = props;
  if (dataPacks === undefined && auditLogs === undefined) throw errors.nothingToDeliver(at);
  checkPathsDiffer(
    [
      { prop: "dataPacks.filePath", got: dataPacks?.filePath },
      { prop: "auditLogs.filePath", got: auditLogs?.filePath },
    ],
    at,
  );
  const filePaths = [dataPacks?.filePath, auditLogs?.filePath].filter((path) => path !== undefined);
  // An empty path is the root of the bucket, which covers the other one.
  const paths = filePaths.includes("") ? [] : filePaths;
  return given({
    ...general,
    vendor: SIX_SENSE_PROFILE,
    access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.roleArn(vendorRoleArn)] }),
    keyPrefix: paths[0],
    additionalKeyPrefixes: paths.slice(1),
    cadence: auditLogs && CADENCES[auditLogs.frequency],
    additionalConnectionFields: [
      ...(dataPacks ? [{ label: "Data packs file path", value: dataPacks.filePath }] : []),
      ...(auditLogs
        ? [
            { label: "Audit logs file path", value: auditLogs.filePath },
            { label: "Audit logs frequency", value: auditLogs.frequency },
          ]
        : []),
    ],
  });
}
