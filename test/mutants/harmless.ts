/** Changes that alter the text, but not what the vendor and strangers can do. */
import type { Mutant } from "./mutant";
import { addResource, EXAMPLES, type Example, only, type Place, type Plan, POLICIES, placesOf, policyOf, setPolicy } from "./plans";

type PolicyChange = { kind: string; name: string; places?: readonly Place[]; change: (policy: Plan, plan: Plan, place: Place) => Plan };

const list = (value: Plan): Plan[] => (Array.isArray(value) ? value : [value]);
const eachStatement = (change: (statement: Plan) => Plan) => (policy: Plan) => ({
  ...policy,
  Statement: list(policy.Statement).map(change),
});
const reversedKeys = (value: Plan): Plan =>
  Array.isArray(value)
    ? value.map(reversedKeys)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, reversedKeys(inner)]),
        )
      : value;
const alternating = (text: string) =>
  [...text].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join("");
const bucketArn = (plan: Plan) => `arn:aws:s3:::${only(plan, "aws_s3_bucket").bucket}`;
const add = (statement: (arn: string) => object) => (policy: Plan, plan: Plan) => ({
  ...policy,
  Statement: [...policy.Statement, statement(bucketArn(plan))],
});

const POLICY_CHANGES: readonly PolicyChange[] = [
  { kind: "order", name: "statements", change: (policy) => ({ ...policy, Statement: [...policy.Statement].reverse() }) },
  { kind: "order", name: "keys", change: (policy) => reversedKeys(policy) },
  {
    kind: "order",
    name: "actions and resources",
    change: eachStatement((s) => ({
      ...s,
      ...(s.Action && { Action: list(s.Action).reverse() }),
      ...(s.Resource && { Resource: list(s.Resource).reverse() }),
    })),
  },
  { kind: "form", name: "one action as a list", change: eachStatement((s) => ({ ...s, Action: list(s.Action) })) },
  {
    kind: "form",
    name: "one resource as a list",
    places: ["bucket", "role"],
    change: eachStatement((s) => ({ ...s, Resource: list(s.Resource) })),
  },
  {
    kind: "form",
    name: "one principal as a list",
    places: ["bucket", "trust"],
    change: eachStatement((s) => (s.Principal.AWS ? { ...s, Principal: { AWS: list(s.Principal.AWS) } } : s)),
  },
  {
    kind: "form",
    name: "* as a map",
    places: ["bucket"],
    change: eachStatement((s) => (s.Principal === "*" ? { ...s, Principal: { AWS: "*" } } : s)),
  },
  {
    kind: "form",
    name: "a statement for each action",
    change: (policy) => ({
      ...policy,
      Statement: policy.Statement.flatMap((s: Plan) => list(s.Action).map((Action, index) => ({ ...s, Sid: `${s.Sid}${index}`, Action }))),
    }),
  },
  {
    kind: "form",
    name: "a statement for each resource",
    places: ["bucket", "role"],
    change: (policy) => ({
      ...policy,
      Statement: policy.Statement.flatMap((s: Plan) =>
        list(s.Resource).map((Resource, index) => ({ ...s, Sid: `${s.Sid}${index}`, Resource })),
      ),
    }),
  },
  { kind: "form", name: "an action twice", change: eachStatement((s) => ({ ...s, Action: [...list(s.Action), ...list(s.Action)] })) },
  { kind: "form", name: "other Sids", change: eachStatement((s) => ({ ...s, Sid: `Renamed${s.Sid}` })) },
  { kind: "form", name: "no Sids", change: eachStatement(({ Sid, ...s }) => s) },
  { kind: "form", name: "letter case of actions", change: eachStatement((s) => ({ ...s, Action: list(s.Action).map(alternating) })) },
  {
    kind: "form",
    name: "letter case of condition keys",
    places: ["bucket"],
    change: eachStatement((s) => (s.Condition ? { ...s, Condition: { Bool: { "AWS:SECURETRANSPORT": "false" } } } : s)),
  },
  {
    kind: "form",
    name: "a condition's value as a list",
    places: ["bucket"],
    change: eachStatement((s) => (s.Condition ? { ...s, Condition: { Bool: { "aws:SecureTransport": ["false"] } } } : s)),
  },
  {
    kind: "form",
    name: "a boolean without quotation marks",
    places: ["bucket"],
    change: eachStatement((s) => (s.Condition ? { ...s, Condition: { Bool: { "aws:SecureTransport": false } } } : s)),
  },
  {
    kind: "form",
    name: "IfExists on a key that is always present",
    places: ["bucket"],
    change: eachStatement((s) => (s.Condition ? { ...s, Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } } : s)),
  },
  { kind: "form", name: "an Id", change: (policy) => ({ ...policy, Id: "policy" }) },
  {
    kind: "form",
    name: "one statement without a list",
    places: ["trust"],
    change: (policy) => ({ ...policy, Statement: policy.Statement[0] }),
  },
  {
    kind: "form",
    name: "* for s3:* in a Deny",
    places: ["bucket"],
    change: eachStatement((s) => (s.Effect === "Deny" ? { ...s, Action: "*" } : s)),
  },
  {
    kind: "form",
    name: "* for both resources in a Deny",
    places: ["bucket"],
    change: eachStatement((s) => (s.Effect === "Deny" ? { ...s, Resource: "*" } : s)),
  },
  {
    kind: "form",
    name: "actions and resources of both levels in one statement",
    places: ["role"],
    change: (policy) => ({
      ...policy,
      Statement: [
        {
          Effect: "Allow",
          Action: policy.Statement.flatMap((s: Plan) => list(s.Action)).filter((a: string) => a !== "s3:ListBucket"),
          Resource: policy.Statement[1].Resource,
        },
        policy.Statement[0],
      ],
    }),
  },
  {
    kind: "beside",
    name: "a minimum TLS version",
    places: ["bucket"],
    change: add((arn) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    })),
  },
  {
    kind: "beside",
    name: "deletion of the bucket denied",
    places: ["bucket"],
    change: add((arn) => ({ Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: arn })),
  },
  {
    kind: "beside",
    name: "a reader in the own account",
    places: ["bucket"],
    change: (policy, plan) => {
      plan.data = { aws_caller_identity: { current: {} } };
      return add((arn) => ({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/reader" },
        Action: "s3:GetObject",
        Resource: `${arn}/*`,
      }))(policy, plan);
    },
  },
  {
    kind: "beside",
    name: "server access logs of the own account",
    places: ["bucket"],
    change: add((arn) => ({
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${arn}/access/*`,
      Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
    })),
  },
  {
    kind: "beside",
    name: "strangers denied a second time",
    places: ["bucket"],
    change: add((arn) => ({
      Effect: "Deny",
      Principal: { AWS: "arn:aws:iam::444444444444:root" },
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
    })),
  },
  {
    kind: "beside",
    name: "another service denied",
    places: ["role"],
    change: add(() => ({ Effect: "Deny", Action: "iam:*", Resource: "*" })),
  },
];

/** Changes to the text form of a policy. */
const TEXT_CHANGES: readonly { kind: string; name: string; write: (policy: Plan, plan: Plan) => string }[] = [
  { kind: "form", name: "white space", write: (policy) => `\n  ${JSON.stringify(policy, null, 4)}\n` },
  { kind: "form", name: "escaped letters", write: (policy) => JSON.stringify(policy).replaceAll("arn", "\\u0061rn") },
  { kind: "form", name: "jsonencode", write: (policy) => `\${jsonencode(${JSON.stringify(policy)})}` },
  {
    kind: "form",
    name: "references to the bucket",
    write: (policy, plan) => {
      const [id] = Object.keys(plan.resource.aws_s3_bucket);
      return JSON.stringify(policy).replaceAll(bucketArn(plan), `\${aws_s3_bucket.${id}.arn}`);
    },
  },
];

const SETTINGS: readonly { kind: string; name: string; examples?: readonly Example[]; mutate: (plan: Plan) => void }[] = [
  {
    kind: "order",
    name: "resources",
    mutate: (plan) => {
      plan.resource = Object.fromEntries(Object.entries(plan.resource).reverse());
    },
  },
  {
    kind: "form",
    name: "booleans as text",
    mutate: (plan) => {
      Object.assign(only(plan, "aws_s3_bucket_public_access_block"), { block_public_acls: "true", restrict_public_buckets: "true" });
    },
  },
  {
    kind: "form",
    name: "blocks as lists",
    mutate: (plan) => {
      const ownership = only(plan, "aws_s3_bucket_ownership_controls");
      ownership.rule = [ownership.rule].flat();
      const versioning = only(plan, "aws_s3_bucket_versioning");
      versioning.versioning_configuration = [versioning.versioning_configuration].flat();
    },
  },
  {
    kind: "form",
    name: "the bucket by name",
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_policy").bucket = only(plan, "aws_s3_bucket").bucket;
    },
  },
  {
    kind: "form",
    name: "the bucket by its id",
    mutate: (plan) => {
      only(plan, "aws_s3_bucket_public_access_block").bucket = `\${aws_s3_bucket.${Object.keys(plan.resource.aws_s3_bucket)[0]}.id}`;
    },
  },
  {
    kind: "form",
    name: "another logical name",
    mutate: (plan) => {
      Object.assign(plan, JSON.parse(JSON.stringify(plan).replaceAll(Object.keys(plan.resource.aws_s3_bucket)[0]!, "renamed")));
    },
  },
  { kind: "default", name: "the provider's region", mutate: (plan) => delete only(plan, "aws_s3_bucket").region },
  { kind: "default", name: "versioning never enabled", mutate: (plan) => delete plan.resource.aws_s3_bucket_versioning },
  {
    kind: "default",
    name: "Object Ownership",
    examples: ["kandji"],
    mutate: (plan) => delete plan.resource.aws_s3_bucket_ownership_controls,
  },
  {
    kind: "default",
    name: "encryption",
    examples: ["sixsense"],
    mutate: (plan) => delete plan.resource.aws_s3_bucket_server_side_encryption_configuration,
  },
  {
    kind: "beside",
    name: "tags",
    mutate: (plan) => {
      only(plan, "aws_s3_bucket").tags = { team: "security" };
    },
  },
  { kind: "beside", name: "a private bucket", mutate: (plan) => addResource(plan, "aws_s3_bucket", "other", { bucket: "acme-other" }) },
  {
    kind: "beside",
    name: "a role of a function",
    mutate: (plan) =>
      addResource(plan, "aws_iam_role", "function", {
        name: "function",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      }),
  },
  {
    kind: "beside",
    name: "a lifecycle",
    mutate: (plan) =>
      addResource(plan, "aws_s3_bucket_lifecycle_configuration", "old", {
        bucket: only(plan, "aws_s3_bucket").bucket,
        rule: [{ id: "old", status: "Enabled", expiration: { days: 30 } }],
      }),
  },
  {
    kind: "beside",
    name: "a longer session",
    examples: ["kandji"],
    mutate: (plan) => {
      only(plan, "aws_iam_role").max_session_duration = 7200;
    },
  },
  {
    kind: "beside",
    name: "a permissions boundary that allows Amazon S3",
    examples: ["kandji"],
    mutate: (plan) => {
      addResource(plan, "aws_iam_policy", "boundary", {
        name: "boundary",
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }),
      });
      only(plan, "aws_iam_role").permissions_boundary = "${aws_iam_policy.boundary.arn}";
    },
  },
  {
    kind: "form",
    name: "less than the contract grants, which is sufficient",
    examples: ["sixsense"],
    mutate: (plan) => {
      const policy = policyOf(plan, "bucket");
      for (const statement of policy.Statement) {
        if (statement.Effect === "Allow" && list(statement.Resource)[0].endsWith("/*"))
          statement.Resource = [`${bucketArn(plan)}/data-packs/*`, `${bucketArn(plan)}/audit/*`];
      }
      setPolicy(plan, "bucket", policy);
    },
  },
];

export function harmlessMutants(): Mutant[] {
  return EXAMPLES.flatMap((example) => [
    ...placesOf(example).flatMap((place) => [
      ...POLICY_CHANGES.filter(({ places }) => places === undefined || places.includes(place)).map(({ kind, name, change }) => ({
        example,
        kind,
        name: `${place} policy: ${name}`,
        mutate: (plan: Plan) => setPolicy(plan, place, change(policyOf(plan, place), plan, place)),
      })),
      ...TEXT_CHANGES.map(({ kind, name, write }) => ({
        example,
        kind,
        name: `${POLICIES[place].join(".")}: ${name}`,
        mutate: (plan: Plan) => setPolicy(plan, place, write(policyOf(plan, place), plan)),
      })),
    ]),
    ...SETTINGS.filter(({ examples }) => examples === undefined || examples.includes(example)).map(({ kind, name, mutate }) => ({
      example,
      kind,
      name,
      mutate,
    })),
  ]);
}
