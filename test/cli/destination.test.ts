import { describe, expect, test } from "vitest";
import { readBack } from "../../cli/live/read-back";
import { awsError, denied } from "./fake-aws";
import { contractOf, FakeDestination, outcomeOf, statement } from "./fake-destination";

const vendor = { kind: "profile", name: "vendor" } as const;
const deployer = { kind: "environment" } as const;
const asVendor = { sources: { deployer, vendor, strangers: [] } };

/** What a state would say of the account as it stands. */
async function readAsPlanned(place: FakeDestination) {
  const where = { region: "eu-west-1", owner: undefined };
  return (await readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal: place.stop.signal })).account;
}

describe("as the vendor, through the role", () => {
  test("performs what the vendor must do, in order, and leaves nothing", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    const report = await place.validate(asVendor);

    expect(report.mode).toBe("vendor");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-list")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-delete")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-delete-bucket")).toBe("pass computed");
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(report.left).toEqual([]);
    expect(place.objects).toEqual([]);
    expect(place.journal.open).toEqual([]);
  });

  test("names the bucket's owner in every request to it and never overwrites", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    await place.validate(asVendor);

    const atBucket = place.aws.calls.filter(({ operation, input }) => operation.startsWith("s3:") && input.Key !== undefined);
    expect(atBucket.length).toBeGreaterThan(0);
    for (const { input } of atBucket) expect(input.ExpectedBucketOwner).toBe("111111111111");
    for (const { input } of place.aws.made("s3:PutObject")) {
      expect(input.IfNoneMatch).toBe("*");
      expect(input.Key).toMatch(/^activity\/vendor-destination-validation-[0-9a-f-]{36}$/);
    }
  });

  test("tries what must be refused only after something was allowed", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    await place.validate(asVendor);

    const firstRefused = place.aws.calls.findIndex(({ operation, who }) => operation === "s3:GetBucketPolicy" && who === "role");
    const lastDelete = place.aws.calls.findLastIndex(
      ({ operation, who, plainHttp }) => operation === "s3:DeleteObject" && who === "role" && !plainHttp,
    );
    expect(firstRefused).toBeGreaterThan(lastDelete);
  });

  test("waits while rights are spreading and says for how long", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let refusals = 0;
    place.allows = (call) => (call.operation === "sts:AssumeRole" && call.who === "vendor" && refusals++ < 4 ? false : allows(call));

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(report.results.find(({ id }) => id === "vendor-can-assume-role")?.note).toBe("after 11 s (7 tries)");
  });

  test("fails when the vendor may not delete, names the statement to change, and cleans up with the deployer's rights", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.inline = statement(
      { Action: "s3:ListBucket", Resource: place.contract.bucket.arn },
      { Action: "s3:PutObject", Resource: `${place.contract.bucket.arn}/*` },
    );
    const allows = place.allows;
    place.allows = (call) => !(call.who === "role" && call.operation === "s3:DeleteObject") && allows(call);

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-delete");
    expect(result).toMatchObject({ outcome: "fail", evidence: "performed", expected: "allowed" });
    expect(result?.remedy).toMatch(/^widen statement \d of the delivery policy$/);
    expect(place.objects).toEqual([]);
    expect(report.left).toEqual([]);
  });

  test("does not wait out its budget when the live policies agree that a right is missing", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.trust = statement({ Principal: { AWS: "arn:aws:iam::222222222222:role/typo" }, Action: "sts:AssumeRole" });
    place.allows = ({ who, plainHttp }) => who === "environment" && !plainHttp;

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("fail performed");
    expect(place.clock.slept.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(15_000);
  });

  test("fails when AWS refuses what the live policies allow, and says that the cause lies outside them", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => !(call.who === "role" && call.operation === "s3:PutObject") && allows(call);

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-put");
    expect(result?.outcome).toBe("fail");
    expect(result?.cause).toContain("so something else denies it: the vendor's own policies, an SCP or RCP");
    expect(place.clock.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(120_000);
  });

  test("tells not yet from denied when answers change", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let turn = 0;
    place.allows = (call) => (call.who === "role" && call.operation === "s3:ListObjectsV2" ? turn++ % 2 === 0 : allows(call));

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-list");
    expect(result?.outcome).toBe("unknown");
    expect(result?.cause).toContain("not yet: AWS's answer changed within");
    expect(result?.note).toContain("the live policies agree with the contract");
  });

  test("fails when plain HTTP is accepted, and removes what could be put by it", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.policy = statement();
    const allows = place.allows;
    place.allows = (call) => allows({ ...call, plainHttp: false });

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("fail performed");
    expect(place.aws.made("s3:PutObject").some(({ plainHttp }) => plainHttp)).toBe(true);
    expect(place.objects).toEqual([]);
  });

  test("changes no bucket policy even where it may: what it sends is not a policy", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => call.operation === "s3:PutBucketPolicy" || allows(call);

    const report = await place.validate(asVendor);

    for (const { input } of place.aws.made("s3:PutBucketPolicy")) expect(() => JSON.parse(input.Policy)).toThrow();
    expect(outcomeOf(report, "vendor-cannot-put-bucket-policy")).toBe("pass computed");
  });

  test("tries no request whose success would change the bucket, or that would go to another bucket", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    const report = await place.validate(asVendor);

    expect(new Set(place.aws.calls.map(({ input }) => input.Bucket).filter(Boolean))).toEqual(new Set(["acme-kandji-activity"]));
    expect(report.results.find(({ id }) => id === "vendor-cannot-put-into-another-bucket")?.note).toContain("not tried");
  });

  test("presents the external ID, and shows that without it the role stays closed", async () => {
    const contract = contractOf("kandji", { externalIds: ["the-id"] });
    const withoutId = {
      ...contract.expectations[0]!,
      id: "vendor-cannot-assume-role-without-external-id",
      actor: "vendorWithoutExternalId" as const,
      expected: "denied" as const,
    };
    const place = new FakeDestination({ ...contract, expectations: [...contract.expectations, withoutId] });
    const allows = place.allows;
    place.allows = (call) => allows(call) && (call.operation !== "sts:AssumeRole" || call.input.ExternalId === "the-id");

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-assume-role-without-external-id")).toBe("pass performed");
  });

  test("takes strangers by their accounts: one of the vendor's, one of nobody's", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const strangers = [
      { kind: "profile", name: "stranger" },
      { kind: "profile", name: "vendor-other" },
    ] as const;

    const report = await place.validate({ sources: { deployer, vendor, strangers } });

    expect(outcomeOf(report, "stranger-in-vendor-account-cannot-assume-role")).toBe("pass performed");
    expect(outcomeOf(report, "stranger-cannot-put")).toBe("pass performed");
    expect(outcomeOf(report, "anonymous-cannot-get")).toBe("pass performed");
  });

  test("fails when a stranger may assume the role", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    place.allows = (call) => call.operation === "sts:AssumeRole" || allows(call);

    const report = await place.validate({ sources: { deployer, vendor, strangers: [{ kind: "profile", name: "stranger" }] } });

    expect(outcomeOf(report, "stranger-cannot-assume-role")).toBe("fail performed");
  });

  test("cannot tell when the credentials are those of another principal than the vendor's", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.allows = ({ who, plainHttp }) => who === "environment" && !plainHttp;

    const report = await place.validate({ sources: { deployer, vendor: { kind: "profile", name: "vendor-other" }, strangers: [] } });

    expect(report.results.find(({ id }) => id === "vendor-identity")?.cause).toBe(
      "the credentials are those of arn:aws:sts::222222222222:assumed-role/other/run, but the contract names " +
        "arn:aws:iam::222222222222:role/kandji-activity, and arn:aws:iam::222222222222:role/kandji-activity cannot be assumed with them: " +
        "AccessDenied (HTTP 403): Access Denied",
    );
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass computed");
  });

  test("goes by way of the vendor's role when the credentials are an administrator's of the vendor's account", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("sts:AssumeRole", ({ who, input }) => {
      if (who === "vendor-other" && input.RoleArn.endsWith("role/kandji-activity"))
        return { Credentials: { AccessKeyId: "vendor", SecretAccessKey: "s" } };
      if (who === "vendor") return { Credentials: { AccessKeyId: "role", SecretAccessKey: "s" } };
      throw denied();
    });

    const report = await place.validate({ sources: { deployer, vendor: { kind: "profile", name: "vendor-other" }, strangers: [] } });

    expect(outcomeOf(report, "vendor-can-put")).toBe("pass performed");
    expect(outcomeOf(report, "stranger-in-vendor-account-cannot-assume-role")).toBe("pass performed");
  });
});

