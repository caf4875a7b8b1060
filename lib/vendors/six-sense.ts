import type { Construct } from "constructs";
import { checkKeyPrefix } from "../checks";
import * as errors from "../errors";
import { checkArn, VendorAccess, VendorPrincipal } from "../vendor-access";
import { VendorDestination } from "../vendor-destination";
import type { DestinationOptions, VendorDestinationProps } from "../vendor-destination-props";
import { SIX_SENSE_PROFILE } from "./six-sense-profile";
import type { VendorCadence, VendorProfile } from "./vendor-profile";

/** How often 6sense delivers audit logs. */
export enum AuditLogFrequency {
  /** Every hour. */
  HOURLY = "Hourly",
  /** Around 05:00 UTC each day, for the previous day. */
  DAILY = "Daily",
}

/** Where 6sense delivers data packs. */
export interface SixSenseDataPacks {
  /** The file path of 6sense's form, without a slash at the beginning: `data-packs`. */
  readonly filePath: string;
}

/** Where and how often 6sense delivers audit logs. */
export interface SixSenseAuditLogs {
  /** The file path of 6sense's form, without a slash at the beginning: `audit`. */
  readonly filePath: string;
  /** How often. Newly generated logs may take up to 4 hours to appear in either case. */
  readonly frequency: AuditLogFrequency;
}

/** What a 6sense destination needs. */
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
 * The bucket policy grants 6sense's common IAM role what the page asks for: list on the bucket, `PutObject` and `PutObjectAcl` on its
 * objects; for the latter the bucket lets ACLs work (`BucketOwnerPreferred`). One of 17 regions. The integration is off until your
 * CSM enables it.
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

function generalProps(props: SixSenseDestinationProps, at: string): VendorDestinationProps {
  const { vendorRoleArn, dataPacks, auditLogs, ...general } = props;
  checkArn("vendorRoleArn", "role", vendorRoleArn, at);
  if (dataPacks === undefined && auditLogs === undefined) throw errors.nothingToDeliver(at);
  checkKeyPrefix("dataPacks.filePath", dataPacks?.filePath, at);
  checkKeyPrefix("auditLogs.filePath", auditLogs?.filePath, at);
  const filePaths = [dataPacks?.filePath, auditLogs?.filePath].filter((path) => path !== undefined);
  // An empty path is the root of the bucket, which covers the other one.
  const paths = filePaths.includes("") ? [] : filePaths;
  return {
    ...general,
    vendor: SIX_SENSE_PROFILE,
    access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.roleArn(vendorRoleArn)] }),
    keyPrefix: paths[0],
    furtherKeyPrefixes: paths.slice(1),
    cadence: auditLogs && CADENCES[auditLogs.frequency],
    furtherConnectionFields: [
      ...(dataPacks ? [{ label: "Data packs file path", value: dataPacks.filePath }] : []),
      ...(auditLogs
        ? [
            { label: "Audit logs file path", value: auditLogs.filePath },
            { label: "Audit logs frequency", value: auditLogs.frequency },
          ]
        : []),
    ],
  };
}
