import { describe, expect, it } from "vitest";
import { compilePolicy, isPublic, unknownText } from "../../../lib/evaluate";

const GRANT = {
  Sid: "Vendor",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::444455556666:role/delivery" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/*",
};

function bucketPolicy(...statements: object[]) {
  return compilePolicy({ Version: "2012-10-17", Statement: statements }, "resource");
}

describe("isPublic", () => {
  it("names the statements that make a policy public, and why", () => {
    const status = isPublic(bucketPolicy(GRANT, { ...GRANT, Sid: "Open", Principal: "*" }));

    expect(status.isPublic).toBe("yes");
    expect(status.statements).toMatchObject([
      { isPublic: "yes", statement: { sid: "Open" }, reason: "it allows *, and no condition ties it to fixed values" },
    ]);
  });

  it("does not know while the principal is not known", () => {
    expect(isPublic(bucketPolicy({ ...GRANT, Principal: { AWS: unknownText("var.who") } })).isPublic).toBe("unknown");
    expect(isPublic(bucketPolicy({ ...GRANT, Principal: { AWS: unknownText("aws_iam_role.r.arn") } })).isPublic).toBe("no");
    expect(isPublic(compilePolicy(unknownText("policy"), "resource")).isPublic).toBe("unknown");
  });
});
