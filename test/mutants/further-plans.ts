/** The plans of all examples, each with a known account, and changes of their policies. */
import { type TerraformStack, Testing } from "cdktf";
import { ExistingBucketStack } from "../../examples/how-to/existing-bucket";
import { KmsKeyStack } from "../../examples/how-to/kms-key";
import { SharedBucketStack } from "../../examples/how-to/several-vendors";
import { addResource, type Plan, planOf } from "./plans";

export const OWN = "111111111111";

const synthesized = (stack: TerraformStack) => Testing.synth(stack);
const TEXTS = {
  kandji: JSON.stringify(planOf("kandji")),
  sixsense: JSON.stringify(planOf("sixsense")),
  shared: synthesized(new SharedBucketStack(Testing.app(), "shared")),
  kms: synthesized(new KmsKeyStack(Testing.app(), "kms")),
  existing: synthesized(new ExistingBucketStack(Testing.app(), "existing")),
};
export type FurtherExample = keyof typeof TEXTS | "china" | "govcloud";

/** A copy of the plan, to change. */
export function furtherPlan(example: FurtherExample): Plan {
  const plan = JSON.parse(textOf(example));
  plan.provider.aws[0].allowed_account_ids = [OWN];
  return plan;
}

function textOf(example: FurtherExample): string {
  if (example === "china") return inPartition("aws-cn", "cn-north-1");
  return example === "govcloud" ? inPartition("aws-us-gov", "us-gov-west-1") : TEXTS[example];
}

function inPartition(partition: string, region: string): string {
  return TEXTS.kandji
    .replaceAll("arn:aws:", `arn:${partition}:`)
    .replaceAll("eu-central-1", region)
    .replaceAll('\\"partition\\":\\"aws\\"', `\\"partition\\":\\"${partition}\\"`)
    .replaceAll('"partition":"aws"', `"partition":"${partition}"`);
}

const ATTRIBUTES = {
  bucket: ["aws_s3_bucket_policy", "policy"],
  trust: ["aws_iam_role", "assume_role_policy"],
  role: ["aws_iam_role_policy", "policy"],
} as const;
type Place = keyof typeof ATTRIBUTES;
type Statements = readonly object[];
export type Change = (plan: Plan) => void;

/** The name of the only bucket. */
export function bucketOf(plan: Plan): string {
  return (Object.values(plan.resource.aws_s3_bucket) as Plan[])[0].bucket;
}

/** Changes the statements of a policy. Texts of Terraform that are no JSON are kept as they are. */
export function change(place: Place, statements: (before: Plan[], bucketArn: string) => Statements): Change {
  return (plan) => {
    const [type, attribute] = ATTRIBUTES[place];
    const owner = (Object.values(plan.resource[type]) as Plan[])[0];
    const expressions: string[] = [];
    const text = String(owner[attribute]).replace(/\$\{jsonencode\((?:[^{}()]|\$\{[^}]*\})*\)\}/g, (expression) => {
      expressions.push(expression);
      return `"expression ${expressions.length - 1}"`;
    });
    const policy = JSON.parse(text);
    const bucketArn = `arn:${/arn:(aws[\w-]*):/.exec(text)?.[1] ?? "aws"}:s3:::${bucketOf(plan)}`;
    const changed = JSON.stringify({ ...policy, Statement: statements(policy.Statement, bucketArn) });
    owner[attribute] = changed.replace(/"expression (\d+)"/g, (_, index) => expressions[Number(index)]!);
  };
}

export function add(place: Place, ...statements: readonly ((bucketArn: string) => object)[]): Change {
  return change(place, (before, bucketArn) => [...before, ...statements.map((statement) => statement(bucketArn))]);
}

export function all(...changes: readonly Change[]): Change {
  return (plan) => {
    for (const one of changes) one(plan);
  };
}

const document = (...Statement: Statements) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A permissions boundary of the vendor's role. */
export function bounded(...statements: readonly ((bucketArn: string) => object)[]): Change {
  return (plan) => {
    const bucketArn = `arn:aws:s3:::${bucketOf(plan)}`;
    const policy = document(...statements.map((statement) => statement(bucketArn)));
    addResource(plan, "aws_iam_policy", "boundary", { name: "boundary", policy });
    (Object.values(plan.resource.aws_iam_role) as Plan[])[0].permissions_boundary = "${aws_iam_policy.boundary.arn}";
  };
}

/** A policy of the organization, attached to the own account. */
export function controlled(type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY", ...statements: Statements): Change {
  return (plan) => {
    addResource(plan, "aws_organizations_policy", "control", { name: "control", type, content: document(...statements) });
    addResource(plan, "aws_organizations_policy_attachment", "control", {
      policy_id: "${aws_organizations_policy.control.id}",
      target_id: OWN,
    });
  };
}
