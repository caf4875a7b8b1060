import { describe, expect, test } from "vitest";
import { member, resolveTemplate, resolveValue } from "./expressions";

const values = { aws_iam_role: { vendor: { arn: "arn:aws:iam::111111111111:role/vendor", tags: { owner: "a" }, rules: [{ days: 7 }] } } };
const lookup = (path: readonly string[]) => path.reduce(member, values as unknown);
const resolve = (text: string) => resolveTemplate(text, lookup);

describe("the test double's expressions", () => {
  test.each([
    ["plain", "plain"],
    ["", ""],
    ["a ${aws_iam_role.vendor.arn} b", "a arn:aws:iam::111111111111:role/vendor b"],
    ["${aws_iam_role.vendor.tags}", { owner: "a" }],
    ["${aws_iam_role.vendor.rules[0].days}", 7],
    ["$${aws:username} %%{ if }", "${aws:username} %{ if }"],
    ['${element(split(":", aws_iam_role.vendor.arn), 4)}', "111111111111"],
    ['${jsonencode({"b" = [1, true, null], a = "<${aws_iam_role.vendor.tags.owner}>"})}', '{"a":"\\u003ca\\u003e","b":[1,true,null]}'],
    ['${join("-", ["a", "b\\"}\\u0041"])}', 'a-b"}A'],
    ["${jsondecode(jsonencode({a: 1})).a}", 1],
  ])("resolves %j", (text, expected) => {
    expect(resolve(text)).toEqual(expected);
  });

  test("resolves within objects and lists, and keeps what is no text", () => {
    const value = { list: ["${aws_iam_role.vendor.tags.owner}", 1], none: null, yes: true };

    expect(resolveValue(value, lookup)).toEqual({ list: ["a", 1], none: null, yes: true });
  });

  test.each([
    ["${aws_iam_role.other.arn}", 'has no member "other"'],
    ["${timestamp()}", 'function "timestamp" is not supported'],
    ["${constructor()}", 'function "constructor" is not supported'],
    ["${1 + 1}", 'expected "}"'],
    ["${aws_iam_role.vendor.arn", 'expected "}"'],
    ['${"a}', "unfinished text"],
    ["%{ if true }a%{ endif }", "template directives are not supported"],
    ["a ${aws_iam_role.vendor.tags}", "cannot be part of a text"],
  ])("fails for %j", (text, reason) => {
    expect(() => resolve(text)).toThrow(reason);
  });
});
