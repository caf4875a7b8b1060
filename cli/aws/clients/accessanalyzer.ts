/** The exports of the Access Analyzer client that the program uses. Only these are in the bundle. */
export {
  AccessAnalyzerClient,
  CheckNoPublicAccessCommand,
  ListAnalyzersCommand,
  ListFindingsCommand,
  ValidatePolicyCommand,
} from "@aws-sdk/client-accessanalyzer";
