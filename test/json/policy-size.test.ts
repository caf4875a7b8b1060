import { expect, it } from "vitest";
import { bucketPolicyBytes, iamCharacters } from "../../lib/json";

const POLICY = { Statement: { Sid: "é", Effect: "Allow" } };

it("IAM counts characters without white space, however short the text", () => {
  expect(iamCharacters(JSON.stringify(POLICY, null, 2))).toBe(JSON.stringify(POLICY).length);
});

it("S3 counts bytes of UTF-8", () => {
  expect(bucketPolicyBytes(JSON.stringify(POLICY))).toBe(JSON.stringify(POLICY).length + 1);
});

it.each([
  { Sid: "white space \t in \n strings" },
  { Sid: 'quotes " x', Effect: "Allow" },
  { Sid: "a backslash at the end \\", Effect: "Allow" },
  { Sid: 'both \\" x', Statement: [{ Effect: "Deny" }, {}] },
])("S3 gets a bucket policy without the white space between its members: %j", (policy) => {
  const compact = JSON.stringify(policy).length;

  for (const space of [0, 2, "\t"]) expect(bucketPolicyBytes(JSON.stringify(policy, null, space))).toBe(compact);
  expect(bucketPolicyBytes(JSON.stringify(policy, null, 2).replaceAll("\n", "\r\n"))).toBe(compact);
});
