import { type DeliveryContract, isWholeAccount } from "../contract";

/**
 * The ids under which scanners report findings that follow from the vendor's documentation, so that users can suppress them with a reason.
 *
 * @see https://www.checkov.io/5.Policy%20Index/terraform.html
 * @see https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/aws
 * @see https://hub.prowler.com/check
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html
 */
export interface ScannerIds {
  readonly checkov: readonly string[];
  readonly trivy: readonly string[];
  readonly prowler: readonly string[];
  readonly securityHub: readonly string[];
  readonly cis: readonly string[];
}

/** By reason code. */
const SCANNER_IDS: Readonly<Record<string, ScannerIds>> = {
  "R-ver": {
    checkov: ["CKV_AWS_21"],
    trivy: ["AWS-0090", "AWS-0170"],
    prowler: ["s3_bucket_object_versioning", "s3_bucket_no_mfa_delete", "s3_bucket_object_lock", "s3_bucket_cross_region_replication"],
    securityHub: ["S3.14", "S3.15", "S3.7", "S3.20"],
    cis: ["3.1.2"],
  },
  "R-kms": {
    checkov: ["CKV_AWS_145"],
    trivy: ["AWS-0132"],
    prowler: ["s3_bucket_kms_encryption"],
    securityHub: ["S3.17"],
    cis: [],
  },
  "R-xacct": {
    checkov: ["CKV_AWS_61"],
    trivy: [],
    prowler: ["s3_bucket_cross_account_access"],
    securityHub: [],
    cis: [],
  },
  "R-acl": {
    checkov: ["CKV2_AWS_65"],
    trivy: [],
    prowler: ["s3_bucket_acl_prohibited"],
    securityHub: ["S3.6", "S3.12"],
    cis: [],
  },
  "R-wild": {
    checkov: [],
    trivy: ["AWS-0345"],
    prowler: [],
    securityHub: [],
    cis: [],
  },
  "R-dot": {
    checkov: [],
    trivy: ["AWS-0320"],
    prowler: [],
    securityHub: [],
    cis: [],
  },
};

const NONE: ScannerIds = { checkov: [], trivy: [], prowler: [], securityHub: [], cis: [] };

/** IDs of checks that read policies of roles only. */
const OF_ROLES = new Set(["CKV_AWS_61", "AWS-0345"]);

/** IDs of checks that read bucket policies only. */
const OF_BUCKET_POLICIES = new Set(["s3_bucket_cross_account_access", "S3.6"]);

/** What decides which checks can find something in a destination. */
export type DestinationShape = Pick<DeliveryContract, "door" | "vendorPrincipals" | "externalIds">;

/** The ids under which scanners report a reason code in a destination of this shape; none for an unknown code. */
export function scannerIds(code: string, shape: DestinationShape): ScannerIds {
  const all = SCANNER_IDS[code] ?? NONE;
  const applying = (ids: readonly string[]) => ids.filter((id) => applies(id, shape));
  return {
    checkov: applying(all.checkov),
    trivy: applying(all.trivy),
    prowler: applying(all.prowler),
    securityHub: applying(all.securityHub),
    cis: applying(all.cis),
  };
}

function applies(id: string, { door, vendorPrincipals, externalIds }: DestinationShape): boolean {
  if (door === "bucketPolicy") return !OF_ROLES.has(id);
  // checkov looks for a whole account in a trust policy without an external ID.
  if (id === "CKV_AWS_61") return externalIds.length === 0 && vendorPrincipals.some(isWholeAccount);
  return !OF_BUCKET_POLICIES.has(id);
}
