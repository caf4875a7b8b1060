import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referencesIn, sourceOf } from "../../lib/unknown";

const REFERENCE = fc.constantFrom("var.name", "aws_s3_bucket.logs", 'module.m["a"].aws_iam_role.r', "data.aws_iam_role.x", "local.y");

describe("the source of an argument that is not known", () => {
  test("tells the references that it lists", () => {
    fc.assert(
      fc.property(fc.array(REFERENCE, { maxLength: 6 }), (references) => {
        expect(referencesIn(sourceOf("aws_iam_role.r.name", references))).toEqual(references);
      }),
    );
  });

  test("says that there are others, so that nobody takes the first ones for all", () => {
    const references = Array.from({ length: 9 }, (_, index) => `aws_s3_bucket.b${index}`);

    expect(referencesIn(sourceOf("aws_iam_role.r.name", references))).toEqual([...references.slice(0, 6), "other references"]);
  });

  test("stands for itself without references", () => {
    expect(referencesIn(sourceOf("var.name", []))).toEqual([]);
  });
});
