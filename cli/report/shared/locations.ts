/** The location of a finding, for people. */
import type { PolicyLocation } from "../../../lib/evaluate";

/** `stack/cdk.tf.json:12`. */
export function showPlace({ file, line }: PolicyLocation): string {
  return line === undefined ? file : `${file}:${line}`;
}

export interface FindingPlace {
  readonly location: PolicyLocation;
  readonly statement?: { readonly index: number; readonly sid?: string };
}

/** `stack/cdk.tf.json:12 (aws_s3_bucket_policy.logs, statement "AllowVendor")`. */
export function showFindingPlace({ location, statement }: FindingPlace): string {
  const which = statement && `statement ${statement.sid === undefined ? statement.index + 1 : JSON.stringify(statement.sid)}`;
  const inside = [location.address, which].filter((part) => part !== undefined).join(", ");
  return inside === "" ? showPlace(location) : `${showPlace(location)} (${inside})`;
}
