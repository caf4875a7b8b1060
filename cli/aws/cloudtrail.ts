/** The part of the CloudTrail client that the program uses; what is not listed here stays out of the bundle. */
export { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
