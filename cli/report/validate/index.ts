export { FORMATS, renderValidate, type ValidateFormat } from "./render";
export { cleanUpText, deadlinesText, destinationLine, destinationText, leftText, totalsText, unknownText } from "./text";
export {
  type CleanUpReport,
  type Deadlines,
  type DestinationReport,
  type Leftover,
  type LiveResult,
  MODES,
  type Mode,
  REPORT_SCHEMA_VERSION,
  type Totals,
  type ValidateReport,
} from "./types";
