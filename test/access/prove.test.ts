import { describe, expect, it } from "vitest";
import { OWNER_ACCOUNT, type Proof, proveEvery, proveNobody, QuestionError, type RequestSet, type World } from "../../lib/access";
import { unknownText } from "../../lib/evaluate";
import { judge } from "./judge";
import { allow, BUCKET, bucketWorld, document, OBJECTS, OWN, ROLE, TLS_ONLY, VENDOR, VENDOR_ROLE } from "./worlds";

const EVERYTHING: RequestSet = { resources: [BUCKET, OBJECTS] };
const PERMITTED: readonly RequestSet[] = [
  { callers: [OWN] },
  { callers: [VENDOR_ROLE], actions: ["s3:PutObject", "s3:PutObjectAcl"], resources: [`${BUCKET}/6sense/*`] },
  { callers: [VENDOR_ROLE], actions: ["s3:ListBucket"], resources: [BUCKET] },
];

function nobodyElse(world: World, permitted = PERMITTED, requests = EVERYTHING): Proof {
  const proof = proveNobody({ world, requests, permitted });
  if (proof.outcome === "broken") expect(judge(proof.witness!, world).verdict).toBe("Allowed");
  return proof;
}

function works(world: World, requests: RequestSet): Proof {
  const proof = proveEvery({ world, requests: { callers: [VENDOR_ROLE], ...requests } });
  if (proof.outcome === "broken") expect(judge(proof.witness!, world).verdict).toMatch(/Denied$/);
  return proof;
}

