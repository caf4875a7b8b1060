/** One bucket, one role, one contract: the account in which the examples of the rules are checked. */
import { CONTRACT_SCHEMA_VERSION, type DeliveryContract, type Expectation } from "../../lib/contract/types";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole } from "../../lib/plan";
import { readConfiguration } from "../../lib/plan";
import { applyRules, type Finding } from "../../lib/rules";
import { unescapeUnknown } from "../../lib/unknown";
import type { Example } from "../../scripts/rule-pages";
import { allowSslRequestsOnly } from "../policy/ssl-statement";

export const BUCKET = "arn:aws:s3:::acme-logs";
export const ROLE = "arn:aws:iam::111111111111:role/vendor-delivery";
export const VENDOR = "arn:aws:iam::222222222222:role/vendor";

const KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000000";
const KEY = {
  address: KEY_ARN,
  location: { file: "main.tf.json", address: "aws_kms_key.logs" },
  names: [KEY_ARN],
  account: "111111111111",
};

const PUT_OBJECT: Expectation = {
  id: "vendor-put",
  title: "the vendor can put an object",
  actor: "vendor",
  action: "s3:PutObject",
  resource: `${BUCKET}/object`,
  context: {},
  expected: "allowed",
  why: "documented",
};

const SSL_ONLY = allowSslRequestsOnly(BUCKET);

/** A contract with the vendor behind a role, or in the bucket policy. */
export function contract(door: "assumedRole" | "bucketPolicy", change: Partial<DeliveryContract> = {}): DeliveryContract {
  return {
    schemaVersion: CONTRACT_SCHEMA_VERSION,
    id: "acme/Logs",
    vendor: { id: "acme-vendor", name: "Vendor", product: "Logs", documentation: "https://docs.example.com" },
    door,
    partition: "aws",
    bucket: { name: "acme-logs", arn: BUCKET },
    ...(door === "assumedRole" && { role: { name: "vendor-delivery", arn: ROLE } }),
    vendorPrincipals: [VENDOR],
    externalIds: [],
    keyPrefix: "",
    granted: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:AbortMultipartUpload"], objects: [`${BUCKET}/*`] },
    expectations: [],
    posture: [],
    accepted: [],
    cadence: {},
    ...change,
  };
}

export function policy(statements: unknown, address: string): PlannedPolicy {
  const document =
    typeof statements === "object" && statements !== null && "Statement" in statements
      ? statements
      : { Version: "2012-10-17", Statement: statements };
  return { document, text: unescapeUnknown(JSON.stringify(document)), location: { file: "main.tf.json", address } };
}

export function bucket(change: Partial<PlannedBucket> = {}): PlannedBucket {
  return {
    address: "aws_s3_bucket.logs",
    location: { file: "main.tf.json", address: "aws_s3_bucket.logs" },
    name: "acme-logs",
    arn: BUCKET,
    region: "eu-west-1",
    blockPublicAccess: { blockPublicAcls: "true", ignorePublicAcls: "true", blockPublicPolicy: "true", restrictPublicBuckets: "true" },
    encryption: "AES256",
    kmsKeyId: undefined,
    bucketKeyEnabled: undefined,
    versioning: undefined,
    objectOwnership: undefined,
    objectLock: undefined,
    acl: undefined,
    policies: [policy(SSL_ONLY, "aws_s3_bucket_policy.logs")],
    locations: {},
    ...change,
  };
}

export function role(change: Partial<PlannedRole> = {}): PlannedRole {
  return {
    address: "aws_iam_role.vendor",
    location: { file: "main.tf.json", address: "aws_iam_role.vendor" },
    name: "vendor-delivery",
    path: "/",
    arn: ROLE,
    trustPolicy: policy({ Effect: "Allow", Principal: { AWS: VENDOR }, Action: "sts:AssumeRole" }, "aws_iam_role.vendor"),
    inlinePolicies: [],
    managedPolicies: [],
    permissionsBoundary: undefined,
    ...change,
  };
}

export function model(parts: { buckets?: PlannedBucket[]; roles?: PlannedRole[] }): AccountModel {
  return { name: "main", source: "tf.json", buckets: parts.buckets ?? [], roles: parts.roles ?? [], contracts: [], problems: [] };
}

/** What the rules find in an example. `terraform` examples are checked without a contract, the others with one. */
export function findingsOf(kind: Example["kind"], value: unknown): Finding[] {
  const account = { account: "111111111111" };
  switch (kind) {
    case "terraform":
      return applyRules(readConfiguration(value, "main.tf.json"), []);
    case "beside": {
      const { dataFlows, serviceGrants, organizationPolicies, buckets } = readConfiguration({ resource: value }, "main.tf.json");
      const put = policy({ Effect: "Allow", Action: "s3:PutObject", Resource: `${BUCKET}/*` }, "aws_iam_role_policy.vendor");
      const destination = model({ buckets: [bucket(), ...buckets], roles: [role({ inlinePolicies: [put] })] });
      return applyRules(
        { ...destination, dataFlows, serviceGrants, organizationPolicies },
        [contract("assumedRole", { expectations: [PUT_OBJECT] })],
        account,
      );
    }
    case "bucket-policy":
      return applyRules(
        model({ buckets: [bucket({ policies: [policy(value, "aws_s3_bucket_policy.logs")] })] }),
        [contract("bucketPolicy")],
        account,
      );
    case "key-policy": {
      const key = { ...KEY, policy: policy(value, "aws_kms_key.logs") };
      const destination = model({ buckets: [bucket({ encryption: "aws:kms", kmsKeyId: KEY.address })], roles: [role()] });
      return applyRules(
        { ...destination, kms: { keys: [key], policies: [], aliases: [], grants: [] } },
        [contract("assumedRole")],
        account,
      );
    }
    case "trust-policy":
      return applyRules(
        model({ buckets: [bucket()], roles: [role({ trustPolicy: policy(value, "aws_iam_role.vendor") })] }),
        [contract("assumedRole")],
        account,
      );
    case "role-policy":
      return applyRules(
        model({ buckets: [bucket()], roles: [role({ inlinePolicies: [policy(value, "aws_iam_role_policy.vendor")] })] }),
        [contract("assumedRole")],
        account,
      );
    case "other-role": {
      const { trust, permissions } = value as { trust: unknown; permissions: unknown };
      const other = role({
        name: "other",
        arn: "arn:aws:iam::111111111111:role/other",
        trustPolicy: policy(trust, "aws_iam_role.other"),
        inlinePolicies: [policy(permissions, "aws_iam_role_policy.other")],
      });
      return applyRules(model({ buckets: [bucket()], roles: [role(), other] }), [contract("assumedRole")], account);
    }
    case "other-bucket": {
      const policies = [policy(value, "aws_s3_bucket_policy.payroll")];
      const payroll = bucket({ address: "aws_s3_bucket.payroll", name: "payroll", arn: "arn:aws:s3:::payroll", policies });
      return applyRules(model({ buckets: [bucket(), payroll], roles: [role()] }), [contract("assumedRole")], account);
    }
    case "settings": {
      const posture = [{ id: "versioning", title: "versioning", property: "versioning", oneOf: ["Disabled"], why: "documented" }];
      return applyRules(model({ buckets: [bucket(value as Partial<PlannedBucket>)] }), [contract("bucketPolicy", { posture })], account);
    }
  }
}
