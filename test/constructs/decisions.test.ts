/** For each allow in the synthesized policies the request it is for, and the nearest requests that must be denied. */
import { describe, expect, test } from "vitest";
import { AuditLogFrequency, VendorPermissions } from "../../lib";
import { compilePolicy, decide } from "../../lib/evaluate";
import type { AccessRequest } from "../../lib/evaluate/types";
import { kandji, type Synthesized, sixSense } from "./synthesized";

type Verdict = "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied";
type Row = readonly [request: string, principal: string, action: string, resource: string, verdict: Verdict, http?: true];

function named(rows: readonly Row[]): { name: string; row: Row }[] {
  return rows.map((row) => ({ name: row[0], row }));
}

const CUSTOMER = "111111111111";

function request(principal: string, action: string, resource: string, http?: true): AccessRequest {
  const account = principal === "*" ? undefined : principal.split(":")[4]!;
  return {
    principal,
    action,
    resource,
    resourceAccount: CUSTOMER,
    context: {
      "aws:SecureTransport": http ? "false" : "true",
      "sts:RoleSessionName": "delivery",
      ...(account && { "aws:PrincipalArn": principal, "aws:PrincipalAccount": account }),
    },
  };
}

const KANDJI_ROLE = "arn:aws:iam::222222222222:role/kandji-activity";
const OUR_ROLE = `arn:aws:iam::${CUSTOMER}:role/kandji-acme-kandji-activity`;
const BUCKET = "arn:aws:s3:::acme-kandji-activity";

describe("who may assume Kandji's role", () => {
  const trust = (synthesized: Synthesized) => compilePolicy(synthesized.trustPolicy, "trust", {});
  const trustPolicyOfKandji = trust(kandji());
  const rows: Row[] = [
    ["the vendor's role", KANDJI_ROLE, "sts:AssumeRole", OUR_ROLE, "Allowed"],
    ["a role whose name goes on", `${KANDJI_ROLE}-2`, "sts:AssumeRole", OUR_ROLE, "ImplicitlyDenied"],
    ["the same name below a path", "arn:aws:iam::222222222222:role/x/kandji-activity", "sts:AssumeRole", OUR_ROLE, "ImplicitlyDenied"],
    ["a user of that name", "arn:aws:iam::222222222222:user/kandji-activity", "sts:AssumeRole", OUR_ROLE, "ImplicitlyDenied"],
    [
      "the same role name in another account",
      "arn:aws:iam::333333333333:role/kandji-activity",
      "sts:AssumeRole",
      OUR_ROLE,
      "ImplicitlyDenied",
    ],
    ["the root of the vendor's account", "arn:aws:iam::222222222222:root", "sts:AssumeRole", OUR_ROLE, "ImplicitlyDenied"],
    ["nobody known", "*", "sts:AssumeRole", OUR_ROLE, "ImplicitlyDenied"],
    ["the vendor's role, with a web identity", KANDJI_ROLE, "sts:AssumeRoleWithWebIdentity", OUR_ROLE, "ImplicitlyDenied"],
    ["the vendor's role, tagging its session", KANDJI_ROLE, "sts:TagSession", OUR_ROLE, "ImplicitlyDenied"],
  ];

  test.each(named(rows))("$name", ({ row: [, principal, action, resource, verdict] }) => {
    const decision = decide(request(principal, action, resource), { trustPolicy: trustPolicyOfKandji });

    expect(decision.verdict).toBe(verdict);
  });

  test("a validator, under its own session name and no other", () => {
    const validator = `arn:aws:iam::${CUSTOMER}:role/deploy`;
    const trustPolicy = trust(kandji({ validatorPrincipalArn: validator }));
    const as = (session: string) => {
      const { context, ...rest } = request(validator, "sts:AssumeRole", OUR_ROLE);
      return decide({ ...rest, context: { ...context, "sts:RoleSessionName": session } }, { trustPolicy }).verdict;
    };

    expect(as("vendor-destination-validation")).toBe("Allowed");
    expect(as("vendor-destination-validation-2")).toBe("ImplicitlyDenied");
  });
});

