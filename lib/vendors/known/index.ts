/** Profiles of vendors that have no construct of their own, one file each. */
export { AIRBYTE_S3 } from "./airbyte-s3";
export { BRAZE_CURRENTS } from "./braze-currents";
export { CLOUDFLARE_LOGPUSH } from "./cloudflare-logpush";
export { CORALOGIX_ARCHIVE } from "./coralogix-archive";
export { DATADOG_LOG_ARCHIVES } from "./datadog-log-archives";
export { FASTLY_LOG_STREAMING } from "./fastly-log-streaming";
export { MIXPANEL_DATA_PIPELINES } from "./mixpanel-data-pipelines";
export { MONGODB_ATLAS_SNAPSHOT_EXPORT } from "./mongodb-atlas-snapshot-export";
export { MPARTICLE_AMAZON_S3 } from "./mparticle-amazon-s3";
export { POSTHOG_BATCH_EXPORTS } from "./posthog-batch-exports";
export { RUDDERSTACK_AMAZON_S3 } from "./rudderstack-amazon-s3";
export { SEGMENT_AWS_S3 } from "./segment-aws-s3";
export { SNOWFLAKE_STORAGE_INTEGRATION } from "./snowflake-storage-integration";
export { SUMO_LOGIC_DATA_FORWARDING } from "./sumo-logic-data-forwarding";
