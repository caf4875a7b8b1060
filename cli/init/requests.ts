/** A test for projects without a test kit: allowed requests and the nearest denied ones, each decided offline by `explain`. */
import type { InitValues, InitVendor } from "./values";

/** The default name of Kandji's role, if it is short enough. */
export function roleName(bucket: string): string {
  return bucket.length <= 57 ? `kandji-${bucket}` : "kandji-delivery";
}

interface Requests {
  readonly vendor: InitVendor;
  readonly values: InitValues;
  readonly version: string;
  /** What `explain` reads. */
  readonly paths: string;
}

export function requestsScript({ vendor, values: { bucket, vendorAccountId, vendorRoleName }, version, paths }: Requests): string {
  const role = `arn:aws:iam::${vendorAccountId}:role/${vendorRoleName}`;
  const vendorAt = vendor === "kandji" ? roleName(bucket) : role;
  const path = vendor === "kandji" ? "activity" : "audit";
  const lines = [
    ...(vendor === "kandji" ? [["Allowed", "sts:AssumeRole", role, vendorAt]] : []),
    ...(vendor === "kandji" ? [["ImplicitlyDenied", "sts:AssumeRole", `${role}-2`, vendorAt]] : []),
    ["Allowed", "s3:PutObject", vendorAt, `arn:aws:s3:::${bucket}/${path}/events.json`],
    ["ExplicitlyDenied", "s3:PutObject", vendorAt, `arn:aws:s3:::${bucket}/${path}/events.json --context aws:SecureTransport=false`],
    ["ImplicitlyDenied", "s3:PutBucketPolicy", vendorAt, `arn:aws:s3:::${bucket}`],
    [
      "ImplicitlyDenied",
      "s3:GetObject",
      `arn:aws:iam::${vendorAccountId}:role/somebody-else`,
      `arn:aws:s3:::${bucket}/${path}/events.json`,
    ],
  ];
  const asked = lines.map(([expected, action, principal, resource]) => `may ${expected} ${action} ${principal} ${resource}`);
  return `#!/bin/sh
# What may be done with the bucket, and what not. Each line is one request, decided offline from ${paths === "." ? "the files in this folder" : paths}.
set -e

may() {
  expected=$1 action=$2 principal=$3 resource=$4
  shift 4
  npx --yes vendor-destination@${version} explain ${paths} --expect "$expected" --action "$action" --principal "$principal" --resource "$resource" "$@"
}

${asked.join("\n")}
`;
}
