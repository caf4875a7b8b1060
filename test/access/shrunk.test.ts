/** Systems on which prover and evaluator once differed, as small as they could be made. */
import { expect, it } from "vitest";
import { type Proof, proveNobody, type World } from "../../lib/access";
import { unknownText } from "../../lib/unknown";
import { judge } from "./judge";
import { CANONICAL_USER } from "./vocabulary";
import { allow, BUCKET, document, OBJECTS, OWN } from "./worlds";

const OAI = { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" };

function nobody(...statements: Record<string, unknown>[]): Proof {
  const world: World = { partition: "aws", account: OWN, resourcePolicy: document(...statements) };
  const proof = proveNobody({ world, requests: { resources: [BUCKET, OBJECTS] }, permitted: [{ callers: [OWN] }] });
  if (proof.outcome === "broken") expect(judge(proof.witness!, world).verdict, JSON.stringify(proof.witness)).toBe("Allowed");
  return proof;
}

const deny = (principal: unknown) => ({ ...allow(principal, "s3:*"), Effect: "Deny" });

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Grantee.html: an origin access identity has a canonical user ID too.
it("a canonical user whom a Deny names may be the origin access identity that an Allow names", () => {
  expect(nobody(allow(OAI, "s3:PutObject"), deny({ CanonicalUser: CANONICAL_USER })).outcome).toBe("couldNotExclude");
  expect(nobody(allow(OAI, "s3:PutObject"), deny({ Service: "cloudtrail.amazonaws.com" })).outcome).toBe("broken");
  expect(nobody(allow({ CanonicalUser: CANONICAL_USER }, "s3:PutObject")).outcome).toBe("broken");
  expect(nobody(allow({ CanonicalUser: CANONICAL_USER }, "s3:PutObject"), deny(OAI)).outcome).toBe("couldNotExclude");
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
it("a canonical user of whom a condition tells the account may be one who is permitted", () => {
  const condition = { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${OWN}:role/*` } };

  expect(nobody(allow({ CanonicalUser: CANONICAL_USER }, "s3:*", { Condition: condition })).outcome).toBe("couldNotExclude");
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html: `StringEquals` knows no wildcards.
it.each([
  ["the account", "arn:aws:iam::*:user/"],
  ["the partition", "arn:*:iam::444455556666:user/"],
  ["a part of the account", "arn:aws:iam::44445555666?:user/"],
])("nobody has a wildcard in %s, whatever the name that is not known", (_, beginning) => {
  const name = unknownText("name", "path");
  const asking = (operator: string) => nobody(allow("*", "s3:*", { Condition: { [operator]: { "aws:PrincipalArn": beginning + name } } }));

  expect(asking("StringEquals").outcome).toBe("proved");
  expect(asking("StringEqualsIgnoreCase").outcome).toBe("proved");
  expect(asking("StringLike").outcome).toBe("broken");
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag
it("the value of a tag that is not known names no caller", () => {
  const Condition = { StringEquals: { "aws:PrincipalTag/team": unknownText("var.team") } };

  expect(nobody(allow({ AWS: OWN }, "s3:*", { Condition })).outcome).toBe("proved");
  expect(nobody(allow("*", "s3:*", { Condition })).outcome).toBe("couldNotExclude");
});
