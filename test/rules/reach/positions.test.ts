/** What the indexes find is what a comparison of everything with everything finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { readablePolicies } from "../../../lib/judge";
import { readConfiguration } from "../../../lib/plan";
import { destinationsOfFlow, mayNameBucket, namesBucket } from "../../../lib/rules/reach/flow-source";
import { nearbyDestinations } from "../../../lib/rules/reach/nearby-destinations";
import { accessOf } from "../../../lib/rules/reach/role-access";
import type { JudgedBucket } from "../../../lib/rules/rule";
import { unknownText } from "../../../lib/unknown";

const ACCOUNT = { id: "111122223333", isKnown: true };
const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const name = fc.constantFrom("acme", "acme-logs", "acme.logs", "logs", "acme-${random_id.a.hex}");
const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: `arn:aws:iam::${ACCOUNT.id}:role/r` },
  { AWS: ACCOUNT.id },
  { AWS: "${data.x.y.arn}" },
);
const bucketArn = fc
  .oneof(name, fc.constantFrom("*", "acme*", "${data.x.y.z}", "${aws_s3_bucket.b1.id}"))
  .map((each) => `arn:aws:s3:::${each}`);

const world = fc.record({
  names: fc.array(name, { minLength: 1, maxLength: 4 }),
  allowed: fc.array(fc.option(fc.tuple(principal, bucketArn)), { minLength: 4, maxLength: 4 }),
  resource: fc.oneof(
    bucketArn,
    bucketArn.map((arn) => `${arn}/*`),
    fc.constant("*"),
  ),
});

function worldOf({ names, allowed, resource }: typeof world extends fc.Arbitrary<infer World> ? World : never) {
  const model = readConfiguration(
    {
      provider: { aws: { allowed_account_ids: [ACCOUNT.id] } },
      resource: {
        aws_s3_bucket: Object.fromEntries(names.map((bucket, index) => [`b${index}`, { bucket }])),
        aws_s3_bucket_policy: Object.fromEntries(
          names.flatMap((_, index) => {
            const [Principal, Resource] = allowed[index] ?? [];
            const statement = { Effect: "Allow", Principal, Action: "s3:*", Resource };
            return Principal === undefined ? [] : [[`p${index}`, { bucket: `\${aws_s3_bucket.b${index}.id}`, policy: policy(statement) }]];
          }),
        ),
        aws_iam_role: { r: { name: "r", assume_role_policy: "{}" } },
        aws_iam_role_policy: { r: { role: "r", name: "p", policy: policy({ Effect: "Allow", Action: "s3:*", Resource: resource }) } },
      },
      data: { x: { y: {} } },
    },
    "test",
  );
  const destinations = model.buckets.map(
    (bucket): JudgedBucket => ({ bucket, contracts: [], policies: readablePolicies(bucket.policies, "resource"), model, account: ACCOUNT }),
  );
  return { role: model.roles[0]!, destinations };
}

test("a role reaches no destination that is not near", () => {
  let reached = 0;
  fc.assert(
    fc.property(world, (given) => {
      const { role, destinations } = worldOf(given);

      const near = nearbyDestinations(role, destinations);

      const far = destinations.filter((each) => !near.includes(each));
      reached += near.filter((each) => accessOf(role, each) !== undefined).length;
      expect(far.filter((each) => accessOf(role, each) !== undefined)).toEqual([]);
    }),
    { numRuns: 300, seed: 13 },
  );
  expect(reached).toBeGreaterThan(50);
});

const source = fc
  .array(
    fc.constantFrom(
      "acme",
      "acme-logs",
      "acme.logs",
      "arn:aws:s3:::",
      "s3://",
      ".s3.amazonaws.com",
      "/*",
      " ",
      "*",
      unknownText("aws_s3_bucket.b1.id"),
      unknownText("aws_s3_bucket.other.id"),
      unknownText("var.name"),
      unknownText("account"),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(""));

test("a flow has the destinations that its source may name", () => {
  let found = 0;
  fc.assert(
    fc.property(world, source, (given, text) => {
      const { destinations } = worldOf(given);

      const { concerned, isSourceKnown } = destinationsOfFlow({ source: text, kind: "report" }, destinations);

      found += concerned.length;
      expect(concerned).toEqual(destinations.filter(({ bucket }) => mayNameBucket(text, bucket)));
      expect(isSourceKnown).toBe(destinations.some(({ bucket }) => namesBucket(text, bucket)));
    }),
    { numRuns: 300, seed: 13 },
  );
  expect(found).toBeGreaterThan(50);
});
