/** Ways from outside the account to the bucket through other roles: beside every one, the nearest that leads nowhere. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { PROOF_IDS, type Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { addResource, only, type Plan, planOf } from "../mutants/plans";

const OWN = "111111111111";
const STRANGER = "999999999999";
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const roleArn = (name: string) => `arn:aws:iam::${OWN}:role/${name}`;

interface Role {
  readonly name: string;
  /** The statement of the trust policy, or the AWS principal that it names. */
  readonly trusts: string | object;
  readonly allows?: readonly (readonly [action: string, resource: string, more?: object])[];
  readonly boundary?: string;
}

function planWith(roles: readonly Role[]): Plan {
  const plan = planOf("kandji");
  plan.provider.aws[0].allowed_account_ids = [OWN];
  for (const { name, trusts, allows = [], boundary } of roles) {
    const trust = typeof trusts === "string" ? { Principal: { AWS: trusts }, Action: "sts:AssumeRole" } : trusts;
    addResource(plan, "aws_iam_role", name, {
      name,
      assume_role_policy: document({ Effect: "Allow", ...trust }),
      ...(boundary !== undefined && { permissions_boundary: boundary }),
    });
    addResource(plan, "aws_iam_role_policy", name, {
      role: name,
      policy: document(...allows.map(([Action, Resource, more]) => ({ Effect: "Allow", Action, Resource, ...more }))),
    });
  }
  return plan;
}

function outcomeOf(roles: readonly Role[]): Pick<Result, "outcome" | "cause"> {
  const plan = planWith(roles);
  const model = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const { outcome, cause } = prove(contractsIn(model)[0]!.contract, model).find(({ id }) => id === PROOF_IDS.otherRoles)!;
  return { outcome, ...(cause !== undefined && { cause }) };
}

const OBJECTS = `arn:aws:s3:::${only(planOf("kandji"), "aws_s3_bucket").bucket}/*`;
const READS = [["s3:GetObject", OBJECTS]] as const;
const assumes = (name: string) => [["sts:AssumeRole", roleArn(name)]] as const;

describe("a chain of roles", () => {
  const chain = (second: Partial<Role> = {}, third: Partial<Role> = {}): Role[] => [
    { name: "one", trusts: STRANGER },
    { name: "two", trusts: roleArn("one"), ...second },
    { name: "three", trusts: roleArn("two"), allows: READS, ...third },
  ];

  test("fails: each role lets in the one before, and the last one reads the bucket", () => {
    const { outcome, cause } = outcomeOf(chain());

    expect(outcome).toBe("fail");
    expect(cause).toMatch(
      /role\/one .*; then, .*\/one\/session can sts:AssumeRole on .*role\/two .*; then, .*three\/session can s3:GetObject/,
    );
  });

  test("fails: two roles that let in each other do not end the search", () => {
    expect(outcomeOf(chain({ trusts: { Principal: { AWS: [roleArn("one"), roleArn("three")] }, Action: "sts:AssumeRole" } })).outcome).toBe(
      "fail",
    );
  });

  test.each<[string, Role[]]>([
    ["its first role lets in its own account only", chain().map((role) => (role.name === "one" ? { ...role, trusts: OWN } : role))],
    ["its second role lets in another role", chain({ trusts: roleArn("other") })],
    ["its second role delegates to the account, and the first one may assume nothing", chain({ trusts: OWN })],
    ["its last role reads another bucket", chain({}, { allows: [["s3:GetObject", "arn:aws:s3:::another-bucket/*"]] })],
  ])("%s: it leads nowhere", (_, roles) => {
    expect(outcomeOf(roles).outcome).toBe("pass");
  });

  test("fails: its second role delegates to the account, and the first one may assume it", () => {
    const [one, ...others] = chain({ trusts: OWN });

    expect(outcomeOf([{ ...one!, allows: assumes("two") }, ...others]).outcome).toBe("fail");
  });

  test("a step that depends on a tag nobody knows is left open", () => {
    const Condition = { StringEquals: { "aws:RequestTag/team": "data" } };

    expect(outcomeOf(chain({ trusts: { Principal: { AWS: roleArn("one") }, Action: "sts:AssumeRole", Condition } })).outcome).not.toBe(
      "pass",
    );
  });
});

describe("a role of strangers that may change rights", () => {
  const may = (action: string, resource: string, more: Partial<Role> = {}) =>
    outcomeOf([{ name: "one", trusts: STRANGER, allows: [[action, resource]], ...more }]).outcome;

  test.each([
    ["iam:PutRolePolicy", roleArn("one")],
    ["iam:AttachRolePolicy", "*"],
    ["iam:*", "*"],
    ["*", "*"],
    ["iam:CreatePolicyVersion", "*"],
    ["iam:CreateAccessKey", "*"],
    ["iam:Add*", "*"],
  ])("fails: %s on %s", (action, resource) => {
    expect(may(action, resource)).toBe("fail");
  });

  test.each([
    ["iam:UpdateAssumeRolePolicy", roleArn("two")],
    ["iam:PutRolePolicy", roleArn("two")],
    ["iam:CreatePolicyVersion", `arn:aws:iam::${OWN}:policy/p`],
  ])("%s on %s alone is left open", (action, resource) => {
    expect(may(action, resource)).toBe("unknown");
  });

  test.each([
    ["iam:GetRole", "*"],
    ["iam:PutRolePolicy", `arn:aws:iam::${STRANGER}:role/one`],
    ["logs:*", "*"],
  ])("%s on %s changes nothing", (action, resource) => {
    expect(may(action, resource)).toBe("pass");
  });

  test("the same rights in a role of the own account are trusted", () => {
    expect(may("iam:*", "*", { trusts: OWN })).toBe("pass");
  });
});

describe("a role that reads the bucket and lets in a service", () => {
  const service = (name: string, condition?: object): Role => ({
    name: "one",
    trusts: { Principal: { Service: name }, Action: "sts:AssumeRole", ...(condition && { Condition: condition }) },
    allows: READS,
  });
  const source = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });

  test.each<[string, Role, Result["outcome"]]>([
    ["a service that gets the role passed", service("lambda.amazonaws.com"), "pass"],
    ["a service for the own account", service("s3.amazonaws.com", source(OWN)), "pass"],
    ["a service for another account", service("s3.amazonaws.com", source(STRANGER)), "fail"],
    ["every service", service("*"), "fail"],
    ["any certificate", service("rolesanywhere.amazonaws.com"), "unknown"],
    [
      "certificates of an own trust anchor",
      service("rolesanywhere.amazonaws.com", {
        ArnEquals: { "aws:SourceArn": `arn:aws:rolesanywhere:eu-central-1:${OWN}:trust-anchor/a` },
      }),
      "pass",
    ],
    [
      "certificates of another account's trust anchor",
      service("rolesanywhere.amazonaws.com", {
        ArnEquals: { "aws:SourceArn": `arn:aws:rolesanywhere:eu-central-1:${STRANGER}:trust-anchor/a` },
      }),
      "fail",
    ],
  ])("%s", (_, role, outcome) => {
    expect(outcomeOf([role]).outcome).toBe(outcome);
  });
});
