/** Changes that somebody makes by hand after deploy. This file is one long list: each entry is a row of the table in docs/validate.md. */
import { awsError } from "../fake-aws";
import { CUSTOMER, OWNER_ID, statement, VENDOR } from "../fake-destination";
import { addAccessPoint, addAnalyzer, addOrganization } from "../surroundings";
import type { EnforcedDestination, Example } from "./enforced";

export interface Change {
  readonly example: Example;
  /** What somebody does, for the table. */
  readonly title: string;
  readonly make: (place: EnforcedDestination) => void;
}

const VENDOR_ROLE = `arn:aws:iam::${VENDOR}:role/kandji-activity`;
const FOREIGN = "arn:aws:iam::333333333333:root";
const SIXSENSE = "arn:aws:s3:::acme.6sense.staging";
const KANDJI = "arn:aws:s3:::acme-kandji-activity";
const GROUPS = "http://acs.amazonaws.com/groups/global";

type Statement = Record<string, unknown>;

function set(statement: Statement | undefined, elements: Statement): void {
  Object.assign(statement!, elements);
}

/** Edits the bucket policy of the 6sense example: SSL-only, list, put. */
function policy(title: string, edit: (statements: Statement[]) => void): Change {
  return { example: "sixsense", title, make: (place) => edit(place.statements(place.policy)) };
}

function added(title: string, change: object): Change {
  return policy(title, (statements) => void statements.push({ Effect: "Allow", ...change }));
}

function trust(title: string, edit: (statements: Statement[]) => void): Change {
  return { example: "kandji", title, make: (place) => edit(place.statements(place.trust)) };
}

/** Edits the inline policy of the Kandji example: list, then everything on objects. */
function inline(title: string, edit: (statements: Statement[]) => void): Change {
  return { example: "kandji", title, make: (place) => edit(place.statements(place.inline)) };
}

function answered(example: Example, title: string, operation: Parameters<EnforcedDestination["answer"]>[0], answer: () => unknown): Change {
  return { example, title, make: (place) => place.answer(operation, answer) };
}

function blockPublicAccess(title: string, off: readonly string[]): Change {
  const settings = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
  return answered("sixsense", title, "s3:GetPublicAccessBlock", () => ({
    PublicAccessBlockConfiguration: Object.fromEntries(settings.map((name) => [name, !off.includes(name)])),
  }));
}

function acl(title: string, grantee: object, permission: string): Change {
  return answered("sixsense", title, "s3:GetBucketAcl", () => ({
    Owner: { ID: OWNER_ID },
    Grants: [
      { Grantee: { Type: "CanonicalUser", ID: OWNER_ID }, Permission: "FULL_CONTROL" },
      { Grantee: grantee, Permission: permission },
    ],
  }));
}

function lifecycle(title: string, rule: object): Change {
  return answered("sixsense", title, "s3:GetBucketLifecycleConfiguration", () => ({
    Rules: [{ ID: "added", Status: "Enabled", ...rule }],
  }));
}

/** What the deployer sees around the bucket of the 6sense example. */
function around(title: string, make: Change["make"]): Change {
  return { example: "sixsense", title, make };
}

const DENY_PUT = { Effect: "Deny", Action: "s3:PutObject", Resource: "*" };

function gone(name: string): () => never {
  return () => {
    throw awsError(name, 404);
  };
}

/** The deployer finds another role by the name of the contract's role. */
function roleInstead(title: string, Arn: string): Change {
  const make = (place: EnforcedDestination) =>
    place.answer("iam:GetRole", () => ({
      Role: { Arn, Path: "/", AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(place.trust)) },
    }));
  return { example: "kandji", title, make };
}

const CANONICAL = { Type: "CanonicalUser", ID: "f".repeat(64) };