describe("cleaning up", () => {
  test("removes every version and delete marker in a versioned bucket", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.versioned = true;

    const report = await place.validate(asVendor);

    expect(place.objects).toEqual([]);
    expect(report.left).toEqual([]);
  });

  test("tries strangers on an object that is there, not on one behind a delete marker", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.versioned = true;
    const allows = place.allows;
    place.allows = (call) => (call.who === "anonymous" && call.operation === "s3:GetObject") || allows(call);
    place.aws.plan("s3:GetObject", (call) => {
      const [newest] = place.objects.filter(({ key }) => key === call.input.Key).reverse();
      if (!newest || newest.marker) throw awsError("NoSuchKey", 404);
      return {};
    });

    expect(outcomeOf(await place.validate(asVendor), "anonymous-cannot-get")).toBe("fail performed");
  });

  test("fails to clean up aloud: what stays is listed with the command that removes it", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:DeleteObject", () => {
      throw denied();
    });

    const report = await place.validate(asVendor);

    expect(report.left.length).toBe(place.objects.length);
    expect(report.left[0]?.command).toBe(
      `aws s3api delete-object --bucket acme.6sense.staging --key ${place.objects[0]?.key} --region eu-west-1`,
    );
    expect(place.journal.open.length).toBe(place.objects.length);
  });

  test("removes objects through throttles and broken connections", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    let failures = 0;
    const versions = place.aws;
    const allows = place.allows;
    place.allows = (call) => {
      if (call.operation === "s3:ListObjectVersions" && failures++ < 2) throw awsError("SlowDown", 503);
      return allows(call);
    };

    const report = await place.validate(asVendor);

    expect(versions.unplanned).toEqual([]);
    expect(report.left).toEqual([]);
    expect(place.objects).toEqual([]);
  });

  test("removes an object whose put was answered by a broken connection", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    let broken = false;
    place.allows = (call) => {
      if (call.operation === "s3:PutObject" && call.who === "vendor" && !call.plainHttp && !broken) {
        broken = true;
        place.objects.push({ key: call.input.Key });
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      }
      return allows(call);
    };

    await place.validate(asVendor);

    expect(broken).toBe(true);
    expect(place.objects).toEqual([]);
  });

  test("cleans up when it is interrupted", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let puts = 0;
    place.allows = (call) => {
      if (call.operation === "s3:PutObject" && ++puts === 2) place.stop.abort(new Error("interrupted by SIGINT"));
      return allows(call);
    };

    const report = await place.validate(asVendor);

    expect(report.stopped).toBe("interrupted by SIGINT");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass performed");
    expect(place.objects).toEqual([]);
    expect(report.left).toEqual([]);
  });

  test("cleans up an interrupted validation with the role's own session when there is no deployer", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const allows = place.allows;
    let puts = 0;
    place.allows = (call) => {
      if (call.operation === "s3:PutObject" && ++puts === 3) place.stop.abort(new Error("interrupted by SIGTERM"));
      return allows(call);
    };

    const report = await place.validate({ sources: { deployer: { kind: "profile", name: "nobody" }, vendor, strangers: [] } });

    expect(report.stopped).toBe("interrupted by SIGTERM");
    expect(report.left).toEqual([]);
    expect(place.objects).toEqual([]);
  });

  test("says that a stand-in is of no use where there is no role", async () => {
    const report = await new FakeDestination(contractOf("sixsense")).validate({ asked: "stand-in" });

    expect(report.results.find(({ id }) => id === "role-session")?.cause).toBe(
      "--as stand-in needs a role, and this vendor gets access through the bucket policy",
    );
  });

  test("knows at any time what would stay if it were killed", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    let described: readonly unknown[] = [];
    place.allows = (call) => {
      if (call.operation === "s3:PutObjectAcl") described = place.killed?.() ?? [];
      return allows(call);
    };

    await place.validate(asVendor);

    expect(described.length).toBeGreaterThanOrEqual(3);
    expect(place.killed).toBeUndefined();
  });
});

