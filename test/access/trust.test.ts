import { describe, expect, it } from "vitest";
import { proveTrust, type World } from "../../lib/access";
import { judge } from "./judge";
import { OWN, ROLE, trust, trustWorld, VENDOR, VENDOR_ROLE } from "./worlds";

const ask = (world: World, externalIds: string[] | undefined = ["id-1", "id-2"]) => {
  const proofs = proveTrust({ world, roleArn: ROLE, callers: [VENDOR_ROLE], externalIds });
  if (proofs.nobodyElse.outcome === "broken") expect(judge(proofs.nobodyElse.witness!, world).verdict).toBe("Allowed");
  return { nobodyElse: proofs.nobodyElse.outcome, each: proofs.each.map(({ proof }) => proof.outcome), witness: proofs.nobodyElse.witness };
};

describe("a trust policy", () => {
  it("that names the vendor with both external IDs is proved", () => {
    expect(ask(trustWorld(trust({ AWS: VENDOR_ROLE })))).toMatchObject({ nobodyElse: "proved", each: ["proved", "proved"] });
  });

  it("that lacks one of the external IDs fails for that one", () => {
    const world = trustWorld(trust({ AWS: VENDOR_ROLE }, { StringEquals: { "sts:ExternalId": "id-1" } }));

    expect(ask(world)).toMatchObject({ nobodyElse: "proved", each: ["proved", "broken"] });
  });

  it.each<[string, World]>([
    ["any external ID", trustWorld(trust({ AWS: VENDOR_ROLE }, { StringLike: { "sts:ExternalId": "*" } }))],
    ["no external ID", trustWorld(trust({ AWS: VENDOR_ROLE }, {}))],
    ["a missing external ID", trustWorld(trust({ AWS: VENDOR_ROLE }, { StringEqualsIfExists: { "sts:ExternalId": ["id-1", "id-2"] } }))],
    ["a third external ID", trustWorld(trust({ AWS: VENDOR_ROLE }, { StringEquals: { "sts:ExternalId": ["id-1", "id-2", "id-3"] } }))],
    [
      "everybody but the accounts of samples",
      trustWorld(trust("*", { StringNotEquals: { "aws:PrincipalAccount": [OWN, VENDOR, "999999999999"] } })),
    ],
    ["the vendor's whole account", trustWorld(trust({ AWS: VENDOR }))],
    ["another role", trustWorld(trust({ AWS: VENDOR_ROLE }), trust({ AWS: "arn:aws:iam::333333333333:role/x" }))],
    ["a service", trustWorld(trust({ AWS: VENDOR_ROLE }), trust({ Service: "ec2.amazonaws.com" }, {}))],
  ])("that lets in %s is broken, with a request that the evaluator allows", (_, world) => {
    expect(ask(world).nobodyElse).toBe("broken");
  });

  it("lets nobody in without a signature or as a root user", () => {
    const world = trustWorld(trust({ AWS: "*" }, { StringEquals: { "aws:PrincipalType": ["Anonymous", "Account"] } }));
    const { nobodyElse } = proveTrust({ world, roleArn: ROLE, callers: [VENDOR_ROLE], permitted: [{ callers: ["services"] }] });

    expect(nobodyElse.outcome).toBe("proved");
  });

  it("for a web identity is judged by audience and subject", () => {
    const provider = `arn:aws:iam::${OWN}:oidc-provider/vendor.example.com`;
    const web = (condition: object) => ({
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: condition,
    });
    const proveWeb = (condition: object) =>
      proveTrust({
        world: trustWorld(web(condition)),
        roleArn: ROLE,
        callers: [provider],
        context: { "vendor.example.com:sub": "customer-7" },
      });

    const exact = proveWeb({ StringEquals: { "vendor.example.com:sub": "customer-7" } });
    const open = proveWeb({ StringLike: { "vendor.example.com:sub": "customer-*" } });

    expect([exact.nobodyElse.outcome, exact.each[0]!.proof.outcome]).toEqual(["proved", "proved"]);
    expect(open.nobodyElse.outcome).toBe("broken");
  });
});
