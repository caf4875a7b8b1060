/** Findings of IAM Access Analyzer about callers of the contract, and what an analyzer has not analyzed yet. */
import { describe, expect, test } from "vitest";
import { CUSTOMER, type FakeDestination, VENDOR } from "../fake-destination";
import { addAnalyzer } from "../surroundings";
import { EnforcedDestination, type Example } from "../validate/enforced";

const VENDOR_ROLE = `arn:aws:iam::${VENDOR}:role/kandji-activity`;
const SIXSENSE = "arn:aws:s3:::acme.6sense.staging";
const ROLE = `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`;
const EXTERNAL_ID = "ext-1234";

type Edit = (place: EnforcedDestination) => void;

async function reported(example: Example, finding: object, edit: Edit = () => {}) {
  const place = new EnforcedDestination(example);
  edit(place);
  addAnalyzer(place, [finding]);
  const { results } = await place.validate({ asked: "deployer" });
  const found = results.filter(({ id }) => id === "analyzer-external-access");
  return found.map(({ outcome, accepted, cause }) => ({ outcome, ...(accepted && { accepted }), cause }));
}

const ofRole = (more: object) => ({ resource: ROLE, action: ["sts:AssumeRole"], principal: { AWS: VENDOR }, ...more });
const ofBucket = (more: object) => ({ action: ["s3:PutObject"], principal: { AWS: VENDOR }, ...more });

const trustVendor =
  (Condition: object): Edit =>
  (place) => {
    Object.assign(place.contract, { externalIds: [EXTERNAL_ID] });
    Object.assign(place.statements(place.trust)[0]!, { Condition });
  };

/** The vendor's account, tied to its role. */
const tied =
  (operator: string, arn: string): Edit =>
  (place) => {
    for (const one of place.statements(place.policy).slice(1))
      Object.assign(one, { Principal: { AWS: VENDOR }, Condition: { [operator]: { "aws:PrincipalArn": arn } } });
  };

describe("the contract is no finding", () => {
  test.each<[string, Example, object, Edit?]>([
    ["about what it grants", "sixsense", ofBucket({ principal: { AWS: VENDOR_ROLE }, action: ["s3:PutObject", "s3:ListBucket"] })],
    [
      "by a condition on the role",
      "sixsense",
      ofBucket({ condition: { "aws:PrincipalArn": VENDOR_ROLE } }),
      tied("ArnEquals", VENDOR_ROLE),
    ],
    [
      "by a condition in other cases",
      "sixsense",
      ofBucket({ condition: { "AWS:principalarn": `["${VENDOR_ROLE}"]` } }),
      tied("StringEquals", VENDOR_ROLE),
    ],
    [
      "by an external ID",
      "kandji",
      ofRole({ condition: { "sts:ExternalId": EXTERNAL_ID } }),
      trustVendor({ StringEquals: { "sts:ExternalId": EXTERNAL_ID } }),
    ],
    [
      "with what accompanies AssumeRole",
      "kandji",
      ofRole({ principal: { AWS: VENDOR_ROLE }, action: ["sts:AssumeRole", "sts:TagSession"] }),
    ],
  ])("%s", async (_, example, finding, edit) => {
    expect(await reported(example, finding, edit)).toEqual([]);
  });
});

