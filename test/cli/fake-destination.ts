/** A customer's account as a validation meets it: one bucket, one role, a vendor, strangers; each test changes what it is about. */
import { readFileSync } from "node:fs";
import { Identities } from "../../cli/aws/identities";
import type { OperationName } from "../../cli/aws/operations";
import type { JournalItem } from "../../cli/clean-up/journal";
import type { DestinationReport } from "../../cli/report/validate/types";
import { type DestinationOptions, SharedReadings, validateDestination } from "../../cli/validate";
import type { DeliveryContract } from "../../lib/contract/types";
import { judge } from "../../lib/judge/judge";
import type { AccountModel } from "../../lib/plan/account-model";
import { allowSslRequestsOnly } from "../policy/ssl-statement";
import { contradictionsOf } from "./contradictions";
import { awsError, type Call, denied, FakeAws, FakeClock, type Handler } from "./fake-aws";

export const CUSTOMER = "111111111111";
export const VENDOR = "222222222222";
/** Canonical user ID of the customer's account. */
export const OWNER_ID = "0".repeat(64);
const ROLE_ARN = `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`;

export function contractOf(name: "kandji" | "sixsense", change: Partial<DeliveryContract> = {}): DeliveryContract {
  return { ...JSON.parse(readFileSync(`${__dirname}/contracts/${name}.json`, "utf8")), ...change };
}

/** Callers by the name of their profile. `role` is a session of the destination role. */
const ARNS: Readonly<Record<string, string>> = {
  environment: `arn:aws:sts::${CUSTOMER}:assumed-role/deployer/ci`,
  vendor: `arn:aws:sts::${VENDOR}:assumed-role/kandji-activity/run`,
  "vendor-other": `arn:aws:sts::${VENDOR}:assumed-role/other/run`,
  stranger: `arn:aws:sts::333333333333:assumed-role/stranger/run`,
};

interface StoredObject {
  readonly key: string;
  readonly versionId?: string;
  readonly marker?: boolean;
}

/** S3, STS and IAM in small. `allows` is the whole access control. */
export class FakeDestination {
  readonly clock = new FakeClock();
  readonly journal: { open: JournalItem[] } = { open: [] };
  objects: StoredObject[] = [];
  uploads: string[] = [];
  /** Stand-ins that exist. */
  readonly roles = new Set<string>();
  versioned = false;
  killed: (() => readonly unknown[]) | undefined;
  readonly stop = new AbortController();
  trust: unknown = statement({ Principal: { AWS: `arn:aws:iam::${VENDOR}:role/kandji-activity` }, Action: "sts:AssumeRole" });
  inline: unknown;
  policy: unknown;
  private versions = 0;
  readonly aws: FakeAws;

  constructor(readonly contract: DeliveryContract) {
    const { arn } = contract.bucket;
    const vendor = { AWS: contract.vendorPrincipals };
    this.inline = statement({ Action: "s3:ListBucket", Resource: arn }, { Action: "s3:*", Resource: `${arn}/*` });
    const ssl = allowSslRequestsOnly(arn);
    this.policy =
      contract.door === "bucketPolicy"
        ? statement(
            ssl,
            { Principal: vendor, Action: "s3:ListBucket", Resource: arn },
            { Principal: vendor, Action: ["s3:PutObject", "s3:PutObjectAcl"], Resource: `${arn}/*` },
          )
        : statement(ssl);
    this.aws = new FakeAws(this.handlers());
  }

  /** What AWS allows; tests override it. */
  allows = ({ who, operation, plainHttp }: Call): boolean => {
    if (plainHttp) return false;
    if (who === "environment") return true;
    if (operation === "sts:AssumeRole") return who === "vendor";
    const writer = this.contract.door === "bucketPolicy" ? "vendor" : "role";
    if (who !== writer) return false;
    const atObjects = ["s3:PutObject", "s3:DeleteObject", "s3:GetObject", "s3:HeadObject", "s3:ListObjectsV2", "s3:PutObjectAcl"];
    const forSixSense = ["s3:PutObject", "s3:PutObjectAcl", "s3:ListObjectsV2"];
    return (this.contract.door === "bucketPolicy" ? forSixSense : atObjects).includes(operation);
  };

