/** Changes after which the vendor cannot deliver, or somebody has access that nobody should have. */
import type { Mutant, StatementChange } from "./mutant";
import { addResource, EXAMPLES, type Example, only, type Place, type Plan, placesOf, planOf, policyOf, setPolicy } from "./plans";

const STRANGER = "arn:aws:iam::444444444444:role/somebody";
const isAllow = ({ Effect }: Plan) => Effect === "Allow";
const isDeny = ({ Effect }: Plan) => Effect === "Deny";
const list = (value: Plan): string[] => (Array.isArray(value) ? value : [value]);
const hasPrincipal = (statement: Plan) => isAllow(statement) && statement.Principal !== undefined;
const hasResource = (statement: Plan) => statement.Resource !== undefined;
const isObjects = (statement: Plan) => list(statement.Resource).every((arn) => arn.endsWith("/*"));

/** Changes of one statement each. */
const CHANGES: readonly StatementChange[] = [
  { kind: "removed", name: "statement removed", change: () => undefined },
  { kind: "retargeted", name: "the other effect", change: (s) => ({ ...s, Effect: isAllow(s) ? "Deny" : "Allow" }) },
  // Who.
  { kind: "widened", name: "principal *", suits: hasPrincipal, change: (s) => ({ ...s, Principal: "*" }) },
  { kind: "widened", name: "principal AWS *", suits: hasPrincipal, change: (s) => ({ ...s, Principal: { AWS: "*" } }) },
  {
    kind: "widened",
    name: "the vendor's whole account",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: "arn:aws:iam::222222222222:root" } }),
  },
  {
    kind: "widened",
    name: "the vendor's whole account by number",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: "222222222222" } }),
  },
  {
    kind: "widened",
    name: "a stranger in addition to the vendor",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: [s.Principal.AWS, STRANGER] } }),
  },
  {
    kind: "widened",
    name: "a stranger's account in addition to the vendor",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: [s.Principal.AWS, "444444444444"] } }),
  },
  {
    kind: "widened",
    name: "a service in addition to the vendor",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { ...s.Principal, Service: "lambda.amazonaws.com" } }),
  },
  {
    kind: "widened",
    name: "an identity provider in addition to the vendor",
    places: ["trust"],
    change: (s) => ({ ...s, Principal: { ...s.Principal, Federated: "accounts.google.com" } }),
  },
  {
    kind: "widened",
    name: "NotPrincipal",
    places: ["bucket"],
    suits: hasPrincipal,
    change: ({ Principal, ...s }) => ({ ...s, NotPrincipal: Principal }),
  },
  { kind: "retargeted", name: "another principal", suits: hasPrincipal, change: (s) => ({ ...s, Principal: { AWS: STRANGER } }) },
  {
    kind: "retargeted",
    name: "another role of the vendor",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: `${s.Principal.AWS}2` } }),
  },
  {
    kind: "retargeted",
    name: "the same role in another account",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: s.Principal.AWS.replace("222222222222", "222222222223") } }),
  },
  {
    kind: "retargeted",
    name: "a user with the name of the role",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: s.Principal.AWS.replace(":role/", ":user/") } }),
  },
  {
    kind: "retargeted",
    name: "another partition",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Principal: { AWS: s.Principal.AWS.replace("arn:aws:", "arn:aws-cn:") } }),
  },
  { kind: "retargeted", name: "a unique ID", suits: hasPrincipal, change: (s) => ({ ...s, Principal: { AWS: "AROAEXAMPLEEXAMPLE123" } }) },
  {
    kind: "narrowed",
    name: "the principal of a Deny",
    suits: isDeny,
    change: (s) => ({ ...s, Principal: { AWS: STRANGER } }),
  },
  // What.
  {
    kind: "widened",
    name: "every action",
    // On objects, * allows no more than s3:* does.
    suits: (s) => isAllow(s) && !list(s.Action).includes("s3:*"),
    change: (s) => ({ ...s, Action: "*" }),
  },
  { kind: "widened", name: "NotAction", suits: isAllow, change: ({ Action, ...s }) => ({ ...s, NotAction: "iam:*" }) },
  {
    kind: "widened",
    name: "s3:* on the bucket",
    suits: (s) => isAllow(s) && hasResource(s) && !isObjects(s),
    change: (s) => ({ ...s, Action: "s3:*" }),
  },
  {
    kind: "widened",
    name: "s3:List*",
    suits: (s) => isAllow(s) && list(s.Action).includes("s3:ListBucket"),
    change: (s) => ({ ...s, Action: "s3:List*" }),
  },
  {
    kind: "widened",
    name: "the right to change the bucket policy",
    places: ["bucket", "role"],
    suits: (s) => isAllow(s) && !isObjects(s),
    change: (s) => ({ ...s, Action: [...list(s.Action), "s3:PutBucketPolicy"] }),
  },
  {
    kind: "widened",
    name: "the right to set the bucket's ACL",
    places: ["bucket", "role"],
    suits: (s) => isAllow(s) && !isObjects(s),
    change: (s) => ({ ...s, Action: [...list(s.Action), "s3:PutBucketAcl"] }),
  },
  {
    kind: "widened",
    name: "the right to read",
    places: ["bucket"],
    suits: (s) => isAllow(s) && isObjects(s),
    change: (s) => ({ ...s, Action: [...list(s.Action), "s3:GetObject"] }),
  },
  {
    kind: "widened",
    name: "the right to tag",
    places: ["bucket"],
    suits: (s) => isAllow(s) && isObjects(s),
    change: (s) => ({ ...s, Action: [...list(s.Action), "s3:PutObjectTagging"] }),
  },
  {
    kind: "widened",
    name: "s3:Put*",
    places: ["bucket"],
    suits: (s) => isAllow(s) && isObjects(s),
    change: (s) => ({ ...s, Action: "s3:Put*" }),
  },
  {
    kind: "widened",
    name: "s3:* on objects",
    places: ["bucket"],
    suits: (s) => isAllow(s) && isObjects(s),
    change: (s) => ({ ...s, Action: "s3:*" }),
  },
  { kind: "widened", name: "sts:*", places: ["trust"], change: (s) => ({ ...s, Action: "sts:*" }) },
  {
    kind: "narrowed",
    name: "its last action",
    suits: (s) => isAllow(s) && list(s.Action).length > 1,
    change: (s) => ({ ...s, Action: list(s.Action).slice(0, -1) }),
  },
  {
    kind: "narrowed",
    name: "its first action",
    suits: (s) => isAllow(s) && list(s.Action).length > 1,
    change: (s) => ({ ...s, Action: list(s.Action).slice(1) }),
  },
  {
    kind: "narrowed",
    name: "s3:Put* instead of s3:*",
    places: ["role"],
    suits: (s) => list(s.Action).includes("s3:*"),
    change: (s) => ({ ...s, Action: "s3:Put*" }),
  },
  {
    kind: "retargeted",
    name: "an action that does not exist",
    suits: isAllow,
    change: (s) => ({ ...s, Action: list(s.Action).map((action) => `${action.replace("*", "PutObject")}s`) }),
  },
  {
    kind: "retargeted",
    name: "another service's actions",
    suits: (s) => isAllow(s) && hasResource(s),
    change: (s) => ({ ...s, Action: list(s.Action).map((action) => action.replace("s3:", "s3express:")) }),
  },
  { kind: "narrowed", name: "the actions of a Deny", suits: isDeny, change: (s) => ({ ...s, Action: "s3:GetObject" }) },
  // On what.
  { kind: "widened", name: "every resource", places: ["role"], change: (s) => ({ ...s, Resource: "*" }) },
  { kind: "widened", name: "every bucket", places: ["role"], change: (s) => ({ ...s, Resource: ["arn:aws:s3:::*"] }) },
  {
    kind: "widened",
    name: "a missing slash",
    places: ["role"],
    change: (s) => ({ ...s, Resource: list(s.Resource).map((arn) => `${arn.replace("/*", "")}*`) }),
  },
  {
    kind: "widened",
    name: "a second bucket",
    places: ["role"],
    change: (s) => ({ ...s, Resource: [...list(s.Resource), "arn:aws:s3:::payroll/*", "arn:aws:s3:::payroll"] }),
  },
  {
    kind: "widened",
    name: "NotResource",
    places: ["role"],
    change: ({ Resource, ...s }) => ({ ...s, NotResource: "arn:aws:s3:::payroll/*" }),
  },
  {
    kind: "retargeted",
    name: "another bucket",
    suits: hasResource,
    change: (s) => ({ ...s, Resource: list(s.Resource).map((arn) => arn.replace(":::acme", ":::acne")) }),
  },
  {
    kind: "retargeted",
    name: "bucket and objects swapped",
    suits: (s) => isAllow(s) && hasResource(s),
    change: (s) => ({
      ...s,
      Resource: isObjects(s) ? list(s.Resource).map((arn) => arn.replace("/*", "")) : list(s.Resource).map((arn) => `${arn}/*`),
    }),
  },
  {
    kind: "narrowed",
    name: "another prefix",
    suits: (s) => isAllow(s) && hasResource(s) && isObjects(s),
    change: (s) => ({ ...s, Resource: list(s.Resource).map((arn) => arn.replace("/*", "/elsewhere/*")) }),
  },
  {
    kind: "narrowed",
    name: "a Deny on objects only",
    suits: isDeny,
    change: (s) => ({ ...s, Resource: list(s.Resource).filter((arn) => arn.endsWith("/*")) }),
  },
  {
    kind: "narrowed",
    name: "a Deny on the bucket only",
    suits: isDeny,
    change: (s) => ({ ...s, Resource: list(s.Resource).filter((arn) => !arn.endsWith("/*")) }),
  },
  // When.
  { kind: "widened", name: "a Deny without its condition", suits: isDeny, change: ({ Condition, ...s }) => s },
  {
    kind: "retargeted",
    name: "HTTPS denied",
    suits: isDeny,
    change: (s) => ({ ...s, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
  },
  {
    kind: "retargeted",
    name: "a misspelt key",
    suits: isDeny,
    change: (s) => ({ ...s, Condition: { Bool: { "aws:SecureTransprt": "false" } } }),
  },
  {
    kind: "retargeted",
    name: "TLS version instead of HTTPS",
    suits: isDeny,
    change: (s) => ({ ...s, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
  },
  {
    kind: "narrowed",
    name: "a further condition in a Deny",
    suits: isDeny,
    change: (s) => ({ ...s, Condition: { ...s.Condition, StringEquals: { "aws:PrincipalAccount": "222222222222" } } }),
  },
  {
    kind: "narrowed",
    name: "an IP address as further condition in a Deny",
    suits: isDeny,
    change: (s) => ({ ...s, Condition: { ...s.Condition, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }),
  },
  {
    kind: "narrowed",
    name: "aws:SourceAccount",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } } }),
  },
  {
    kind: "narrowed",
    name: "aws:SourceArn",
    suits: hasPrincipal,
    change: (s) => ({ ...s, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme*" } } }),
  },
  {
    kind: "narrowed",
    name: "aws:SourceVpce",
    suits: isAllow,
    change: (s) => ({ ...s, Condition: { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } } }),
  },
  {
    kind: "narrowed",
    name: "an external ID that the vendor does not send",
    places: ["trust"],
    change: (s) => ({ ...s, Condition: { StringEquals: { "sts:ExternalId": "acme" } } }),
  },
  {
    kind: "narrowed",
    name: "an ACL that the vendor does not have to send",
    unknownTo: ["sixsense"],
    suits: (s) => isAllow(s) && hasResource(s) && isObjects(s),
    change: (s) => ({ ...s, Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } } }),
  },
  {
    kind: "narrowed",
    name: "HTTP only",
    suits: isAllow,
    change: (s) => ({ ...s, Condition: { Bool: { "aws:SecureTransport": "false" } } }),
  },
  {
    kind: "retargeted",
    name: "ForAllValues",
    suits: isAllow,
    change: (s) => ({ ...s, Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } } }),
  },
  // Form.
  { kind: "retargeted", name: "an effect in lower case", change: (s) => ({ ...s, Effect: s.Effect.toLowerCase() }) },
  {
    kind: "retargeted",
    name: "an operator that does not exist",
    suits: isDeny,
    change: (s) => ({ ...s, Condition: { Boolean: { "aws:SecureTransport": "false" } } }),
  },
];

