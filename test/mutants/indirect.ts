/** Harmful changes that only rules find, or expectations for several keys: access through conditions, ACLs or other roles, and missing keys. */
import type { Mutant } from "./mutant";
import { addResource, EXAMPLES, type Example, only, type Place, type Plan, policyOf, setPolicy } from "./plans";

const STRANGER = "arn:aws:iam::444444444444:role/somebody";

interface IndirectChange {
  readonly name: string;
  readonly examples?: readonly Example[];
  readonly mutate: (plan: Plan) => void;
}

const nameOf = (plan: Plan): string => only(plan, "aws_s3_bucket").bucket;
const arnOf = (plan: Plan): string => `arn:aws:s3:::${nameOf(plan)}`;

function add(place: Place, statement: (arn: string) => Plan): (plan: Plan) => void {
  return (plan) => {
    const policy = policyOf(plan, place);
    policy.Statement.push(statement(arnOf(plan)));
    setPolicy(plan, place, policy);
  };
}

/** Callers to which a condition gives access under `Principal: "*"`. */
const CONDITIONS: readonly (readonly [name: string, condition: Plan])[] = [
  ["a stranger's role", { ArnEquals: { "aws:PrincipalArn": STRANGER } }],
  ["roles of a name in any account", { StringLike: { "aws:PrincipalArn": "*role/kandji-activity" } }],
  ["roles of accounts that begin alike", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::4*:role/*" } }],
  ["a stranger's account", { StringEquals: { "aws:PrincipalAccount": "444444444444" } }],
  ["a stranger's organization", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }],
  ["organizations that begin alike", { StringLike: { "aws:PrincipalOrgID": "o-a*" } }],
  ["another role of the vendor", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/other" } }],
];

const BY_CONDITION: readonly IndirectChange[] = CONDITIONS.flatMap(([name, condition]) => [
  {
    name: `trust policy: ${name}, by a condition`,
    examples: ["kandji"] as const,
    mutate: add("trust", () => ({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition: condition })),
  },
  ...["s3:GetObject", "s3:DeleteObject", "s3:GetObjectVersion"].map((action) => ({
    name: `bucket policy: ${name} may ${action}, by a condition`,
    mutate: add("bucket", (arn) => ({ Effect: "Allow", Principal: "*", Action: action, Resource: `${arn}/*`, Condition: condition })),
  })),
]);

const SOURCES: readonly IndirectChange[] = [
  { StringLike: { "aws:SourceAccount": "*" } },
  { StringNotEquals: { "aws:SourceAccount": "444444444444" } },
  { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } },
  { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/*" } },
].map((condition) => ({
  name: `bucket policy: a service for any source by ${JSON.stringify(condition)}`,
  mutate: add("bucket", (arn) => ({
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${arn}/*`,
    Condition: condition,
  })),
}));

/** Keys that the vendor can choose and the policies do not cover. */
const KEYS: readonly IndirectChange[] = [
  {
    name: "role policy: objects with one name only",
    examples: ["kandji"],
    mutate: (plan) => {
      const policy = policyOf(plan, "role");
      for (const statement of policy.Statement)
        if (String(statement.Resource).endsWith("/*")) statement.Resource = `${arnOf(plan)}/activity/vendor-*`;
      setPolicy(plan, "role", policy);
    },
  },
  {
    name: "bucket policy: one folder under the prefix is denied",
    mutate: add("bucket", (arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: ["activity", "audit"].map((prefix) => `${arn}/${prefix}/2027/*`),
    })),
  },
  {
    name: "bucket policy: files of one type are denied",
    mutate: add("bucket", (arn) => ({ Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `${arn}/*.gz` })),
  },
];

const otherRole = (trusted: string, action: string, resource: (arn: string) => string) => (plan: Plan) => {
  addResource(plan, "aws_iam_role", "other", {
    name: "other",
    assume_role_policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: trusted }, Action: "sts:AssumeRole" }],
    }),
  });
  addResource(plan, "aws_iam_role_policy", "other", {
    role: "${aws_iam_role.other.name}",
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource(arnOf(plan)) }] }),
  });
};