  /** Validates as the brief options say; every call that nobody planned fails. */
  async validate(change: Partial<DestinationOptions> = {}, planned?: AccountModel): Promise<DestinationReport> {
    const options: DestinationOptions = {
      sources: { deployer: { kind: "environment" }, strangers: [] },
      asked: undefined,
      connect: this.aws.connect,
      identities: new Identities(this.aws.connect, { signal: this.stop.signal, clock: this.clock }),
      shared: new SharedReadings(this.stop.signal),
      contracts: [this.contract],
      judge,
      journal: {
        intend: (item) => void this.journal.open.push(item),
        gone: (item) => {
          this.journal.open = this.journal.open.filter(({ name, key }) => name !== item.name || key !== item.key);
        },
      },
      clock: this.clock,
      signal: this.stop.signal,
      assumeMs: 120_000,
      s3Ms: 120_000,
      region: undefined,
      owner: undefined,
      endpoint: undefined,
      multipart: false,
      readOnly: false,
      onKill: (describe) => {
        this.killed = describe;
        return () => {
          this.killed = undefined;
        };
      },
      progress: () => {},
      ...change,
    };
    const report = await validateDestination(this.contract, options, planned);
    if (this.aws.unplanned.length > 0) throw new Error(`nobody planned ${JSON.stringify(this.aws.unplanned)}`);
    const contradictions = contradictionsOf(report);
    if (contradictions.length > 0) throw new Error(`the report contradicts itself: ${contradictions.join("; ")}`);
    return report;
  }

