/** An estate is judged alike whether one stack describes it or several do: pieces never pass what the whole refuses. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { contractsIn, runCheck } from "../../cli/check";
import type { CheckReport } from "../../cli/report/check";
import { type PlanFile, readEstate } from "../../lib/plan";
import { planOf } from "../mutants/plans";
import { jsonFile } from "../plan/read";

const BUCKET = "acme-kandji-activity";
const ROLE = "kandji-acme-kandji-activity";
const OWN = "111111111111";
const OTHER = "333333333333";
const STACKS = 3;

interface Resource {
  readonly type: string;
  readonly values: Record<string, unknown>;
}

interface Placed extends Resource {
  readonly name: string;
  /** Which of the stacks it is in. */
  readonly stack: number;
}

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trust = (principal: unknown) => policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" });

/** A bucket or role as another stack may name it; the variable has no value. */
const bucket = fc.constantFrom(BUCKET, BUCKET, BUCKET, "elsewhere", "${var.unknown}");
const role = fc.constantFrom(ROLE, ROLE, "chain-0", "chain-1", "${var.unknown}");
const managed = fc.constantFrom(
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
  "arn:aws:iam::aws:policy/AmazonS3FullAccess",
  `arn:aws:iam::${OWN}:policy/elsewhere`,
  "${var.unknown}",
);
const Action = fc.constantFrom("s3:GetObject", "s3:*", "s3:ListBucket", "s3:PutBucketPolicy", "sts:AssumeRole");
const Resource = fc.constantFrom(
  "*",
  `arn:aws:s3:::${BUCKET}`,
  `arn:aws:s3:::${BUCKET}/*`,
  "arn:aws:s3:::elsewhere/*",
  "arn:aws:iam::*:role/*",
);
const Effect = fc.constantFrom("Allow", "Deny");
const Principal = fc.constantFrom<unknown>(
  { AWS: "arn:aws:iam::999999999999:role/stranger" },
  "*",
  { AWS: OWN },
  { AWS: `arn:aws:iam::${OWN}:role/${ROLE}` },
  { AWS: `arn:aws:iam::${OWN}:role/chain-0` },
  { Service: "ec2.amazonaws.com" },
);
const identityPolicy = fc.record({ Effect, Action, Resource }).map((statement) => policy(statement));
const bucketPolicy = fc.record({ Effect, Principal, Action, Resource }).map((statement) => policy(statement));

