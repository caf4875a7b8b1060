import { expect, it } from "vitest";
import { escapeUnknown, quoteUnknown, showUnknownInJson, unescapeUnknown, unknownText, withoutMarks } from "../../lib/unknown";

const BUCKET = unknownText('aws_s3_bucket.b["x"]');

it("placeholders survive JSON.stringify and JSON.parse", () => {
  const value = { a: `${BUCKET}/*`, b: 'quote " and \\u0000' };
  const text = unescapeUnknown(JSON.stringify(value));

  expect(text).toContain(`${BUCKET}/*`);
  expect(JSON.parse(escapeUnknown(text))).toEqual(value);
});

it("a placeholder in the place of a value becomes a string", () => {
  expect(JSON.parse(quoteUnknown(`{"a": ${BUCKET}, "b": "${BUCKET}/*"}`))).toEqual({ a: BUCKET, b: `${BUCKET}/*` });
});

it("an escaped U+0000 in the text cannot fake a placeholder", () => {
  expect(JSON.parse(quoteUnknown(`{"a": "\\u0000x\\u0000", "b": ${BUCKET}}`))).toEqual({ a: "\ufffdx\ufffd", b: BUCKET });
  expect(withoutMarks(`a${unknownText("x")}`)).toBe("a\ufffdx\ufffd");
});

it("JSON is shown with names in braces, without kinds", () => {
  expect(showUnknownInJson(JSON.stringify({ a: unknownText("var.x", "name"), b: unknownText("var.y") }))).toBe(
    '{"a":"${var.x}","b":"${var.y}"}',
  );
});
