/** Everybody whom the live policies name is judged by name, with the contract alone. */
import { describe, expect, test } from "vitest";
import type { DestinationReport } from "../../../cli/report/validate/types";
import type { DeliveryContract } from "../../../lib/contract";
import { denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

const FOREIGN = "arn:aws:iam::333333333333:root";
const BUCKET = "arn:aws:s3:::acme.6sense.staging";
const CANONICAL = "f".repeat(64);

function withStatement(statement: object, name: "kandji" | "sixsense" = "sixsense"): FakeDestination {
  const place = new FakeDestination(contractOf(name));
  (place.policy as { Statement: object[] }).Statement.push({ Effect: "Allow", ...statement });
  return place;
}

function failedIds({ results }: DestinationReport): string[] {
  return results.filter(({ outcome }) => outcome === "fail").map(({ id }) => id);
}

const passes = (report: DestinationReport, id: string) => report.results.some((result) => result.id === id && result.outcome === "pass");

describe("a principal that the live bucket policy names and no contract does", () => {
  test("fails, and with it every expectation about another account that it breaks", async () => {
    const place = withStatement({
      Sid: "Added",
      Principal: { AWS: FOREIGN },
      Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:PutBucketPolicy"],
      Resource: [BUCKET, `${BUCKET}/*`],
    });

    const report = await place.validate();

    expect(failedIds(report)).toEqual(
      expect.arrayContaining([
        "stranger-cannot-put",
        "stranger-cannot-get",
        "stranger-cannot-list",
        "unexpected-principal",
        "control-rights-for-others",
      ]),
    );
    expect(report.results.find(({ id }) => id === "stranger-cannot-put")).toMatchObject({
      cause: expect.stringContaining(`the live bucket policy allows ${FOREIGN} s3:PutObject`),
      remedy: `remove ${FOREIGN} from "Added" of the bucket policy, or define a destination for it`,
    });
  });

  test("breaks an expectation also where the statement covers another prefix", async () => {
    const place = withStatement({ Principal: { AWS: "333333333333" }, Action: "s3:GetObject", Resource: `${BUCKET}/exports/*` });

    const report = await place.validate();

    expect(outcomeOf(report, "stranger-cannot-get")).toBe("fail computed");
    expect(outcomeOf(report, "stranger-cannot-put")).toBe("pass computed");
  });

  test("of the vendor's account breaks what another principal of that account cannot do", async () => {
    const place = withStatement({
      Principal: { AWS: "arn:aws:iam::222222222222:role/other" },
      Action: "s3:GetObject",
      Resource: `${BUCKET}/*`,
    });

    const report = await place.validate();

    expect(outcomeOf(report, "stranger-in-vendor-account-cannot-get")).toBe("fail computed");
    expect(outcomeOf(report, "stranger-cannot-get")).toBe("pass computed");
  });

  test("cannot be told where a condition depends on the request, and no ✓ stands beside it", async () => {
    const place = withStatement({
      Principal: { AWS: FOREIGN },
      Action: "s3:GetObject",
      Resource: `${BUCKET}/*`,
      Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
    });

    const report = await place.validate();

    expect(passes(report, "stranger-cannot-get")).toBe(false);
    expect(failedIds(report)).toContain("unexpected-principal");
  });

  test("is expected where another contract of the same bucket names it", async () => {
    const neighbour: DeliveryContract = contractOf("sixsense", {
      id: "other",
      vendorPrincipals: ["arn:aws:iam::333333333333:role/other-vendor"],
    });
    const place = withStatement({
      Principal: { AWS: "arn:aws:iam::333333333333:role/other-vendor" },
      Action: "s3:PutObject",
      Resource: `${BUCKET}/*`,
    });

    const report = await place.validate({ contracts: [place.contract, neighbour] });

    expect(failedIds(report).filter((id) => id !== "acl-rights-for-others")).toEqual([]);
  });
});

test("a principal that the live trust policy names and no contract does breaks what another account cannot do", async () => {
  const place = new FakeDestination(contractOf("kandji"));
  (place.trust as { Statement: object[] }).Statement.push({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::333333333333:role/ci" },
    Action: "sts:AssumeRole",
  });

  const report = await place.validate();

  expect(failedIds(report)).toEqual(expect.arrayContaining(["stranger-cannot-assume-role", "unexpected-principal"]));
});

describe("the bucket's ACL", () => {
  function withGrant(grantee: object, permission: string): FakeDestination {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:GetBucketAcl", () => ({ Owner: { ID: "0" }, Grants: [{ Grantee: grantee, Permission: permission }] }));
    return place;
  }

  test.each(["READ", "WRITE", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"])(
    "fails where it gives another canonical user %s",
    async (permission) => {
      const report = await withGrant({ Type: "CanonicalUser", ID: CANONICAL }, permission).validate();

      expect(report.results.find(({ id }) => id === "acl-for-others")).toMatchObject({
        outcome: "fail",
        cause: `the bucket's ACL gives the canonical user ${CANONICAL} ${permission}`,
      });
      expect(passes(report, "stranger-cannot-list")).toBe(!["READ", "WRITE_ACP", "FULL_CONTROL"].includes(permission));
      expect(passes(report, "stranger-cannot-put")).toBe(!["WRITE", "WRITE_ACP", "FULL_CONTROL"].includes(permission));
    },
  );

  test("fails where it is public, even if Block Public Access ignores it", async () => {
    const report = await withGrant({ Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" }, "READ").validate();

    expect(outcomeOf(report, "public-bucket-acl")).toBe("fail computed");
    expect(outcomeOf(report, "anonymous-cannot-list")).toMatch(/^pass/);
  });

  test("leaves unknown what it decides where it cannot be read and ACLs are enabled", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:GetBucketAcl", () => {
      throw denied();
    });

    const report = await place.validate();

    expect(report.results.find(({ id }) => id === "stranger-cannot-put")).toMatchObject({
      outcome: "unknown",
      cause: "the bucket's ACL could not be read: s3:GetBucketAcl is missing",
    });
    expect(report.notChecked.join("\n")).toContain("what s3:GetBucketAcl would show");
  });

  test("does not matter where it cannot be read and ACLs are disabled", async () => {
    const place = new FakeDestination(contractOf("kandji"));
    place.aws.plan("s3:GetBucketAcl", () => {
      throw denied();
    });

    expect(outcomeOf(await place.validate(), "stranger-cannot-put")).toBe("pass computed");
  });
});