function resource(type: string, values: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Resource> {
  return fc.record(values).map((each) => ({ type, values: each as Record<string, unknown> }));
}

const fixed = fc.constant;
/** What a stack may hang on the destination or have beside it. */
const extra: fc.Arbitrary<Resource> = fc.oneof(
  resource("aws_s3_bucket_policy", { bucket, policy: bucketPolicy }),
  fc.boolean().chain((on) =>
    resource("aws_s3_bucket_public_access_block", {
      bucket,
      block_public_acls: fixed(on),
      ignore_public_acls: fixed(on),
      block_public_policy: fixed(on),
      restrict_public_buckets: fixed(on),
    }),
  ),
  resource("aws_s3_account_public_access_block", { block_public_acls: fc.boolean(), restrict_public_buckets: fc.boolean() }),
  resource("aws_s3_bucket_acl", { bucket, acl: fc.constantFrom("private", "public-read") }),
  resource("aws_s3_bucket_ownership_controls", {
    bucket,
    rule: fc.constantFrom([{ object_ownership: "BucketOwnerEnforced" }], [{ object_ownership: "ObjectWriter" }]),
  }),
  resource("aws_s3_bucket_versioning", { bucket, versioning_configuration: fixed([{ status: "Enabled" }]) }),
  resource("aws_s3_bucket_lifecycle_configuration", { bucket, rule: fixed([]) }),
  resource("aws_s3_bucket_replication_configuration", {
    bucket,
    role: fixed(`arn:aws:iam::${OWN}:role/copy`),
    rule: fixed([{ status: "Enabled", destination: [{ bucket: "arn:aws:s3:::elsewhere", account: "999999999999" }] }]),
  }),
  resource("aws_s3_access_point", { bucket, name: fixed("point"), policy: fc.oneof(bucketPolicy, fixed(undefined)) }),
  resource("aws_s3control_access_point_policy", {
    access_point_arn: fixed(`arn:aws:s3:eu-central-1:${OWN}:accesspoint/point`),
    policy: bucketPolicy,
  }),
  resource("aws_organizations_policy", { name: fixed("deny"), content: identityPolicy }),
  resource("aws_s3control_access_grant", {
    access_grants_location_id: fc.constantFrom("default", "${var.unknown}"),
    permission: fixed("READ"),
    grantee: fixed([{ grantee_type: "IAM", grantee_identifier: "arn:aws:iam::999999999999:role/stranger" }]),
  }),
  resource("aws_s3control_access_grants_location", { location_scope: fc.constantFrom("s3://", `s3://${BUCKET}/*`) }),
  resource("aws_s3control_access_grants_instance_resource_policy", { policy: bucketPolicy }),
  resource("aws_lakeformation_resource", { arn: fixed(`arn:aws:s3:::${BUCKET}`) }),
  resource("aws_lakeformation_permissions", {
    principal: fixed("999999999999"),
    permissions: fixed(["SELECT"]),
    database: fixed([{ name: "db" }]),
  }),
  resource("aws_iam_role_policy", { role, name: fc.constantFrom("extra", "vendor-delivery"), policy: identityPolicy }),
  resource("aws_iam_role_policy_attachment", { role, policy_arn: managed }),
  resource("aws_iam_policy_attachment", { name: fixed("x"), roles: fc.array(role, { maxLength: 2 }), policy_arn: managed }),
  resource("aws_iam_policy", { name: fixed("elsewhere"), policy: identityPolicy }),
  resource("aws_iam_role_policies_exclusive", { role_name: role, policy_names: fc.constantFrom([], ["vendor-delivery"]) }),
  resource("aws_iam_role_policy_attachments_exclusive", { role_name: role, policy_arns: fc.constantFrom([], ["${var.unknown}"]) }),
);

/** Two roles that may lead from one to the other, to the delivery role, and from outside, and a bucket with a policy of its own. */
const beside: fc.Arbitrary<Resource[]> = fc.tuple(Principal, Principal, bucketPolicy).map(([first, second, text]) => [
  { type: "aws_iam_role", values: { name: "chain-0", assume_role_policy: trust(first) } },
  { type: "aws_iam_role", values: { name: "chain-1", assume_role_policy: trust(second) } },
  { type: "aws_s3_bucket", values: { bucket: "elsewhere" } },
  { type: "aws_s3_bucket_policy", values: { bucket: "elsewhere", policy: text } },
]);

/** How a provider names one of the two accounts, or does not. */
const account = fc.constantFrom<object>({}, { allowed_account_ids: [OWN] }, { allowed_account_ids: [OTHER] }, { profile: "other" });

/** The resources of the Kandji example, which name their bucket and role by text, and its contract. */
function destination(): readonly Resource[] {
  const { resource: byType } = planOf("kandji");
  const text = JSON.stringify(byType)
    .replaceAll(/\$\{aws_s3_bucket\.\w+\.bucket\}/g, BUCKET)
    .replaceAll(/\$\{aws_iam_role\.\w+\.name\}/g, ROLE)
    .replaceAll(/\$\{aws_iam_role\.\w+\.arn\}/g, `arn:aws:iam::${OWN}:role/${ROLE}`);
  return Object.entries<Record<string, any>>(JSON.parse(text)).flatMap(([type, resources]) =>
    Object.values(resources).map(({ depends_on, lifecycle, triggers_replace, provisioner, ...values }) => ({ type, values })),
  );
}

const DESTINATION = destination();

function stackOf(name: string, placed: readonly Placed[], accounts: readonly object[]): PlanFile {
  const byType: Record<string, Record<string, unknown>> = {};
  for (const { type, values, name: label, stack } of placed) {
    const provider = type === "terraform_data" ? {} : { provider: `aws.s${stack}` };
    byType[type] = { ...byType[type], [label]: { ...provider, ...values } };
  }
  const provider = { aws: accounts.map((each, index) => ({ alias: `s${index}`, region: "eu-central-1", ...each })) };
  return jsonFile(`${name}/cdk.tf.json`, { variable: { unknown: {} }, provider, resource: byType });
}

function judged(files: readonly PlanFile[]): CheckReport {
  const estate = readEstate(files);
  const assignments = contractsIn(estate);
  return runCheck({
    program: "test",
    estate,
    assignments,
    hash: (text) => text,
    failOn: "medium",
    allowUnknown: false,
    today: "2027-01-31",
  });
}

/** What is not as it should be: the expectations that do not pass, by their IDs. */
function notPassed({ destinations }: CheckReport): string[] {
  return destinations.flatMap(({ contract, results }) =>
    results.filter(({ outcome }) => outcome !== "pass").map(({ id }) => `${contract} ${id}`),
  );
}

const places = fc.array(fc.nat(STACKS - 1), { minLength: 40, maxLength: 40 });

function placedIn(resources: readonly Resource[], stacks: readonly number[]): Placed[] {
  return resources.map((each, index) => ({ ...each, name: `r${index}`, stack: stacks[index]! }));
}

test("pieces never pass what the whole refuses", () => {
  const codes: number[] = [];
  fc.assert(
    fc.property(
      fc.oneof({ arbitrary: beside, weight: 1 }, { arbitrary: fc.constant([]), weight: 2 }),
      fc.array(extra, { maxLength: 4 }),
      places,
      fc.oneof(fc.constant([{}, {}, {}]), fc.tuple(account, account, account)),
      (others, extras, stacks, accounts) => {
        const placed = placedIn([...DESTINATION, ...others, ...extras], stacks);

        const whole = judged([stackOf("whole", placed, accounts)]);
        const parts = judged(
          [0, 1, 2].map((stack) =>
            stackOf(
              `part${stack}`,
              placed.filter((each) => each.stack === stack),
              accounts,
            ),
          ),
        );

        codes.push(whole.exitCode);
        if (whole.exitCode !== 0) expect(parts.exitCode).not.toBe(0);
        expect(notPassed(parts)).toEqual(expect.arrayContaining(notPassed(whole)));
      },
    ),
    { numRuns: 250, seed: 13 },
  );
  // Both sides of the property were met.
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(25);
  expect(codes.filter((code) => code !== 0).length).toBeGreaterThan(100);
});
