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

/** Providers that AWS knows without an ARN. */
const builtIn = (Federated: string, Condition?: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity", ...(Condition && { Condition }) }],
});
const GOOGLE = "accounts.google.com";
const FACEBOOK = "graph.facebook.com";
const AMAZON = "www.amazon.com";
const COGNITO = "cognito-identity.amazonaws.com";
const POOL = { StringEquals: { [`${COGNITO}:aud`]: "eu-central-1:5a4f6e0a-0000-4000-8000-000000000000" } };
const signedIn = (amr: string) => ({ "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: amr } });
const equals = (claims: Readonly<Record<string, string>>) => ({ StringEquals: claims });

const BUILT_IN: readonly (readonly [string, object, Outcome])[] = [
  ["every Google account", builtIn(GOOGLE), "fail"],
  ["whoever signs in to an application of Google", builtIn(GOOGLE, equals({ [`${GOOGLE}:aud`]: "12345" })), "fail"],
  ["an audience that the caller chooses", builtIn(GOOGLE, equals({ [`${GOOGLE}:oaud`]: "aws" })), "fail"],
  ["one Google account", builtIn(GOOGLE, equals({ [`${GOOGLE}:sub`]: "100018646976219416293" })), "pass"],
  ["one Google account or none", builtIn(GOOGLE, { StringEqualsIfExists: { [`${GOOGLE}:sub`]: "1" } }), "fail"],
  ["all Google accounts but one", builtIn(GOOGLE, { StringNotEquals: { [`${GOOGLE}:sub`]: "1" } }), "fail"],
  ["one organization of Google", builtIn(GOOGLE, { NumericEquals: { [`${GOOGLE}:google/organization_number`]: "123456789012" } }), "pass"],
  ["whoever signs in to an application of Facebook", builtIn(FACEBOOK, equals({ [`${FACEBOOK}:app_id`]: "1" })), "fail"],
  ["one Facebook user", builtIn(FACEBOOK, equals({ [`${FACEBOOK}:id`]: "2" })), "pass"],
  ["whoever signs in to an application of Amazon", builtIn(AMAZON, equals({ [`${AMAZON}:app_id`]: "1" })), "fail"],
  ["one Amazon user", builtIn(AMAZON, equals({ [`${AMAZON}:user_id`]: "2" })), "pass"],
  ["every identity pool", builtIn(COGNITO), "fail"],
  ["guests of a pool", builtIn(COGNITO, { ...POOL, ...signedIn("unauthenticated") }), "fail"],
  ["whoever signs in to a pool", builtIn(COGNITO, { ...POOL, ...signedIn("authenticated") }), "fail"],
  ["one identity of a pool", builtIn(COGNITO, equals({ [`${COGNITO}:sub`]: "eu-central-1:1" })), "pass"],
  ["identities that begin alike", builtIn(COGNITO, { StringLike: { [`${COGNITO}:sub`]: "eu-central-1:*" } }), "fail"],
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

  test.each([...TRUSTS, ...BUILT_IN])("%s", (_, policy, outcome) => {
    const plan = planOf("kandji");

    expect(resultOf(id, planWith(policy, only(plan, "aws_s3_bucket").bucket)).outcome).toBe(outcome);
    expect(resultOf(id, planWith(policy, "another-bucket")).outcome).toBe("pass");
  });
});

describe("the vendor's role, which lets in", () => {
  test.each([...TRUSTS, ...BUILT_IN])("%s", (_, policy, outcome) => {
    const plan = planOf("kandji");
    setPolicy(plan, "trust", policy);
    const vendorPrincipals = [...[GITHUB, PRIVATE, EKS].map(providerOf), GOOGLE, FACEBOOK, AMAZON, COGNITO];

    expect(resultOf(PROOF_IDS.assumed, plan, { vendorPrincipals }).outcome).toBe(outcome);
  });

  test.each(BUILT_IN)("%s, although the vendor is somebody else", (_, policy) => {
    const plan = planOf("kandji");
    setPolicy(plan, "trust", policy);

    expect(resultOf(PROOF_IDS.assumed, plan).outcome).toBe("fail");
  });
});
