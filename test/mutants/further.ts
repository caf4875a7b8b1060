/**
 * Further changes of the plans of all examples. What is right was decided by AWS's documentation before the prover was asked: a hole must be
 * shown, or left open; beside it stands a neighbour that looks like it and does no harm.
 */
import { add, all, bounded, type Change, change, controlled, type FurtherExample, OWN } from "./further-plans";
import { addResource, type Plan } from "./plans";

export interface FurtherMutant {
  readonly example: FurtherExample;
  readonly name: string;
  /** A hole lets somebody do something that the contract does not allow, or keeps the vendor from what it must do. */
  readonly isHole: boolean;
  readonly mutate: Change;
}

const STRANGER = "444444444444";
const VENDOR = "arn:aws:iam::222222222222:role/kandji-activity";
const SIXSENSE = "arn:aws:iam::222222222222:role/6sense-common";

const allow = (more: object) => ({ Effect: "Allow", ...more });
const deny = (more: object) => ({ Effect: "Deny", Principal: "*", ...more });
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

/** An Allow for reading objects, in the bucket policy. */
const reads = (principal: unknown, condition: object = {}) =>
  add("bucket", (arn) => allow({ Principal: principal, Action: "s3:GetObject", Resource: `${arn}/*`, ...condition }));
const assumes = (principal: unknown, condition: object = {}) =>
  add("trust", () => allow({ Principal: principal, Action: "sts:AssumeRole", ...condition }));
const trusts = (...statements: readonly object[]) => change("trust", () => statements);
const grants = (Action: unknown, Resource: unknown, condition: object = {}) => add("role", () => allow({ Action, Resource, ...condition }));
/** In place of the statement that refuses plain HTTP. */
const ssl = (statement: (arn: string) => readonly object[]) =>
  change("bucket", (before, arn) => [...statement(arn), ...before.filter(({ Sid }) => Sid !== "AllowSSLRequestsOnly")]);
const both = (arn: string) => [arn, `${arn}/*`];
const HTTP = when("Bool", "aws:SecureTransport", "false");
const denyHttp = (more: object) => deny({ Action: "s3:*", ...HTTP, ...more });

type Table = readonly (readonly [name: string, mutate: Change])[];
interface Answers {
  readonly holes: Table;
  readonly sound: Table;
}

