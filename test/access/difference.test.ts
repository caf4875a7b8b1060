import { describe, expect, it } from "vitest";
import { difference, extentOf } from "../../lib/access";
import { judge } from "./judge";
import { allow, BUCKET, bucketWorld, OBJECTS, VENDOR, VENDOR_ROLE } from "./worlds";

const requests = { resources: [BUCKET, OBJECTS] };

describe("the difference of two worlds", () => {
  it("of a world and itself is nothing", () => {
    expect(difference({ before: bucketWorld(), after: bucketWorld(), requests })).toEqual({ newlyAllowed: [], noLongerAllowed: [] });
  });

  it("tells what a further Allow gives, with a request that only the later one allows", () => {
    const before = bucketWorld();
    const after = bucketWorld([allow({ AWS: "333333333333" }, "s3:GetObject", { Resource: `${BUCKET}/secret/*` })]);

    const { newlyAllowed, noLongerAllowed } = difference({ before, after, requests });

    expect(newlyAllowed).toHaveLength(1);
    expect(newlyAllowed![0]).toMatchObject({ certainty: "certain", statement: expect.stringContaining("statement 4") });
    expect(newlyAllowed![0]!.words).toContain("only under `secret/`");
    expect(judge(newlyAllowed![0]!.witness, after).verdict).toBe("Allowed");
    expect(judge(newlyAllowed![0]!.witness, before).verdict).not.toBe("Allowed");
    expect(noLongerAllowed).toEqual([]);
  });

  it("tells what a Deny that went away had kept shut", () => {
    const open = allow({ AWS: "333333333333" }, "s3:GetObject");
    const before = bucketWorld([open, { ...open, Effect: "Deny", Resource: `${BUCKET}/secret/*` }]);

    const { newlyAllowed } = difference({ before, after: bucketWorld([open]), requests });

    expect(newlyAllowed!.map(({ witness }) => witness.resource)).toEqual([`${BUCKET}/secret/`]);
  });
});

describe("the extent of what callers can do", () => {
  const put = (world = bucketWorld(), resources = [OBJECTS]) =>
    extentOf({
      world,
      requests: { callers: [VENDOR_ROLE], actions: ["s3:PutObject"], resources, context: { "aws:SecureTransport": "true" } },
    });

  it("is some, in words, where it ends at a prefix", () => {
    expect(put()).toMatchObject({ extent: "some", words: [expect.stringMatching(/^only under `6sense\/`/)] });
  });

  it("names the addresses that a condition asks for", () => {
    const world = bucketWorld([], {
      resourcePolicy: {
        Version: "2012-10-17",
        Statement: [allow({ AWS: VENDOR_ROLE }, "s3:PutObject", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })],
      },
    });

    expect(put(world).words.join()).toContain("only from 203.0.113.0/24");
  });

  it("is none for a caller whom nothing lets in", () => {
    const stranger = { callers: [`arn:aws:iam::${VENDOR}:role/other`], actions: ["s3:PutObject"], resources: [OBJECTS] };

    expect(extentOf({ world: bucketWorld(), requests: stranger }).extent).toBe("cannot");
  });
});