  private handlers(): Partial<Record<OperationName, Handler>> {
    const guarded = (handler: Handler): Handler => {
      return (call) => {
        if (!this.allows(call)) throw denied();
        return handler(call);
      };
    };
    const open: Partial<Record<OperationName, Handler>> = {
      "sts:GetCallerIdentity": ({ who }) => {
        const arn = ARNS[who];
        if (!arn) throw awsError("InvalidClientTokenId", 403, "The security token included in the request is invalid");
        return { Arn: arn, Account: arn.split(":")[4] };
      },
      "s3:HeadBucket": () => ({ BucketRegion: "eu-west-1" }),
    };
    const closed: Partial<Record<OperationName, Handler>> = {
      "sts:AssumeRole": () => ({ Credentials: { AccessKeyId: "role", SecretAccessKey: "secret", SessionToken: "token" } }),
      "s3:PutObject": ({ input }) => this.put(input.Key),
      "s3:GetObject": ({ input }) => {
        const newest = this.objects.findLast(({ key }) => key === input.Key);
        if (newest?.marker) throw awsError("NoSuchKey", 404, "", { "x-amz-delete-marker": "true", "x-amz-version-id": newest.versionId! });
        if (!newest) throw awsError("NoSuchKey", 404);
        return newest.versionId === undefined ? {} : { VersionId: newest.versionId };
      },
      "s3:HeadObject": ({ input }) => {
        const newest = this.objects.findLast(({ key }) => key === input.Key);
        if (!newest || newest.marker) throw awsError("NotFound", 404);
        return {};
      },
      "s3:PutObjectAcl": () => ({}),
      "s3:ListObjectsV2": () => ({ Contents: [] }),
      "s3:DeleteObject": ({ input }) => this.delete(input.Key, input.VersionId),
      "s3:ListObjectVersions": ({ input }) => {
        const found = this.objects.filter(({ key }) => key.startsWith(input.Prefix));
        const shown = found.map(({ key, versionId, marker }, index) => {
          const IsLatest = !found.slice(index + 1).some((later) => later.key === key);
          return { Key: key, VersionId: versionId ?? "null", marker, IsLatest };
        });
        return { Versions: shown.filter(({ marker }) => !marker), DeleteMarkers: shown.filter(({ marker }) => marker) };
      },
      "s3:PutBucketPolicy": () => {
        throw awsError("MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'");
      },
      "s3:ListBuckets": () => ({ Buckets: [{ Name: this.contract.bucket.name }] }),
      "s3:GetBucketPolicy": () => ({ Policy: JSON.stringify(this.policy) }),
      "s3:GetBucketPolicyStatus": () => ({ PolicyStatus: { IsPublic: false } }),
      "s3:GetPublicAccessBlock": () => ({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
      "s3:GetBucketEncryption": () => ({
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: true }],
        },
      }),
      "s3:GetBucketVersioning": () => (this.versioned ? { Status: "Enabled" } : {}),
      "s3:GetBucketOwnershipControls": () => ({
        OwnershipControls: {
          Rules: [{ ObjectOwnership: this.contract.door === "bucketPolicy" ? "BucketOwnerPreferred" : "BucketOwnerEnforced" }],
        },
      }),
      "s3:GetObjectLockConfiguration": () => {
        throw awsError("ObjectLockConfigurationNotFoundError", 404);
      },
      "s3:GetBucketRequestPayment": () => ({ Payer: "BucketOwner" }),
      "s3:GetBucketAcl": () => ({
        Owner: { ID: OWNER_ID },
        Grants: [{ Grantee: { Type: "CanonicalUser", ID: OWNER_ID }, Permission: "FULL_CONTROL" }],
      }),
      "s3:GetBucketLifecycleConfiguration": () => {
        throw awsError("NoSuchLifecycleConfiguration", 404);
      },
      "s3:GetBucketReplication": () => {
        throw awsError("ReplicationConfigurationNotFoundError", 404);
      },
      "s3:GetBucketWebsite": () => {
        throw awsError("NoSuchWebsiteConfiguration", 404);
      },
      "s3:GetBucketNotificationConfiguration": () => ({}),
      "s3:ListBucketInventoryConfigurations": () => ({}),
      "s3:ListBucketAnalyticsConfigurations": () => ({}),
      "iam:GetRole": ({ input }) => {
        if (input.RoleName !== this.contract.role?.name) throw awsError("NoSuchEntity", 404);
        return { Role: { Arn: ROLE_ARN, Path: "/", AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(this.trust)) } };
      },
      "iam:ListRolePolicies": () => ({ PolicyNames: ["delivery"] }),
      "iam:GetRolePolicy": () => ({ PolicyDocument: encodeURIComponent(JSON.stringify(this.inline)) }),
      "iam:SimulateCustomPolicy": () => {
        throw awsError("NotImplemented", 501);
      },
      "iam:ListAttachedRolePolicies": () => ({ AttachedPolicies: [] }),
      // A key of the account with the policy that AWS gives it.
      "kms:DescribeKey": ({ input }) => ({ KeyMetadata: { Arn: input.KeyId, AWSAccountId: CUSTOMER, KeyState: "Enabled" } }),
      "kms:GetKeyPolicy": () => ({
        Policy: JSON.stringify(statement({ Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` }, Action: "kms:*", Resource: "*" })),
      }),
      "kms:ListGrants": () => ({ Grants: [], Truncated: false }),
      "accessanalyzer:ValidatePolicy": () => {
        throw awsError("NotImplemented", 501);
      },
      "accessanalyzer:ListAnalyzers": () => ({ analyzers: [] }),
      "s3control:GetPublicAccessBlock": () => {
        throw awsError("NoSuchPublicAccessBlockConfiguration", 404);
      },
      "s3control:ListAccessGrants": () => {
        throw awsError("AccessGrantsInstanceNotExistsError", 404);
      },
      "s3control:ListAccessPoints": () => ({ AccessPointList: [] }),
      // As for most accounts of an organization.
      "organizations:DescribeOrganization": () => ({ Organization: { Id: "o-a1b2c3d4e5", MasterAccountId: "999999999999" } }),
      "organizations:ListPoliciesForTarget": () => {
        throw awsError("AccessDeniedException", 400, "You don't have permissions to access this resource.");
      },
    };
    const all: Partial<Record<OperationName, Handler>> = { ...open };
    for (const [operation, handler] of Object.entries(closed)) all[operation as OperationName] = guarded(handler);
    return all;
  }

  put(key: string): { VersionId?: string } {
    if (this.objects.some((object) => object.key === key)) throw awsError("PreconditionFailed", 412);
    if (!this.versioned) {
      this.objects.push({ key });
      return {};
    }
    const versionId = `v${++this.versions}`;
    this.objects.push({ key, versionId });
    return { VersionId: versionId };
  }

  private delete(key: string, versionId?: string): { VersionId?: string; DeleteMarker?: boolean } {
    // As S3 does: deleting a version that does not exist succeeds, and adds no delete marker.
    if (versionId !== undefined) {
      this.objects = this.objects.filter((object) => object.key !== key || (object.versionId ?? "null") !== versionId);
      return { VersionId: versionId };
    }
    if (this.versioned) {
      const marker = `m${++this.versions}`;
      this.objects.push({ key, versionId: marker, marker: true });
      return { VersionId: marker, DeleteMarker: true };
    }
    this.objects = this.objects.filter((object) => object.key !== key);
    return {};
  }
}

export function statement(...statements: object[]) {
  return { Version: "2012-10-17", Statement: statements.map((one) => ({ Effect: "Allow", ...one })) };
}

/** Outcome and evidence of one result. */
export function outcomeOf(report: DestinationReport, id: string): string {
  const result = report.results.find((candidate) => candidate.id === id);
  return result ? `${result.outcome} ${result.evidence ?? "-"}` : "absent";
}
