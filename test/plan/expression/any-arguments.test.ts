/** Functions take any arguments: the result is a value, or unknown. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { EvaluationFailure, setOf } from "../../../lib/plan/expression/value";
import { callFunction } from "../../../lib/plan/functions/call-function";
import { unknownText } from "../../../lib/unknown/placeholder";

const NAMES =
  "abs ceil floor log max min parseint pow range signum sum basename chomp dirname endswith format formatlist indent lower regex regexall replace split startswith strcontains strrev substr title trim trimprefix trimsuffix trimspace upper sort coalesce coalescelist concat element flatten join keys length lookup merge one values alltrue anytrue chunklist compact contains distinct index matchkeys reverse slice transpose zipmap setintersection setproduct setsubtract setunion jsondecode jsonencode base64decode base64encode csvdecode textdecodebase64 textencodebase64 urlencode base64sha256 base64sha512 md5 sha1 sha256 sha512 uuidv5 cidrhost cidrnetmask cidrsubnet cidrsubnets formatdate timeadd timecmp ephemeralasnull issensitive nonsensitive sensitive tobool tolist tomap tonumber toset tostring".split(
    " ",
  );
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    ...[
      "",
      "a,b",
      "[a-z]+",
      "/(a|b)*/",
      "%s-%5d",
      "10.0.0.0/8",
      "fd00::/8",
      "2024-01-01T00:00:00Z",
      "1h",
      "{}",
      "__proto__",
      "1e999",
      "-1",
    ],
    ...[unknownText("var.a"), `a-${unknownText("var.b")}`],
  ),
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -40, max: 40 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 4 }).map(setOf),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
})).value;

test("any function with any arguments gives a value, or is unknown, or fails as Terraform does", () => {
  const call = fc.tuple(fc.constantFrom(...NAMES), fc.array(value, { maxLength: 4 }));

  fc.assert(
    fc.property(call, ([name, args]) => {
      try {
        const result = callFunction(name, args);
        expect(Number.isNaN(result)).toBe(false);
        expect(Math.abs(Number(typeof result === "number" ? result : 0))).toBeLessThan(Number.POSITIVE_INFINITY);
      } catch (error) {
        expect(error, `${name}(${JSON.stringify(args)})`).toBeInstanceOf(EvaluationFailure);
      }
    }),
    { numRuns: 4_000 },
  );
});
