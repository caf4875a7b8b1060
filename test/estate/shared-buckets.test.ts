/** One bucket into which several vendors deliver: by a role, by the bucket policy, and in stacks of their own. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import { DestinationBucket, KandjiDestination, ObjectOwnership, SixSenseDestination, VendorPermissions } from "../../lib";
import { cli, folder } from "../cli/run-program";

/** Terraform JSON. The tests know its structure better than its type does. */
type Plan = any;

const BUCKET = "arn:aws:s3:::acme-shared";
const SIX_SENSE = "arn:aws:iam::333333333333:role/6sense";
const KANDJI = "arn:aws:iam::222222222222:role/kandji";

const synthesized = Testing.synth(sharedStack());

function sharedStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "shared");
  const permissions = VendorPermissions.LEAST_PRIVILEGE;
  new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: ["111111111111"] });
  const bucket = new DestinationBucket(stack, "Shared", {
    bucketName: "acme-shared",
    region: "eu-west-1",
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
  });
  new KandjiDestination(stack, "Kandji", {
    bucket,
    permissions,
    vendorAccountId: "222222222222",
    vendorRoleName: "kandji",
    destinationPath: "kandji",
  });
  new SixSenseDestination(stack, "SixSense", { bucket, permissions, vendorRoleArn: SIX_SENSE, dataPacks: { filePath: "6sense" } });
  return stack;
}

interface Change {
  readonly name: string;
  readonly exitCode: number;
  readonly says: string;
  /** Changes the stack, and returns further files. */
  readonly change: (plan: Plan) => Readonly<Record<string, unknown>> | undefined;
}

const only = (plan: Plan, type: string): Plan => Object.values(plan.resource[type])[0];

function changePolicy(plan: Plan, change: (statements: Plan[]) => Plan[]): undefined {
  const resource = only(plan, "aws_s3_bucket_policy");
  const { Statement, ...rest } = JSON.parse(resource.policy);
  resource.policy = JSON.stringify({ ...rest, Statement: change(Statement) });
}

const adding = (statement: object) => (plan: Plan) => changePolicy(plan, (statements) => [...statements, statement]);

/** The bucket policy, changed, in a stack beside that of the bucket. */
const inStackOfItsOwn = (change: (policy: string) => string) => (plan: Plan) => {
  const {
    provider,
    resource: { aws_s3_bucket_policy, ...rest },
  } = plan;
  plan.resource = rest;
  const [{ policy }] = Object.values<Plan>(aws_s3_bucket_policy) as [Plan];
  const p = { bucket: "acme-shared", policy: change(policy) };
  return { "policy/main.tf.json": { provider, resource: { aws_s3_bucket_policy: { p } } } };
};

function changeRolePolicy(plan: Plan, change: (text: string) => string): undefined {
  const resource = only(plan, "aws_iam_role_policy");
  resource.policy = change(resource.policy);
}

const trusting = (principal: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
  });

const reading = (resource: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }],
  });