const KANDJI_TRUST: Answers = {
  holes: [
    ["everybody whose ARN is the vendor's, or who has none", assumes({ AWS: "*" }, when("ArnLikeIfExists", "aws:PrincipalArn", VENDOR))],
    [
      "everybody of the vendor's account",
      trusts(allow({ Principal: { AWS: "*" }, Action: "sts:AssumeRole", ...when("StringEquals", "aws:PrincipalAccount", "222222222222") })),
    ],
    [
      "the vendor's account, less roles whose name begins otherwise",
      trusts(
        allow({ Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" }),
        deny({ Action: "sts:AssumeRole", ...when("StringNotLike", "aws:PrincipalArn", "arn:aws:iam::222222222222:role/kandji*") }),
      ),
    ],
    ["a stranger from a private address", assumes({ AWS: STRANGER }, when("IpAddress", "aws:SourceIp", "10.0.0.0/8"))],
    ["a stranger through a VPC endpoint", assumes({ AWS: STRANGER }, when("StringEquals", "aws:SourceVpce", "vpce-0a1b2c3d"))],
    ["a stranger with multi-factor authentication", assumes({ AWS: STRANGER }, when("Bool", "aws:MultiFactorAuthPresent", "true"))],
    ["a stranger before the year 2099", assumes({ AWS: STRANGER }, when("DateLessThan", "aws:CurrentTime", "2099-01-01T00:00:00Z"))],
    ["a stranger with any external ID of five characters", assumes({ AWS: STRANGER }, when("StringLike", "sts:ExternalId", "?????"))],
    ["a stranger without an external ID", assumes({ AWS: STRANGER }, when("Null", "sts:ExternalId", "true"))],
    ["a stranger who passes a tag", assumes({ AWS: STRANGER }, when("ForAllValues:StringEquals", "aws:TagKeys", ["team"]))],
    [
      "a stranger by a role's tag that the role itself does not have",
      assumes({ AWS: STRANGER }, when("StringEquals", "aws:PrincipalTag/team", "data")),
    ],
    ["a stranger by a unique ID", assumes({ AWS: "AROAEXAMPLEEXAMPLE124" })],
    ["a stranger's session", assumes({ AWS: `arn:aws:sts::${STRANGER}:assumed-role/ci/run` })],
    [
      "a stranger denied for one session name only",
      all(
        assumes({ AWS: STRANGER }),
        add("trust", () => deny({ Action: "sts:AssumeRole", ...when("StringEquals", "sts:RoleSessionName", "x") })),
      ),
    ],
    [
      "the vendor, unless its requests have an external ID that it does not send",
      trusts(allow({ Principal: { AWS: VENDOR }, Action: "sts:AssumeRole", ...when("StringEquals", "sts:ExternalId", ["a1", "a2"]) })),
    ],
  ],
  sound: [
    [
      "the vendor's role by everybody and a condition",
      trusts(allow({ Principal: { AWS: "*" }, Action: "sts:AssumeRole", ...when("ArnEquals", "aws:PrincipalArn", VENDOR) })),
    ],
    [
      "the vendor's account, less everybody but the vendor's role",
      trusts(
        allow({ Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" }),
        deny({ Action: "sts:AssumeRole", ...when("ArnNotEqualsIfExists", "aws:PrincipalArn", VENDOR) }),
      ),
    ],
    ["a stranger whose ARN is absent", assumes({ AWS: STRANGER }, when("Null", "aws:PrincipalArn", "true"))],
    ["a stranger who is not of its own account", assumes({ AWS: STRANGER }, when("StringNotEquals", "aws:PrincipalAccount", STRANGER))],
    [
      "a stranger that a Deny takes back",
      all(
        assumes({ AWS: STRANGER }),
        add("trust", () => ({ Effect: "Deny", Principal: { AWS: STRANGER }, Action: "sts:AssumeRole" })),
      ),
    ],
    ["the role itself", assumes({ AWS: `arn:aws:iam::${OWN}:role/kandji-acme-kandji-activity` }, {})],
  ],
};

const KANDJI_ROLE: Answers = {
  holes: [
    ["everything but one bucket", add("role", () => allow({ Action: "s3:GetObject", NotResource: "arn:aws:s3:::payroll/*" }))],
    ["buckets whose name is one character longer", add("role", (arn) => allow({ Action: "s3:*", Resource: `${arn}?/*` }))],
    ["a bucket named by a tag of the role", grants("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team}/*")],
    ["all buckets of the own account", grants("s3:GetObject", "*", when("StringEquals", "s3:ResourceAccount", OWN))],
    ["every action but those of IAM", add("role", () => allow({ NotAction: "iam:*", Resource: "*" }))],
    ["decryption with any key", grants("kms:Decrypt", "*")],
    [
      "all of IAM within a boundary that contains a part of it",
      all(
        grants("iam:*", "*"),
        bounded(
          (arn) => allow({ Action: "s3:*", Resource: both(arn) }),
          () => allow({ Action: "iam:Put*", Resource: "*" }),
        ),
      ),
    ],
    [
      "all of EC2 within a boundary that leaves out IAM alone",
      all(
        grants("ec2:*", "*"),
        bounded(() => allow({ NotAction: "iam:*", Resource: "*" })),
      ),
    ],
    [
      "a boundary that leaves out what the vendor must delete",
      bounded((arn) => allow({ Action: ["s3:Put*", "s3:List*"], Resource: both(arn) })),
    ],
    [
      "all of EC2 within a service control policy that allows Amazon S3, beside that of AWS",
      all(grants("ec2:*", "*"), controlled("SERVICE_CONTROL_POLICY", allow({ Action: "s3:*", Resource: "*" }))),
    ],
    [
      "a service control policy that denies uploads",
      controlled("SERVICE_CONTROL_POLICY", { Effect: "Deny", Action: "s3:PutObject", Resource: "*" }),
    ],
    [
      "all buckets, less those of one name",
      all(
        grants("s3:ListBucket", "*"),
        add("role", () => ({ Effect: "Deny", Action: "s3:ListBucket", Resource: "arn:aws:s3:::payroll" })),
      ),
    ],
    [
      "all buckets, denied over plain HTTP only",
      all(
        grants("s3:ListBucket", "*"),
        add("role", () => ({ Effect: "Deny", Action: "s3:ListBucket", Resource: "arn:aws:s3:::payroll*", ...HTTP })),
      ),
    ],
    [
      "the bucket's policy, by the bucket policy",
      add("bucket", (arn) =>
        allow({ Principal: { AWS: `arn:aws:iam::${OWN}:role/kandji-acme-kandji-activity` }, Action: "s3:PutBucketPolicy", Resource: arn }),
      ),
    ],
  ],
  sound: [
    [
      "listing everywhere, less all other buckets",
      all(
        grants("s3:ListBucket", "*"),
        add("role", (arn) => ({ Effect: "Deny", Action: "s3:ListBucket", NotResource: arn })),
      ),
    ],
    [
      "all of IAM within a boundary of the bucket alone",
      all(
        grants("iam:*", "*"),
        bounded((arn) => allow({ Action: "s3:*", Resource: both(arn) })),
      ),
    ],
    [
      "all of EC2 that a service control policy denies",
      all(grants("ec2:*", "*"), controlled("SERVICE_CONTROL_POLICY", { Effect: "Deny", NotAction: "s3:*", Resource: "*" })),
    ],
    ["who the caller is", grants("sts:GetCallerIdentity", "*")],
    [
      "objects of the bucket over plain HTTP, which the bucket policy refuses",
      add("role", (arn) => allow({ Action: "s3:GetObject", Resource: `${arn}/*`, ...HTTP })),
    ],
    [
      "another bucket under a condition that is never met",
      grants("s3:GetObject", "arn:aws:s3:::payroll/*", when("Null", "aws:SecureTransport", "true")),
    ],
    [
      "another bucket that the same policy denies",
      all(
        grants("s3:GetObject", "arn:aws:s3:::payroll/*"),
        add("role", () => ({ Effect: "Deny", Action: "s3:Get*", Resource: "arn:aws:s3:::payroll/*" })),
      ),
    ],
  ],
};

const KANDJI_SSL: Answers = {
  holes: [
    [
      "plain HTTP denied where the key is absent",
      ssl((arn) => [denyHttp({ Resource: both(arn), Condition: { ...HTTP.Condition, Null: { "aws:SecureTransport": "true" } } })]),
    ],
    [
      "plain HTTP denied by a value in upper case",
      ssl((arn) => [denyHttp({ Resource: both(arn), ...when("StringEquals", "aws:SecureTransport", "False") })]),
    ],
    ["plain HTTP denied for actions on objects", ssl((arn) => [denyHttp({ Action: "s3:*Object*", Resource: both(arn) })])],
    [
      "plain HTTP denied in parts that leave out one action",
      ssl((arn) => [
        denyHttp({ Action: ["s3:Get*", "s3:List*"], Resource: both(arn) }),
        denyHttp({ Action: ["s3:Put*", "s3:Delete*"], Resource: both(arn) }),
      ]),
    ],
    [
      "plain HTTP denied to all but one session",
      ssl((arn) => [denyHttp({ Resource: both(arn), Condition: { ...HTTP.Condition, StringNotLike: { "aws:userid": "*:backup" } } })]),
    ],
    ["plain HTTP denied for keys without a slash", ssl((arn) => [denyHttp({ Resource: [arn, `${arn}/activity/*`] })])],
  ],
  sound: [
    [
      "plain HTTP denied if the key exists",
      ssl((arn) => [denyHttp({ Resource: both(arn), ...when("BoolIfExists", "aws:SecureTransport", "false") })]),
    ],
    [
      "plain HTTP denied by a text",
      ssl((arn) => [denyHttp({ Resource: both(arn), ...when("StringNotEquals", "aws:SecureTransport", "true") })]),
    ],
    ["plain HTTP denied by one pattern for bucket and objects", ssl((arn) => [denyHttp({ Resource: `${arn}*` })])],
    ["plain HTTP denied in two parts", ssl((arn) => [denyHttp({ Resource: arn }), denyHttp({ Resource: `${arn}/*` })])],
    ["plain HTTP denied to the own account", ssl((arn) => [denyHttp({ Resource: both(arn), Principal: { AWS: OWN } })])],
    [
      "plain HTTP denied for all actions except none",
      ssl((arn) => [{ Effect: "Deny", Principal: "*", NotAction: "iam:*", Resource: both(arn), ...HTTP }]),
    ],
  ],
};

const KANDJI_BUCKET: Answers = {
  holes: [
    [
      "an organization and a stranger's account at once",
      reads("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:PrincipalAccount": STRANGER } } }),
    ],
    ["a canonical user", reads({ CanonicalUser: "b".repeat(64) })],
    [
      "a service for accounts that begin alike",
      reads({ Service: "logging.s3.amazonaws.com" }, when("StringLike", "aws:SourceAccount", "1111*")),
    ],
    [
      "a service for trails of accounts that begin alike",
      reads({ Service: "cloudtrail.amazonaws.com" }, when("ArnLike", "aws:SourceArn", "arn:aws:cloudtrail:*:11111111111?:trail/*")),
    ],
    ["an origin access identity", reads({ AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE" })],
    ["a session of a stranger", reads({ AWS: `arn:aws:sts::${STRANGER}:assumed-role/ci/run` })],
    ["a federated user of a stranger", reads({ AWS: `arn:aws:sts::${STRANGER}:federated-user/bob` })],
    [
      "every role of a stranger's account, by a pattern",
      reads("*", when("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${STRANGER}:role/*`)),
    ],
    [
      "every account of another organization, by a path",
      reads("*", when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*")),
    ],
    ["every session of a role, by its unique ID", reads("*", when("StringLike", "aws:userid", "AROAEXAMPLEEXAMPLE123:*"))],
    ["everybody from an address range", reads("*", when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))],
    ["everybody from the broadest range that is not public", reads("*", when("IpAddress", "aws:SourceIp", "203.0.0.0/8"))],
    ["services from half of all addresses", reads("*", when("IpAddress", "aws:SourceIp", "0.0.0.0/1"))],
    ["everybody through a VPC", reads("*", when("StringEquals", "aws:SourceVpc", "vpc-0a1b2c3d"))],
    ["access points of another account", reads("*", when("StringEquals", "s3:DataAccessPointAccount", STRANGER))],
    [
      "a stranger, for every action but one",
      add("bucket", (arn) => allow({ Principal: { AWS: STRANGER }, NotAction: "s3:GetObject", Resource: `${arn}/*` })),
    ],
    [
      "a stranger, on everything but one folder",
      add("bucket", (arn) => allow({ Principal: { AWS: STRANGER }, Action: "s3:GetObject", NotResource: `${arn}/private/*` })),
    ],
    [
      "a stranger, less two kinds of actions",
      all(
        add("bucket", (arn) => allow({ Principal: { AWS: STRANGER }, Action: "s3:*", Resource: `${arn}/*` })),
        add("bucket", (arn) => ({
          Effect: "Deny",
          Principal: { AWS: STRANGER },
          Action: ["s3:Get*", "s3:Put*", "s3:List*"],
          Resource: `${arn}/*`,
        })),
      ),
    ],
    [
      "a stranger who sends the owner's ACL",
      add("bucket", (arn) =>
        allow({
          Principal: { AWS: STRANGER },
          Action: ["s3:PutObject", "s3:PutObjectAcl"],
          Resource: `${arn}/*`,
          ...when("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control"),
        }),
      ),
    ],
    [
      "a stranger in a folder of its own name",
      add("bucket", (arn) =>
        allow({ Principal: { AWS: STRANGER }, Action: "s3:GetObject", Resource: `${arn}/\${aws:PrincipalAccount}/*` }),
      ),
    ],
    [
      "a stranger, less requests with a version",
      all(
        reads({ AWS: STRANGER }),
        add("bucket", (arn) =>
          deny({ Action: "s3:GetObject", Resource: `${arn}/*`, ...when("Null", "s3:ExistingObjectTag/open", "true") }),
        ),
      ),
    ],
  ],
  sound: [
    ["a stranger of another account than its own", reads({ AWS: STRANGER }, when("StringNotEquals", "aws:PrincipalAccount", STRANGER))],
    ["a service for the own account", reads({ Service: "logging.s3.amazonaws.com" }, when("StringEquals", "aws:SourceAccount", OWN))],
    [
      "a service for trails of the own account",
      reads({ Service: "cloudtrail.amazonaws.com" }, when("ArnLike", "aws:SourceArn", `arn:aws:cloudtrail:*:${OWN}:trail/*`)),
    ],
    ["a role of the own account, by a condition", reads("*", when("ArnEquals", "aws:PrincipalArn", `arn:aws:iam::${OWN}:role/analytics`))],
    ["the own account", add("bucket", (arn) => allow({ Principal: { AWS: OWN }, Action: "s3:*", Resource: both(arn) }))],

    [
      "a stranger, less everybody of another account",
      all(
        reads({ AWS: STRANGER }),
        add("bucket", (arn) =>
          deny({ Action: "s3:GetObject", Resource: `${arn}/*`, ...when("StringNotEqualsIfExists", "aws:PrincipalAccount", OWN) }),
        ),
      ),
    ],
    [
      "a stranger's role that a resource control policy denies",
      all(
        reads({ AWS: `arn:aws:iam::${STRANGER}:role/somebody` }),
        controlled("RESOURCE_CONTROL_POLICY", {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          ...when("StringNotEquals", "aws:PrincipalAccount", OWN),
        }),
      ),
    ],
    [
      "a stranger who sets a public ACL, which Object Ownership refuses",
      add("bucket", (arn) =>
        allow({
          Principal: { AWS: STRANGER },
          Action: "s3:PutObject",
          Resource: `${arn}/*`,
          ...when("StringEquals", "s3:x-amz-acl", "public-read"),
        }),
      ),
    ],
    [
      "a stranger from no address",
      reads(
        { AWS: STRANGER },
        { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" }, NotIpAddress: { "aws:SourceIp": "203.0.0.0/16" } } },
      ),
    ],
  ],
};

const SIX: Answers = {
  holes: [
    [
      "roles of the vendor whose name begins alike",
      change("bucket", (before) =>
        before.map((one) =>
          one.Effect === "Allow"
            ? { ...one, Principal: { AWS: "222222222222" }, ...when("ArnLike", "aws:PrincipalArn", `${SIXSENSE}*`) }
            : one,
        ),
      ),
    ],
    [
      "the vendor's role in a path",
      change("bucket", (before) =>
        before.map((one) => (one.Effect === "Allow" ? { ...one, Principal: { AWS: SIXSENSE.replace("role/", "role/delivery/") } } : one)),
      ),
    ],
    [
      "everybody with a certain browser, without Block Public Access",
      all(reads("*", when("StringLike", "aws:UserAgent", "acme*")), (plan) => delete plan.resource.aws_s3_bucket_public_access_block),
    ],
    [
      "the vendor's deletions, by a second statement",
      add("bucket", (arn) =>
        allow({
          Principal: { AWS: "222222222222" },
          Action: "s3:DeleteObject",
          Resource: `${arn}/*`,
          ...when("StringEquals", "aws:PrincipalArn", SIXSENSE),
        }),
      ),
    ],
    [
      "the vendor's uploads, denied without a header",
      add("bucket", (arn) =>
        deny({ Action: "s3:PutObject", Resource: `${arn}/*`, ...when("Null", "s3:x-amz-server-side-encryption", "true") }),
      ),
    ],
    [
      "everybody but principals of an organization denied",
      add("bucket", (arn) =>
        deny({ Action: "s3:PutObject", Resource: `${arn}/*`, ...when("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5") }),
      ),
    ],
    [
      "a resource control policy of the identity perimeter",
      controlled("RESOURCE_CONTROL_POLICY", {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        ...when("StringNotEqualsIfExists", "aws:PrincipalAccount", OWN),
      }),
    ],
    [
      "other principals denied by NotPrincipal, without the vendor's account",
      add("bucket", (arn) => ({ Effect: "Deny", NotPrincipal: { AWS: SIXSENSE }, Action: "s3:PutObject", Resource: `${arn}/*` })),
    ],
  ],
  sound: [
    [
      "the vendor's role by its account and a condition",
      change("bucket", (before) =>
        before.map((one) =>
          one.Effect === "Allow" ? { ...one, Principal: { AWS: "222222222222" }, ...when("ArnEquals", "aws:PrincipalArn", SIXSENSE) } : one,
        ),
      ),
    ],
    [
      "everybody but the vendor and the own account denied",
      add("bucket", (arn) =>
        deny({
          Action: "s3:PutObject",
          Resource: `${arn}/*`,
          Condition: { ArnNotEquals: { "aws:PrincipalArn": SIXSENSE }, StringNotEquals: { "aws:PrincipalAccount": OWN } },
        }),
      ),
    ],
    [
      "requests with a customer's key denied",
      add("bucket", (arn) =>
        deny({
          Action: "s3:GetObject",
          Resource: `${arn}/*`,
          ...when("Null", "s3:x-amz-server-side-encryption-customer-algorithm", "false"),
        }),
      ),
    ],
  ],
};

const sharedRole = (resource: (arn: string) => unknown) =>
  change("role", (before, arn) => before.map((one) => (String(one.Resource).includes("/") ? { ...one, Resource: resource(arn) } : one)));
const SHARED: Answers = {
  holes: [
    ["the whole bucket for one of two vendors", sharedRole((arn) => `${arn}/*`)],
    ["a folder of one vendor within the other's", sharedRole((arn) => [`${arn}/kandji/*`, `${arn}/*/kandji/*`])],
    ["a prefix without a slash", sharedRole((arn) => `${arn}/kandji*`)],
    ["a prefix named by a tag", sharedRole((arn) => [`${arn}/kandji/*`, `${arn}/\${aws:PrincipalTag/vendor}/*`])],
    [
      "the other vendor's deletions by the bucket policy",
      add("bucket", (arn) =>
        allow({
          Principal: { AWS: "arn:aws:iam::333333333333:role/6sense-common" },
          Action: "s3:DeleteObject",
          Resource: `${arn}/kandji/*`,
        }),
      ),
    ],
    ["a prefix with a question mark for its slash", sharedRole((arn) => `${arn}/kandji?*`)],
  ],
  sound: [
    ["a folder within the vendor's own", sharedRole((arn) => [`${arn}/kandji/*`, `${arn}/kandji/2027/*`])],
    [
      "the other vendor's objects, denied in the same policy",
      all(
        sharedRole((arn) => `${arn}/kandji/*`),
        add("role", (arn) => ({ Effect: "Deny", Action: "s3:*", NotResource: both(arn) })),
      ),
    ],
  ],
};

const keyOf = (plan: Plan) => Object.values(plan.resource.aws_kms_key)[0] as Plan;
const ofKey = (condition: object) =>
  change("role", (before) => before.map((one) => (one.Sid === "AllowVendorToUseKey" ? { ...one, ...condition } : one)));
const keyPolicy =
  (...statements: readonly object[]): Change =>
  (plan) => {
    keyOf(plan).policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  };
const OWN_KEY = allow({ Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: "kms:*", Resource: "*" });
const otherKey =
  (grant: object): Change =>
  (plan) => {
    addResource(plan, "aws_kms_key", "other", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [OWN_KEY] }) });
    addResource(plan, "aws_kms_grant", "other", { key_id: "${aws_kms_key.other.key_id}", operations: ["Decrypt"], ...grant });
  };
const ROLE = "${aws_iam_role.Acme_Role_86EBAE36.arn}";
const KMS: Answers = {
  holes: [
    ["the key through another service only", ofKey(when("StringEquals", "kms:ViaService", "ec2.eu-central-1.amazonaws.com"))],
    ["the key for objects of another bucket", ofKey(when("StringLike", "kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::payroll*"))],
    ["no use of the key", change("role", (before) => before.filter(({ Sid }) => Sid !== "AllowVendorToUseKey"))],
    [
      "a key policy that leaves out the own account",
      keyPolicy(allow({ Principal: { AWS: `arn:aws:iam::${OWN}:role/admin` }, Action: "kms:*", Resource: "*" })),
    ],
    [
      "a key policy that denies data keys",
      keyPolicy(OWN_KEY, { Effect: "Deny", Principal: "*", Action: "kms:GenerateDataKey*", Resource: "*" }),
    ],
    ["every key", grants("kms:Decrypt", "*")],
    ["a grant of another key", otherKey({ grantee_principal: ROLE })],
    [
      "an external ID of two",
      change("trust", (before) =>
        before.map((one) => ({ ...one, ...when("StringEquals", "sts:ExternalId", ["customer-42", "customer-43"]) })),
      ),
    ],
    [
      "external IDs that begin alike",
      change("trust", (before) => before.map((one) => ({ ...one, ...when("StringLike", "sts:ExternalId", "customer-42*") }))),
    ],
    [
      "an external ID if there is one",
      change("trust", (before) => before.map((one) => ({ ...one, ...when("StringEqualsIfExists", "sts:ExternalId", "customer-42") }))),
    ],
    [
      "an external ID in another case",
      change("trust", (before) => before.map((one) => ({ ...one, ...when("StringEqualsIgnoreCase", "sts:ExternalId", "customer-42") }))),
    ],
    [
      "a set of external IDs that may be empty",
      change("trust", (before) => before.map((one) => ({ ...one, ...when("ForAllValues:StringEquals", "sts:ExternalId", "customer-42") }))),
    ],
  ],
  sound: [
    ["the key through Amazon S3 of the region", ofKey(when("StringEquals", "kms:ViaService", "s3.eu-central-1.amazonaws.com"))],
    ["a key policy of the own account", keyPolicy(OWN_KEY)],
    ["a grant of another key to the own account", otherKey({ grantee_principal: `arn:aws:iam::${OWN}:role/admin` })],
    [
      "an external ID in a set",
      change("trust", (before) => before.map((one) => ({ ...one, ...when("ForAnyValue:StringEquals", "sts:ExternalId", "customer-42") }))),
    ],
  ],
};

const EXISTING: Answers = {
  holes: [
    ["a role of the same name in another account", reads({ AWS: `arn:aws:iam::${STRANGER}:role/analytics` })],
    [
      "a role whose name begins alike in a stranger's account",
      reads("*", when("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${STRANGER}:role/analytics*`)),
    ],
  ],
  sound: [["one more role of the own account", reads({ AWS: `arn:aws:iam::${OWN}:role/reporting` })]],
};

const PARTITION = (partition: string): Answers => ({
  holes: [
    ["a stranger of the partition", reads({ AWS: `arn:${partition}:iam::${STRANGER}:role/somebody` })],
    ["a stranger by number", assumes({ AWS: STRANGER })],
    ["every bucket in a pattern of the partition", grants("s3:GetObject", "arn:aws*:s3:::*")],
  ],
  sound: [
    ["a principal of another partition, which there is none of", reads({ AWS: `arn:aws:iam::${STRANGER}:role/somebody` })],
    ["a bucket of another partition", grants("s3:GetObject", "arn:aws:s3:::payroll/*")],
  ],
});

const ANSWERS: readonly (readonly [FurtherExample, Answers])[] = [
  ["kandji", KANDJI_TRUST],
  ["kandji", KANDJI_ROLE],
  ["kandji", KANDJI_SSL],
  ["kandji", KANDJI_BUCKET],
  ["sixsense", SIX],
  ["shared", SHARED],
  ["kms", KMS],
  ["existing", EXISTING],
  ["china", PARTITION("aws-cn")],
  ["govcloud", PARTITION("aws-us-gov")],
];

export const FURTHER_MUTANTS: readonly FurtherMutant[] = ANSWERS.flatMap(([example, { holes, sound }]) => [
  ...holes.map(([name, mutate]) => ({ example, name, isHole: true, mutate })),
  ...sound.map(([name, mutate]) => ({ example, name, isHole: false, mutate })),
]);
