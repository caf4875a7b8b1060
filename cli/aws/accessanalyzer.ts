/** The part of the Access Analyzer client that the program uses; what is not listed here stays out of the bundle. */
export { AccessAnalyzerClient, CheckNoPublicAccessCommand, ValidatePolicyCommand } from "@aws-sdk/client-accessanalyzer";
