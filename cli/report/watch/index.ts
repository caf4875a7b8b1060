export { watchedText, watchTotalsText } from "./text";
export {
  type Arrival,
  type Assumption,
  type Attributed,
  type ReportedDelivery,
  type SourceName,
  type SourceReport,
  STATUSES,
  type Status,
  WATCH_REPORT_SCHEMA_VERSION,
  type WatchedDestination,
  type WatchReport,
  type WatchTotals,
  type Writer,
} from "./types";
