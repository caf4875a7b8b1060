/** Destinations of which Terraform alone knows the names: decided all the same, and never otherwise than once they are known. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContract } from "../../lib/contract/read";
import { contractTerms } from "../../lib/contract/terms";
import type { Result } from "../../lib/contract/types";
import { judge } from "../../lib/judge/judge";
import { readConfiguration } from "../../lib/plan";
import { KANDJI_PROFILE } from "../../lib/vendors/kandji";
import { SIX_SENSE_PROFILE } from "../../lib/vendors/six-sense";

type Statement = Readonly<Record<string, unknown>>;

/** What is to be judged: everything right, unless said otherwise. */
interface Destination {
  readonly door?: "assumedRole" | "bucketPolicy";
  /** The vendor's principal. */
  readonly vendor?: string;
  /** The bucket's name; left to Terraform where it is undefined. */
  readonly bucket?: string;
  readonly trust?: readonly Statement[];
  readonly inline?: readonly Statement[];
  readonly resource?: readonly Statement[];
  /** Values of variables; the others have none. */
  readonly variables?: Readonly<Record<string, string>>;
}

const ARN = "${aws_s3_bucket.b.arn}";
const VENDOR = "arn:aws:iam::${var.account}:role/${var.role}";
const VARIABLES = ["bucket", "account", "role", "arn", "path", "else"];