describe("with the deployer's rights alone", () => {
  test("computes from the live policies and shows a canary", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    const report = await place.validate();

    expect(report.mode).toBe("deployer");
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass computed");
    expect(outcomeOf(report, "canary-put")).toBe("pass performed");
    expect(outcomeOf(report, "canary-http")).toBe("pass performed");
    expect(outcomeOf(report, "policy-not-public")).toBe("pass simulated");
    expect(place.objects).toEqual([]);
    expect(report.notChecked[0]).toContain("the vendor's own policies");
  });

  test("counts as simulated what AWS's policy simulator confirms, and takes a contradiction as unknown", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const answers: Record<string, string> = {
      "s3:PutObject": "allowed",
      "s3:ListBucket": "explicitDeny",
      "s3:DeleteBucket": "implicitDeny",
    };
    place.aws.plan("iam:SimulateCustomPolicy", ({ input }) => ({
      EvaluationResults: input.ActionNames.filter((action: string) => answers[action]).map((action: string) => ({
        EvalActionName: action,
        EvalDecision: "allowed",
        ResourceSpecificResults: input.ResourceArns.map((resource: string) => ({
          EvalResourceName: resource,
          EvalResourceDecision: input.ContextEntries[0].ContextKeyValues[0] === "false" ? "explicitDeny" : answers[action],
        })),
      })),
    }));

    const report = await place.validate();

    expect(outcomeOf(report, "vendor-can-put")).toBe("pass simulated");
    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("pass simulated");
    expect(outcomeOf(report, "vendor-cannot-delete-bucket")).toBe("pass simulated");
    expect(outcomeOf(report, "vendor-can-list")).toBe("unknown -");
    expect(outcomeOf(report, "vendor-can-delete")).toBe("pass computed");
  });

  test("does not ask the simulator about a bucket policy that names anybody: it does not know roles", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.policy = statement({ Principal: { AWS: "arn:aws:iam::111111111111:role/kandji-delivery" }, Action: "s3:*", Resource: "*" });

    await place.validate();

    expect(place.aws.made("iam:SimulateCustomPolicy")).toEqual([]);
  });

  test("never shows a computed allow as performed", async () => {
    const place = new FakeDestination(contractOf("sixsense"));

    const report = await place.validate();

    const asVendorPerformed = report.results.filter(({ id, evidence }) => id.startsWith("vendor-") && evidence !== "computed");
    expect(asVendorPerformed).toEqual([]);
  });

  test("fails when a principal of a live policy was deleted", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.trust = statement({ Principal: { AWS: "AROAEXAMPLEEXAMPLE123" }, Action: "sts:AssumeRole" });

    const report = await place.validate();

    expect(report.results.find(({ id }) => id === "principal-deleted")?.cause).toContain("AROAEXAMPLEEXAMPLE123");
    expect(outcomeOf(report, "vendor-can-assume-role")).not.toContain("pass");
  });

  test("fails when the role is not there", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    for (const operation of ["iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"] as const)
      place.aws.plan(operation, () => {
        throw awsError("NoSuchEntityException", 404);
      });

    const report = await place.validate();

    expect(outcomeOf(report, "role-exists")).toBe("fail performed");
    expect(outcomeOf(report, "vendor-can-put")).toBe("unknown -");
  });

  test("fails when the bucket is not there, and tries nothing", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:HeadBucket", () => {
      throw awsError("NotFound", 404);
    });

    const report = await place.validate();

    expect(outcomeOf(report, "bucket-exists")).toBe("fail performed");
    expect(place.aws.made("s3:PutObject")).toEqual([]);
  });

  test("cannot tell what a policy says that it may not read, and names the right that is missing", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:GetBucketPolicy", () => {
      throw denied();
    });

    const report = await place.validate();

    expect(outcomeOf(report, "stranger-cannot-put")).toBe("unknown -");
    expect(report.notChecked.join()).toContain("what s3:GetBucketPolicy would show: AccessDenied (HTTP 403)");
  });

  test("fails when a live policy differs from the state that the contract was found in, and shows the difference", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const before = await readAsPlanned(place);
    place.inline = statement({ Action: "s3:*", Resource: "*" });

    const report = await place.validate({}, before);

    const result = report.results.find(({ id }) => id === "drift-inline-policies");
    expect(result?.outcome).toBe("fail");
    expect(result?.cause).toContain('- {"Action":"s3:ListBucket"');
    expect(result?.cause).toContain('+ {"Action":"s3:*","Effect":"Allow","Resource":"*"}');
    expect(outcomeOf(report, "drift-bucket-policy")).toBe("absent");
  });

  test("takes policies as equal that AWS writes another way", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const before = await readAsPlanned(place);
    place.trust = {
      Statement: { Action: ["sts:AssumeRole"], Principal: { AWS: ["arn:aws:iam::222222222222:role/kandji-activity"] }, Effect: "Allow" },
    };

    expect(outcomeOf(await place.validate({}, before), "drift-trust-policy")).toBe("absent");
  });

  test("fails when the requester pays", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:GetBucketRequestPayment", () => ({ Payer: "Requester" }));

    expect(outcomeOf(await place.validate(), "requester-pays")).toBe("fail computed");
  });

  test("asks in the region that HeadBucket names, even where it refuses", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:HeadBucket", () => {
      throw awsError("PermanentRedirect", 301, "", { "x-amz-bucket-region": "eu-central-1" });
    });

    const report = await place.validate();

    expect(report.region).toBe("eu-central-1");
    expect(place.aws.made("s3:PutObject")[0]?.region).toBe("eu-central-1");
  });

  test("tries nothing over an endpoint that speaks plain HTTP, and says why", async () => {
    const place = new FakeDestination(contractOf("kandji"));

    const report = await place.validate({ endpoint: "http://localhost:4566" });

    expect(report.results.find(({ id }) => id === "endpoint-is-https")).toMatchObject({ outcome: "unknown" });
    expect(place.aws.made("s3:PutObject")).toEqual([]);
  });

  test("shows a live posture that is wrong with the values that are right", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:GetBucketVersioning", () => ({ Status: "Enabled", MFADelete: "Enabled" }));

    const report = await place.validate();

    expect(report.results.find(({ id }) => id === "versioning")).toMatchObject({ outcome: "fail", cause: "'versioning' is Enabled" });
    expect(outcomeOf(report, "objects-can-be-removed")).toBe("unknown -");
  });
});

