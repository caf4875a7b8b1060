import { describe, expect, test } from "vitest";
import { diffLines, NO_PROGRESS, paint, progressText, TextWriter } from "../../../../cli/report/shared";

describe("the text writer", () => {
  test("escapes every piece, and colours around it", () => {
    const pieces = ["a\u001b[2J\n", paint("b\u202e", "fail")];

    expect(new TextWriter({ colour: false }).line(...pieces).text).toBe("a\\u001b[2J\\u000ab\\u202e\n");
    expect(new TextWriter({ colour: true }).line(...pieces).text).toBe("a\\u001b[2J\\u000a\u001b[31mb\\u202e\u001b[0m\n");
  });

  test("leaves out a field without a text, and a gap before the first line", () => {
    const writer = new TextWriter({ colour: false })
      .gap()
      .line("title")
      .field("cause", undefined)
      .field("remedy", "do it")
      .gap()
      .line("end");

    expect(writer.text).toBe("title\n      remedy    do it\n\nend\n");
  });

  test("shows progress on one line of at most 100 characters", () => {
    expect(progressText(`a\r\u001b[2J${"x".repeat(200)}`)).toBe(`${NO_PROGRESS}a\\u000d\\u001b[2J${"x".repeat(84)}`);
  });
});

describe("the difference of two texts", () => {
  const shown = (before: string, after: string) => diffLines([...before], [...after]).map(({ sign, text }) => `${sign}${text}`);

  test("keeps what both have, in order", () => {
    expect(shown("abcd", "acxd")).toEqual([" a", "-b", " c", "+x", " d"]);
  });

  test("is all of the one that is there", () => {
    expect(shown("ab", "")).toEqual(["-a", "-b"]);
    expect(shown("", "ab")).toEqual(["+a", "+b"]);
    expect(shown("", "")).toEqual([]);
  });
});