describe("nobody else", () => {
  it("is decided where a condition lists many patterns of the own account", () => {
    const patterns = (account: string) => Array.from({ length: 60 }, (_, index) => `arn:aws:iam::${account}:role/team-${index}-*-reader-*`);
    const allowed = (values: readonly string[]) =>
      bucketWorld([allow("*", "s3:GetObject", { Condition: { ArnLike: { "aws:PrincipalArn": values } } })]);

    expect(nobodyElse(allowed(patterns(OWN))).outcome).toBe("proved");
    expect(nobodyElse(allowed([...patterns(OWN), ...patterns("333333333333").slice(0, 1)])).outcome).toBe("broken");
  });

  it.each<[unknown, string]>([
    ["*", "s3:GetObject"],
    ["s3:*", "s3:GetObject"],
    [["s3:AbortMultipartUpload", "s3:Put*"], "s3:PutObject"],
    ["s3:*BucketPolicy", "s3:PutBucketPolicy"],
    ["s3:GetBucket*", "s3:GetBucketAbac"],
  ])("shows an action that people know where %j allows several", (actions, shown) => {
    const world = bucketWorld([allow({ AWS: "333333333333" }, "s3:GetObject", { Action: actions, Resource: [BUCKET, OBJECTS] })]);

    expect(nobodyElse(world).witness?.action).toBe(shown);
  });

  it("is proved for the vendor's own grant", () => {
    expect(nobodyElse(bucketWorld()).outcome).toBe("proved");
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ["another account", allow({ AWS: "333333333333" }, "s3:GetObject", { Resource: `${BUCKET}/secret/*` }), /^arn:aws:iam::333333333333:/],
    [
      "everybody but three accounts",
      allow("*", "s3:GetObject", { Condition: { StringNotEquals: { "aws:PrincipalAccount": [OWN, VENDOR, "999999999999"] } } }),
      /^arn:aws:iam::888888888888:|^\*$/,
    ],
    ["another role of the vendor's account", allow({ AWS: `arn:aws:iam::${VENDOR}:role/other` }, "s3:PutObject"), /role\/other\/session$/],
    ["the vendor outside its prefix", allow({ AWS: VENDOR_ROLE }, "s3:PutObject"), /assumed-role\/vendor/],
    [
      "a session of the vendor's, by name",
      allow({ AWS: `arn:aws:sts::${VENDOR}:assumed-role/else/run-7` }, "s3:GetObject"),
      /assumed-role\/else\/run-7$/,
    ],
    ["a service", allow({ Service: "logging.s3.amazonaws.com" }, "s3:PutObject"), "logging.s3.amazonaws.com"],
    [
      "an origin access identity",
      allow({ AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" }, "s3:GetObject"),
      /cloudfront/,
    ],
    ["a canonical user", allow({ CanonicalUser: "79a5".repeat(16) }, "s3:GetObject"), "79a5".repeat(16)],
    ["everybody from some addresses", allow("*", "s3:GetObject", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }), /./],
    [
      "all whom NotPrincipal leaves",
      { Effect: "Allow", NotPrincipal: { AWS: [OWN, VENDOR] }, Action: "s3:GetObject", Resource: OBJECTS },
      /./,
    ],
  ])("is broken where the policy lets in %s, with a request that the evaluator allows", (_, statement, principal) => {
    const proof = nobodyElse(bucketWorld([statement]));

    expect(proof.outcome).toBe("broken");
    expect(proof.witness!.principal).toEqual(principal instanceof RegExp ? expect.stringMatching(principal) : principal);
  });

  it.each<[string, Record<string, unknown>[]]>([
    ["an action that AWS does not have", [allow("*", "s3:PutObjekt")]],
    ["an action that does not go with the resource", [allow("*", "s3:PutObject", { Resource: BUCKET })]],
    [
      "an Allow that a Deny takes back",
      [
        allow("*", "s3:GetObject"),
        { ...allow("*", "s3:*"), Effect: "Deny", Condition: { StringNotEquals: { "aws:PrincipalAccount": OWN } } },
      ],
    ],
    [
      "a source that no caller of an account has",
      [allow({ AWS: "333333333333" }, "s3:GetObject", { Condition: { StringEquals: { "aws:SourceAccount": OWN } } })],
    ],
    [
      "two conditions that exclude each other",
      [allow("*", "s3:GetObject", { Condition: { StringLike: { "s3:versionid": "a*" }, StringEquals: { "s3:versionid": "b" } } })],
    ],
  ])("stays proved beside %s", (_, statements) => {
    expect(nobodyElse(bucketWorld(statements)).outcome).toBe("proved");
  });

  it("but services is proved where Block Public Access shuts a public policy", () => {
    const open = [allow("*", "s3:GetObject")];
    const shut = bucketWorld(open, { blockPublicAccess: { restrictPublicBuckets: true } });

    expect(nobodyElse(bucketWorld(open)).outcome).toBe("broken");
    expect(nobodyElse(shut, [...PERMITTED, { callers: ["services"] }]).outcome).toBe("proved");
    expect(nobodyElse(shut).witness!.context["aws:PrincipalIsAWSService"]).toBe("true");
  });

  it("depends on a time bound only where now does not settle it", () => {
    const until = (date: string) =>
      bucketWorld([allow("*", "s3:GetObject", { Condition: { DateLessThan: { "aws:CurrentTime": date } } })], { now: "2026-01-01" });

    expect(nobodyElse(until("2025-01-01")).outcome).toBe("proved");
    expect(nobodyElse(until("2027-01-01")).outcome).toBe("broken");
  });

  it("over plain HTTP is proved by the TLS statement alone", () => {
    const requests = { ...EVERYTHING, context: { "aws:SecureTransport": "false" } };
    const narrower = document({ ...TLS_ONLY, Resource: BUCKET }, allow("*", "s3:GetObject"));

    expect(nobodyElse(bucketWorld(), [{ callers: [OWN] }], requests).outcome).toBe("proved");
    expect(nobodyElse(bucketWorld([], { resourcePolicy: narrower }), [{ callers: [OWN] }], requests).outcome).toBe("broken");
  });

  it("counts what the vendor's role in the own account may do", () => {
    const policies = (resource: string) => [document({ Effect: "Allow", Action: "s3:*", Resource: resource })];
    const world = (resource: string) => bucketWorld([], { principals: [{ arn: ROLE, identityPolicies: policies(resource) }] });
    const permitted = [{ callers: [ROLE], resources: [`${BUCKET}/activity/*`] }];
    const requests = { ...EVERYTHING, callers: [ROLE] };

    expect(nobodyElse(world(`${BUCKET}/activity/*`), permitted, requests).outcome).toBe("proved");
    expect(nobodyElse(world(OBJECTS), permitted, requests).outcome).toBe("broken");
  });
});

describe("what is not known", () => {
  const bucket = unknownText("aws_s3_bucket.logs.arn", "bucketArn");
  const vendor = unknownText("var.vendor");

  it("leaves a proof standing where the same text is asked about", () => {
    const world = bucketWorld([], { resourcePolicy: document(allow({ AWS: VENDOR_ROLE }, "s3:PutObject", { Resource: `${bucket}/a/*` })) });
    const permitted = [{ callers: [OWN] }, { callers: [VENDOR_ROLE], resources: [`${bucket}/a/*`] }];

    expect(nobodyElse(world, permitted, { resources: [bucket, `${bucket}/*`] }).outcome).toBe("proved");
  });

  it("cannot be excluded where a principal may be anybody, and is named", () => {
    const proof = nobodyElse(bucketWorld([allow({ AWS: vendor }, "s3:GetObject")]));

    expect(proof).toMatchObject({ outcome: "couldNotExclude", missing: expect.arrayContaining(["var.vendor"]) });
  });

  it.each<[string, Record<string, unknown>]>([
    ["a whole condition", allow("*", "s3:GetObject", { Condition: unknownText("x") })],
    ["a policy variable", allow({ AWS: "333333333333" }, "s3:GetObject", { Resource: `${BUCKET}/\${aws:username}/*` })],
    [
      "a tag of the object",
      allow({ AWS: "333333333333" }, "s3:GetObject", { Condition: { StringEquals: { "s3:ExistingObjectTag/a": "b" } } }),
    ],
    ["whose a unique ID is", allow({ AWS: "AROAEXAMPLEID12345678" }, "s3:GetObject")],
    ["the effect", { ...allow("*", "s3:GetObject"), Effect: unknownText("x") }],
    ["a statement that cannot be read", { Effect: "Allow" }],
  ])("could not be excluded: %s", (_, statement) => {
    const proof = nobodyElse(bucketWorld([statement]));

    expect(proof.outcome).toBe("couldNotExclude");
    expect(proof.missing.length).toBeGreaterThan(0);
  });

  it("counts for the owner's account as well: an account that a policy names may be the owner", () => {
    const owner = { callers: [OWNER_ACCOUNT] };
    const world = bucketWorld([allow({ AWS: "333333333333" }, "s3:GetObject")], { account: undefined });

    expect(nobodyElse(bucketWorld([], { account: undefined }), [owner, ...PERMITTED]).outcome).toBe("proved");
    expect(
      proveNobody({ world: bucketWorld([], { account: undefined }), requests: EVERYTHING, permitted: PERMITTED.slice(1) }).outcome,
    ).toBe("broken");
    expect(nobodyElse(world, [owner, ...PERMITTED.slice(1)])).toMatchObject({ outcome: "couldNotExclude" });
  });

  it("does not narrow a Deny that it may not hold for", () => {
    const deny = { ...allow("*", "s3:*"), Effect: "Deny", Condition: { StringEquals: { "aws:PrincipalAccount": unknownText("account") } } };

    expect(nobodyElse(bucketWorld([allow({ AWS: "333333333333" }, "s3:GetObject"), deny])).outcome).toBe("couldNotExclude");
  });
});

describe("every request", () => {
  const HEADERS = Object.fromEntries(
    ["read", "write", "read-acp", "write-acp", "full-control"].map((name) => [`s3:x-amz-grant-${name}`, null]),
  );
  const OVER_TLS = { "aws:SecureTransport": "true", ...HEADERS };

  it("of the vendor below its prefix is proved to work, with the ACL that it sends", () => {
    const put = { actions: ["s3:PutObject"], resources: [`${BUCKET}/6sense/*`] };

    expect(works(bucketWorld(), { ...put, context: { ...OVER_TLS, "s3:x-amz-acl": null } }).outcome).toBe("proved");
    expect(works(bucketWorld(), { ...put, context: { ...OVER_TLS, "s3:x-amz-acl": "bucket-owner-full-control" } }).outcome).toBe("proved");
  });

  it.each<[string, RequestSet]>([
    ["over plain HTTP", { actions: ["s3:PutObject"], resources: [`${BUCKET}/6sense/*`] }],
    ["outside its prefix", { actions: ["s3:PutObject"], resources: [OBJECTS], context: OVER_TLS }],
    ["by another action", { actions: ["s3:DeleteObject"], resources: [`${BUCKET}/6sense/*`], context: OVER_TLS }],
    [
      "with a public ACL",
      { actions: ["s3:PutObject"], resources: [`${BUCKET}/6sense/*`], context: { ...OVER_TLS, "s3:x-amz-acl": "public-read" } },
    ],
  ])("fails %s, with a request that the evaluator denies", (_, requests) => {
    expect(works(bucketWorld(), requests).outcome).toBe("broken");
  });

  it("fails for a key that a client chooses and a condition refuses", () => {
    const statement = allow({ AWS: VENDOR_ROLE }, "s3:ListBucket", { Resource: BUCKET, Condition: { StringLike: { "s3:prefix": "a/*" } } });
    const world = bucketWorld([], { resourcePolicy: document(statement) });
    const list = { actions: ["s3:ListBucket"], resources: [BUCKET] };

    expect(works(world, { ...list, context: { "s3:prefix": "a/b" } }).outcome).toBe("proved");
    expect(works(world, list).outcome).toBe("broken");
  });

  it("depends on facts about the vendor that nobody knows", () => {
    const statement = allow({ AWS: VENDOR_ROLE }, "s3:PutObject", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a" } } });
    const proof = works(bucketWorld([], { resourcePolicy: document(statement) }), {
      actions: ["s3:PutObject"],
      resources: [OBJECTS],
      context: { ...OVER_TLS, "s3:x-amz-acl": null },
    });

    expect(proof).toMatchObject({ outcome: "couldNotExclude", missing: expect.arrayContaining(["value of aws:principalorgid"]) });
  });
});

describe("a question", () => {
  it.each<[string, RequestSet]>([
    ["an action that AWS does not have", { ...EVERYTHING, actions: ["s3:PutObjekt"] }],
    ["no resource", { actions: ["s3:PutObject"] }],
    ["an action that does not go with its resource", { actions: ["s3:PutObject"], resources: [BUCKET] }],
    ["a caller who cannot be", { ...EVERYTHING, callers: ["arn:aws-cn:iam::111122223333:role/x"] }],
    ["a context that no such caller has", { ...EVERYTHING, callers: [VENDOR_ROLE], context: { "aws:SourceArn": BUCKET } }],
    ["a key that follows from the caller", { ...EVERYTHING, context: { "aws:PrincipalArn": ROLE } }],
  ])("fails where it names %s: it would be proved for want of requests", (_, requests) => {
    expect(() => proveNobody({ world: bucketWorld(), requests })).toThrow(QuestionError);
  });

  it("past its budget could not be told", () => {
    const proof = proveNobody({ world: bucketWorld([allow("*", "s3:GetObject")]), requests: EVERYTHING, limits: { boxes: 1 } });

    expect(proof.outcome).toBe("couldNotTell");
  });
});
