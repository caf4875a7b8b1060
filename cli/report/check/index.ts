export { expectationFinding } from "./expectation-findings";
export { isFailure } from "./is-failure";
export { type CheckFormat, FORMATS, renderCheck } from "./render";
export {
  type Accepted,
  CHECK_REPORT_SCHEMA_VERSION,
  type CheckedDestination,
  type CheckedResult,
  type CheckReport,
  type CheckTotals,
  type ReportedAcceptance,
  type ReportedFinding,
} from "./types";
