/** What a setting of the bucket opens, and the nearest setting that opens nothing. */
import { describe, expect, test } from "vitest";
import { awsError } from "../fake-aws";
import { CUSTOMER, OWNER_ID } from "../fake-destination";
import { EnforcedDestination } from "../validate/enforced";

const SIXSENSE = "arn:aws:s3:::acme.6sense.staging";

async function failed(edit: (place: EnforcedDestination) => void) {
  const place = new EnforcedDestination("sixsense");
  edit(place);
  const { results } = await place.validate({ asked: "deployer" });
  return results.filter(({ outcome }) => outcome !== "pass").map(({ id, cause }) => `${id}: ${cause}`);
}

describe("a service that acts for a bucket", () => {
  const serving = (Condition: object) => (place: EnforcedDestination) => {
    place.aws.plan("s3:HeadBucket", ({ input }) => {
      if (input.Bucket === "foreign-bucket") throw awsError("Forbidden", 403);
      return { BucketRegion: "eu-west-1" };
    });
    place.statements(place.policy).push({
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${SIXSENSE}/*`,
      Condition,
    });
  };

  test.each([
    ["ArnLike", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::foreign-bucket" } }],
    ["StringEquals", { StringEquals: { "aws:SourceArn": ["arn:aws:s3:::own-bucket", "arn:aws:s3:::foreign-bucket"] } }],
  ])("fails for another account's bucket, by %s", async (_, condition) => {
    expect(await failed(serving(condition))).toEqual([
      "sources-stay-in-account: the bucket policy lets logging.s3.amazonaws.com act for the bucket foreign-bucket, which is not known to be yours",
    ]);
  });

  test.each([
    ["an own bucket", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::own-bucket" } }],
    ["the bucket itself", { ArnLike: { "aws:SourceArn": SIXSENSE } }],
    [
      "any bucket of the own account",
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::foreign-bucket" }, StringEquals: { "aws:SourceAccount": CUSTOMER } },
    ],
  ])("is fine for %s", async (_, condition) => {
    expect(await failed(serving(condition))).toEqual([]);
  });
});

describe("a grant of the ACL to S3's log delivery", () => {
  const granting = (Permission: string) => (place: EnforcedDestination) =>
    place.answer("s3:GetBucketAcl", () => ({
      Owner: { ID: OWNER_ID },
      Grants: [{ Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" }, Permission }],
    }));

  test.each(["READ", "WRITE_ACP", "FULL_CONTROL"])("fails for %s, which no log needs", async (permission) => {
    expect(await failed(granting(permission))).toContain(`acl-for-others: the bucket's ACL gives S3 log delivery ${permission}`);
  });

  test.each(["WRITE", "READ_ACP"])("is fine for %s, with which S3 stores logs of the same account", async (permission) => {
    expect(await failed(granting(permission))).toEqual([]);
  });
});

test("a public statement is to be made less public, not narrowed for the vendor", async () => {
  const place = new EnforcedDestination("sixsense");
  place.statements(place.policy).push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${SIXSENSE}/*` });

  const { results } = await place.validate({ asked: "deployer" });
  const remedyOf = (id: string) => results.find((result) => result.id === id)?.remedy;

  expect(remedyOf("vendor-can-put")).toBe(
    "name the principals of statement 4 of the resource policy, or restrict it to fixed values, so that it is no longer public",
  );
  expect(remedyOf("vendor-can-deliver-every-key")).toBe(
    "name the principals of the public statement, or restrict it to fixed values, so that it is no longer public",
  );
});
