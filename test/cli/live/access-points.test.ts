/** The policy of an access point is judged by what it allows, where the bucket policy delegates to it. */
import { describe, expect, test } from "vitest";
import { awsError, denied } from "../fake-aws";
import { CUSTOMER, VENDOR } from "../fake-destination";
import { ACCESS_POINT, addAccessPoint } from "../surroundings";
import { EnforcedDestination } from "../validate/enforced";

const VENDOR_ROLE = `arn:aws:iam::${VENDOR}:role/kandji-activity`;
const SIXSENSE = "arn:aws:s3:::acme.6sense.staging";
const FOREIGN = "arn:aws:iam::333333333333:root";
const OTHER_POINT = `arn:aws:s3:eu-west-1:${CUSTOMER}:accesspoint/other`;

const DELEGATION = {
  Principal: "*",
  Action: "*",
  Resource: [SIXSENSE, `${SIXSENSE}/*`],
  Condition: { StringEquals: { "s3:DataAccessPointAccount": CUSTOMER } },
};

/** Statements of the access point's policy, and what the bucket policy adds. */
function placeWith(allows: readonly object[], added: readonly object[] = [DELEGATION], more: object = {}): EnforcedDestination {
  const place = new EnforcedDestination("sixsense");
  place.statements(place.policy).push(...added.map((one) => ({ Effect: "Allow", ...one })));
  addAccessPoint(place, { allows, ...more });
  return place;
}

async function found(place: EnforcedDestination) {
  const { results } = await place.validate({ asked: "deployer" });
  return results.filter(({ id }) => id === "access-point-policy").map(({ outcome, cause }) => `${outcome}: ${cause}`);
}

/** The outcomes of the proofs that an access point could break. */
async function proofsOf(place: EnforcedDestination) {
  const { results } = await place.validate({ asked: "deployer" });
  const ids = ["nobody-else-reaches-bucket", "vendor-can-do-nothing-else"];
  return Object.fromEntries(results.filter(({ id }) => ids.includes(id)).map(({ id, outcome }) => [id, outcome]));
}

const PUT = { Action: ["s3:PutObject", "s3:PutObjectAcl"], Resource: `${ACCESS_POINT}/object/data-packs/*` };

