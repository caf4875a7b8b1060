import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeTemplate, hasExpression, literalText, templateExpression, templateParts } from "../../lib/policy/template";

/** Expressions in brackets, everything else as it stands. */
const shown = (text: string) => templateParts(text).map((part) => (part.isExpression ? `[${part.text}]` : part.text));

describe("the parts of a text", () => {
  test.each([
    ["", []],
    ["plain", ["plain"]],
    ["${var.x}", ["[${var.x}]"]],
    ["a${var.x}b${var.y}c", ["a", "[${var.x}]", "b", "[${var.y}]", "c"]],
    ['${lookup({a = "}"}, "a")}}', ['[${lookup({a = "}"}, "a")}]', "}"]],
    ['${"${"a}"}"}b', ['[${"${"a}"}"}]', "b"]],
    ['${"\\"}"}b', ['[${"\\"}"}]', "b"]],
    ['${"$${}"}b', ['[${"$${}"}]', "b"]],
    ["$${var.x}", ["${var.x}"]],
    ["%%{if}", ["%{if}"]],
    ["%{if}", ["%{if}"]],
    ["${aws:username}", ["${aws:username}"]],
    ["${*}${?}${$}", ["${*}${?}${$}"]],
    ["${aws:PrincipalTag/a-b, 'x y'}", ["${aws:PrincipalTag/a-b, 'x y'}"]],
    ["${provider::aws::arn_parse(var.x)}", ["[${provider::aws::arn_parse(var.x)}]"]],
    ["${var.a ? var.b : var.c}", ["[${var.a ? var.b : var.c}]"]],
    ["a${var.x", ["a", "[${var.x]"]],
  ])("%j", (text, parts) => {
    expect(shown(text)).toEqual(parts);
  });
});

describe("a literal text", () => {
  test("is the same after it was escaped and read again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a", '"', "\\") }), (text) => {
        const meant = text.replace(/\$+(?=\{)/g, "$").replace(/%+(?=\{)/g, "%");

        expect(literalText(escapeTemplate(meant))).toBe(meant);
        expect(hasExpression(escapeTemplate(meant))).toBe(false);
      }),
    );
  });

  test("is quoted for Terraform, which knows no \\b and no \\f", () => {
    expect(templateExpression('a"\\\n\b\f\\b${var.x}"')).toBe('"a\\"\\\\\\n\\u0008\\u000c\\\\b${var.x}\\""');
  });

  test.each([
    ["${var.x}", "var.x"],
    ["${~ var.x ~}", "var.x"],
    ["${var.x}${var.y}", '"${var.x}${var.y}"'],
    ["$${var.x}", '"$${var.x}"'],
    ["", '""'],
  ])("is the expression itself where it is nothing but one: %j", (text, expression) => {
    expect(templateExpression(text)).toBe(expression);
  });
});
