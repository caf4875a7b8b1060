/** What is delivered, and how deliveries are observed and validated. */
import { message } from "./message";

export function nothingToDeliver(at: string): Error {
  const remedy = "give the file path of at least one of the two";
  return message({ prop: "dataPacks", got: undefined, at, code: "NothingToDeliver", rule: "or 'auditLogs' must be given", remedy });
}

export function noDestinations(at: string): Error {
  const remedy = "name the destinations whose deliveries count";
  return message({ prop: "destinations", got: [], at, code: "NoDestinations", rule: "must hold at least one", remedy });
}

/** The destinations of two buckets, by their paths. */
export function eventsOfSeveralBuckets(first: string, other: string, at: string): Error {
  const rule = `must share one bucket, that of ${first}`;
  const remedy = "define a DeliveryEvents for each bucket";
  return message({ prop: "destinations", got: other, at, code: "SeveralBuckets", rule, remedy });
}

/** Found once the tree is complete. @param other path of the second construct. */
export function twoNotificationOwners(bucket: string, other: string, at: string): string {
  const rule = `of the bucket ${JSON.stringify(bucket)} must be written by this construct alone, because a second one overwrites it`;
  const remedy = "name all destinations of the bucket in one DeliveryEvents, or leave it out and tell `watch` its queue";
  return message({ prop: "notification", got: other, at, code: "TwoBucketNotifications", rule, remedy }).message;
}

export function programMissing(path: string, at: string): Error {
  const remedy = "install the package again";
  return message({ prop: "program", got: path, at, code: "ProgramMissing", rule: "must be part of the package", remedy });
}
