import { describe, expect, test } from "vitest";
import { readBack } from "../../../cli/live/read-back";
import { awsError, denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf, statement } from "../fake-destination";

/** What a state would say of the account as it stands. */
async function readAsPlanned(place: FakeDestination) {
  const where = { region: "eu-west-1", owner: undefined };
  return (await readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal: place.stop.signal })).account;
}

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

    const evidences = report.results.filter(({ id }) => id.startsWith("vendor-")).map(({ evidence }) => evidence);
    expect(new Set(evidences)).toEqual(new Set(["computed", "proved"]));
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

describe("a bucket policy that denies its own account", () => {
  /** AWS denies every request to the bucket, with this message. */
  function lockedOut(message: string): FakeDestination {
    const place = new FakeDestination(contractOf("sixsense"));
    const allows = place.allows;
    place.allows = (call) => {
      if (call.operation.startsWith("s3:")) throw denied(message);
      return allows(call);
    };
    return place;
  }
  const EXPLICIT = "User: x is not authorized to perform: s3:GetBucketPolicy with an explicit deny in a resource-based policy";

  test("fails with that cause, and names the statement that the plan has", async () => {
    const before = await readAsPlanned(new FakeDestination(contractOf("sixsense")));

    const report = await lockedOut(EXPLICIT).validate({}, before);

    expect(report.results.find(({ id }) => id === "policy-denies-its-owner")).toMatchObject({
      outcome: "fail",
      cause:
        'the policy cannot be read because a Deny statement of it matches its own account; most likely "AllowSSLRequestsOnly", changed by hand',
      remedy: expect.stringContaining("aws s3api delete-bucket-policy --bucket acme.6sense.staging"),
    });
  });

  test("is unknown where AWS does not name the Deny, and names the statement without a plan", async () => {
    const report = await lockedOut("Access Denied").validate();

    const result = report.results.find(({ id }) => id === "policy-denies-its-owner");
    expect(result?.outcome).toBe("unknown");
    expect(result?.cause).toContain('most likely "AllowSSLRequestsOnly"');
  });

  test("is not suspected where one right is missing", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:GetBucketPolicy", () => {
      throw denied();
    });

    expect(outcomeOf(await place.validate(), "policy-denies-its-owner")).toBe("absent");
  });
});
