/** Harmful changes that no expectation of a contract sees by itself: ways in by conditions, by ACLs, by other roles, and keys left out. */
import type { Mutant } from "./mutant";
import { addResource, EXAMPLES, type Example, only, type Place, type Plan, policyOf, setPolicy } from "./plans";

const STRANGER = "arn:aws:iam::444444444444:role/somebody";

interface SideDoor {
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

/** Callers that a condition lets in under `Principal: "*"`. */
const TIES: readonly (readonly [name: string, condition: Plan])[] = [
  ["a stranger's role", { ArnEquals: { "aws:PrincipalArn": STRANGER } }],
  ["roles of a name in any account", { StringLike: { "aws:PrincipalArn": "*role/kandji-activity" } }],
  ["roles of accounts that begin alike", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::4*:role/*" } }],
  ["a stranger's account", { StringEquals: { "aws:PrincipalAccount": "444444444444" } }],
  ["a stranger's organization", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }],
  ["organizations that begin alike", { StringLike: { "aws:PrincipalOrgID": "o-a*" } }],
  ["another role of the vendor", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/other" } }],
];

const BY_CONDITION: readonly SideDoor[] = TIES.flatMap(([name, condition]) => [
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

const SOURCES: readonly SideDoor[] = [
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

/** Keys that the vendor may choose, and that are left out. */
const KEYS: readonly SideDoor[] = [
  {
    name: "role policy: objects of one name only",
    examples: ["kandji"],
    mutate: (plan) => {
      const policy = policyOf(plan, "role");
      for (const statement of policy.Statement)
        if (String(statement.Resource).endsWith("/*")) statement.Resource = `${arnOf(plan)}/activity/vendor-*`;
      setPolicy(plan, "role", policy);
    },
  },
  {
    name: "bucket policy: one folder below the prefix is refused",
    mutate: add("bucket", (arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: ["activity", "audit"].map((prefix) => `${arn}/${prefix}/2027/*`),
    })),
  },
  {
    name: "bucket policy: files of one sort are refused",
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

const BESIDE: readonly SideDoor[] = [
  { name: "another role that a stranger may assume reads the bucket", mutate: otherRole(STRANGER, "s3:GetObject", (arn) => `${arn}/*`) },
  { name: "another role that the vendor may assume does everything", mutate: otherRole("222222222222", "s3:*", () => "*") },
  {
    name: "another role that a stranger may assume reads old versions",
    mutate: otherRole(STRANGER, "s3:GetObjectVersion", (arn) => `${arn}/*`),
  },
  {
    name: "another role that a stranger may assume reads one folder",
    mutate: otherRole(STRANGER, "s3:GetObject", (arn) => `${arn}/activity/*`),
  },
  {
    name: "another role that a stranger may assume sets the lifecycle",
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
    name: "versioning of the bucket itself, beside the resource that switches it off",
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
    name: "Block Public Access switched off by a second resource, which comes first",
    mutate: (plan) => {
      const type = "aws_s3_bucket_public_access_block";
      const off = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
      plan.resource[type] = { before: { bucket: nameOf(plan), ...off }, ...plan.resource[type] };
    },
  },
  {
    name: "the vendor has to pay",
    examples: ["sixsense"],
    mutate: (plan) =>
      addResource(plan, "aws_s3_bucket_request_payment_configuration", "payer", { bucket: nameOf(plan), payer: "Requester" }),
  },
  {
    name: "another region than the vendor was told",
    mutate: (plan) => Object.assign(only(plan, "aws_s3_bucket"), { region: "us-west-2" }),
  },
  {
    name: "the inline policies of the role are taken away",
    examples: ["kandji"],
    mutate: (plan) =>
      addResource(plan, "aws_iam_role_policies_exclusive", "none", { role_name: only(plan, "aws_iam_role").name, policy_names: [] }),
  },
  {
    name: "bucket policy: everybody but the vendor is locked out",
    mutate: add("bucket", (arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/6sense-common"] } },
    })),
  },
  {
    name: "bucket policy: every account but the vendor's is locked out",
    mutate: add("bucket", (arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } },
    })),
  },
  {
    name: "bucket policy: access points let in whom they like",
    mutate: add("bucket", (arn) => ({
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${arn}/*`,
      Condition: { StringEquals: { "s3:DataAccessPointAccount": "111111111111" } },
    })),
  },
  {
    name: "bucket policy: plain HTTP is refused for all but one action",
    mutate: (plan) => {
      const policy = policyOf(plan, "bucket");
      const ssl = policy.Statement.find(({ Sid }: Plan) => Sid === "AllowSSLRequestsOnly");
      ssl.NotAction = "s3:GetObjectTagging";
      delete ssl.Action;
      setPolicy(plan, "bucket", policy);
    },
  },
  {
    name: "trust policy: a Sid that IAM refuses",
    examples: ["kandji"],
    mutate: (plan) => {
      const policy = policyOf(plan, "trust");
      policy.Statement[0].Sid = "allow-vendor";
      setPolicy(plan, "trust", policy);
    },
  },
];

/** Each in the examples that it suits. */
export function sideDoors(): Mutant[] {
  return EXAMPLES.flatMap((example) =>
    [...BY_CONDITION, ...SOURCES, ...KEYS, ...BESIDE]
      .filter(({ examples }) => examples === undefined || examples.includes(example))
      .map(({ name, mutate }) => ({ example, kind: "side door", name, mutate })),
  );
}
