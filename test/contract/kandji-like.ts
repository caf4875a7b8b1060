import { deriveContract } from "../../lib/contract/derive";
import { type ContractChoices, contractTerms } from "../../lib/contract/terms";
import type { ContractTerms, DeliveryContract, Expectation } from "../../lib/contract/types";
import { type AccountModel, readConfiguration } from "../../lib/plan";
import { KANDJI_PROFILE } from "../../lib/vendors/kandji";
import { SIX_SENSE_PROFILE } from "../../lib/vendors/six-sense";
import { allowSslRequestsOnly } from "../policy/ssl-statement";

export const BUCKET = "arn:aws:s3:::b-kandji";
export const ROLE = "arn:aws:iam::111111111111:role/kandji";
export const VENDOR = "arn:aws:iam::222222222222:role/kandji-activity";

/** A contract of a vendor that assumes a role, as Kandji does. */
export function byRole(choices: Partial<ContractChoices> = {}): DeliveryContract {
  return deriveContract(termsByRole(choices));
}

export function termsByRole(choices: Partial<ContractChoices> = {}): ContractTerms {
  return contractTerms(KANDJI_PROFILE.facts, {
    id: "stack/Kandji",
    door: "assumedRole",
    partition: "aws",
    bucket: { name: "b-kandji", arn: BUCKET },
    role: { name: "kandji", arn: ROLE },
    vendorPrincipals: [VENDOR],
    externalIds: [],
    keyPrefixes: [],
    limitedToPrefixes: false,
    granted: KANDJI_PROFILE.facts.documentedPermissions,
    exercised: KANDJI_PROFILE.exercised,
    posture: { encryption: "AES256", versioning: "Disabled", objectOwnership: "BucketOwnerEnforced" },
    accepted: [],
    ...choices,
  });
}

/** A contract of a vendor that the bucket policy names, as 6sense is. */
export function byBucketPolicy(choices: Partial<ContractChoices> = {}): DeliveryContract {
  return deriveContract(
    contractTerms(SIX_SENSE_PROFILE.facts, {
      id: "stack/SixSense",
      door: "bucketPolicy",
      partition: "aws",
      bucket: { name: "b-kandji", arn: BUCKET, region: "eu-west-1" },
      vendorPrincipals: [VENDOR],
      externalIds: [],
      keyPrefixes: ["packs/", "audit/"],
      limitedToPrefixes: false,
      granted: SIX_SENSE_PROFILE.facts.documentedPermissions,
      exercised: SIX_SENSE_PROFILE.exercised,
      posture: { encryption: "AES256", versioning: "Disabled", objectOwnership: "BucketOwnerPreferred" },
      accepted: [],
      ...choices,
    }),
  );
}

export function expectationOf(contract: DeliveryContract, id: string): Expectation | undefined {
  return contract.expectations.find((expectation) => expectation.id === id);
}

type Statements = readonly Record<string, unknown>[];

/** What an account is like: everything right, unless said otherwise. */
export interface AccountParts {
  readonly trust?: Statements;
  readonly inline?: Statements;
  readonly bucketPolicy?: Statements | undefined;
  readonly publicAccessBlock?: Record<string, unknown>;
  readonly versioning?: string;
  readonly encryption?: string;
  readonly ownership?: string;
  readonly region?: string;
  readonly boundary?: Statements;
  readonly more?: Record<string, Record<string, Record<string, unknown>>>;
}

export const DENY_HTTP = allowSslRequestsOnly(BUCKET);
export const TRUST = { Effect: "Allow", Principal: { AWS: VENDOR }, Action: "sts:AssumeRole" };
export const LIST = { Effect: "Allow", Action: "s3:ListBucket", Resource: BUCKET };
export const ALL_OBJECTS = { Sid: "Objects", Effect: "Allow", Action: "s3:*", Resource: `${BUCKET}/*` };

/** The account, written by hand and not by the constructs: author and judge share nothing here. */
export function account(parts: AccountParts = {}): AccountModel {
  const policy = (statements: Statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const bucketPolicy = "bucketPolicy" in parts ? parts.bucketPolicy : [DENY_HTTP];
  return readConfiguration(
    {
      resource: {
        aws_s3_bucket: { b: { bucket: "b-kandji", ...(parts.region && { region: parts.region }) } },
        aws_s3_bucket_public_access_block: {
          b: {
            bucket: "b-kandji",
            block_public_acls: true,
            ignore_public_acls: true,
            block_public_policy: true,
            restrict_public_buckets: true,
            ...parts.publicAccessBlock,
          },
        },
        aws_s3_bucket_versioning: { b: { bucket: "b-kandji", versioning_configuration: { status: parts.versioning ?? "Disabled" } } },
        aws_s3_bucket_ownership_controls: {
          b: { bucket: "b-kandji", rule: { object_ownership: parts.ownership ?? "BucketOwnerEnforced" } },
        },
        aws_s3_bucket_server_side_encryption_configuration: {
          b: {
            bucket: "b-kandji",
            rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: parts.encryption ?? "AES256" }, bucket_key_enabled: true }],
          },
        },
        ...(bucketPolicy && { aws_s3_bucket_policy: { b: { bucket: "b-kandji", policy: policy(bucketPolicy) } } }),
        aws_iam_role: {
          r: {
            name: "kandji",
            assume_role_policy: policy(parts.trust ?? [TRUST]),
            ...(parts.boundary && { permissions_boundary: "${aws_iam_policy.boundary.arn}" }),
          },
        },
        aws_iam_role_policy: { p: { name: "inline", role: "kandji", policy: policy(parts.inline ?? [LIST, ALL_OBJECTS]) } },
        ...(parts.boundary && { aws_iam_policy: { boundary: { name: "boundary", policy: policy(parts.boundary) } } }),
        ...parts.more,
      },
    },
    "account.tf.json",
  );
}
