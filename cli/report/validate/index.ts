export { liveMatrix } from "./matrix";
export { FORMATS, renderValidate, type ValidateFormat } from "./render";
export { cleanUpText, deadlinesText, destinationLine, destinationText, leftText, runText, totalsText, unknownText } from "./text";
export {
  type Caller,
  type CleanUpReport,
  type Deadlines,
  type DestinationReport,
  type Leftover,
  type LivePolicy,
  type LiveResult,
  MODES,
  type Mode,
  type Provenance,
  REPORT_SCHEMA_VERSION,
  type Totals,
  type ValidateReport,
} from "./types";
