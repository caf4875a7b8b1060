import { expect, it } from "vitest";
import { iamCharacters, utf8Bytes } from "../../lib/json";

const POLICY = { Statement: { Sid: "é", Effect: "Allow" } };

it("IAM counts characters without white space, however short the text", () => {
  expect(iamCharacters(JSON.stringify(POLICY, null, 2))).toBe(JSON.stringify(POLICY).length);
});

it("S3 counts bytes of UTF-8 with white space", () => {
  expect(utf8Bytes(JSON.stringify(POLICY))).toBe(JSON.stringify(POLICY).length + 1);
  expect(utf8Bytes("é \n")).toBe(4);
});