describe("what Kandji's role may do", () => {
  const verdict = (synthesized: Synthesized, [, principal, action, resource, , http]: Row) =>
    decide(request(principal, action, resource, http), {
      identityPolicies: [compilePolicy(synthesized.inlinePolicy, "identity", {})],
      resourcePolicy: compilePolicy(synthesized.bucketPolicy, "resource", {}),
    }).verdict;

  const documented: Row[] = [
    ["list the bucket", OUR_ROLE, "s3:ListBucket", BUCKET, "Allowed"],
    ["list it over plain HTTP", OUR_ROLE, "s3:ListBucket", BUCKET, "ExplicitlyDenied", true],
    ["list its versions", OUR_ROLE, "s3:ListBucketVersions", BUCKET, "ImplicitlyDenied"],
    ["list another bucket", OUR_ROLE, "s3:ListBucket", `${BUCKET}-2`, "ImplicitlyDenied"],
    ["put an object", OUR_ROLE, "s3:PutObject", `${BUCKET}/activity/1.json`, "Allowed"],
    ["put an object over plain HTTP", OUR_ROLE, "s3:PutObject", `${BUCKET}/activity/1.json`, "ExplicitlyDenied", true],
    ["put an object into another bucket", OUR_ROLE, "s3:PutObject", `${BUCKET}-2/1.json`, "ImplicitlyDenied"],
    ["delete an object", OUR_ROLE, "s3:DeleteObject", `${BUCKET}/1.json`, "Allowed"],
    ["get an object: s3:* is documented", OUR_ROLE, "s3:GetObject", `${BUCKET}/1.json`, "Allowed"],
    ["change the bucket policy", OUR_ROLE, "s3:PutBucketPolicy", BUCKET, "ImplicitlyDenied"],
    ["delete the bucket", OUR_ROLE, "s3:DeleteBucket", BUCKET, "ImplicitlyDenied"],
    ["list all buckets", OUR_ROLE, "s3:ListAllMyBuckets", "*", "ImplicitlyDenied"],
  ];
  const asDocumented = kandji({ destinationPath: "activity" });
  test.each(named(documented))("as documented: $name", ({ row }) => {
    expect(verdict(asDocumented, row)).toBe(row[4]);
  });

  const least: Row[] = [
    ["put an object below the path", OUR_ROLE, "s3:PutObject", `${BUCKET}/activity/1.json`, "Allowed"],
    ["put an object beside the path", OUR_ROLE, "s3:PutObject", `${BUCKET}/1.json`, "ImplicitlyDenied"],
    ["put an object where the path only begins", OUR_ROLE, "s3:PutObject", `${BUCKET}/activity-2/1.json`, "ImplicitlyDenied"],
    ["delete an object below the path", OUR_ROLE, "s3:DeleteObject", `${BUCKET}/activity/1.json`, "Allowed"],
    ["delete a version", OUR_ROLE, "s3:DeleteObjectVersion", `${BUCKET}/activity/1.json`, "ImplicitlyDenied"],
    ["get an object", OUR_ROLE, "s3:GetObject", `${BUCKET}/activity/1.json`, "ImplicitlyDenied"],
    ["set an ACL", OUR_ROLE, "s3:PutObjectAcl", `${BUCKET}/activity/1.json`, "ImplicitlyDenied"],
    ["abort an upload", OUR_ROLE, "s3:AbortMultipartUpload", `${BUCKET}/activity/1.json`, "Allowed"],
  ];
  const narrowed = kandji({ destinationPath: "activity", permissions: VendorPermissions.LEAST_PRIVILEGE });
  test.each(named(least))("with least privilege: $name", ({ row }) => {
    expect(verdict(narrowed, row)).toBe(row[4]);
  });

  test.each([
    ["the vendor's own role, without assuming ours", KANDJI_ROLE],
    ["a stranger", "arn:aws:iam::333333333333:role/x"],
    ["nobody known", "*"],
  ])("fails for %s", (_, principal) => {
    const resourcePolicy = compilePolicy(kandji().bucketPolicy, "resource", {});

    expect(decide(request(principal, "s3:PutObject", `${BUCKET}/1.json`), { resourcePolicy }).verdict).toBe("ImplicitlyDenied");
  });
});

