/** What surrounds the bucket is read and judged where it can be read, and listed as not checked where it cannot. */
import { describe, expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import type { DestinationReport } from "../../../cli/report/validate/types";
import { awsError, denied } from "../fake-aws";
import { CUSTOMER, contractOf, FakeDestination, outcomeOf, VENDOR } from "../fake-destination";
import { ACCESS_POINT, addAccessPoint, addAnalyzer, addOrganization } from "../surroundings";

const FOREIGN = "arn:aws:iam::333333333333:root";
const VENDOR_ROLE = `arn:aws:iam::${VENDOR}:role/kandji-activity`;
const [BLOCK_ON, BLOCK_OFF] = [true, false].map((on) => ({
  PublicAccessBlockConfiguration: { BlockPublicAcls: on, IgnorePublicAcls: on, BlockPublicPolicy: on, RestrictPublicBuckets: on },
}));

const kandji = () => new FakeDestination(contractOf("kandji"));
const sixsense = () => new FakeDestination(contractOf("sixsense"));

function resultOf({ results }: DestinationReport, id: string) {
  return results.find((result) => result.id === id);
}

const linesAbout = ({ notChecked }: DestinationReport, text: string) => notChecked.filter((line) => line.includes(text));

describe("Block Public Access of the account", () => {
  test("supplies what the bucket has not, and the report says so", async () => {
    const place = kandji();
    place.aws.plan("s3:GetPublicAccessBlock", () => {
      throw awsError("NoSuchPublicAccessBlockConfiguration", 404);
    });
    place.aws.plan("s3control:GetPublicAccessBlock", ({ input }) => {
      expect(input).toEqual({ AccountId: CUSTOMER });
      return BLOCK_ON;
    });

    const report = await place.validate();

    expect(resultOf(report, "restrict-public-buckets")).toMatchObject({
      outcome: "pass",
      note: "the account has it on, and the bucket has not",
    });
    expect(linesAbout(report, "s3:GetAccountPublicAccessBlock")).toEqual([]);
  });

  test("fails where neither has it on", async () => {
    const place = kandji();
    for (const operation of ["s3:GetPublicAccessBlock", "s3control:GetPublicAccessBlock"] as const)
      place.aws.plan(operation, () => BLOCK_OFF);

    expect(outcomeOf(await place.validate(), "restrict-public-buckets")).toBe("fail computed");
  });

  test("is not missed where the bucket has all of it on", async () => {
    const report = await kandji().validate();

    expect(resultOf(report, "restrict-public-buckets")).toMatchObject({ outcome: "pass" });
    expect(resultOf(report, "restrict-public-buckets")).not.toHaveProperty("note");
  });

  test("supplies nothing where it cannot be read", async () => {
    const place = kandji();
    place.aws.plan("s3:GetPublicAccessBlock", () => BLOCK_OFF);
    place.aws.plan("s3control:GetPublicAccessBlock", () => {
      throw denied();
    });

    const report = await place.validate();

    expect(outcomeOf(report, "restrict-public-buckets")).toBe("fail computed");
    expect(linesAbout(report, "s3:GetAccountPublicAccessBlock")).toEqual([
      "what s3:GetAccountPublicAccessBlock (Block Public Access of the account) would show: AccessDenied (HTTP 403): Access Denied",
    ]);
  });
});

describe("access points", () => {
  test("fails where a policy lets another account in, with the statement's place", async () => {
    const place = sixsense();
    addAccessPoint(place, { allows: [{ Principal: { AWS: FOREIGN } }] });

    expect(resultOf(await place.validate(), "service-grants-access")).toMatchObject({
      outcome: "fail",
      evidence: "computed",
      cause: `the policy of the access point shared gives ${FOREIGN} access to acme.6sense.staging`,
      remedy: "remove the statement from the policy of the access point, or delete the access point",
      location: { file: ACCESS_POINT, address: "access point policy" },
    });
  });

  test("fails where a public policy is not blocked", async () => {
    const place = sixsense();
    addAccessPoint(place, { allows: [{ Principal: "*" }], isPublic: true });

    expect(resultOf(await place.validate(), "service-grants-access")?.cause).toBe(
      "the policy of the access point shared (its Block Public Access is off) gives everybody access to acme.6sense.staging",
    );
  });

  test("fails where everybody in a VPC is let in", async () => {
    const place = sixsense();
    addAccessPoint(place, { allows: [{ Principal: "*" }], vpc: "vpc-1a2b3c4d" });

    expect(resultOf(await place.validate(), "service-grants-access")?.cause).toContain(
      "(for requests from vpc-1a2b3c4d only) gives everybody",
    );
  });

  test("is unknown where a policy does not say whom it lets in", async () => {
    const place = sixsense();
    addAccessPoint(place, { allows: [{ NotPrincipal: { AWS: FOREIGN } }] });

    expect(resultOf(await place.validate(), "service-grants-access")).toMatchObject({ outcome: "unknown" });
  });

  test.each([
    ["the vendor", { AWS: VENDOR_ROLE }],
    ["the own account", { AWS: CUSTOMER }],
    ["a role of the own account", { AWS: `arn:aws:iam::${CUSTOMER}:role/reader` }],
  ])("may let in %s", async (_, Principal) => {
    const place = sixsense();
    addAccessPoint(place, { allows: [{ Principal }] });

    expect(outcomeOf(await place.validate(), "service-grants-access")).toBe("absent");
  });

  test("may have no policy", async () => {
    const place = sixsense();
    addAccessPoint(place, {});

    const report = await place.validate();

    expect(outcomeOf(report, "service-grants-access")).toBe("absent");
    expect(linesAbout(report, "would show")).not.toContainEqual(expect.stringContaining("ccess point"));
  });

  test("are read from every page", async () => {
    const place = sixsense();
    addAccessPoint(place, { allows: [{ Principal: { AWS: FOREIGN } }] });
    place.aws.plan("s3control:ListAccessPoints", ({ input }) =>
      input.NextToken === "2" ? { AccessPointList: [{ Name: "shared" }] } : { AccessPointList: [], NextToken: "2" },
    );

    expect(outcomeOf(await place.validate(), "service-grants-access")).toBe("fail computed");
  });

  test("beyond the first 200 are listed as not checked", async () => {
    const place = sixsense();
    addAccessPoint(place, {});
    place.aws.plan("s3control:ListAccessPoints", () => ({
      AccessPointList: Array.from({ length: 100 }, (_, index) => ({ Name: `p${index}` })),
      NextToken: "more",
    }));

    const report = await place.validate();

    expect(place.aws.made("s3control:GetAccessPointPolicy")).toHaveLength(200);
    expect(linesAbout(report, "other access points")).toEqual([
      "what s3:GetAccessPointPolicy (other access points) would show: the bucket has more than 200",
    ]);
  });

  test("whose policy cannot be read are listed as not checked, and make nothing unknown", async () => {
    const place = sixsense();
    addAccessPoint(place, { allows: [] });
    place.aws.plan("s3control:GetAccessPointPolicy", () => {
      throw denied();
    });

    const report = await place.validate();

    expect(outcomeOf(report, "service-grants-access")).toBe("absent");
    expect(linesAbout(report, "s3:GetAccessPointPolicy")).toEqual([
      "what s3:GetAccessPointPolicy (the policy of the access point shared) would show: AccessDenied (HTTP 403): Access Denied",
    ]);
  });
});

describe("S3 Access Grants", () => {
  const READER = "arn:aws:iam::333333333333:role/reader";
  const granted = (GrantScope: string, GranteeIdentifier: string, GranteeType = "IAM") => {
    const place = sixsense();
    const grant = { AccessGrantId: "1", AccessGrantArn: "arn:grant", Grantee: { GranteeType, GranteeIdentifier }, GrantScope };
    place.aws.plan("s3control:ListAccessGrants", ({ input }) =>
      input.NextToken === "2" ? { AccessGrantsList: [grant] } : { AccessGrantsList: [], NextToken: "2" },
    );
    return place.validate();
  };

  test.each(["s3://acme.6sense.staging/*", "s3://acme.6sense.staging/audit/*", "s3://"])(
    "fail for another account at %s",
    async (scope) => {
      expect(resultOf(await granted(scope, READER), "service-grants-access")).toMatchObject({
        outcome: "fail",
        cause: `the grant 1 of S3 Access Grants gives ${READER} access to acme.6sense.staging`,
        remedy: "remove the grant, or grant access to principals of your own account",
      });
    },
  );

  test("are unknown for a user of the directory", async () => {
    expect(
      outcomeOf(
        await granted("s3://acme.6sense.staging/*", "a1b2c3d4-5678-90ab-cdef-111111111111", "DIRECTORY_USER"),
        "service-grants-access",
      ),
    ).toBe("unknown -");
  });

  test.each([
    ["a role of the own account", "s3://acme.6sense.staging/*", `arn:aws:iam::${CUSTOMER}:role/reader`],
    ["another bucket", "s3://acme.6sense.staging-other/*", READER],
  ])("are fine for %s", async (_, scope, grantee) => {
    expect(outcomeOf(await granted(scope, grantee), "service-grants-access")).toBe("absent");
  });

  test("that cannot be listed are not checked", async () => {
    const place = sixsense();
    place.aws.plan("s3control:ListAccessGrants", () => {
      throw denied();
    });

    expect(linesAbout(await place.validate(), "s3:ListAccessGrants")).toEqual([
      "what s3:ListAccessGrants (S3 Access Grants) would show: AccessDenied (HTTP 403): Access Denied",
    ]);
  });
});

describe("findings of Access Analyzer", () => {
  const foreign = { principal: { AWS: "333333333333" } };

  test("fails for a principal that a live policy names and no contract does", async () => {
    const place = sixsense();
    (place.policy as { Statement: object[] }).Statement.push({
      Effect: "Allow",
      Principal: { AWS: FOREIGN },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::acme.6sense.staging/*",
    });
    addAnalyzer(place, [foreign]);

    expect(resultOf(await place.validate(), "analyzer-external-access")).toMatchObject({
      outcome: "fail",
      by: "IAM Access Analyzer",
      cause:
        "AWS IAM Access Analyzer reports that 333333333333 has s3:GetObject on arn:aws:s3:::acme.6sense.staging through its policy " +
        "(finding f-0, analyzed 2025-12-31T23:00Z)",
    });
  });

  test("is unknown for a principal that nothing explains: the finding may be older than the policy", async () => {
    const place = sixsense();
    addAnalyzer(place, [foreign]);

    expect(resultOf(await place.validate(), "analyzer-external-access")).toMatchObject({
      outcome: "unknown",
      cause: expect.stringMatching(/^AWS IAM Access Analyzer reports that 333333333333 has .*, which nothing that was read explains$/),
      remedy: expect.stringContaining("validate again in 30 minutes"),
    });
  });

  test("fails where the policy that explains it cannot be read", async () => {
    const place = sixsense();
    place.aws.plan("s3:GetBucketPolicy", () => {
      throw denied();
    });
    addAnalyzer(place, [foreign]);

    expect(outcomeOf(await place.validate(), "analyzer-external-access")).toBe("fail simulated");
  });

  test("fails for public access that the bucket's ACL gives", async () => {
    const place = sixsense();
    place.aws.plan("s3:GetBucketAcl", () => ({
      Owner: { ID: "0" },
      Grants: [{ Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" }, Permission: "READ" }],
    }));
    addAnalyzer(place, [{ principal: { AWS: "*" }, isPublic: true, sources: [{ type: "BUCKET_ACL" }] }]);

    expect(resultOf(await place.validate(), "analyzer-external-access")?.cause).toMatch(/that everybody has .* through the bucket's ACL/);
  });

  test("fails for whom the trust policy of the role names", async () => {
    const place = kandji();
    (place.trust as { Statement: object[] }).Statement.push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "sts:AssumeRole" });
    addAnalyzer(place, [{ ...foreign, resource: `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`, action: ["sts:AssumeRole"] }]);

    expect(outcomeOf(await place.validate(), "analyzer-external-access")).toBe("fail simulated");
  });

  test.each([
    ["about the vendor in the bucket policy", sixsense, { principal: { AWS: VENDOR_ROLE }, action: ["s3:PutObject"] }],
    [
      "about the vendor in the trust policy",
      kandji,
      { principal: { AWS: VENDOR_ROLE }, resource: `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`, action: ["sts:AssumeRole"] },
    ],
    ["that is archived", sixsense, { ...foreign, status: "ARCHIVED" }],
    ["about another bucket", sixsense, { ...foreign, resource: "arn:aws:s3:::other" }],
  ])("is fine where the only one is %s", async (_, make, found) => {
    const place = make();
    addAnalyzer(place, [found]);

    const report = await place.validate();

    expect(outcomeOf(report, "analyzer-external-access")).toBe("absent");
    expect(linesAbout(report, "access-analyzer:ListFindings")).toEqual([]);
  });

  test("fails where the vendor's whole account is reported, and the contract names a role of it", async () => {
    const place = sixsense();
    addAnalyzer(place, [{ principal: { AWS: VENDOR } }]);

    expect(outcomeOf(await place.validate(), "analyzer-external-access")).toBe("fail simulated");
  });

  test("whom the contract accepts in the bucket policy is accepted here", async () => {
    const place = new FakeDestination(contractOf("sixsense", { acceptances: [{ id: "unexpected-principal", reason: "our auditors" }] }));
    (place.policy as { Statement: object[] }).Statement.push({
      Effect: "Allow",
      Principal: { AWS: FOREIGN },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::acme.6sense.staging/*",
    });
    addAnalyzer(place, [foreign]);

    expect(resultOf(await place.validate(), "analyzer-external-access")).toMatchObject({ outcome: "fail", accepted: "our auditors" });
  });

  test("are read from every page, of analyzers and of findings", async () => {
    const place = sixsense();
    addAnalyzer(place, []);
    place.aws.plan("accessanalyzer:ListAnalyzers", ({ input }) =>
      input.nextToken ? { analyzers: [{ arn: "a", type: "ORGANIZATION", status: "ACTIVE" }] } : { analyzers: [], nextToken: "2" },
    );
    place.aws.plan("accessanalyzer:ListFindings", ({ input }) =>
      input.nextToken
        ? { findings: [{ id: "f", status: "ACTIVE", resource: "arn:aws:s3:::acme.6sense.staging", principal: { AWS: "333333333333" } }] }
        : { findings: [], nextToken: "2" },
    );

    expect(outcomeOf(await place.validate(), "analyzer-external-access")).toBe("unknown -");
  });

  test.each([
    ["there is no analyzer", { analyzers: [] }, "the region has no active analyzer of external access"],
    [
      "there are only analyzers of unused access and inactive ones",
      {
        analyzers: [
          { arn: "a", type: "ACCOUNT_UNUSED_ACCESS", status: "ACTIVE" },
          { arn: "b", type: "ACCOUNT", status: "DISABLED" },
        ],
      },
      "the region has no active analyzer of external access",
    ],
  ])("are listed as not checked where %s", async (_, analyzers, why) => {
    const place = sixsense();
    place.aws.plan("accessanalyzer:ListAnalyzers", () => analyzers);

    expect(linesAbout(await place.validate(), "Access Analyzer)")).toEqual([
      `what access-analyzer:ListFindings (findings of IAM Access Analyzer) would show: ${why}`,
    ]);
  });

  test("about what AWS could not analyze are listed as not checked", async () => {
    const place = sixsense();
    addAnalyzer(place, [{ error: "ACCESS_DENIED" }]);

    expect(linesAbout(await place.validate(), "was not analyzed")).toEqual([
      "what access-analyzer:ListFindings (findings of IAM Access Analyzer) would show: arn:aws:s3:::acme.6sense.staging was not analyzed: ACCESS_DENIED",
    ]);
  });
});

describe("policies of the organization", () => {
  const deny = (change: object) => ({ Effect: "Deny", Action: "s3:PutObject", Resource: "*", ...change });
  const NONE: readonly object[] = [];

  test("are listed as not checked once where the account may not read them", async () => {
    const report = await kandji().validate();

    expect(linesAbout(report, "organizations:")).toEqual([
      "what organizations:ListPoliciesForTarget (SCPs and RCPs of this organization) would show: AccessDeniedException (HTTP 400): You don't have permissions to access this resource.",
    ]);
  });

  test("decide what the vendor can do through its role: fails for an SCP at any level", async () => {
    for (const level of [0, 1, 2]) {
      const place = kandji();
      const scp = [NONE, NONE, NONE].map((none, index) => (index === level ? [deny({ Sid: "NoPuts" })] : none)) as [
        object[],
        object[],
        object[],
      ];
      addOrganization(place, { scp });

      const result = resultOf(await place.validate(), "vendor-can-put");

      expect(result, `level ${level}`).toMatchObject({
        outcome: "fail",
        remedy: expect.stringContaining('"NoPuts" of the service control policy p-scp-'),
      });
    }
  });

  test("decide what the vendor can do through the bucket policy: fails for an RCP, and not for an SCP of this organization", async () => {
    const byScp = sixsense();
    addOrganization(byScp, { scp: [[deny({})], NONE, NONE] });
    expect(outcomeOf(await byScp.validate(), "vendor-can-put")).toMatch(/^pass/);

    const byRcp = sixsense();
    addOrganization(byRcp, { rcp: [deny({ Principal: "*" })] });
    expect(outcomeOf(await byRcp.validate(), "vendor-can-put")).toBe("fail computed");
  });

  test("let the vendor in that they exempt", async () => {
    const place = sixsense();
    const Condition = { StringNotEquals: { "aws:PrincipalAccount": [VENDOR, CUSTOMER] } };
    addOrganization(place, { rcp: [deny({ Principal: "*", Condition })] });

    const report = await place.validate();

    expect(outcomeOf(report, "vendor-can-put")).toMatch(/^pass/);
    expect(linesAbout(report, "organizations:")).toEqual([]);
    expect(report.livePolicies.map(({ policy }) => policy)).toContain("p-rcp of arn:aws:organizations::999999999999:policy/p-rcp");
  });

  test("are not guessed for a vendor whose organization decides, and no remedy names an option of check", async () => {
    const place = sixsense();
    const Condition = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    addOrganization(place, { rcp: [deny({ Principal: "*", Condition })] });

    const report = await place.validate();

    expect(resultOf(report, "vendor-can-put")?.outcome).not.toBe("pass");
    expect(JSON.stringify(report.results)).not.toContain("--vendor-organization");
  });

  test("do not limit the management account", async () => {
    const place = kandji();
    addOrganization(place, { scp: [[deny({})], NONE, NONE], management: CUSTOMER });

    const report = await place.validate();

    expect(outcomeOf(report, "vendor-can-put")).toMatch(/^pass/);
    expect(linesAbout(report, "organizations:")).toEqual([]);
  });

  test("there are none where the account is in no organization", async () => {
    const place = kandji();
    place.aws.plan("organizations:DescribeOrganization", () => {
      throw awsError("AWSOrganizationsNotInUseException", 400);
    });

    expect(linesAbout(await place.validate(), "organizations:")).toEqual([]);
  });

  test("of a level that cannot be read deny what was read of it, and the rest is listed", async () => {
    const place = kandji();
    addOrganization(place, { scp: [[deny({})], NONE, NONE] });
    const describe = place.aws.handlerOf("organizations:DescribePolicy")!;
    // Without FullAWSAccess, no level would allow anything.
    place.aws.plan("organizations:DescribePolicy", (call) => {
      if (call.input.PolicyId === "p-full") throw denied();
      return describe(call);
    });

    const report = await place.validate();

    expect(outcomeOf(report, "vendor-can-put")).toBe("fail computed");
    expect(outcomeOf(report, "vendor-can-delete")).toMatch(/^pass/);
    expect(linesAbout(report, "organizations:DescribePolicy")).toHaveLength(1);
  });

  test.each<[string, OperationName, () => unknown]>([
    ["the parents are not told", "organizations:ListParents", () => ({ Parents: [] })],
    ["the parents have no end", "organizations:ListParents", () => ({ Parents: [{ Id: "ou-unit", Type: "ORGANIZATIONAL_UNIT" }] })],
    ["a policy has no text", "organizations:DescribePolicy", () => ({ Policy: {} })],
    ["a policy is no policy", "organizations:DescribePolicy", () => ({ Policy: { Content: '{"Statement":[{"Effect":"Perhaps"}]}' } })],
    ["the organization has no ID", "organizations:DescribeOrganization", () => ({ Organization: {} })],
    [
      "one level has no policy",
      "organizations:ListPoliciesForTarget",
      (({ input }: { input: { TargetId: string } }) => ({
        Policies: input.TargetId === "ou-unit" ? [] : [{ Id: "p-full" }],
      })) as () => unknown,
    ],
  ])("are listed as not checked where %s", async (_, operation, answer) => {
    const place = kandji();
    addOrganization(place, {});
    place.aws.plan(operation, answer);

    const report = await place.validate();

    expect(linesAbout(report, "organizations:")).not.toEqual([]);
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  });

  describe("that no level has", () => {
    const report = (
      change: (place: FakeDestination) => void,
      types: readonly string[] = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
    ) => {
      const place = kandji();
      addOrganization(place, {});
      const list = place.aws.handlerOf("organizations:ListPoliciesForTarget")!;
      place.aws.plan("organizations:ListPoliciesForTarget", (call) => (types.includes(call.input.Filter) ? { Policies: [] } : list(call)));
      change(place);
      return place.validate();
    };
    const enabled = (...types: readonly string[]) => ({
      Roots: [{ Id: "r-root", PolicyTypes: types.map((Type) => ({ Type, Status: "ENABLED" })) }],
    });

    test("are listed as not checked where their type is enabled", async () => {
      expect(linesAbout(await report(() => {}), "organizations:")).toEqual([
        "what organizations:ListPoliciesForTarget (SCPs and RCPs of this organization) would show: service control policies are enabled, and no level has one",
        "what organizations:ListPoliciesForTarget (SCPs and RCPs of this organization) would show: resource control policies are enabled, and no level has one",
      ]);
    });

    test("are none where their type is disabled", async () => {
      const found = await report(
        (place) => place.aws.plan("organizations:ListRoots", () => enabled("SERVICE_CONTROL_POLICY")),
        ["RESOURCE_CONTROL_POLICY"],
      );

      expect(linesAbout(found, "organizations:")).toEqual([]);
    });

    test("are none where all policy types are disabled", async () => {
      expect(
        linesAbout(
          await report((place) => place.aws.plan("organizations:ListRoots", () => ({ Roots: [{ Id: "r-root" }] }))),
          "organizations:",
        ),
      ).toEqual([]);
    });

    test.each<[string, () => unknown]>([
      [
        "the roots may not be listed",
        () => {
          throw denied();
        },
      ],
      ["the answer has no root", () => ({ Roots: [] })],
    ])("are listed as not checked where %s", async (_, answer) => {
      expect(
        linesAbout(await report((place) => place.aws.plan("organizations:ListRoots", answer)), "organizations:ListRoots"),
      ).toHaveLength(1);
    });
  });

  test("are read once for all destinations of a run, root first", async () => {
    const place = kandji();
    addOrganization(place, { scp: [[deny({})], NONE, NONE] });

    await place.validate();

    expect(place.aws.made("organizations:ListParents").map(({ input }) => input.ChildId)).toEqual([CUSTOMER, "ou-unit"]);
    expect(place.aws.made("organizations:ListPoliciesForTarget")).toHaveLength(6);
  });
});

describe("a role in another account than the bucket", () => {
  const OWNER = "444444444444";

  test("leaves the policies of its own organization and the analyzers of the bucket's account not checked", async () => {
    const place = kandji();
    addAnalyzer(place, []);

    const report = await place.validate({ owner: OWNER });

    expect(linesAbout(report, `SCPs and RCPs of account ${CUSTOMER}`)).toHaveLength(1);
    expect(linesAbout(report, `no analyzer that was read covers account ${OWNER}`)).toHaveLength(1);
  });

  test.each([
    ["SCP", { scp: [[], [], [{ Effect: "Deny", Action: "s3:PutObject", Resource: "*" }]] as const }, "vendor-can-put"],
    ["RCP", { rcp: [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole", Resource: "*" }] }, "vendor-can-assume-role"],
  ])("fails for an %s of the role's account", async (_, policies, id) => {
    const place = kandji();
    addOrganization(place, policies);
    const parents = place.aws.handlerOf("organizations:ListParents")!;
    const lists = place.aws.handlerOf("organizations:ListPoliciesForTarget")!;
    place.aws.plan("organizations:ListParents", (call) =>
      call.input.ChildId === OWNER ? { Parents: [{ Id: "r-root", Type: "ROOT" }] } : parents(call),
    );
    place.aws.plan("organizations:ListPoliciesForTarget", (call) =>
      call.input.TargetId === OWNER
        ? { Policies: [{ Id: call.input.Filter === "SERVICE_CONTROL_POLICY" ? "p-full" : "p-RCPFullAWSAccess" }] }
        : lists(call),
    );

    const report = await place.validate({ owner: OWNER });

    expect(outcomeOf(report, id)).toBe("fail computed");
    expect(linesAbout(report, "organizations:")).toEqual([]);
  });

  test("in the same account leaves neither", async () => {
    const place = kandji();
    addAnalyzer(place, []);

    const report = await place.validate();

    expect(linesAbout(report, "SCPs and RCPs of account")).toEqual([]);
    expect(linesAbout(report, "no analyzer that was read covers")).toEqual([]);
  });
});

test("a finding without a principal is no reason to stop", async () => {
  const place = sixsense();
  addAnalyzer(place, [{ principal: null, isPublic: true }]);

  const { stopped } = await place.validate();

  expect(stopped).toBeUndefined();
});
