export { FORMATS, renderValidate, type ValidateFormat } from "./render";
export { cleanUpText, destinationLine, destinationText, leftText, totalsText } from "./text";
export {
  type CleanUpReport,
  type Clock,
  type DestinationReport,
  type Judge,
  type Leftover,
  type LiveResult,
  MODES,
  type Mode,
  type Party,
  REPORT_SCHEMA_VERSION,
  type Totals,
  type ValidateReport,
} from "./types";
