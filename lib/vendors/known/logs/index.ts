export { CISCO_UMBRELLA } from "./cisco-umbrella";
export { CLOUDFLARE_LOGPUSH } from "./cloudflare-logpush";
export { CORALOGIX_ARCHIVE } from "./coralogix-archive";
export { DATABRICKS_LOG_DELIVERY } from "./databricks-log-delivery";
export { DATADOG_LOG_ARCHIVES } from "./datadog-log-archives";
export { FASTLY_LOG_STREAMING } from "./fastly-log-streaming";
export { LOGZIO_ARCHIVE } from "./logzio-archive";
export { SUMO_LOGIC_DATA_FORWARDING } from "./sumo-logic-data-forwarding";