function resultsOf(destination: Destination): Result[] {
  const { door = "assumedRole", vendor = VENDOR, trust = [], inline = [], resource = [], variables = {} } = destination;
  const byRole = door === "assumedRole";
  const profile = byRole ? KANDJI_PROFILE : SIX_SENSE_PROFILE;
  const contract = contractTerms(profile.facts, {
    id: "stack/Destination",
    door,
    partition: "aws",
    bucket: { name: "${aws_s3_bucket.b.bucket}", arn: ARN },
    ...(byRole && { role: { name: "${aws_iam_role.r.name}", arn: "${aws_iam_role.r.arn}" } }),
    vendorPrincipals: [vendor],
    externalIds: [],
    keyPrefixes: ["${var.path}/"],
    limitedToPrefixes: false,
    granted: profile.facts.documentedPermissions,
    exercised: profile.exercised,
    posture: { encryption: "AES256", versioning: "Disabled", objectOwnership: "BucketOwnerEnforced" },
    accepted: [],
  });
  const policy = (...statements: readonly Statement[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const list = { Effect: "Allow", Action: "s3:ListBucket", Resource: ARN };
  const all = { Effect: "Allow", Action: byRole ? "s3:*" : ["s3:PutObject", "s3:PutObjectAcl"], Resource: `${ARN}/*` };
  const grants = [list, all].map((statement) => ({ ...statement, Principal: { AWS: vendor } }));
  const ssl = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [ARN, `${ARN}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const model = readConfiguration(
    {
      variable: Object.fromEntries(VARIABLES.map((name) => [name, name in variables ? { default: variables[name] } : {}])),
      resource: {
        aws_s3_bucket: { b: destination.bucket === undefined ? {} : { bucket: destination.bucket } },
        aws_s3_bucket_policy: { b: { bucket: "${aws_s3_bucket.b.id}", policy: policy(ssl, ...(byRole ? [] : grants), ...resource) } },
        ...(byRole && {
          aws_iam_role: {
            r: { assume_role_policy: policy({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" }, ...trust) },
          },
          aws_iam_role_policy: { r: { role: "${aws_iam_role.r.name}", policy: policy(list, all, ...inline) } },
        }),
        terraform_data: { d: { input: contract } },
      },
    },
    "main.tf.json",
  );
  const found = readContract(model.contracts[0]!.contract, "main.tf.json");
  return judge({ ...found, posture: [] }, model);
}

const idsOf = (outcome: Result["outcome"], destination: Destination) =>
  resultsOf(destination)
    .filter((result) => result.outcome === outcome)
    .map(({ id }) => id);

describe("a destination of which nothing is known", () => {
  test.each<[string, Destination]>([
    ["a generated bucket name", {}],
    ["a variable for the bucket's name", { bucket: "${var.bucket}" }],
    ["a bucket name put together", { bucket: 'logs-${lower("${var.else}-x")}.${var.bucket}' }],
    ["a variable for the vendor's ARN", { vendor: "${var.arn}" }],
    ["a variable for the vendor's account, as a whole", { vendor: "arn:aws:iam::${var.account}:root" }],
    ["a vendor that the bucket policy names", { door: "bucketPolicy" }],
    ["a variable for the ARN of a vendor that the bucket policy names", { door: "bucketPolicy", vendor: "${var.arn}" }],
    [
      "a trust by the vendor's account and ARN",
      {
        trust: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:PrincipalAccount": "${var.account}" }, ArnLike: { "aws:PrincipalArn": VENDOR } },
          },
        ],
      },
    ],
    [
      "a second vendor in the trust",
      { trust: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:role/x" }, Action: "sts:*" }] },
    ],
  ])("is decided: %s", (_, destination) => {
    const results = resultsOf(destination);

    expect(results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(results.length).toBeGreaterThan(10);
  });

  test.each<[string, Destination, string[]]>([
    [
      "the role reaches buckets whose names begin alike",
      { bucket: "${var.bucket}", inline: [{ Effect: "Allow", Action: "s3:PutObject", Resource: `${ARN}*` }] },
      ["vendor-cannot-put-into-another-bucket"],
    ],
    [
      "the trust names the vendor's whole account",
      { trust: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::${var.account}:root" }, Action: "sts:AssumeRole" }] },
      ["stranger-in-vendor-account-cannot-assume-role"],
    ],
    [
      "the trust names everybody",
      { vendor: "${var.arn}", trust: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] },
      ["stranger-in-vendor-account-cannot-assume-role", "stranger-cannot-assume-role"],
    ],
    [
      "the role may change the bucket",
      { inline: [{ Effect: "Allow", Action: "s3:PutBucket*", Resource: ARN }] },
      ["vendor-cannot-put-bucket-policy", "vendor-cannot-put-bucket-public-access-block"],
    ],
  ])("fails where %s", (_, destination, ids) => {
    expect(idsOf("fail", destination)).toEqual(ids);
  });

  test.each<[string, Destination, string[]]>([
    [
      "the role reaches another bucket that is not known",
      { inline: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::${var.else}" }] },
      ["vendor-cannot-list-another-bucket"],
    ],
    [
      "the trust names somebody who may be everybody",
      { trust: [{ Effect: "Allow", Principal: { AWS: "${var.else}" }, Action: "sts:AssumeRole" }] },
      ["stranger-in-vendor-account-cannot-assume-role", "stranger-cannot-assume-role"],
    ],
  ])("stays unknown where %s", (_, destination, ids) => {
    expect(idsOf("unknown", destination)).toEqual(ids);
  });

  test("shows no mark of a placeholder to anybody", () => {
    const trust = [{ Effect: "Allow", Sid: "${var.else}", Principal: { AWS: "${var.else}" }, Action: "sts:AssumeRole" }];

    expect(JSON.stringify(resultsOf({ bucket: "${var.bucket}", vendor: "${var.arn}", trust }))).not.toMatch(/\\u000/);
  });
});

/** Values that a variable may turn out to have: what AWS and the constructs' preconditions let pass. */
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  bucket: fc.constantFrom("logs", "logs-other", "a.b", "other"),
  account: fc.constantFrom("222222222222", "333333333333"),
  role: fc.constantFrom("x", "path/x", "y"),
  arn: fc.constantFrom("arn:aws:iam::222222222222:role/x", "arn:aws:iam::333333333333:role/path/y"),
  path: fc.constantFrom("activity", "a/b", "outside"),
  else: fc.constantFrom("logs", "222222222222", "x", "*", "logs/*", "arn:aws:s3:::logs"),
};

const PARTS = [
  "logs",
  "*",
  "x",
  "-other",
  "/",
  "${var.bucket}",
  "${var.role}",
  "${var.path}",
  "${var.else}",
  "222222222222",
  "${var.account}",
];
const PRINCIPALS = [
  "*",
  VENDOR,
  "${var.arn}",
  "arn:aws:iam::${var.account}:root",
  "${var.account}",
  "arn:aws:iam::222222222222:role/${var.role}",
  "arn:aws:iam::${var.account}:role/x",
];
const textOf = (prefix: string) =>
  fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }).map((parts) => prefix + parts.join(""));
const resourceText = fc.oneof(fc.constantFrom(ARN, `${ARN}/*`, `${ARN}*`, `${ARN}/\${var.path}/*`, "*"), textOf("arn:aws:s3:::"));
const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({
    Condition: fc.oneof(
      fc.record({ StringEquals: fc.record({ "aws:PrincipalAccount": fc.constantFrom("${var.account}", "222222222222") }) }),
      fc.record({ StringNotEquals: fc.record({ "aws:PrincipalAccount": fc.constantFrom("${var.account}", "222222222222") }) }),
      fc.record({
        ArnLike: fc.record({ "aws:PrincipalArn": fc.oneof(textOf("arn:aws:iam::${var.account}:role/"), textOf("arn:aws:iam::*:role/")) }),
      }),
      fc.record({ StringNotLike: fc.record({ "aws:PrincipalArn": textOf("arn:aws:iam::222222222222:role/") }) }),
    ),
  }),
);
const statement = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc
    .tuple(fc.record({ Effect: fc.constantFrom("Allow", "Allow", "Deny"), ...parts }), condition)
    .map(([one, more]) => ({ ...one, ...more }));
const principal = fc.record({ AWS: fc.constantFrom(...PRINCIPALS) });
const action = fc.constantFrom("s3:*", "s3:PutObject", "s3:ListBucket", "s3:Get*");
const list = (one: fc.Arbitrary<Statement>) => fc.array(one, { maxLength: 2 });

const destination: fc.Arbitrary<Destination> = fc.record({
  door: fc.constantFrom("assumedRole" as const, "bucketPolicy" as const),
  vendor: fc.constantFrom(VENDOR, "${var.arn}", "arn:aws:iam::${var.account}:role/x", "arn:aws:iam::222222222222:role/${var.role}"),
  bucket: fc.constantFrom(undefined, "${var.bucket}", "${var.bucket}-x", "logs"),
  trust: list(statement({ Principal: principal, Action: fc.constant("sts:AssumeRole") })),
  inline: list(statement({ Action: action, Resource: resourceText })),
  resource: list(statement({ Principal: principal, Action: action, Resource: resourceText })),
});

test("whatever the variables turn out to be, the answer is the one that was given, or was none", () => {
  fc.assert(
    fc.property(destination, fc.record(VALUES), fc.subarray(VARIABLES), (open, values, known) => {
      const before = resultsOf({ ...open, variables: Object.fromEntries(known.map((name) => [name, values[name]!])) });
      const after = resultsOf({ ...open, variables: values });

      for (const [index, { id, outcome, cause }] of before.entries()) {
        const then = after[index]!;
        if (outcome === "unknown" || then.outcome === "unknown") continue;
        expect(`${id}: ${outcome}`, `${cause} but then ${then.cause}`).toBe(`${id}: ${then.outcome}`);
      }
    }),
    { numRuns: Number(process.env.LAW_RUNS ?? 500) },
  );
});
