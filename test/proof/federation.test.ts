/** Roles that identities of a provider may assume: beside every trust that lets in others, the nearest one that ties the identities. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { PROOF_IDS, type Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { addResource, only, type Plan, planOf, setPolicy } from "../mutants/plans";

const GITHUB = "token.actions.githubusercontent.com";
const PRIVATE = "idp.acme.example";
const EKS = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";

const providerOf = (issuer: string) => `arn:aws:iam::111111111111:oidc-provider/${issuer}`;

/** A trust in the provider's tokens with these claims. */
const trust = (issuer: string, claims: Readonly<Record<string, string>>, operator = "StringEquals") => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: providerOf(issuer) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { [operator]: Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value])) },
    },
  ],
});

const AUDIENCE = { aud: "sts.amazonaws.com" };

function resultOf(id: string, plan: Plan, vendor: { readonly vendorPrincipals?: readonly string[] } = {}): Result {
  plan.provider.aws[0].allowed_account_ids = ["111111111111"];
  const model = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const contract = { ...contractsIn(model)[0]!.contract, ...vendor };
  return prove(contract, model).find((result) => result.id === id)!;
}

type Outcome = Result["outcome"];

const TRUSTS: readonly (readonly [string, object, Outcome])[] = [
  ["every customer of GitHub", trust(GITHUB, AUDIENCE), "fail"],
  ["organizations whose name begins alike", trust(GITHUB, { ...AUDIENCE, sub: "repo:acme*" }, "StringLike"), "fail"],
  ["one repository", trust(GITHUB, { ...AUDIENCE, sub: "repo:acme/logs:*" }, "StringLike"), "pass"],
  ["identities of an issuer that is not known", trust(PRIVATE, AUDIENCE), "unknown"],
  ["one identity of an issuer that is not known", trust(PRIVATE, { ...AUDIENCE, sub: "delivery" }), "pass"],
  ["the workloads of a cluster", trust(EKS, AUDIENCE), "pass"],
];

describe("another role that reaches the bucket and lets in", () => {
  const id = PROOF_IDS.otherRoles;
  const planWith = (policy: object, bucket: string) => {
    const plan = planOf("kandji");
    addResource(plan, "aws_iam_role", "ci", { name: "ci", assume_role_policy: JSON.stringify(policy) });
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };
    addResource(plan, "aws_iam_role_policy", "ci", {
      role: "${aws_iam_role.ci.name}",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    });
    return plan;
  };

  test.each(TRUSTS)("%s", (_, policy, outcome) => {
    const plan = planOf("kandji");

    expect(resultOf(id, planWith(policy, only(plan, "aws_s3_bucket").bucket)).outcome).toBe(outcome);
    expect(resultOf(id, planWith(policy, "another-bucket")).outcome).toBe("pass");
  });
});

describe("the vendor's role, which lets in", () => {
  test.each(TRUSTS)("%s", (_, policy, outcome) => {
    const plan = planOf("kandji");
    setPolicy(plan, "trust", policy);

    expect(resultOf(PROOF_IDS.assumed, plan, { vendorPrincipals: [GITHUB, PRIVATE, EKS].map(providerOf) }).outcome).toBe(outcome);
  });
});