describe("through a validator principal", () => {
  const validator = { principalArn: "arn:aws:iam::111111111111:role/deployer", sessionName: "validator-session" };

  test("acts with the destination role's own session, and leaves the vendor's assume computed", async () => {
    const place = new FakeDestination(contractOf("kandji", { validator }));

    const report = await place.validate();

    expect(report.mode).toBe("role");
    expect(place.aws.made("sts:AssumeRole")[0]?.input.RoleSessionName).toBe("validator-session");
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass computed");
  });

  test("fails when the validator may not assume the role, and says what the trust policy must hold", async () => {
    const place = new FakeDestination(contractOf("kandji", { validator }));
    place.allows = ({ who, operation, plainHttp }) => who === "environment" && operation !== "sts:AssumeRole" && !plainHttp;

    const report = await place.validate();

    expect(report.results.find(({ id }) => id === "role-session")).toMatchObject({
      outcome: "fail",
      evidence: "performed",
      remedy: "let the trust policy allow arn:aws:iam::111111111111:role/deployer, with the session name validator-session",
    });
  });

  test("falls back to the deployer's rights when the deployer is not the validator", async () => {
    const place = new FakeDestination(
      contractOf("kandji", { validator: { ...validator, principalArn: "arn:aws:iam::111111111111:role/other" } }),
    );

    expect((await place.validate()).mode).toBe("deployer");
  });
});