describe("what 6sense's role may do", () => {
  const VENDOR = "arn:aws:iam::222222222222:role/6sense-common";
  const STAGING = "arn:aws:s3:::acme.6sense.staging";
  const rows: Row[] = [
    ["list the bucket", VENDOR, "s3:ListBucket", STAGING, "Allowed"],
    ["list it over plain HTTP", VENDOR, "s3:ListBucket", STAGING, "ExplicitlyDenied", true],
    ["put an object", VENDOR, "s3:PutObject", `${STAGING}/data-packs/1.csv`, "Allowed"],
    ["put an object over plain HTTP", VENDOR, "s3:PutObject", `${STAGING}/data-packs/1.csv`, "ExplicitlyDenied", true],
    ["put an object anywhere: no limit is documented", VENDOR, "s3:PutObject", `${STAGING}/1.csv`, "Allowed"],
    ["set an object's ACL", VENDOR, "s3:PutObjectAcl", `${STAGING}/data-packs/1.csv`, "Allowed"],
    ["set a version's ACL", VENDOR, "s3:PutObjectVersionAcl", `${STAGING}/data-packs/1.csv`, "ImplicitlyDenied"],
    ["set the bucket's ACL", VENDOR, "s3:PutBucketAcl", STAGING, "ImplicitlyDenied"],
    ["get an object", VENDOR, "s3:GetObject", `${STAGING}/data-packs/1.csv`, "ImplicitlyDenied"],
    ["delete an object", VENDOR, "s3:DeleteObject", `${STAGING}/data-packs/1.csv`, "ImplicitlyDenied"],
    ["read the bucket policy", VENDOR, "s3:GetBucketPolicy", STAGING, "ImplicitlyDenied"],
    ["change the bucket policy", VENDOR, "s3:PutBucketPolicy", STAGING, "ImplicitlyDenied"],
    ["put an object, as a role whose name goes on", `${VENDOR}-2`, "s3:PutObject", `${STAGING}/1.csv`, "ImplicitlyDenied"],
    ["put an object, as the account's root", "arn:aws:iam::222222222222:root", "s3:PutObject", `${STAGING}/1.csv`, "ImplicitlyDenied"],
    [
      "put an object, as another account's role",
      "arn:aws:iam::333333333333:role/6sense-common",
      "s3:PutObject",
      `${STAGING}/1.csv`,
      "ImplicitlyDenied",
    ],
    ["put an object, as nobody known", "*", "s3:PutObject", `${STAGING}/1.csv`, "ImplicitlyDenied"],
  ];
  const resourcePolicy = compilePolicy(sixSense().bucketPolicy, "resource", {});
  test.each(named(rows))("$name", ({ row: [, principal, action, resource, verdict, http] }) => {
    expect(decide(request(principal, action, resource, http), { resourcePolicy }).verdict).toBe(verdict);
  });

  test("with least privilege put ends at the file paths", () => {
    const synthesized = sixSense({
      permissions: VendorPermissions.LEAST_PRIVILEGE,
      auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY },
    });
    const narrowed = compilePolicy(synthesized.bucketPolicy, "resource", {});
    const verdict = (key: string) => decide(request(VENDOR, "s3:PutObject", `${STAGING}/${key}`), { resourcePolicy: narrowed }).verdict;

    expect(["data-packs/1", "audit/1", "audit2/1", "1"].map(verdict)).toEqual([
      "Allowed",
      "Allowed",
      "ImplicitlyDenied",
      "ImplicitlyDenied",
    ]);
  });
});
