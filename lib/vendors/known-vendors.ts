import { nearestName } from "../props";
import { KANDJI_PROFILE } from "./kandji";
import * as known from "./known";
import { SIX_SENSE_PROFILE } from "./six-sense";
import type { VendorProfile } from "./vendor-profile";

/**
 * Profiles of vendors that have no construct of their own: use one with `VendorDestination`.
 *
 * Principals that a vendor publishes are in the profile, by the vendor's site: see `VendorPrincipal.published`.
 *
 * @example
 * import { KnownVendors, VendorAccess, VendorDestination, VendorPrincipal } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * const datadog = KnownVendors.DATADOG_LOG_ARCHIVES;
 * new VendorDestination(stack, "Datadog", {
 *   vendor: datadog,
 *   access: VendorAccess.assumedRole({ principals: [VendorPrincipal.published(datadog, "eu")], externalIds: ["0123456789abcdef"] }),
 *   bucketName: "acme-datadog-archives",
 * });
 */
export class KnownVendors {
  /** Adobe Experience Platform: Amazon S3 Destination. */
  public static readonly ADOBE_EXPERIENCE_PLATFORM: VendorProfile = known.ADOBE_EXPERIENCE_PLATFORM;
  /** Airbyte: S3 Destination. */
  public static readonly AIRBYTE_S3: VendorProfile = known.AIRBYTE_S3;
  /** Braze: Currents. */
  public static readonly BRAZE_CURRENTS: VendorProfile = known.BRAZE_CURRENTS;
  /** Braze: Dashboard Data Export. */
  public static readonly BRAZE_DATA_EXPORT: VendorProfile = known.BRAZE_DATA_EXPORT;
  /** Census: S3 Destination. */
  public static readonly CENSUS_S3: VendorProfile = known.CENSUS_S3;
  /** Cisco Umbrella: Log Management. */
  public static readonly CISCO_UMBRELLA: VendorProfile = known.CISCO_UMBRELLA;
  /** Cloudflare: Logpush. */
  public static readonly CLOUDFLARE_LOGPUSH: VendorProfile = known.CLOUDFLARE_LOGPUSH;
  /** Confluent Cloud: Amazon S3 Sink Connector. */
  public static readonly CONFLUENT_S3_SINK: VendorProfile = known.CONFLUENT_S3_SINK;
  /** Coralogix: S3 Archive. */
  public static readonly CORALOGIX_ARCHIVE: VendorProfile = known.CORALOGIX_ARCHIVE;
  /** Databricks: Log Delivery. */
  public static readonly DATABRICKS_LOG_DELIVERY: VendorProfile = known.DATABRICKS_LOG_DELIVERY;
  /** Datadog: Log Archives. */
  public static readonly DATADOG_LOG_ARCHIVES: VendorProfile = known.DATADOG_LOG_ARCHIVES;
  /** Fastly: Log Streaming. */
  public static readonly FASTLY_LOG_STREAMING: VendorProfile = known.FASTLY_LOG_STREAMING;
  /** Hightouch: Amazon S3 Destination. */
  public static readonly HIGHTOUCH_S3: VendorProfile = known.HIGHTOUCH_S3;
  /** Logz.io: Archive. */
  public static readonly LOGZIO_ARCHIVE: VendorProfile = known.LOGZIO_ARCHIVE;
  /** Mixpanel: Data Pipelines. */
  public static readonly MIXPANEL_DATA_PIPELINES: VendorProfile = known.MIXPANEL_DATA_PIPELINES;
  /** MongoDB Atlas: Snapshot Export. */
  public static readonly MONGODB_ATLAS_SNAPSHOT_EXPORT: VendorProfile = known.MONGODB_ATLAS_SNAPSHOT_EXPORT;
  /** mParticle: Amazon S3 Event Output. */
  public static readonly MPARTICLE_AMAZON_S3: VendorProfile = known.MPARTICLE_AMAZON_S3;
  /** PostHog: Batch Exports. */
  public static readonly POSTHOG_BATCH_EXPORTS: VendorProfile = known.POSTHOG_BATCH_EXPORTS;
  /** RudderStack: Amazon S3 Destination. */
  public static readonly RUDDERSTACK_AMAZON_S3: VendorProfile = known.RUDDERSTACK_AMAZON_S3;
  /** Segment: AWS S3 Destination. */
  public static readonly SEGMENT_AWS_S3: VendorProfile = known.SEGMENT_AWS_S3;
  /** Snowflake: Storage Integration. */
  public static readonly SNOWFLAKE_STORAGE_INTEGRATION: VendorProfile = known.SNOWFLAKE_STORAGE_INTEGRATION;
  /** Sumo Logic: Data Forwarding. */
  public static readonly SUMO_LOGIC_DATA_FORWARDING: VendorProfile = known.SUMO_LOGIC_DATA_FORWARDING;

  private constructor() {}
}

/** Every vendor that this package has a profile of. */
export const VENDOR_PROFILES: readonly VendorProfile[] = [
  KANDJI_PROFILE,
  SIX_SENSE_PROFILE,
  ...Object.entries(known)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, profile]) => profile),
];

/** The id that a misspelt or shortened one stands for; undefined where none is near. */
export function nearestVendor(id: string): string | undefined {
  return nearestName(
    id,
    VENDOR_PROFILES.map(({ facts }) => facts.id),
  );
}

/** The profile of that ID, whatever the case. */
export function findVendor(id: string): VendorProfile | undefined {
  return VENDOR_PROFILES.find(({ facts }) => facts.id === id.toLowerCase());
}
