/** Random trust policies: the prover against the evaluator. */
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { proveNobody, proveTrust, type World } from "../../lib/access";
import type { AccessRequest } from "../../lib/evaluate";
import { type Json, requestArbitrary } from "./arbitraries";
import { judge } from "./judge";
import { RUNS, SEED } from "./runs";
import { OTHER, OWN } from "./vocabulary";

const ROLE = `arn:aws:iam::${OWN}:role/delivery`;
const VENDOR = `arn:aws:iam::${OTHER}:role/writer`;
const PRINCIPALS = [
  "*",
  OWN,
  OTHER,
  VENDOR,
  `arn:aws:iam::${OTHER}:user/alice`,
  `arn:aws:sts::${OTHER}:assumed-role/writer/run`,
  `arn:aws:iam::${OWN}:role/writer`,
];
const ACTIONS = ["sts:AssumeRole", "sts:*", "sts:AssumeRole*", "*", "sts:TagSession"];
const CONDITIONS: readonly Json[] = [
  {},
  { StringEquals: { "sts:ExternalId": "id-1" } },
  { StringEquals: { "sts:ExternalId": ["id-1", "id-2"] } },
  { StringLike: { "sts:ExternalId": "id-*" } },
  { StringNotEquals: { "sts:ExternalId": "id-1" } },
  { StringEqualsIfExists: { "sts:ExternalId": "id-1" } },
  { Null: { "sts:ExternalId": "true" } },
  { Bool: { "aws:SecureTransport": "false" } },
  { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${OTHER}:role/*` } },
  { StringEquals: { "aws:PrincipalAccount": OTHER }, StringLike: { "sts:RoleSessionName": "run*" } },
];

const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    AWS: fc.uniqueArray(fc.constantFrom(...PRINCIPALS), { minLength: 1, maxLength: 2 }),
    Service: fc.constantFrom(undefined, undefined, undefined, "ec2.amazonaws.com"),
    Action: fc.constantFrom(...ACTIONS),
    Condition: fc.constantFrom(...CONDITIONS),
  })
  .map(({ AWS, Service, ...rest }) => ({ ...rest, Principal: Service === undefined ? { AWS } : { AWS, Service } }));

const worldArbitrary: fc.Arbitrary<World> = fc
  .array(statement, { minLength: 1, maxLength: 4 })
  .map((Statement) => ({ partition: "aws", account: OWN, trustPolicy: { Version: "2012-10-17", Statement } }));

const assumption: fc.Arbitrary<AccessRequest> = fc
  .tuple(requestArbitrary, fc.constantFrom(undefined, "id-1", "id-2", "id-3"))
  .map(([{ principal, context }, id]) => {
    const {
      "aws:PrincipalAccount": account,
      "aws:PrincipalArn": arn,
      "aws:PrincipalType": type,
      "aws:PrincipalIsAWSService": isService,
    } = context;
    const own = Object.entries({ account, arn, type, isService }).filter(([, value]) => value !== undefined);
    const names: Record<string, string> = {
      account: "aws:PrincipalAccount",
      arn: "aws:PrincipalArn",
      type: "aws:PrincipalType",
      isService: "aws:PrincipalIsAWSService",
    };
    return {
      principal,
      action: "sts:AssumeRole",
      resource: ROLE,
      context: {
        ...Object.fromEntries(own.map(([name, value]) => [names[name]!, value!])),
        "aws:SecureTransport": context["aws:SecureTransport"]!,
        "sts:RoleSessionName": "run-7",
        ...(id === undefined ? {} : { "sts:ExternalId": id }),
      },
    };
  });

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

it("a trust is proved only where no request of others is allowed, and each witness is judged alike", () => {
  fc.assert(
    fc.property(worldArbitrary, fc.array(assumption, { minLength: 12, maxLength: 12 }), (world, requests) => {
      const externalIds = ["id-1", "id-2"];
      const { nobodyElse, each } = proveTrust({ world, roleArn: ROLE, callers: [VENDOR], externalIds });
      count(`nobody else ${nobodyElse.outcome}`);

      if (nobodyElse.outcome === "broken")
        expect(judge(nobodyElse.witness!, world).verdict, JSON.stringify(nobodyElse.witness)).toBe("Allowed");
      if (nobodyElse.outcome === "proved")
        for (const request of requests) {
          const isPermitted =
            request.context["aws:PrincipalArn"] === VENDOR && externalIds.includes(request.context["sts:ExternalId"] as string);
          if (!isPermitted) expect(judge(request, world).verdict, JSON.stringify(request)).not.toBe("Allowed");
        }
      for (const { externalId, proof } of each) {
        count(`each ${proof.outcome}`);
        if (proof.outcome === "broken") expect(judge(proof.witness!, world).verdict, JSON.stringify(proof.witness)).toMatch(/Denied$/);
        if (proof.outcome !== "proved") continue;
        for (const request of requests) {
          const { "aws:PrincipalArn": arn, "aws:SecureTransport": secure, "sts:ExternalId": id } = request.context;
          if (arn === VENDOR && secure === "true" && id === externalId) expect(judge(request, world).verdict).toBe("Allowed");
        }
      }
    }),
    { numRuns: Math.ceil(RUNS / 2), seed: SEED },
  );
});

it("nobody at all is proved for a trust without an Allow", () => {
  fc.assert(
    fc.property(worldArbitrary, (world) => {
      const { Statement } = world.trustPolicy as { Statement: Json[] };
      const denied = { ...world, trustPolicy: { Version: "2012-10-17", Statement: Statement.map((one) => ({ ...one, Effect: "Deny" })) } };

      expect(proveNobody({ world: denied, requests: { actions: ["sts:AssumeRole"], resources: [ROLE] } }).outcome).toBe("proved");
    }),
    { numRuns: Math.ceil(RUNS / 20), seed: SEED },
  );
});

afterAll(() => console.log([...counts].map(([what, number]) => `${what} ${number}`).join(", ")));