describe("what is beyond it is one", () => {
  test.each<[string, Example, object, Edit?]>([
    ["the whole account", "sixsense", ofBucket({})],
    [
      "another role",
      "sixsense",
      ofBucket({ condition: { "aws:PrincipalArn": `arn:aws:iam::${VENDOR}:role/other` } }),
      tied("ArnEquals", `arn:aws:iam::${VENDOR}:role/other`),
    ],
    [
      "a pattern",
      "sixsense",
      ofBucket({ condition: { "aws:PrincipalArn": `arn:aws:iam::${VENDOR}:role/*` } }),
      tied("ArnLike", `arn:aws:iam::${VENDOR}:role/*`),
    ],
    ["everybody but the role", "sixsense", ofBucket({ condition: { "aws:PrincipalArn": VENDOR_ROLE } }), tied("ArnNotEquals", VENDOR_ROLE)],
    [
      "the role of another account",
      "sixsense",
      ofBucket({ principal: { AWS: "333333333333" }, condition: { "aws:PrincipalArn": VENDOR_ROLE } }),
      (place) =>
        void place
          .statements(place.policy)
          .push({ Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "s3:GetObject", Resource: `${SIXSENSE}/*` }),
    ],
    [
      "another external ID",
      "kandji",
      ofRole({ condition: { "sts:ExternalId": "other" } }),
      trustVendor({ StringEquals: { "sts:ExternalId": "other" } }),
    ],
    [
      "the whole account with the external ID",
      "kandji",
      ofRole({ condition: { "sts:ExternalId": EXTERNAL_ID } }),
      (place) => {
        trustVendor({ StringEquals: { "sts:ExternalId": EXTERNAL_ID } })(place);
        Object.assign(place.statements(place.trust)[0]!, { Principal: { AWS: VENDOR } });
      },
    ],
  ])("%s", async (_, example, finding, edit) => {
    expect((await reported(example, finding, edit)).map(({ outcome }) => outcome)).toEqual(["fail"]);
  });

  test("an action that the live policy allows", async () => {
    const finding = ofBucket({ principal: { AWS: VENDOR_ROLE }, action: ["s3:PutObject", "s3:GetObject"] });
    const allowed: Edit = (place) =>
      void place
        .statements(place.policy)
        .push({ Effect: "Allow", Principal: { AWS: VENDOR_ROLE }, Action: "s3:Get*", Resource: `${SIXSENSE}/*` });

    expect(await reported("sixsense", finding, allowed)).toEqual([
      {
        outcome: "fail",
        cause: `AWS IAM Access Analyzer reports that ${VENDOR_ROLE} has s3:GetObject on ${SIXSENSE} through its policy (finding f-0, analyzed 2025-12-31T23:00Z), which no contract grants`,
      },
    ]);
  });

  test("an action that no live policy allows is unknown: the finding may be older than the policy", async () => {
    const finding = ofBucket({ principal: { AWS: VENDOR_ROLE }, action: ["s3:PutObject", "s3:GetObject"] });

    expect((await reported("sixsense", finding)).map(({ outcome }) => outcome)).toEqual(["unknown"]);
  });
});

describe("an accepted statement", () => {
  const accept: Edit = (place) => {
    Object.assign(place.contract, { acceptances: [{ id: "unexpected-principal", reason: "our auditors" }] });
    place.statements(place.policy).push({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::333333333333:root" },
      Action: "s3:GetObject",
      Resource: `${SIXSENSE}/*`,
    });
  };

  test("is accepted for whom it names", async () => {
    expect(await reported("sixsense", ofBucket({ principal: { AWS: "333333333333" } }), accept)).toMatchObject([
      { outcome: "fail", accepted: "our auditors" },
    ]);
  });

  test.each([
    ["everybody", { principal: { AWS: "*" }, isPublic: true }, { Principal: "*", Condition: { StringLike: { "aws:UserAgent": "*" } } }],
    ["another account", { principal: { AWS: "444444444444" } }, { NotPrincipal: { AWS: "333333333333" } }],
  ])("says nothing of %s", async (_, finding, more) => {
    const found = await reported("sixsense", ofBucket(finding), (place) => {
      accept(place);
      place.statements(place.policy).push({ Effect: "Allow", Action: "s3:GetObject", Resource: `${SIXSENSE}/*`, ...more });
    });

    expect(found.map(({ outcome, accepted }) => [outcome, accepted])).toEqual([["fail", undefined]]);
  });
});

describe("what the analyzer has not analyzed", () => {
  const lines = async (at: Date | null) => {
    const place: FakeDestination = new EnforcedDestination("sixsense");
    addAnalyzer(place, [], at);
    return (await place.validate({ asked: "deployer" })).notChecked.filter((line) => line.includes("Access Analyzer"));
  };

  test("is everything, if it was just created", async () => {
    expect(await lines(null)).toEqual([
      "what access-analyzer:ListFindings (findings of IAM Access Analyzer) would show: the analyzer account has not analyzed a resource yet",
    ]);
  });

  test("is what changed since", async () => {
    expect(await lines(new Date("2025-12-31T23:00:00Z"))).toEqual([
      "changes that IAM Access Analyzer has not analyzed yet: AWS needs up to 30 minutes, and it last analyzed a resource at 2025-12-31T23:00Z",
    ]);
  });
});
