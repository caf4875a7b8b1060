/** The ids of scanners are those of checks that can find something in a destination of this shape. */
import { expect, test } from "vitest";
import { scannerIds } from "../../lib/rules";
import type { DestinationShape } from "../../lib/rules/scanner-ids";

const shape = (change: Partial<DestinationShape>): DestinationShape => ({
  door: "assumedRole",
  vendorPrincipals: ["222222222222"],
  externalIds: [],
  ...change,
});
const ROLE = { vendorPrincipals: ["arn:aws:iam::222222222222:role/vendor"] };
const BUCKET_POLICY = shape({ ...ROLE, door: "bucketPolicy" });

test.each([
  ["a role that trusts a whole account", {}, ["CKV_AWS_61"]],
  ["a role that trusts the root of an account", { vendorPrincipals: ["arn:aws:iam::222222222222:root"] }, ["CKV_AWS_61"]],
  ["a role that trusts a whole account with an external ID", { externalIds: ["x"] }, []],
  ["a role that trusts one role", ROLE, []],
  ["a bucket policy", { door: "bucketPolicy" } as const, []],
])("checkov reports cross-account trust of %s", (_, change, expected) => {
  expect(scannerIds("R-xacct", shape(change)).checkov).toEqual(expected);
});

test("checks of bucket policies are for grants in the bucket policy", () => {
  expect(scannerIds("R-xacct", BUCKET_POLICY).prowler).toEqual(["s3_bucket_cross_account_access"]);
  expect(scannerIds("R-xacct", shape(ROLE)).prowler).toEqual([]);
  expect(scannerIds("R-acl", BUCKET_POLICY).securityHub).toEqual(["S3.6", "S3.12"]);
  expect(scannerIds("R-acl", shape(ROLE)).securityHub).toEqual(["S3.12"]);
});

test("checks of role policies are for grants in the role", () => {
  expect(scannerIds("R-wild", shape(ROLE)).trivy).toEqual(["AWS-0345"]);
  expect(scannerIds("R-wild", BUCKET_POLICY).trivy).toEqual([]);
});

test("an unknown code has none", () => {
  expect(scannerIds("R-new", BUCKET_POLICY)).toEqual({ checkov: [], trivy: [], prowler: [], securityHub: [], cis: [] });
});