describe("by a stand-in role", () => {
  test("copies the role's permissions, uses them, counts as simulated, and deletes the role", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    const roles = new Map<string, string[]>();
    place.aws
      .plan("iam:CreateRole", ({ input }) => {
        roles.set(input.RoleName, []);
        return { Role: { Arn: `arn:aws:iam::111111111111:role/${input.RoleName}` } };
      })
      .plan("iam:PutRolePolicy", ({ input }) => void roles.get(input.RoleName)?.push(input.PolicyName))
      .plan("iam:DeleteRolePolicy", ({ input }) => void roles.get(input.RoleName)?.pop())
      .plan("iam:DeleteRole", ({ input }) => void roles.delete(input.RoleName));

    const report = await place.validate({ asked: "stand-in" });

    expect(outcomeOf(report, "vendor-can-put")).toBe("pass simulated");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass computed");
    expect(roles.size).toBe(0);
    expect(place.journal.open).toEqual([]);
    const trust = JSON.parse(place.aws.made("iam:CreateRole")[0]?.input.AssumeRolePolicyDocument);
    expect(trust.Statement[0].Condition.ArnLike["aws:PrincipalArn"]).toContain("arn:aws:iam::111111111111:role/deployer");
  });

  test("fails aloud when the stand-in cannot be deleted", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws
      .plan("iam:CreateRole", ({ input }) => ({ Role: { Arn: `arn:aws:iam::111111111111:role/${input.RoleName}` } }))
      .plan("iam:PutRolePolicy", () => ({}))
      .plan("iam:DeleteRolePolicy", () => ({}))
      .plan("iam:DeleteRole", () => {
        throw denied();
      });

    const report = await place.validate({ asked: "stand-in" });

    expect(report.left[0]?.what).toBe("role vendor-destination-stand-in-00000000");
    expect(report.left[0]?.command).toContain("aws iam delete-role --role-name vendor-destination-stand-in-00000000");
  });
});