describe("fails where the access point allows", () => {
  test.each<[string, object, string]>([
    ["the vendor to read", { Principal: { AWS: VENDOR_ROLE } }, "s3:GetObject on arn:aws:s3:::acme.6sense.staging/x"],
    ["the vendor everything", { Principal: { AWS: VENDOR_ROLE }, Action: "s3:*", Resource: `${ACCESS_POINT}*` }, "can s3:"],
    [
      "the vendor to read, by a condition",
      { Principal: "*", Condition: { ArnEquals: { "aws:PrincipalArn": VENDOR_ROLE } } },
      "assumed-role/kandji-activity/session can s3:GetObject",
    ],
    ["a service for any account", { Principal: { Service: "ec2.amazonaws.com" } }, "ec2.amazonaws.com can s3:GetObject"],
    [
      "a service for another account",
      { Principal: { Service: "ec2.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": "333333333333" } } },
      "ec2.amazonaws.com can s3:GetObject",
    ],
    ["another organization", { Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-other12345" } } }, "can s3:GetObject"],
    [
      "every role of one name",
      { Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/reader" } } },
      "gives everybody access",
    ],
    ["another user of the vendor's account", { Principal: { AWS: `arn:aws:iam::${VENDOR}:user/x` }, ...PUT, Action: "s3:*" }, ""],
  ])("%s", async (_, allow, said) => {
    const place = placeWith([allow]);
    const results = (await place.validate({ asked: "deployer" })).results;

    const own = results.filter(({ id }) => ["access-point-policy", "service-grants-access"].includes(id));
    expect(own.map(({ outcome }) => outcome)).toContain("fail");
    expect(own.map(({ cause }) => cause).join("\n")).toContain(said);
  });

  test("and two accepted findings do not hide it", async () => {
    const place = placeWith([{ Principal: { AWS: VENDOR_ROLE } }]);
    const ids = ["access-point-delegation", "nobody-else-reaches-bucket", "vendor-can-do-nothing-else"];
    Object.assign(place.contract, { acceptances: ids.map((id) => ({ id, reason: "reviewed" })) });

    const { results } = await place.validate({ asked: "deployer" });

    expect(results.filter(({ outcome, accepted }) => outcome === "fail" && accepted === undefined).map(({ id }) => id)).toEqual([
      "access-point-policy",
    ]);
    expect(results.find(({ id }) => id === "access-point-policy")).toMatchObject({
      evidence: "proved",
      cause: `through the access point shared, arn:aws:sts::${VENDOR}:assumed-role/kandji-activity/session can s3:GetObject on ${SIXSENSE}/x`,
      remedy: "remove the statement from the policy of the access point, or delete the access point",
      location: { file: ACCESS_POINT, address: "access point policy" },
    });
  });

  test("whom a rule names already, in one finding", async () => {
    const place = placeWith([{ Principal: { AWS: FOREIGN } }]);
    const { results } = await place.validate({ asked: "deployer" });

    expect(results.filter(({ cause }) => cause?.includes("access point shared")).map(({ id }) => id)).toEqual(["service-grants-access"]);
  });
});

describe("is fine where", () => {
  test.each<[string, EnforcedDestination]>([
    ["the access point allows the vendor what its contract grants", placeWith([{ Principal: { AWS: VENDOR_ROLE }, ...PUT }])],
    ["it does so by a condition", placeWith([{ Principal: "*", ...PUT, Condition: { ArnEquals: { "aws:PrincipalArn": VENDOR_ROLE } } }])],
    ["it allows a role of the own account", placeWith([{ Principal: { AWS: `arn:aws:iam::${CUSTOMER}:role/reader` } }])],
    [
      "it allows a service for the own account",
      placeWith([{ Principal: { Service: "ec2.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": CUSTOMER } } }]),
    ],
    [
      "it names the resources of another access point",
      placeWith([{ Principal: { AWS: VENDOR_ROLE }, Resource: `${OTHER_POINT}/object/*` }]),
    ],
    ["it only denies", placeWith([{ Effect: "Deny", Principal: { AWS: VENDOR_ROLE } }])],
    ["the bucket policy delegates nothing", placeWith([{ Principal: { AWS: VENDOR_ROLE } }], [])],
    [
      "the bucket policy delegates to another access point only",
      placeWith(
        [{ Principal: { AWS: VENDOR_ROLE } }],
        [{ ...DELEGATION, Condition: { StringEquals: { "s3:DataAccessPointArn": OTHER_POINT } } }],
      ),
    ],
    [
      "the bucket policy denies it",
      placeWith(
        [{ Principal: { AWS: VENDOR_ROLE } }],
        [DELEGATION, { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `${SIXSENSE}/*` }],
      ),
    ],
  ])("%s", async (_, place) => {
    expect(await found(place)).toEqual([]);
    expect(await proofsOf(place)).toEqual({ "nobody-else-reaches-bucket": "pass", "vendor-can-do-nothing-else": "pass" });
  });
});

describe("the proofs about the bucket are open where", () => {
  test("an access point allows the vendor more", async () => {
    expect(await proofsOf(placeWith([{ Principal: { AWS: VENDOR_ROLE } }]))).toEqual({
      "nobody-else-reaches-bucket": "unknown",
      "vendor-can-do-nothing-else": "unknown",
    });
  });

  test("a rule reports whom an access point lets in", async () => {
    expect(await proofsOf(placeWith([{ Principal: { AWS: FOREIGN } }]))).toMatchObject({ "nobody-else-reaches-bucket": "unknown" });
  });

  test("the access points cannot be listed", async () => {
    const place = placeWith([]);
    place.aws.plan("s3control:ListAccessPoints", () => {
      throw awsError("AccessDenied", 403);
    });

    expect(await proofsOf(place)).toMatchObject({ "nobody-else-reaches-bucket": "unknown" });
  });
});

describe("is unknown where", () => {
  test("the bucket policy delegates other actions, which the shortest request does not show", async () => {
    const place = placeWith([{ Principal: { AWS: VENDOR_ROLE } }], [{ ...DELEGATION, Action: "s3:PutObject" }]);

    expect(await found(place)).toEqual([expect.stringMatching(/^unknown: through the access point shared: could not exclude that /)]);
  });

  test("the policy cannot be read", async () => {
    const place = placeWith([]);
    place.aws.plan("s3control:GetAccessPointPolicy", () => {
      throw denied();
    });

    expect(await found(place)).toEqual(["unknown: the bucket policy delegates to the access point shared, whose policy could not be read"]);
  });

  test("the access points cannot be listed", async () => {
    const place = placeWith([]);
    place.aws.plan("s3control:ListAccessPoints", () => {
      throw awsError("AccessDenied", 403);
    });

    expect(await found(place)).toEqual(["unknown: the bucket policy delegates to access points, and not all of them could be listed"]);
  });

  test.each(["not JSON", '{"Statement":[{"Effect":"Allow"}]}'])("the policy is %s", async (Policy) => {
    const place = placeWith([]);
    place.aws.plan("s3control:GetAccessPointPolicy", () => ({ Policy }));

    expect((await found(place)).map((line) => line.slice(0, 7))).toEqual(["unknown"]);
  });
});