const everybody = { Principal: "*" };
const bucketArn = (plan: Plan) => `arn:aws:s3:::${only(plan, "aws_s3_bucket").bucket}`;

/** Additional statements that do harm. */
const STATEMENTS: readonly {
  name: string;
  places: readonly Place[];
  statement: (arn: string) => object;
  /** Examples of which the plan does not tell whether the vendor is denied. */
  unknownTo?: readonly Example[];
}[] = [
  {
    name: "everybody can read",
    places: ["bucket"],
    statement: (arn) => ({ Effect: "Allow", ...everybody, Action: "s3:GetObject", Resource: `${arn}/*` }),
  },
  {
    name: "everybody can list",
    places: ["bucket"],
    statement: (arn) => ({ Effect: "Allow", ...everybody, Action: "s3:ListBucket", Resource: arn }),
  },
  {
    name: "a stranger can put",
    places: ["bucket"],
    statement: (arn) => ({ Effect: "Allow", Principal: { AWS: STRANGER }, Action: "s3:PutObject", Resource: `${arn}/*` }),
  },
  {
    name: "a service can put on behalf of any account",
    places: ["bucket"],
    statement: (arn) => ({
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${arn}/*`,
    }),
  },
  {
    name: "lock-out",
    places: ["bucket"],
    statement: (arn) => ({ Effect: "Deny", ...everybody, Action: "s3:*", Resource: [arn, `${arn}/*`] }),
  },
  {
    name: "lock-out from the policy",
    places: ["bucket"],
    statement: (arn) => ({ Effect: "Deny", ...everybody, Action: "s3:PutBucketPolicy", Resource: arn }),
  },
  {
    name: "uploads denied",
    places: ["bucket"],
    statement: (arn) => ({ Effect: "Deny", ...everybody, Action: "s3:PutObject", Resource: `${arn}/*` }),
  },
  {
    name: "uploads without KMS denied",
    // Kandji documents SSE-S3 alone.
    unknownTo: ["sixsense"],
    places: ["bucket"],
    statement: (arn) => ({
      Effect: "Deny",
      ...everybody,
      Action: "s3:PutObject",
      Resource: `${arn}/*`,
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    }),
  },
  {
    name: "everything except a VPC endpoint denied",
    unknownTo: ["kandji", "sixsense"],
    places: ["bucket"],
    statement: (arn) => ({
      Effect: "Deny",
      ...everybody,
      Action: "s3:PutObject",
      Resource: `${arn}/*`,
      Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
    }),
  },
  {
    name: "the vendor can read by the bucket policy",
    places: ["bucket"],
    statement: (arn) => ({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:role/other" },
      Action: "s3:GetObject",
      Resource: `${arn}/*`,
    }),
  },
  { name: "IAM", places: ["role"], statement: () => ({ Effect: "Allow", Action: "iam:*", Resource: "*" }) },
  { name: "assuming other roles", places: ["role"], statement: () => ({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }) },
  { name: "all of Amazon S3", places: ["role"], statement: () => ({ Effect: "Allow", Action: "s3:*", Resource: "*" }) },
  { name: "everything", places: ["role"], statement: () => ({ Effect: "Allow", Action: "*", Resource: "*" }) },
  {
    name: "another bucket",
    places: ["role"],
    statement: () => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::payroll/*" }),
  },
  { name: "uploads denied", places: ["role"], statement: () => ({ Effect: "Deny", Action: "s3:PutObject", Resource: "*" }) },
  {
    name: "everybody can assume",
    places: ["trust"],
    statement: () => ({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
  },
  {
    name: "a stranger can assume",
    places: ["trust"],
    statement: () => ({ Effect: "Allow", Principal: { AWS: STRANGER }, Action: "sts:AssumeRole" }),
  },
  {
    name: "a service can assume",
    places: ["trust"],
    statement: () => ({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
  },
  {
    name: "the vendor denied",
    places: ["trust"],
    statement: () => ({ Effect: "Deny", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sts:AssumeRole" }),
  },
];

/** Settings, and the examples that they harm. */
const SETTINGS: readonly { kind: string; name: string; examples?: readonly Example[]; mutate: (plan: Plan) => void }[] = [
  ...["block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"].flatMap((flag) => [
    {
      kind: "widened",
      name: `${flag} false`,
      mutate: (plan: Plan) => Object.assign(only(plan, "aws_s3_bucket_public_access_block"), { [flag]: false }),
    },
    { kind: "removed", name: flag, mutate: (plan: Plan) => delete only(plan, "aws_s3_bucket_public_access_block")[flag] },
  ]),
  { kind: "removed", name: "Block Public Access", mutate: (plan) => delete plan.resource.aws_s3_bucket_public_access_block },
  { kind: "removed", name: "the bucket policy", mutate: (plan) => delete plan.resource.aws_s3_bucket_policy },
  { kind: "removed", name: "the role's policy", examples: ["kandji"], mutate: (plan) => delete plan.resource.aws_iam_role_policy },
  {
    kind: "removed",
    name: "encryption with the bucket key",
    examples: ["kandji"],
    mutate: (plan) => delete plan.resource.aws_s3_bucket_server_side_encryption_configuration,
  },
  {
    kind: "retargeted",
    name: "encryption by KMS",
    mutate: (plan) => {
      encryptionRule(plan).apply_server_side_encryption_by_default.sse_algorithm = "aws:kms";
    },
  },
  {
    kind: "narrowed",
    name: "the bucket key",
    examples: ["kandji"],
    mutate: (plan) => {
      encryptionRule(plan).bucket_key_enabled = false;
    },
  },
  {
    kind: "widened",
    name: "versioning enabled",
    examples: ["kandji"],
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_versioning").versioning_configuration.status = "Enabled";
    },
  },
  {
    kind: "widened",
    name: "versioning suspended",
    examples: ["kandji"],
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_versioning").versioning_configuration.status = "Suspended";
    },
  },
  {
    kind: "widened",
    name: "Object Lock",
    examples: ["kandji"],
    mutate: (plan) => {
      only(plan, "aws_s3_bucket").object_lock_enabled = true;
    },
  },
  {
    kind: "widened",
    name: "ObjectWriter",
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_ownership_controls").rule.object_ownership = "ObjectWriter";
    },
  },
  {
    kind: "narrowed",
    name: "ACLs disabled",
    examples: ["sixsense"],
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_ownership_controls").rule.object_ownership = "BucketOwnerEnforced";
    },
  },
  {
    kind: "widened",
    name: "ACLs enabled",
    examples: ["kandji"],
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_ownership_controls").rule.object_ownership = "BucketOwnerPreferred";
    },
  },
  {
    kind: "removed",
    name: "Object Ownership",
    examples: ["sixsense"],
    mutate: (plan) => delete plan.resource.aws_s3_bucket_ownership_controls,
  },
  {
    kind: "retargeted",
    name: "another region",
    mutate: (plan) => {
      only(plan, "aws_s3_bucket").region = "eu-south-1";
    },
  },
  {
    kind: "retargeted",
    name: "another bucket name",
    mutate: (plan) => {
      only(plan, "aws_s3_bucket").bucket = "acme-elsewhere";
    },
  },
  {
    kind: "added",
    name: "a public ACL",
    mutate: (plan) => addResource(plan, "aws_s3_bucket_acl", "acl", { bucket: only(plan, "aws_s3_bucket").bucket, acl: "public-read" }),
  },
  {
    kind: "added",
    name: "a second bucket policy",
    mutate: (plan) =>
      addResource(plan, "aws_s3_bucket_policy", "second", {
        bucket: only(plan, "aws_s3_bucket").bucket,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      }),
  },
  {
    kind: "added",
    name: "a managed policy of administrators",
    examples: ["kandji"],
    mutate: (plan) =>
      addResource(plan, "aws_iam_role_policy_attachment", "admin", {
        role: only(plan, "aws_iam_role").name,
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
  },
  {
    kind: "added",
    name: "a managed policy that can read all buckets",
    examples: ["kandji"],
    mutate: (plan) =>
      addResource(plan, "aws_iam_role_policy_attachment", "read", {
        role: only(plan, "aws_iam_role").name,
        policy_arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      }),
  },
  {
    kind: "added",
    name: "a second policy of the role",
    examples: ["kandji"],
    mutate: (plan) =>
      addResource(plan, "aws_iam_role_policy", "more", {
        name: "more",
        role: only(plan, "aws_iam_role").name,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }),
      }),
  },
  {
    kind: "added",
    name: "a permissions boundary that allows nothing",
    examples: ["kandji"],
    mutate: (plan) => {
      addResource(plan, "aws_iam_policy", "boundary", {
        name: "boundary",
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] }),
      });
      only(plan, "aws_iam_role").permissions_boundary = "${aws_iam_policy.boundary.arn}";
    },
  },
];

