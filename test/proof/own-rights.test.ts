/** Random policies of a role: the proof that they allow nothing in other services against the evaluator. */
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compilePolicy, decide } from "../../lib/evaluate";
import { ownRights } from "../../lib/proof/estate/own-rights";
import type { RoleFacts } from "../../lib/proof/types";
import { SEED } from "../access/runs";

const ACCOUNT = "111111111111";
const ARN = `arn:aws:iam::${ACCOUNT}:role/delivery`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/of-bucket`;
const ACTIONS = [
  "*",
  "s3:*",
  "iam:*",
  "iam:Put*",
  "ec2:RunInstances",
  "e?2:*",
  "sts:AssumeRole",
  "sts:*",
  "kms:*",
  "kms:Decrypt",
  "sqs:Send*",
];
const RESOURCES = ["*", "arn:aws:s3:::*", `arn:aws:iam::${ACCOUNT}:role/*`, ARN, KEY, "arn:aws:ec2:*:*:*", "arn:aws:sqs:*:*:q"];
const CONDITIONS = [{}, {}, { StringEquals: { "aws:PrincipalTag/team": "x" } }, { Bool: { "aws:SecureTransport": "false" } }];

/** None of them is of the bucket, and none is allowed to everybody. */
const REQUESTS: readonly (readonly [action: string, resource: string])[] = [
  ["iam:PutRolePolicy", ARN],
  ["iam:PutUserPolicy", `arn:aws:iam::${ACCOUNT}:user/alice`],
  ["iam:ListRoles", "*"],
  ["ec2:RunInstances", "arn:aws:ec2:eu-west-1:111111111111:instance/i-1"],
  ["sqs:SendMessage", `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`],
  ["dynamodb:PutItem", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/t`],
  ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/ops`],
  ["sts:AssumeRole", "arn:aws:iam::222222222222:role/ops"],
  ["kms:Decrypt", `arn:aws:kms:eu-west-1:${ACCOUNT}:key/other`],
  ["kms:PutKeyPolicy", KEY],
  ["s3:ListAllMyBuckets", "*"],
];

const element = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    isNotAction: fc.integer({ min: 0, max: 9 }),
    isNotResource: fc.integer({ min: 0, max: 9 }),
    action: element(ACTIONS),
    resource: element(RESOURCES),
    Condition: fc.constantFrom(...CONDITIONS),
  })
  .map(({ Effect, isNotAction, isNotResource, action, resource, Condition }) => ({
    Effect,
    [isNotAction === 0 ? "NotAction" : "Action"]: action,
    [isNotResource === 0 ? "NotResource" : "Resource"]: resource,
    Condition,
  }));
const policy = fc.array(statement, { minLength: 1, maxLength: 3 }).map((Statement) => ({ Version: "2012-10-17", Statement }));
const roleArbitrary: fc.Arbitrary<RoleFacts> = fc
  .record({
    policy,
    boundary: fc.option(policy, { nil: undefined, freq: 3 }),
    tags: fc.constantFrom<Record<string, string>[]>({}, { team: "x" }),
  })
  .map(({ policy: document, boundary, tags }) => ({
    arn: ARN,
    account: ACCOUNT,
    trustPolicy: { Version: "2012-10-17", Statement: [] },
    identityPolicies: [document],
    ...(boundary && { permissionsBoundary: boundary }),
    tags,
  }));

const delegation = { Effect: "Allow", Principal: { AWS: ACCOUNT } };
const OTHERS = {
  resourcePolicy: compilePolicy({ Version: "2012-10-17", Statement: [{ ...delegation, Action: "kms:*", Resource: "*" }] }, "resource"),
  trustPolicy: compilePolicy({ Version: "2012-10-17", Statement: [{ ...delegation, Action: "sts:*" }] }, "trust"),
};

/** The requests of the sample that the evaluator allows. */
function allowedTo({ identityPolicies, permissionsBoundary, tags = {} }: RoleFacts) {
  const policies = {
    ...OTHERS,
    identityPolicies: identityPolicies.map((document) => compilePolicy(document, "identity")),
    ...(permissionsBoundary !== undefined && { permissionsBoundary: compilePolicy(permissionsBoundary, "permissionsBoundary") }),
  };
  const context = {
    "aws:SecureTransport": "true",
    "aws:PrincipalArn": ARN,
    "aws:PrincipalAccount": ACCOUNT,
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])),
  };
  return REQUESTS.filter(([action, resource]) => {
    const request = { principal: ARN, action, resource, resourceAccount: ACCOUNT, context };
    return decide(request, policies).verdict === "Allowed";
  });
}

const counts = { proved: 0, broken: 0 };

test("nothing is proved beside a request that is allowed", () => {
  fc.assert(
    fc.property(roleArbitrary, (role) => {
      const outcomes = ownRights(role, { bucketKeys: [KEY] }).map(({ ask }) => ask().outcome);
      const isProved = outcomes.every((outcome) => outcome === "proved");
      const allowed = allowedTo(role);

      counts[isProved ? "proved" : "broken"]++;
      expect(outcomes).not.toContain("couldNotTell");
      if (isProved) expect(allowed).toEqual([]);
    }),
    { numRuns: 40, seed: SEED },
  );

  expect(Math.min(counts.proved, counts.broken)).toBeGreaterThan(8);
});

afterAll(() => {
  console.log(`own rights: ${counts.proved} proved, ${counts.broken} not`);
});