export const CHANGES: readonly Change[] = [
  // The bucket policy.
  {
    example: "sixsense",
    title: "bucket policy deleted (6sense)",
    make: (place) => {
      place.policy = undefined;
    },
  },
  {
    example: "kandji",
    title: "bucket policy deleted (Kandji)",
    make: (place) => {
      place.policy = undefined;
    },
  },
  policy("`AllowSSLRequestsOnly` removed", (all) => void all.splice(0, 1)),
  policy("`AllowSSLRequestsOnly` covers the objects only", ([ssl]) => set(ssl, { Resource: `${SIXSENSE}/*` })),
  policy("`AllowSSLRequestsOnly` covers the bucket only", ([ssl]) => set(ssl, { Resource: SIXSENSE })),
  policy("`AllowSSLRequestsOnly` names one principal", ([ssl]) => set(ssl, { Principal: { AWS: FOREIGN } })),
  policy("`AllowSSLRequestsOnly` inverted: denies HTTPS", ([ssl]) => set(ssl, { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
  policy("Allow to list removed", (all) => void all.splice(1, 1)),
  policy("Allow to put removed", (all) => void all.splice(2, 1)),
  policy("`s3:PutObjectAcl` removed", ([, , put]) => set(put, { Action: "s3:PutObject" })),
  policy("`s3:PutObject` removed", ([, , put]) => set(put, { Action: "s3:PutObjectAcl" })),
  policy("Allow to put narrowed to the first prefix", ([, , put]) => set(put, { Resource: `${SIXSENSE}/data-packs/*` })),
  policy("Allow to put narrowed to the second prefix", ([, , put]) => set(put, { Resource: `${SIXSENSE}/audit/*` })),
  policy("`s3:PutObjectAcl` on the second prefix only", (all) => {
    all[2]!.Action = "s3:PutObject";
    all.push({ Effect: "Allow", Principal: { AWS: VENDOR_ROLE }, Action: "s3:PutObjectAcl", Resource: `${SIXSENSE}/audit/*` });
  }),
  policy("Allow to put requires the ACL `public-read`", ([, , put]) =>
    set(put, { Condition: { StringEquals: { "s3:x-amz-acl": "public-read" } } }),
  ),
  policy("vendor replaced by another role of its account", (all) => {
    for (const one of all.slice(1)) one.Principal = { AWS: `arn:aws:iam::${VENDOR}:role/other` };
  }),
  policy("vendor's role replaced by its whole account", (all) => {
    for (const one of all.slice(1)) one.Principal = { AWS: `arn:aws:iam::${VENDOR}:root` };
  }),
  policy("vendor's role deleted and made again", (all) => {
    for (const one of all.slice(1)) one.Principal = { AWS: "AROAEXAMPLEEXAMPLE123" };
  }),
  added("another account allowed everything", { Principal: { AWS: FOREIGN }, Action: "s3:*", Resource: [SIXSENSE, `${SIXSENSE}/*`] }),
  added("another account allowed to read, put, list and change the policy", {
    Principal: { AWS: FOREIGN },
    Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:PutBucketPolicy"],
    Resource: [SIXSENSE, `${SIXSENSE}/*`],
  }),
  added("another account allowed to read one prefix", {
    Principal: { AWS: "333333333333" },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/exports/*`,
  }),
  added("a role of another account allowed to list", {
    Principal: { AWS: "arn:aws:iam::333333333333:role/reader" },
    Action: "s3:ListBucket",
    Resource: SIXSENSE,
  }),
  added("another account allowed to delete", { Principal: { AWS: FOREIGN }, Action: "s3:DeleteObject", Resource: `${SIXSENSE}/*` }),
  added("another account allowed from one network", {
    Principal: { AWS: FOREIGN },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
  }),
  added("another role of the vendor's account allowed to read", {
    Principal: { AWS: `arn:aws:iam::${VENDOR}:role/other` },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("everybody allowed to read", { Principal: "*", Action: "s3:GetObject", Resource: `${SIXSENSE}/*` }),
  added("everybody in a VPC endpoint allowed to read", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } },
  }),
  added("another organization allowed to read", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  }),
  added("everybody but one account allowed to read", { NotPrincipal: { AWS: FOREIGN }, Action: "s3:GetObject", Resource: `${SIXSENSE}/*` }),
  added("access points of another account allowed", {
    Principal: "*",
    Action: "s3:*",
    Resource: [SIXSENSE, `${SIXSENSE}/*`],
    Condition: { StringEquals: { "s3:DataAccessPointAccount": "333333333333" } },
  }),
  added("a service allowed without a source", {
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("a service allowed for another account", {
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": "333333333333" } },
  }),
  added("vendor allowed to read", { Principal: { AWS: VENDOR_ROLE }, Action: "s3:GetObject", Resource: `${SIXSENSE}/*` }),
  added("vendor allowed to read the first prefix", {
    Principal: { AWS: VENDOR_ROLE },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/data-packs/*`,
  }),
  added("vendor allowed to read the second prefix", {
    Principal: { AWS: VENDOR_ROLE },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/audit/*`,
  }),
  added("vendor allowed to delete", { Principal: { AWS: VENDOR_ROLE }, Action: "s3:DeleteObject", Resource: `${SIXSENSE}/*` }),
  added("vendor allowed to change the bucket policy", {
    Principal: { AWS: VENDOR_ROLE },
    Action: "s3:PutBucketPolicy",
    Resource: SIXSENSE,
  }),
  added("vendor allowed everything", { Principal: { AWS: VENDOR_ROLE }, Action: "s3:*", Resource: [SIXSENSE, `${SIXSENSE}/*`] }),
  added("Deny for the vendor added", {
    Effect: "Deny",
    Principal: { AWS: VENDOR_ROLE },
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("Deny for the vendor below the second prefix added", {
    Effect: "Deny",
    Principal: { AWS: VENDOR_ROLE },
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/audit/*`,
  }),
  added("Deny of uploads without KMS added", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
  }),
  added("Deny of other networks added", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [SIXSENSE, `${SIXSENSE}/*`],
    Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  }),
  added("Deny of reading the policy added, for everybody", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:GetBucketPolicy",
    Resource: SIXSENSE,
  }),
  {
    example: "kandji",
    title: "another account added to the bucket policy (Kandji)",
    make: (place) =>
      place
        .statements(place.policy)
        .push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "s3:GetObject", Resource: `${KANDJI}/*` }),
  },
  {
    example: "kandji",
    title: "vendor itself added to the bucket policy (Kandji)",
    make: (place) =>
      place
        .statements(place.policy)
        .push({ Effect: "Allow", Principal: { AWS: VENDOR_ROLE }, Action: "s3:PutObject", Resource: `${KANDJI}/*` }),
  },
  {
    example: "kandji",
    title: "Deny for the role added to the bucket policy",
    make: (place) =>
      place.statements(place.policy).push({
        Effect: "Deny",
        Principal: { AWS: `arn:aws:iam::${CUSTOMER}:role/kandji-delivery` },
        Action: "s3:DeleteObject",
        Resource: `${KANDJI}/*`,
      }),
  },
  // The trust policy.
  trust("trust policy: vendor replaced by another role", ([vendor]) =>
    set(vendor, { Principal: { AWS: `arn:aws:iam::${VENDOR}:role/other` } }),
  ),
  trust("trust policy: vendor's role replaced by its whole account", ([vendor]) =>
    set(vendor, { Principal: { AWS: `arn:aws:iam::${VENDOR}:root` } }),
  ),
  trust("trust policy: vendor's role deleted and made again", ([vendor]) => set(vendor, { Principal: { AWS: "AROAEXAMPLEEXAMPLE123" } })),
  trust("trust policy: everybody trusted", ([vendor]) => set(vendor, { Principal: "*" })),
  trust(
    "trust policy: another account added",
    (all) => void all.push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "sts:AssumeRole" }),
  ),
  trust(
    "trust policy: own account added",
    (all) => void all.push({ Effect: "Allow", Principal: { AWS: CUSTOMER }, Action: "sts:AssumeRole" }),
  ),
  trust(
    "trust policy: a service added",
    (all) => void all.push({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
  ),
  trust("trust policy: an external ID required that the vendor does not know", ([vendor]) =>
    set(vendor, { Condition: { StringEquals: { "sts:ExternalId": "other" } } }),
  ),
  trust(
    "trust policy: Deny for the vendor added",
    (all) => void all.push({ Effect: "Deny", Principal: { AWS: VENDOR_ROLE }, Action: "sts:AssumeRole" }),
  ),
  trust("trust policy: vendor's statement removed", (all) => void all.splice(0, 1)),
  // The role's policies.
  { example: "kandji", title: "inline policy deleted", make: (place) => place.answer("iam:ListRolePolicies", () => ({ PolicyNames: [] })) },
  inline("inline policy: list removed", (all) => void all.splice(0, 1)),
  inline("inline policy: objects removed", (all) => void all.splice(1, 1)),
  inline("inline policy: no longer allows to delete", ([, objects]) => set(objects, { Action: ["s3:PutObject", "s3:GetObject"] })),
  inline("inline policy: no longer allows to put", ([, objects]) => set(objects, { Action: ["s3:DeleteObject", "s3:GetObject"] })),
  inline("inline policy: another prefix", ([, objects]) => set(objects, { Resource: `${KANDJI}/other/*` })),
  inline("inline policy: another bucket", (all) => {
    all[0]!.Resource = "arn:aws:s3:::other";
    all[1]!.Resource = "arn:aws:s3:::other/*";
  }),
  inline("inline policy: all buckets", ([, objects]) => set(objects, { Resource: "*" })),
  inline("inline policy: list all buckets", ([list]) => set(list, { Resource: "*" })),
  inline("inline policy: everything", (all) => void all.push({ Effect: "Allow", Action: "*", Resource: "*" })),
  inline(
    "inline policy: may change the bucket policy",
    (all) => void all.push({ Effect: "Allow", Action: "s3:PutBucketPolicy", Resource: KANDJI }),
  ),
  inline(
    "inline policy: Deny to delete added",
    (all) => void all.push({ Effect: "Deny", Action: "s3:DeleteObject", Resource: `${KANDJI}/*` }),
  ),
  inline("inline policy: only from one network", ([, objects]) =>
    set(objects, { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
  ),
  {
    example: "kandji",
    title: "AdministratorAccess attached to the role",
    make: (place) => {
      const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      place.answer("iam:ListAttachedRolePolicies", () => ({ AttachedPolicies: [{ PolicyArn }] }));
      place.answer("iam:GetPolicy", () => ({ Policy: { DefaultVersionId: "v1" } }));
      place.answer("iam:GetPolicyVersion", () => ({
        PolicyVersion: { Document: encodeURIComponent(JSON.stringify(statement({ Action: "*", Resource: "*" }))) },
      }));
    },
  },
  {
    example: "kandji",
    title: "permissions boundary without S3 set on the role",
    make: (place) => {
      const document = statement({ Action: "ec2:*", Resource: "*" });
      place.boundary = document;
      const PermissionsBoundary = { PermissionsBoundaryArn: `arn:aws:iam::${CUSTOMER}:policy/boundary` };
      place.answer("iam:GetRole", () => ({
        Role: {
          Arn: place.contract.role!.arn,
          Path: "/",
          AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(place.trust)),
          PermissionsBoundary,
        },
      }));
      place.answer("iam:GetPolicy", () => ({ Policy: { DefaultVersionId: "v1" } }));
      place.answer("iam:GetPolicyVersion", () => ({ PolicyVersion: { Document: encodeURIComponent(JSON.stringify(document)) } }));
    },
  },
  {
    example: "kandji",
    title: "role deleted",
    make: (place) => {
      for (const operation of ["iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"] as const)
        place.answer(operation, gone("NoSuchEntityException"));
      place.trust = statement({ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" });
    },
  },
  // Settings of the bucket.
  ...["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map((name) =>
    blockPublicAccess(`Block Public Access: \`${name}\` off`, [name]),
  ),
  answered("sixsense", "Block Public Access removed", "s3:GetPublicAccessBlock", gone("NoSuchPublicAccessBlockConfiguration")),
  acl("ACL: another account may list (`READ`)", CANONICAL, "READ"),
  acl("ACL: another account may write (`WRITE`)", CANONICAL, "WRITE"),
  acl("ACL: another account has `FULL_CONTROL`", CANONICAL, "FULL_CONTROL"),
  acl("ACL: everybody may list", { Type: "Group", URI: `${GROUPS}/AllUsers` }, "READ"),
  acl("ACL: every AWS account may write", { Type: "Group", URI: `${GROUPS}/AuthenticatedUsers` }, "WRITE"),
  answered("sixsense", "Object Ownership set to `BucketOwnerEnforced` (6sense)", "s3:GetBucketOwnershipControls", () => ({
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  })),
  answered("kandji", "Object Ownership set to `ObjectWriter` (Kandji)", "s3:GetBucketOwnershipControls", () => ({
    OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
  })),
  answered("kandji", "Object Ownership removed", "s3:GetBucketOwnershipControls", gone("OwnershipControlsNotFoundError")),
  answered("sixsense", "default encryption changed to a KMS key", "s3:GetBucketEncryption", () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key" } }],
    },
  })),
  answered("kandji", "S3 Bucket Key turned off", "s3:GetBucketEncryption", () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
    },
  })),
  answered("sixsense", "versioning enabled", "s3:GetBucketVersioning", () => ({ Status: "Enabled" })),
  answered("sixsense", "versioning suspended", "s3:GetBucketVersioning", () => ({ Status: "Suspended" })),
  answered("sixsense", "MFA delete enabled", "s3:GetBucketVersioning", () => ({ Status: "Enabled", MFADelete: "Enabled" })),
  answered("sixsense", "Object Lock enabled", "s3:GetObjectLockConfiguration", () => ({
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
  })),
  answered("sixsense", "requester pays", "s3:GetBucketRequestPayment", () => ({ Payer: "Requester" })),
  lifecycle("lifecycle: deletes objects after a day", { Filter: { Prefix: "" }, Expiration: { Days: 1 } }),
  lifecycle("lifecycle: deletes one prefix after a day", { Filter: { Prefix: "audit/" }, Expiration: { Days: 1 } }),
  lifecycle("lifecycle: archives objects at once", { Filter: { Prefix: "" }, Transitions: [{ Days: 0, StorageClass: "DEEP_ARCHIVE" }] }),
  answered("sixsense", "replication to another account's bucket", "s3:GetBucketReplication", () => ({
    ReplicationConfiguration: {
      Rules: [{ Status: "Enabled", Destination: { Bucket: "arn:aws:s3:::elsewhere", Account: "333333333333" } }],
    },
  })),
  answered("sixsense", "static website hosting turned on", "s3:GetBucketWebsite", () => ({ IndexDocument: { Suffix: "index.html" } })),
  answered("sixsense", "events sent to another account's topic", "s3:GetBucketNotificationConfiguration", () => ({
    TopicConfigurations: [{ TopicArn: "arn:aws:sns:eu-west-1:333333333333:watch", Events: ["s3:ObjectCreated:*"] }],
  })),
  // The bucket itself.
  {
    example: "sixsense",
    title: "bucket deleted",
    make: (place) => {
      place.aws.plan("s3:HeadBucket", gone("NotFound"));
      place.aws.plan("s3:GetBucketPolicy", gone("NoSuchBucket"));
    },
  },
  {
    example: "kandji",
    title: "bucket deleted while it is validated",
    make: (place) => {
      let heads = 0;
      place.aws.plan("s3:HeadBucket", () => {
        if (heads++ > 0) throw awsError("NotFound", 404);
        return { BucketRegion: "eu-west-1" };
      });
    },
  },
  {
    example: "kandji",
    title: "policy of the bucket changed while it is validated",
    make: (place) => {
      let reads = 0;
      place.answer("s3:GetBucketPolicy", () => {
        if (reads++ > 0) place.policy = statement({ Principal: { AWS: FOREIGN }, Action: "s3:*", Resource: [KANDJI, `${KANDJI}/*`] });
        return { Policy: JSON.stringify(place.policy) };
      });
    },
  },
  {
    example: "sixsense",
    title: "bucket recreated by another account",
    make: (place) => {
      const allows = place.allows;
      place.allows = (call) => !call.operation.startsWith("s3:") && allows(call);
      place.aws.plan("s3:GetBucketPolicy", () => {
        throw awsError("AccessDenied", 403, "Access Denied");
      });
      place.aws.plan("s3:ListBuckets", () => ({ Buckets: [{ Name: "another-bucket" }] }));
    },
  },
  // Other forms of the same: what stands beside Action, Resource and Principal, and conditions.
  added("another account allowed everything but one action (`NotAction`)", {
    Principal: { AWS: FOREIGN },
    NotAction: "s3:PutObject",
    Resource: [SIXSENSE, `${SIXSENSE}/*`],
  }),
  added("another account allowed on all but one prefix (`NotResource`)", {
    Principal: { AWS: FOREIGN },
    Action: "s3:GetObject",
    NotResource: [SIXSENSE, `${SIXSENSE}/data-packs/*`],
  }),
  added("another account allowed, in other cases", { Principal: { AWS: FOREIGN }, Action: "S3:getobject", Resource: `${SIXSENSE}/*` }),
  added("another account allowed to list versions", { Principal: { AWS: FOREIGN }, Action: "s3:ListBucketVersions", Resource: SIXSENSE }),
  added("another account allowed to set the lifecycle", {
    Principal: { AWS: FOREIGN },
    Action: "s3:PutLifecycleConfiguration",
    Resource: SIXSENSE,
  }),
  added("another account allowed to replicate into the bucket", {
    Principal: { AWS: FOREIGN },
    Action: ["s3:ReplicateObject", "s3:ReplicateDelete"],
    Resource: `${SIXSENSE}/*`,
  }),
  added("another account allowed to bypass retention", {
    Principal: { AWS: FOREIGN },
    Action: "s3:BypassGovernanceRetention",
    Resource: `${SIXSENSE}/*`,
  }),
  added("an unknown canonical user allowed to read", {
    Principal: { CanonicalUser: "f".repeat(64) },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("CloudFront allowed to read for any distribution", {
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("everybody with a tag allowed to read", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "aws:PrincipalTag/team": "data" } },
  }),
  added("every role of one name allowed to read", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/reader" } },
  }),
  added("another account allowed to read until 2099", {
    Principal: { AWS: FOREIGN },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { DateLessThan: { "aws:CurrentTime": "2099-01-01T00:00:00Z" } },
  }),
  added("vendor allowed to list versions", { Principal: { AWS: VENDOR_ROLE }, Action: "s3:ListBucketVersions", Resource: SIXSENSE }),
  added("Deny for everybody but the account (`NotPrincipal`)", {
    Effect: "Deny",
    NotPrincipal: { AWS: `arn:aws:iam::${CUSTOMER}:root` },
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("Deny of keys that end in `.csv`", { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `${SIXSENSE}/*.csv` }),
  added("Deny of TLS below 1.3", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [SIXSENSE, `${SIXSENSE}/*`],
    Condition: { NumericLessThan: { "s3:TlsVersion": "1.3" } },
  }),
  added("Deny from a date in the future", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { DateGreaterThan: { "aws:CurrentTime": "2099-01-01T00:00:00Z" } },
  }),
  policy("`AllowSSLRequestsOnly` exempts one action", ([ssl]) => {
    delete ssl!.Action;
    set(ssl, { NotAction: "s3:PutObject" });
  }),
  policy("`AllowSSLRequestsOnly` exempts the vendor", ([ssl]) => {
    delete ssl!.Principal;
    set(ssl, { NotPrincipal: { AWS: VENDOR_ROLE } });
  }),
  policy("`AllowSSLRequestsOnly` applies to one network only", ([ssl]) =>
    set(ssl, { Condition: { Bool: { "aws:SecureTransport": "false" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
  ),
  policy("`AllowSSLRequestsOnly` made an Allow", ([ssl]) => set(ssl, { Effect: "Allow" })),
  policy("Allow to put requires a tag of the principal", ([, , put]) =>
    set(put, { Condition: { StringEquals: { "aws:PrincipalTag/team": "data" } } }),
  ),
  policy("Allow to put requires encryption with KMS", ([, , put]) =>
    set(put, { Condition: { StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } } }),
  ),
  policy("Allow to put ended in the past", ([, , put]) =>
    set(put, { Condition: { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } }),
  ),
  trust("trust policy: everybody but one account (`NotPrincipal`)", ([vendor]) => {
    delete vendor!.Principal;
    set(vendor, { NotPrincipal: { AWS: FOREIGN } });
  }),
  trust(
    "trust policy: everybody with an external ID of any value",
    (all) =>
      void all.push({
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
        Condition: { StringLike: { "sts:ExternalId": "*" } },
      }),
  ),
  trust(
    "trust policy: an identity provider of another account added",
    (all) =>
      void all.push({
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::333333333333:saml-provider/other" },
        Action: "sts:AssumeRoleWithSAML",
      }),
  ),
  trust(
    "trust policy: GitHub's tokens of any repository accepted",
    (all) =>
      void all.push({
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
      }),
  ),
  trust(
    "trust policy: every role of one name, in other cases",
    (all) =>
      void all.push({
        Effect: "Allow",
        Principal: "*",
        Action: "STS:assumerole",
        Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/delivery" } },
      }),
  ),
  trust("trust policy: only to set the session's source identity", ([vendor]) => set(vendor, { Action: "sts:SetSourceIdentity" })),
  trust("trust policy: only from one network", ([vendor]) => set(vendor, { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })),
  inline("inline policy: all but one action (`NotAction`)", ([, objects]) => {
    delete objects!.Action;
    set(objects, { NotAction: "s3:GetObject" });
  }),
  inline("inline policy: all but one bucket (`NotResource`)", ([, objects]) => {
    delete objects!.Resource;
    set(objects, { NotResource: "arn:aws:s3:::other/*" });
  }),
  inline("inline policy: requires a tag that the role lacks", ([, objects]) =>
    set(objects, { Condition: { StringEquals: { "aws:PrincipalTag/team": "data" } } }),
  ),
  inline("inline policy: may change its own role", (all) => void all.push({ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" })),
  inline("inline policy: may assume any role", (all) => void all.push({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" })),
  inline(
    "inline policy: Deny of keys that end in `.json`",
    (all) => void all.push({ Effect: "Deny", Action: "s3:PutObject", Resource: `${KANDJI}/*.json` }),
  ),
  lifecycle("lifecycle: deletes objects on a date", { Filter: { Prefix: "" }, Expiration: { Date: new Date("2026-01-01T00:00:00Z") } }),
  lifecycle("lifecycle: deletes tagged objects after a day", { Filter: { Tag: { Key: "a", Value: "b" } }, Expiration: { Days: 1 } }),
  lifecycle("lifecycle: deletes large objects after a day", { Filter: { ObjectSizeGreaterThan: 1024 }, Expiration: { Days: 1 } }),
  // What a list shows on its second page only, and what is sent elsewhere.
  {
    example: "kandji",
    title: "a second inline policy, on the second page of the list",
    make: (place) => {
      place.aws.plan("iam:ListRolePolicies", ({ input }) =>
        input.Marker === undefined ? { PolicyNames: ["delivery"], IsTruncated: true, Marker: "2" } : { PolicyNames: ["added"] },
      );
      place.aws.plan("iam:GetRolePolicy", ({ input }) => {
        const added = statement({ Action: "s3:*", Resource: "*" });
        return { PolicyDocument: encodeURIComponent(JSON.stringify(input.PolicyName === "added" ? added : place.inline)) };
      });
    },
  },
  {
    example: "kandji",
    title: "AdministratorAccess attached to the role, on the second page of the list",
    make: (place) => {
      const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      place.aws.plan("iam:ListAttachedRolePolicies", ({ input }) =>
        input.Marker === undefined ? { AttachedPolicies: [], IsTruncated: true, Marker: "2" } : { AttachedPolicies: [{ PolicyArn }] },
      );
      place.answer("iam:GetPolicy", () => ({ Policy: { DefaultVersionId: "v1" } }));
      place.answer("iam:GetPolicyVersion", () => ({
        PolicyVersion: { Document: encodeURIComponent(JSON.stringify(statement({ Action: "*", Resource: "*" }))) },
      }));
    },
  },
  roleInstead("role made again with another path", `arn:aws:iam::${CUSTOMER}:role/vendors/kandji-delivery`),
  roleInstead("deployer of another account, with a role of the same name", "arn:aws:iam::333333333333:role/kandji-delivery"),
  answered("sixsense", "inventory sent to another account's bucket", "s3:ListBucketInventoryConfigurations", () => ({
    InventoryConfigurationList: [
      {
        Id: "daily",
        IsEnabled: true,
        Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::elsewhere", AccountId: "333333333333" } },
      },
    ],
  })),
  answered("sixsense", "storage class analysis sent to another account's bucket", "s3:ListBucketAnalyticsConfigurations", () => ({
    AnalyticsConfigurationList: [
      {
        Id: "all",
        StorageClassAnalysis: {
          DataExport: {
            Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::elsewhere", BucketAccountId: "333333333333", Format: "CSV" } },
          },
        },
      },
    ],
  })),
  added("inventories of another account's bucket accepted", {
    Principal: { Service: "s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::other-bucket" }, StringEquals: { "aws:SourceAccount": "333333333333" } },
  }),
  {
    example: "sixsense",
    title: "a service allowed for another account's bucket",
    make: (place) => {
      place.aws.plan("s3:HeadBucket", ({ input }) => {
        if (input.Bucket === "other-bucket") throw awsError("Forbidden", 403);
        return { BucketRegion: "eu-west-1" };
      });
      place.statements(place.policy).push({
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${SIXSENSE}/*`,
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::other-bucket" } },
      });
    },
  },
  acl(
    "ACL: S3's log delivery has `FULL_CONTROL`",
    { Type: "Group", URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
    "FULL_CONTROL",
  ),
  added("another account allowed to tag objects", {
    Principal: { AWS: FOREIGN },
    Action: "s3:PutObjectTagging",
    Resource: `${SIXSENSE}/*`,
  }),
  added("another account allowed to read attributes of objects", {
    Principal: { AWS: FOREIGN },
    Action: "s3:GetObjectAttributes",
    Resource: `${SIXSENSE}/*`,
  }),
  added("another account allowed to read versions of one key", {
    Principal: { AWS: FOREIGN },
    Action: "s3:GetObjectVersion",
    Resource: `${SIXSENSE}/audit/2026/x.csv`,
  }),
  added("another account allowed to read objects with a tag", {
    Principal: { AWS: FOREIGN },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "s3:ExistingObjectTag/public": "yes" } },
  }),
  added("everybody without a tag allowed to read", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringNotEquals: { "aws:PrincipalTag/team": "data" } },
  }),
  added("everybody with a referer allowed to read", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringLike: { "aws:Referer": "https://example.com/*" } },
  }),
  added("an identity provider allowed to read", {
    Principal: { Federated: "accounts.google.com" },
    Action: "s3:GetObject",
    Resource: `${SIXSENSE}/*`,
  }),
  added("vendor allowed to initiate replication", {
    Principal: { AWS: VENDOR_ROLE },
    Action: "s3:InitiateReplication",
    Resource: `${SIXSENSE}/*`,
  }),
  added("Deny of ACLs for everybody", { Effect: "Deny", Principal: "*", Action: "s3:PutObjectAcl", Resource: `${SIXSENSE}/*` }),
  added("Deny for everybody outside an organization", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [SIXSENSE, `${SIXSENSE}/*`],
    Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  }),
  added("Deny outside a VPC endpoint", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } },
  }),
  added("Deny of other storage classes", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringNotEquals: { "s3:x-amz-storage-class": "GLACIER" } },
  }),
  added("Deny of uploads without `If-None-Match`", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { Null: { "s3:if-none-match": "true" } },
  }),
  added("Deny of uploads that name their encryption", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "s3:x-amz-server-side-encryption": "AES256" } },
  }),
  added("Deny of uploads whose payload is not signed", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${SIXSENSE}/*`,
    Condition: { StringEquals: { "s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD" } },
  }),
  added("Deny of requests that were signed ten minutes ago", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: `${SIXSENSE}/*`,
    Condition: { NumericGreaterThan: { "s3:signatureAge": "600000" } },
  }),
  added("Deny of long lists", {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:ListBucket",
    Resource: SIXSENSE,
    Condition: { NumericGreaterThan: { "s3:max-keys": "10" } },
  }),
  {
    example: "kandji",
    title: "a session of the role allowed to change the bucket policy",
    make: (place) =>
      place.statements(place.policy).push({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:sts::${CUSTOMER}:assumed-role/kandji-delivery/other` },
        Action: "s3:PutBucketPolicy",
        Resource: KANDJI,
      }),
  },
  trust("trust policy: only one name of the session", ([vendor]) =>
    set(vendor, { Condition: { StringEquals: { "sts:RoleSessionName": "nightly" } } }),
  ),
  trust(
    "trust policy: a role of the own account added",
    (all) => void all.push({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${CUSTOMER}:role/other` }, Action: "sts:AssumeRole" }),
  ),
  trust(
    "trust policy: a user of the vendor's account added",
    (all) => void all.push({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${VENDOR}:user/x` }, Action: "sts:AssumeRole" }),
  ),
  trust(
    "trust policy: Deny without a source identity",
    (all) =>
      void all.push({ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole", Condition: { Null: { "sts:SourceIdentity": "true" } } }),
  ),
  trust(
    "trust policy: Deny without MFA",
    (all) =>
      void all.push({
        Effect: "Deny",
        Principal: "*",
        Action: "sts:AssumeRole",
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      }),
  ),
  inline(
    "inline policy: may read secrets",
    (all) => void all.push({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
  ),
  inline("inline policy: may pass any role", (all) => void all.push({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" })),
  inline(
    "inline policy: Deny outside another region",
    (all) =>
      void all.push({
        Effect: "Deny",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } },
      }),
  ),
  acl("ACL: another account may change it (`WRITE_ACP`)", CANONICAL, "WRITE_ACP"),
  acl("ACL: another account may read it (`READ_ACP`)", CANONICAL, "READ_ACP"),
  answered("sixsense", "website that only redirects", "s3:GetBucketWebsite", () => ({
    RedirectAllRequestsTo: { HostName: "example.com" },
  })),
  answered("sixsense", "events sent to another account's function", "s3:GetBucketNotificationConfiguration", () => ({
    LambdaFunctionConfigurations: [
      { LambdaFunctionArn: "arn:aws:lambda:eu-west-1:333333333333:function:x", Events: ["s3:ObjectCreated:*"] },
    ],
  })),
  // What surrounds the bucket.
  {
    example: "sixsense",
    title: "Block Public Access of the account removed, on which the bucket relied",
    make: (place) => {
      place.answer("s3:GetPublicAccessBlock", gone("NoSuchPublicAccessBlockConfiguration"));
      place.answer("s3control:GetPublicAccessBlock", gone("NoSuchPublicAccessBlockConfiguration"));
    },
  },
  around("access point added that lets another account in", (place) =>
    addAccessPoint(place, { allows: [{ Principal: { AWS: FOREIGN } }] }),
  ),
  around("public access point added", (place) => addAccessPoint(place, { allows: [{ Principal: "*" }], isPublic: true })),
  around("access point for everybody in a VPC added", (place) =>
    addAccessPoint(place, { allows: [{ Principal: "*" }], vpc: "vpc-1a2b3c4d" }),
  ),
  around("S3 Access Grants: another account's role may read", (place) =>
    place.aws.plan("s3control:ListAccessGrants", () => ({
      AccessGrantsList: [
        {
          AccessGrantId: "1",
          Grantee: { GranteeType: "IAM", GranteeIdentifier: "arn:aws:iam::333333333333:role/reader" },
          Permission: "READ",
          GrantScope: "s3://acme.6sense.staging/*",
        },
      ],
    })),
  ),
  around("access control delegated to an access point that lets the vendor read", (place) => {
    place.statements(place.policy).push({
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Resource: [SIXSENSE, `${SIXSENSE}/*`],
      Condition: { StringEquals: { "s3:DataAccessPointAccount": CUSTOMER } },
    });
    addAccessPoint(place, { allows: [{ Principal: { AWS: VENDOR_ROLE } }] });
  }),
  around("Access Analyzer reports another account, which the bucket policy names", (place) => {
    place
      .statements(place.policy)
      .push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "s3:GetObject", Resource: `${SIXSENSE}/*` });
    addAnalyzer(place, [{ principal: { AWS: "333333333333" } }]);
  }),
  around("Access Analyzer reports another account, which nothing else shows", (place) =>
    addAnalyzer(place, [{ principal: { AWS: "333333333333" } }]),
  ),
  around("RCP that denies uploads of other accounts attached", (place) =>
    addOrganization(place, {
      rcp: [{ ...DENY_PUT, Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalAccount": CUSTOMER } } }],
    }),
  ),
  around("RCP that denies uploads from outside the organization attached", (place) =>
    addOrganization(place, {
      rcp: [{ ...DENY_PUT, Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }],
    }),
  ),
  {
    example: "kandji",
    title: "SCP that denies uploads attached to the account",
    make: (place) => addOrganization(place, { scp: [[], [], [DENY_PUT]] }),
  },
  {
    example: "kandji",
    title: "SCP that denies uploads attached to the root",
    make: (place) => addOrganization(place, { scp: [[DENY_PUT], [], []] }),
  },
  {
    example: "kandji",
    title: "RCP that denies other accounts to assume roles attached",
    make: (place) =>
      addOrganization(place, {
        rcp: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "sts:AssumeRole",
            Resource: "*",
            Condition: { StringNotEquals: { "aws:PrincipalAccount": CUSTOMER } },
          },
        ],
      }),
  },
];
