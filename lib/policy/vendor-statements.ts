import type { Statement } from "./document";
import { allow } from "./statements";

/** What a vendor is granted. */
export interface VendorGrant {
  readonly granted: { readonly bucketActions: readonly string[]; readonly objectActions: readonly string[] };
  readonly bucketArn: string;
  readonly objectArns: string[];
  /** In a bucket policy. */
  readonly principalArns?: string[];
  /** Which destination of the bucket it is, from 1. */
  readonly ordinal?: number;
}

/** The statements that grant a vendor its actions, one for the bucket and one for its objects. */
export function vendorStatements({ granted, bucketArn, objectArns, principalArns, ordinal = 1 }: VendorGrant): Statement[] {
  const suffix = ordinal === 1 ? "" : `${ordinal}`;
  return [
    ...(granted.bucketActions.length === 0
      ? []
      : [allow(`AllowVendorOnBucket${suffix}`, { actions: granted.bucketActions, resources: [bucketArn], principalArns })]),
    ...(granted.objectActions.length === 0
      ? []
      : [allow(`AllowVendorOnObjects${suffix}`, { actions: granted.objectActions, resources: objectArns, principalArns })]),
  ];
}
