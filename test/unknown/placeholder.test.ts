import { describe, expect, it } from "vitest";
import {
  fillUnknown,
  indexOfUnknown,
  isUnknown,
  isWhollyUnknown,
  kindOfUnknown,
  lowerCase,
  maskUnknown,
  nameUnknown,
  renameUnknown,
  showUnknown,
  splitAtUnknown,
  stripUnknown,
  unknownPattern,
  unknownText,
} from "../../lib/unknown";

const BUCKET = unknownText("aws_s3_bucket.b:/x");
const NAMED = unknownText("var.name", "name");

describe("a value is unknown", () => {
  it("where it is one placeholder, with or without a kind", () => {
    expect([BUCKET, NAMED].map(isUnknown)).toEqual([true, true]);
  });

  it("not where any of it is known, or where it is no text", () => {
    expect([`${BUCKET}/*`, `a${BUCKET}`, BUCKET + NAMED, "", "\u0000", 7, undefined].map(isUnknown)).toEqual(Array(7).fill(false));
  });

  it("wholly also with white space around it", () => {
    expect([`\n ${BUCKET} `, BUCKET].map(isWhollyUnknown)).toEqual([true, true]);
    expect([` ${BUCKET}`].map(isUnknown)).toEqual([false]);
    expect([`x ${BUCKET}`, " ", 7].map(isWhollyUnknown)).toEqual([false, false, false]);
  });
});

describe("a text with placeholders", () => {
  const text = `arn:${BUCKET}/A${NAMED}`;

  it("is shown with the names in braces", () => {
    expect(showUnknown(text)).toBe("arn:${aws_s3_bucket.b:/x}/A${var.name}");
    expect(nameUnknown(text)).toBe("arn:aws_s3_bucket.b:/x/Avar.name");
  });

  it("loses them, or has something else in their place", () => {
    expect(stripUnknown(text)).toBe("arn:/A");
    expect(fillUnknown(text, "$&")).toBe("arn:$&/A$&");
  });

  it("keeps its length behind a mask that has no characters of their names", () => {
    expect(maskUnknown(text)).toHaveLength(text.length);
    expect(maskUnknown(text).trim().split(/\s+/)).toEqual(["arn:", "/A"]);
  });

  it("splits into known text and placeholders in turn, and joins again", () => {
    expect(splitAtUnknown(text)).toEqual(["arn:", BUCKET, "/A", NAMED, ""]);
    expect(splitAtUnknown("known")).toEqual(["known"]);
    expect(indexOfUnknown(text)).toBe(4);
  });

  it("has lower case only in what is known", () => {
    expect(lowerCase(`ARN:${unknownText("Var.X")}`)).toBe(`arn:${unknownText("Var.X")}`);
  });

  it("keeps the kinds of its placeholders under other names", () => {
    expect(kindOfUnknown(NAMED)).toBe("name");
    expect(renameUnknown(text, (source) => `${source} of a`)).toBe(
      `arn:${unknownText("aws_s3_bucket.b:/x of a")}/A${unknownText("var.name of a", "name")}`,
    );
  });
});

it("a pattern finds placeholders by their whole names, and none that has a kind", () => {
  const pattern = unknownPattern(/var\.\w+|account/);

  expect(pattern.test(`a${unknownText("var.x")}b`)).toBe(true);
  expect([unknownText("var.x.y"), unknownText("my account"), NAMED, "var.x"].map((text) => pattern.test(text))).toEqual(
    Array(4).fill(false),
  );
});