const CHANGES: readonly Change[] = [
  { name: "nothing", exitCode: 0, says: "2 destinations: ", change: () => undefined },
  {
    name: "6sense may write below the prefix of Kandji",
    exitCode: 1,
    says: "✗ the vendor cannot do anything to the objects of the bucket's other vendors",
    change: adding({ Effect: "Allow", Principal: { AWS: SIX_SENSE }, Action: "s3:PutObject", Resource: `${BUCKET}/kandji/*` }),
  },
  {
    name: "6sense may read what Kandji delivers",
    exitCode: 1,
    says: "✗ the vendor cannot do anything to the objects of the bucket's other vendors",
    change: adding({ Effect: "Allow", Principal: { AWS: SIX_SENSE }, Action: "s3:GetObject", Resource: `${BUCKET}/kandji/*` }),
  },
  {
    name: "Kandji's role may write below the prefix of 6sense",
    exitCode: 1,
    says: "✗ the vendor cannot put an object outside its prefix",
    change: (plan) => changeRolePolicy(plan, (text) => text.replaceAll("acme-shared/kandji/*", "acme-shared/*")),
  },
  {
    name: "a statement for one vendor names the role of the other",
    exitCode: 1,
    says: "medium unexpected-principal: no contract names arn:aws:iam::222222222222:role/kandji",
    change: (plan) => changePolicy(plan, (all) => JSON.parse(JSON.stringify(all).replaceAll(SIX_SENSE, KANDJI))),
  },
  {
    name: "the role trusts both vendors",
    exitCode: 1,
    says: "✗ nobody but the vendor can assume the role",
    change: (plan) => {
      const role = only(plan, "aws_iam_role");
      role.assume_role_policy = role.assume_role_policy.replace(`"${KANDJI}"`, `["${KANDJI}","${SIX_SENSE}"]`);
    },
  },
  {
    name: "a public statement shuts out the vendor of the bucket policy, and not the one with a role",
    exitCode: 1,
    says: "high public-bucket-policy: it allows *, and no condition ties it to fixed values",
    change: adding({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${BUCKET}/public/*` }),
  },
  {
    name: "a deny of all but one's own account shuts out the vendor of the bucket policy",
    exitCode: 1,
    says: "Condition: StringNotEquals aws:PrincipalAccount 111111111111: the request has 333333333333",
    change: adding({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { StringNotEquals: { "aws:PrincipalAccount": "111111111111" } },
    }),
  },
  {
    name: "the bucket policy stands in a stack of its own",
    exitCode: 0,
    says: "2 destinations: ",
    change: inStackOfItsOwn((policy) => policy),
  },
  {
    name: "the bucket policy stands in a stack of its own, without 6sense",
    exitCode: 1,
    says: "✗ the vendor can list the bucket",
    change: inStackOfItsOwn((policy) => {
      const { Version, Statement } = JSON.parse(policy);
      return JSON.stringify({ Version, Statement: Statement.slice(0, 1) });
    }),
  },
  {
    name: "another stack lets 6sense assume a role that reads the bucket",
    exitCode: 1,
    says: "medium other-role-reaches-destination: arn:aws:iam::333333333333:role/6sense can assume r, which can call s3:GetObject in acme-shared",
    change: ({ provider }) => ({
      "other/main.tf.json": {
        provider,
        resource: {
          aws_iam_role: { r: { name: "r", assume_role_policy: trusting(SIX_SENSE) } },
          aws_iam_role_policy: { r: { name: "p", role: "r", policy: reading(`${BUCKET}/6sense/*`) } },
        },
      },
    }),
  },
  {
    name: "another stack has a role that trusts Kandji's delivery role and reads the bucket",
    exitCode: 1,
    says: "high vendor-assumes-another-role: kandji-acme-shared → r: the vendor can assume r",
    change: (plan) => ({
      "other/main.tf.json": {
        provider: plan.provider,
        resource: {
          aws_iam_role: {
            r: { name: "r", assume_role_policy: trusting(`arn:aws:iam::111111111111:role/${only(plan, "aws_iam_role").name}`) },
          },
          aws_iam_role_policy: { r: { name: "p", role: "r", policy: reading(`${BUCKET}/6sense/*`) } },
        },
      },
    }),
  },
  {
    name: "another stack sets Object Ownership to what 6sense cannot work with",
    exitCode: 1,
    says: "which aws_s3_bucket_ownership_controls.o and another resource set differently",
    change: ({ provider }) => ({
      "other/main.tf.json": {
        provider,
        resource: { aws_s3_bucket_ownership_controls: { o: { bucket: "acme-shared", rule: { object_ownership: "ObjectWriter" } } } },
      },
    }),
  },
];

describe("a bucket of two vendors, where", () => {
  test.each(CHANGES)("$name", async ({ change, exitCode, says }) => {
    const plan = JSON.parse(synthesized);
    const more = change(plan) ?? {};
    const path = folder({ "stacks/shared/cdk.tf.json": plan, ...more });

    const { code, out } = await cli("check", path);

    expect(code, out).toBe(exitCode);
    expect(out.replaceAll(/\s+/g, " ")).toContain(says);
  });
});
