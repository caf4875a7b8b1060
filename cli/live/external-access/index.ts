/** Findings of IAM Access Analyzer about the bucket and the role. */
export { externalAccessFindings } from "./external-access-findings";
export { Analyzers, type ExternalAccess, readExternalAccess, shownTime } from "./read-external-access";