function encryptionRule(plan: Plan): Plan {
  const { rule } = only(plan, "aws_s3_bucket_server_side_encryption_configuration");
  return Array.isArray(rule) ? rule[0] : rule;
}

export function harmfulMutants(): Mutant[] {
  return EXAMPLES.flatMap((example) => [
    ...placesOf(example).flatMap((place) => [...statementMutants(example, place), ...addedStatements(example, place)]),
    ...SETTINGS.filter(({ examples }) => examples === undefined || examples.includes(example)).map(({ kind, name, mutate }) => ({
      example,
      kind,
      name,
      mutate,
    })),
  ]);
}

function statementMutants(example: Example, place: Place): Mutant[] {
  const { Statement: statements } = policyOf(planOf(example), place);
  return (statements as Plan[]).flatMap((statement, index) =>
    CHANGES.filter(
      ({ places, suits }) => (places === undefined || places.includes(place)) && (suits === undefined || suits(statement, place)),
    ).map(({ kind, name, change, unknownTo }) => ({
      example,
      kind,
      ...(unknownTo?.includes(example) && { exitCode: 3 as const }),
      name: `${place} policy, ${statement.Sid}: ${name}`,
      mutate: (plan: Plan) => {
        const policy = policyOf(plan, place);
        const changed = change(policy.Statement[index], place);
        policy.Statement.splice(index, 1, ...(changed === undefined ? [] : Array.isArray(changed) ? changed : [changed]));
        setPolicy(plan, place, policy);
      },
    })),
  );
}

function addedStatements(example: Example, place: Place): Mutant[] {
  return STATEMENTS.filter(({ places }) => places.includes(place)).map(({ name, statement, unknownTo }) => ({
    example,
    ...(unknownTo?.includes(example) && { exitCode: 3 as const }),
    kind: "added",
    name: `${place} policy: ${name}`,
    mutate: (plan: Plan) => {
      const policy = policyOf(plan, place);
      policy.Statement.push(statement(bucketArn(plan)));
      setPolicy(plan, place, policy);
    },
  }));
}