const FURTHER: readonly IndirectChange[] = [
  { name: "another role that a stranger can assume reads the bucket", mutate: otherRole(STRANGER, "s3:GetObject", (arn) => `${arn}/*`) },
  { name: "another role that the vendor can assume has full access", mutate: otherRole("222222222222", "s3:*", () => "*") },
  {
    name: "another role that a stranger can assume reads old versions",
    mutate: otherRole(STRANGER, "s3:GetObjectVersion", (arn) => `${arn}/*`),
  },
  {
    name: "another role that a stranger can assume reads one folder",
    mutate: otherRole(STRANGER, "s3:GetObject", (arn) => `${arn}/activity/*`),
  },
  {
    name: "another role that a stranger can assume sets the lifecycle",
    mutate: otherRole(STRANGER, "s3:PutLifecycleConfiguration", (arn) => arn),
  },
  {
    name: "a policy of the role that an exclusive resource attaches",
    examples: ["kandji"],
    mutate: (plan) =>
      addResource(plan, "aws_iam_role_policy_attachments_exclusive", "all", {
        role_name: only(plan, "aws_iam_role").name,
        policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      }),
  },
  {
    name: "a bucket policy whose changes are ignored",
    mutate: (plan) => Object.assign(only(plan, "aws_s3_bucket_policy"), { lifecycle: { ignore_changes: ["policy"] } }),
  },
  {
    name: "versioning of the bucket itself, in addition to the resource that disables it",
    mutate: (plan) => Object.assign(only(plan, "aws_s3_bucket"), { versioning: { enabled: true } }),
  },
  {
    name: "an ACL for another account",
    mutate: (plan) =>
      addResource(plan, "aws_s3_bucket_acl", "acl", {
        bucket: nameOf(plan),
        access_control_policy: {
          owner: { id: "a".repeat(64) },
          grant: [{ grantee: { type: "CanonicalUser", id: "b".repeat(64) }, permission: "FULL_CONTROL" }],
        },
      }),
  },
  {
    name: "Block Public Access disabled by a second resource, which comes first",
    mutate: (plan) => {
      const type = "aws_s3_bucket_public_access_block";
      const off = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
      plan.resource[type] = { before: { bucket: nameOf(plan), ...off }, ...plan.resource[type] };
    },
  },
  {
    name: "Requester Pays",
    examples: ["sixsense"],
    mutate: (plan) =>
      addResource(plan, "aws_s3_bucket_request_payment_configuration", "payer", { bucket: nameOf(plan), payer: "Requester" }),
  },
  {
    name: "another region than the vendor was given",
    mutate: (plan) => Object.assign(only(plan, "aws_s3_bucket"), { region: "us-west-2" }),
  },
  {
    name: "the inline policies of the role are removed",
    examples: ["kandji"],
    mutate: (plan) =>
      addResource(plan, "aws_iam_role_policies_exclusive", "none", { role_name: only(plan, "aws_iam_role").name, policy_names: [] }),
  },
  {
    name: "bucket policy: everybody except the vendor is locked out",
    mutate: add("bucket", (arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/6sense-common"] } },
    })),
  },
  {
    name: "bucket policy: every account except the vendor's is locked out",
    mutate: add("bucket", (arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } },
    })),
  },
  {
    name: "bucket policy: access points decide who has access",
    mutate: add("bucket", (arn) => ({
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${arn}/*`,
      Condition: { StringEquals: { "s3:DataAccessPointAccount": "111111111111" } },
    })),
  },
  {
    name: "bucket policy: plain HTTP is denied for all actions except one",
    mutate: (plan) => {
      const policy = policyOf(plan, "bucket");
      const ssl = policy.Statement.find(({ Sid }: Plan) => Sid === "AllowSSLRequestsOnly");
      ssl.NotAction = "s3:GetObjectTagging";
      delete ssl.Action;
      setPolicy(plan, "bucket", policy);
    },
  },
  {
    name: "trust policy: a Sid that IAM rejects",
    examples: ["kandji"],
    mutate: (plan) => {
      const policy = policyOf(plan, "trust");
      policy.Statement[0].Sid = "allow-vendor";
      setPolicy(plan, "trust", policy);
    },
  },
];

/** Each change, in the examples that it applies to. */
export function indirectMutants(): Mutant[] {
  return EXAMPLES.flatMap((example) =>
    [...BY_CONDITION, ...SOURCES, ...KEYS, ...FURTHER]
      .filter(({ examples }) => examples === undefined || examples.includes(example))
      .map(({ name, mutate }) => ({ example, kind: "indirect", name, mutate })),
  );
}