describe("through the bucket policy", () => {
  test("lists, puts and sets ACLs as the vendor, shows that it cannot read or delete, and cleans up with the deployer's rights", async () => {
    const place = new FakeDestination(contractOf("sixsense"));

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-set-acl")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-get")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-cannot-delete")).toBe("pass performed");
    expect(place.objects).toEqual([]);
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  });

  test("fails when the bucket's ownership refuses ACLs, with that cause", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:PutObjectAcl", () => {
      throw awsError("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
    });

    const report = await place.validate(asVendor);

    const result = report.results.find(({ id }) => id === "vendor-can-set-acl");
    expect(result?.outcome).toBe("fail");
    expect(result?.cause).toContain("BucketOwnerEnforced");
    expect(result?.remedy).toContain("BucketOwnerPreferred");
  });

  test("cannot tell by a broken network, and takes the live policies for what must be refused alone", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    place.allows = (call) => {
      if (call.who === "vendor" && call.operation.startsWith("s3:"))
        throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return allows(call);
    };

    const report = await place.validate(asVendor);

    expect(outcomeOf(report, "vendor-can-put")).toBe("unknown -");
    expect(report.results.find(({ id }) => id === "vendor-can-put")?.cause).toContain("the endpoint cannot be reached");
    expect(outcomeOf(report, "vendor-cannot-put-over-http")).toBe("pass computed");
  });
});
