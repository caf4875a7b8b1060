/** Functions that read files: what they give of which bytes. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type ProjectFiles, readEstate } from "../../../lib/plan";
import { shown, textFile } from "../read";

const MISSING = { problem: "there is no such file", isMissing: true } as const;

/** What an expression gives where `x` holds these bytes. */
function valueWith(bytes: Uint8Array, expression: string): unknown {
  const project: ProjectFiles = { read: (path) => (path === "x" ? { bytes } : MISSING), list: () => [] };
  const { buckets } = readEstate([textFile("main.tf", `resource "aws_s3_bucket" "b" { bucket = ${expression} }`)], [], project);
  return shown(buckets[0]!.name);
}

const hex = (algorithm: string) => (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest("hex");
const base64 = (algorithm: string) => (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest("base64");

const FUNCTIONS: readonly (readonly [string, (bytes: Uint8Array) => string])[] = [
  ["filebase64", (bytes) => Buffer.from(bytes).toString("base64")],
  ["filebase64sha256", base64("sha256")],
  ["filebase64sha512", base64("sha512")],
  ["filemd5", hex("md5")],
  ["filesha1", hex("sha1")],
  ["filesha256", hex("sha256")],
  ["filesha512", hex("sha512")],
];

const CONTENTS: readonly (readonly [string, Uint8Array])[] = [
  ["plain text", Buffer.from("text\n")],
  ["text that Unicode composes in two ways", Buffer.from("cafe\u0301")],
  ["text with a byte order mark", Buffer.from("\ufefftext")],
  ["bytes that are no text", Buffer.from([0xff, 0x00, 0xfe, 0x80])],
  ["nothing", Buffer.from([])],
];

test.each(FUNCTIONS.flatMap(([name, expected]) => CONTENTS.map(([title, bytes]) => ({ name, title, bytes, expected: expected(bytes) }))))(
  "$name is made of the bytes of a file with $title",
  ({ name, bytes, expected }) => {
    // A bucket without a name gets one from Terraform.
    const wanted = expected === "" ? "${aws_s3_bucket.b.bucket}" : expected;

    expect(valueWith(bytes, `${name}("x")`)).toBe(wanted);
  },
);

test("file gives composed text, of which a hash differs from that of the file", () => {
  const bytes = Buffer.from("cafe\u0301");

  expect(valueWith(bytes, 'file("x")')).toBe("caf\u00e9");
  expect(valueWith(bytes, 'sha256(file("x"))')).toBe(hex("sha256")(Buffer.from("caf\u00e9")));
});

test("fails on bytes that are no text where text is asked for", () => {
  expect(valueWith(Buffer.from([0xff]), 'file("x")')).toBe('${file("x")}');
});
