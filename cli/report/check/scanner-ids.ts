import type { ScannerIds } from "../../../lib/rules";

const SCANNERS: readonly (readonly [keyof ScannerIds, string])[] = [
  ["checkov", "checkov"],
  ["trivy", "Trivy"],
  ["prowler", "Prowler"],
  ["securityHub", "Security Hub"],
  ["cis", "CIS"],
];

/** `checkov CKV_AWS_21 · Security Hub S3.14`. */
export function showScannerIds(ids: ScannerIds): string {
  return SCANNERS.filter(([key]) => ids[key].length > 0)
    .map(([key, name]) => `${name} ${ids[key].join(", ")}`)
    .join(" · ");
}
