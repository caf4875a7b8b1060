/** Service and resource control policies, by the evaluator and by the prover: the two share no code, and must agree. */
import { describe, expect, test } from "vitest";
import type { DeliveryContract, Result } from "../../lib/contract";
import { judge } from "../../lib/judge/judge";
import type { AccountModel, KnownOrganizations, PlannedOrganizationPolicy } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { ALL_OBJECTS, account, BUCKET, byBucketPolicy, byRole, DENY_HTTP, LIST, VENDOR } from "../contract/kandji-like";

const OWN = "111111111111";
const FULL_ACCESS = { Effect: "Allow", Action: "*", Resource: "*" };

type Statement = Readonly<Record<string, unknown>>;

function policies(type: PlannedOrganizationPolicy["type"], levels: readonly (readonly Statement[])[], target = OWN) {
  return levels.map((Statement, level): PlannedOrganizationPolicy => {
    const policy = { document: { Version: "2012-10-17", Statement }, name: "given", location: { file: "given.json" } };
    return { type, policy, targets: [target], address: "given.json", level };
  });
}

const scp = (...levels: (readonly Statement[])[]) => policies("serviceControl", levels);
const rcp = (...statements: Statement[]) => policies("resourceControl", [statements]);

/** What AWS's example of an identity perimeter denies: everybody but the own organization, listed accounts and tagged resources. */
const perimeter = (accounts: readonly string[]) => ({
  Sid: "OnlyKnownIdentities",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:*", "sts:AssumeRole", "kms:*"],
  Resource: "*",
  Condition: {
    StringNotEqualsIfExists: {
      "aws:PrincipalOrgID": "o-own0000001",
      ...(accounts.length > 0 && { "aws:PrincipalAccount": accounts }),
      "aws:ResourceTag/dp:exclude:identity": "true",
    },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
});

const GRANT = [
  { Effect: "Allow", Principal: { AWS: VENDOR }, Action: "s3:ListBucket", Resource: BUCKET },
  { Effect: "Allow", Principal: { AWS: VENDOR }, Action: ["s3:PutObject", "s3:PutObjectAcl"], Resource: `${BUCKET}/*` },
];

const BY_ROLE = byRole();
const BY_BUCKET_POLICY = byBucketPolicy();
const KNOWN: KnownOrganizations = { own: "o-own0000001", vendor: "o-vendor0001" };

interface Given {
  readonly policies: readonly PlannedOrganizationPolicy[];
  readonly organizations?: KnownOrganizations;
  readonly roleTags?: Readonly<Record<string, string>>;
  readonly bucketTags?: Readonly<Record<string, string>>;
}

function modelOf(contract: DeliveryContract, { policies, organizations = KNOWN, roleTags = {}, bucketTags = {} }: Given): AccountModel {
  const model = account(
    contract === BY_ROLE ? {} : { bucketPolicy: [DENY_HTTP, ...GRANT], ownership: "BucketOwnerPreferred", region: "eu-west-1" },
  );
  return {
    ...model,
    buckets: model.buckets.map((bucket) => ({ ...bucket, account: OWN, accessTags: bucketTags })),
    roles: model.roles.map((role) => ({ ...role, tags: roleTags })),
    organizationPolicies: policies,
    organizations,
  };
}

const worst = (results: readonly Result[]) =>
  (["fail", "unknown"] as const).find((outcome) => results.some((result) => result.outcome === outcome)) ?? "pass";

/** What the vendor must be able to do, as computed and as proved. */
function answers(contract: DeliveryContract, given: Given) {
  const model = modelOf(contract, given);
  const isAllowed = ({ expected }: Result) => expected === "allowed";
  return { computed: worst(judge(contract, model).filter(isAllowed)), proved: worst(prove(contract, model).filter(isAllowed)) };
}

describe("service control policies", () => {
  const deny = (Action: string, more: Statement = {}): Statement => ({ Effect: "Deny", Action, Resource: "*", ...more });

  test.each<[string, DeliveryContract, readonly PlannedOrganizationPolicy[], string]>([
    ["one that allows everything", BY_ROLE, scp([FULL_ACCESS]), "pass"],
    ["one that denies the role its requests", BY_ROLE, scp([FULL_ACCESS, deny("s3:PutObject")]), "fail"],
    ["one that denies other requests", BY_ROLE, scp([FULL_ACCESS, deny("s3:PutBucketPolicy")]), "pass"],
    ["one that denies others the requests", BY_ROLE, scp([FULL_ACCESS, deny("s3:PutObject", notOf("kandji"))]), "pass"],
    ["one that denies all but another role the requests", BY_ROLE, scp([FULL_ACCESS, deny("s3:PutObject", notOf("other"))]), "fail"],
    ["a level without an Allow", BY_ROLE, scp([FULL_ACCESS], [deny("ec2:*")]), "fail"],
    ["a level that allows only other services", BY_ROLE, scp([{ ...FULL_ACCESS, Action: "ec2:*" }], [FULL_ACCESS]), "fail"],
    ["a level that allows S3", BY_ROLE, scp([FULL_ACCESS], [{ ...FULL_ACCESS, Action: "s3:*" }]), "pass"],
    ["one that denies the vendor's own request for the role", BY_ROLE, scp([FULL_ACCESS, deny("sts:AssumeRole")]), "pass"],
    ["one that denies the vendor's own requests", BY_BUCKET_POLICY, scp([FULL_ACCESS, deny("s3:*")]), "pass"],
    ["one of another account", BY_ROLE, policies("serviceControl", [[deny("s3:*")]], "333333333333"), "pass"],
  ])("%s", (_, contract, given, expected) => {
    expect(answers(contract, { policies: given })).toEqual({ computed: expected, proved: expected });
  });

  function notOf(role: string): Statement {
    return { Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${role}` } } };
  }
});

describe("a resource control policy that knows only some identities", () => {
  test.each<[string, DeliveryContract, Given, string]>([
    ["locks out a vendor that assumes a role", BY_ROLE, { policies: rcp(perimeter([])) }, "fail"],
    ["locks out a vendor that the bucket policy names", BY_BUCKET_POLICY, { policies: rcp(perimeter([])) }, "fail"],
    ["lets in a listed account", BY_ROLE, { policies: rcp(perimeter(["222222222222"])) }, "pass"],
    ["lets in a listed account at the bucket", BY_BUCKET_POLICY, { policies: rcp(perimeter(["222222222222"])) }, "pass"],
    ["locks out a vendor beside a listed account", BY_BUCKET_POLICY, { policies: rcp(perimeter(["333333333333"])) }, "fail"],
    ["lets callers to a tagged role", BY_ROLE, { policies: rcp(perimeter([])), roleTags: { "dp:exclude:identity": "true" } }, "pass"],
    [
      "keeps them from a role with another tag",
      BY_ROLE,
      { policies: rcp(perimeter([])), roleTags: { "dp:exclude:identity": "no" } },
      "fail",
    ],
    [
      "lets callers to a tagged bucket",
      BY_BUCKET_POLICY,
      { policies: rcp(perimeter([])), bucketTags: { "dp:exclude:identity": "true" } },
      "pass",
    ],
    ["keeps them from a bucket with another tag", BY_BUCKET_POLICY, { policies: rcp(perimeter([])), bucketTags: { x: "true" } }, "fail"],
    [
      "lets in the own organization",
      BY_ROLE,
      { policies: rcp(perimeter([])), organizations: { ...KNOWN, vendor: "o-own0000001" } },
      "pass",
    ],
    [
      "may lock out a vendor of an unknown organization",
      BY_ROLE,
      { policies: rcp(perimeter([])), organizations: { own: KNOWN.own! } },
      "unknown",
    ],
    [
      "may lock out a role of an unknown organization",
      BY_ROLE,
      { policies: rcp(perimeter(["222222222222"])), organizations: {} },
      "unknown",
    ],
    ["of another account does nothing", BY_ROLE, { policies: policies("resourceControl", [[perimeter([])]], "333333333333") }, "pass"],
  ])("%s", (_, contract, given, expected) => {
    expect(answers(contract, given)).toEqual({ computed: expected, proved: expected });
  });

  test("names the list or tag to ask for, the broadest last", () => {
    const remedyOf = (contract: DeliveryContract, id: string) =>
      judge(contract, modelOf(contract, { policies: rcp(perimeter(["333333333333"])) })).find((result) => result.id === id)?.remedy;
    const ask = (tagged: string) =>
      `ask the administrators of your organization to exempt ${VENDOR} from statement "OnlyKnownIdentities" of the resource control policy given: ` +
      `add 222222222222 to the list of aws:PrincipalAccount, or tag ${tagged} with dp:exclude:identity = true, ` +
      "or add o-vendor0001 to the list of aws:PrincipalOrgID, which exempts every account of that organization";

    expect(remedyOf(BY_ROLE, "vendor-can-assume-role")).toBe(ask("the role kandji"));
    expect(remedyOf(BY_BUCKET_POLICY, "vendor-can-put")).toBe(ask("the bucket b-kandji, with ABAC enabled,"));
  });

  test("asks for the vendor's organization where that decides", () => {
    const model = modelOf(BY_ROLE, { policies: rcp(perimeter([])), organizations: { own: KNOWN.own! } });
    const result = judge(BY_ROLE, model).find(({ id }) => id === "vendor-can-assume-role");

    expect(result).toMatchObject({
      outcome: "unknown",
      remedy: expect.stringMatching(/; state the caller's organization with --vendor-organization$/),
    });
  });

  test("is where the report points", () => {
    const model = modelOf(BY_ROLE, { policies: rcp(perimeter([])) });
    const failed = [...judge(BY_ROLE, model), ...prove(BY_ROLE, model)].filter(({ outcome }) => outcome === "fail");

    expect(failed.map(({ id }) => id)).toEqual(["vendor-can-assume-role", "vendor-can-assume-role-with-each-external-id"]);
    expect(failed.map(({ location }) => location?.file)).toEqual(["given.json", "given.json"]);
  });
});

test("a policy that is given for every account of the input limits the role and the bucket, and never the vendor", () => {
  const forAll = (given: readonly PlannedOrganizationPolicy[]) => given.map((policy) => ({ ...policy, targets: [] }));
  const denial = { Effect: "Deny", Action: ["s3:PutObject", "sts:AssumeRole"], Resource: "*" };
  const ofAccount = (contract: DeliveryContract, given: readonly PlannedOrganizationPolicy[], id: string) => {
    const model = modelOf(contract, { policies: forAll(given) });
    const owned = { ...model, buckets: model.buckets.map((bucket) => ({ ...bucket, account: id })) };
    const results = (list: readonly Result[]) => worst(list.filter(({ expected }) => expected === "allowed"));
    return [results(judge(contract, owned)), results(prove(contract, owned))];
  };

  for (const id of [OWN, ""]) {
    expect(ofAccount(BY_ROLE, scp([FULL_ACCESS, denial]), id)).toEqual(["fail", "fail"]);
    expect(ofAccount(BY_BUCKET_POLICY, scp([FULL_ACCESS, denial]), id)).toEqual(["pass", "pass"]);
    expect(ofAccount(BY_ROLE, rcp(perimeter([])), id)).toEqual(["fail", "fail"]);
    expect(ofAccount(BY_BUCKET_POLICY, rcp(perimeter([])), id)).toEqual(["fail", "fail"]);
  }
});

describe("tags", () => {
  const inBucketPolicy = (Condition: Statement, given: Omit<Given, "policies"> = {}) => {
    const model = modelOf(BY_BUCKET_POLICY, { policies: [], ...given });
    const conditional = account({
      bucketPolicy: [DENY_HTTP, ...GRANT.map((each) => ({ ...each, Condition }))],
      ownership: "BucketOwnerPreferred",
      region: "eu-west-1",
    });
    const buckets = conditional.buckets.map((bucket, index) => ({ ...model.buckets[index]!, policies: bucket.policies }));
    const results = (list: readonly Result[]) => worst(list.filter(({ expected }) => expected === "allowed"));
    return [results(judge(BY_BUCKET_POLICY, { ...model, buckets })), results(prove(BY_BUCKET_POLICY, { ...model, buckets }))];
  };
  const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });

  test.each<[string, Statement, Readonly<Record<string, string>>, string]>([
    ["aws:ResourceTag of the bucket", equals("aws:ResourceTag/Team", "data"), { team: "data" }, "pass"],
    ["aws:ResourceTag of the bucket with another value", equals("aws:ResourceTag/Team", "data"), { team: "sales" }, "fail"],
    ["aws:ResourceTag that the bucket lacks", equals("aws:ResourceTag/Team", "data"), {}, "fail"],
    ["s3:BucketTag of the bucket", equals("s3:BucketTag/team", "data"), { team: "data" }, "pass"],
    ["s3:BucketTag of the bucket with another value", equals("s3:BucketTag/team", "data"), { team: "sales" }, "fail"],
    ["a tag of the vendor's own principal, which nobody knows", equals("aws:PrincipalTag/team", "data"), { team: "data" }, "unknown"],
  ])("%s", (_, condition, bucketTags, expected) => {
    expect(inBucketPolicy(condition, { bucketTags })).toEqual([expected, expected]);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["has the tag", { team: "data" }, "pass"],
    ["has another value", { team: "sales" }, "fail"],
    ["lacks the tag", {}, "fail"],
  ])("aws:PrincipalTag where the role %s", (_, roleTags, expected) => {
    const model = modelOf(BY_ROLE, { policies: [], roleTags });
    const Condition = equals("aws:PrincipalTag/team", "data");
    const inline = account({ inline: [LIST, ALL_OBJECTS].map((each) => ({ ...each, Condition })) }).roles[0]!.inlinePolicies;
    const changed = { ...model, roles: model.roles.map((role) => ({ ...role, inlinePolicies: inline })) };
    const results = (list: readonly Result[]) => worst(list.filter(({ expected }) => expected === "allowed"));

    expect([results(judge(BY_ROLE, changed)), results(prove(BY_ROLE, changed))]).toEqual([expected, expected]);
  });
});

describe("what others can do", () => {
  const reader = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::333333333333:role/reader" },
    Action: "s3:GetObject",
    Resource: `${BUCKET}/*`,
  };
  const nobodyElse = (given: Given) => {
    const model = modelOf(BY_BUCKET_POLICY, given);
    const opened = account({ bucketPolicy: [DENY_HTTP, ...GRANT, reader], ownership: "BucketOwnerPreferred", region: "eu-west-1" });
    const buckets = opened.buckets.map((bucket) => ({ ...bucket, account: OWN, accessTags: {} }));
    return prove(BY_BUCKET_POLICY, { ...model, buckets }).find(({ id }) => id === "nobody-else-reaches-bucket")?.outcome;
  };
  const only = (accounts: readonly string[]) => ({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:PrincipalAccount": accounts } },
  });

  test.each<[string, readonly PlannedOrganizationPolicy[], string]>([
    ["is open without organization policies", [], "fail"],
    ["is what a resource control policy leaves", rcp(only([OWN, "222222222222"])), "pass"],
    ["is open to an account that it lists", rcp(only([OWN, "222222222222", "333333333333"])), "fail"],
    ["does not depend on service control policies", scp([FULL_ACCESS, { Effect: "Deny", Action: "s3:*", Resource: "*" }]), "fail"],
  ])("%s", (_, given, expected) => {
    expect(nobodyElse({ policies: given })).toBe(expected);
  });
});

describe("the vendor's organization", () => {
  const opens = (statement: Statement, organizations: KnownOrganizations = KNOWN) => {
    const opened = account({ bucketPolicy: [DENY_HTTP, ...GRANT, statement], ownership: "BucketOwnerPreferred", region: "eu-west-1" });
    const results = prove(BY_BUCKET_POLICY, { ...opened, organizations });
    return results.find(({ id }) => id === "vendor-organization-opens-nothing-else");
  };
  const toOrganization = (id: string) => ({
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${BUCKET}/*`,
    Condition: { StringEquals: { "aws:PrincipalOrgID": id } },
  });

  test("that a statement lets in opens the bucket to its other accounts, by a request that shows it", () => {
    expect(opens(toOrganization("o-vendor0001"))).toMatchObject({
      outcome: "fail",
      title: "nobody else of the vendor's organization o-vendor0001 can do anything to the bucket",
      witness: { action: "s3:GetObject", context: { "aws:PrincipalOrgID": "o-vendor0001" } },
    });
  });

  test("opens nothing where another organization is let in, or the vendor alone", () => {
    expect(opens(toOrganization("o-another001"))).toMatchObject({ outcome: "pass", evidence: "proved" });
    expect(opens(GRANT[0]!)).toMatchObject({ outcome: "pass" });
  });

  test("is not asked about where nobody states it", () => {
    expect(opens(toOrganization("o-vendor0001"), {})).toBeUndefined();
  });
});

describe("a plan that attaches policies", () => {
  const attached = (target_id: string, content: Statement[], type: string) =>
    account({
      more: {
        aws_organizations_policy: { p: { name: "p", type, content: JSON.stringify({ Version: "2012-10-17", Statement: content }) } },
        aws_organizations_policy_attachment: { a: { policy_id: "${aws_organizations_policy.p.id}", target_id } },
      },
    });
  const outcome = (model: AccountModel) => worst(judge(BY_ROLE, model).filter(({ expected }) => expected === "allowed"));
  const deny = [{ Effect: "Deny", Action: "s3:PutObject", Resource: "*" }];

  test.each([
    ["to the account", OWN, "fail"],
    ["to another account", "333333333333", "pass"],
    ["to a unit that may hold the account", "ou-ab12-cdefghij", "pass"],
  ])("%s is judged like those that are given", (_, target, expected) => {
    expect(outcome(attached(target, deny, "SERVICE_CONTROL_POLICY"))).toBe(expected);
  });
});
