import { expect, it } from "vitest";
import { proveEvery, proveNobody, type World } from "../../lib/access";
import { judge } from "./judge";
import { document, OWN, ROLE, VENDOR_ROLE } from "./worlds";

const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const DELEGATION = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: "kms:*", Resource: "*" };
const GRANT = { Effect: "Allow", Principal: { AWS: ROLE }, Action: "kms:GenerateDataKey", Resource: "*" };
const OWN_POLICY = document({ Effect: "Allow", Action: "kms:GenerateDataKey", Resource: KEY });
const generate = { callers: [ROLE], actions: ["kms:GenerateDataKey"], resources: [KEY] };

function keyWorld(statements: object[], identityPolicies: object[]): World {
  return {
    partition: "aws",
    account: OWN,
    resourcePolicy: { Version: "2012-10-17", Statement: statements },
    principals: [{ arn: ROLE, identityPolicies }],
  };
}

it.each<[string, World, string]>([
  ["proved where the key policy delegates to the account and the role's own policy grants", keyWorld([DELEGATION], [OWN_POLICY]), "proved"],
  ["proved where the key policy names the role", keyWorld([GRANT], []), "proved"],
  ["broken where only the role's own policy grants: a key policy must allow in any case", keyWorld([], [OWN_POLICY]), "broken"],
  ["broken where the key policy only delegates", keyWorld([DELEGATION], []), "broken"],
])("the use of a key is %s", (_, world, expected) => {
  const proof = proveEvery({ world, requests: generate });

  expect(proof.outcome).toBe(expected);
  if (proof.witness !== undefined) expect(judge(proof.witness, world).verdict).toMatch(/Denied$/);
});

it("nobody but the account uses a key whose policy delegates to it, and another account where it is named", () => {
  const permitted = [{ callers: [OWN] }];
  const requests = { resources: [KEY] };
  const open = keyWorld([DELEGATION, { ...GRANT, Principal: { AWS: VENDOR_ROLE } }], []);

  expect(proveNobody({ world: keyWorld([DELEGATION], []), requests, permitted }).outcome).toBe("proved");
  expect(proveNobody({ world: open, requests, permitted })).toMatchObject({
    outcome: "broken",
    witness: { action: "kms:GenerateDataKey" },
  });
});
