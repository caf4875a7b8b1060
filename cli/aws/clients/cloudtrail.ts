/** The exports of the CloudTrail client that the program uses. Only these are in the bundle. */
export { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
