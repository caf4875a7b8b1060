/** How each format shows what is wrong: drift as a diff, one cause once, and the title of a failure as a statement of what is wrong. */
import { describe, expect, test } from "vitest";
import { type LiveResult, renderValidate } from "../../../../cli/report/validate";
import { whatIsWrong } from "../../../../cli/report/validate/phrases";
import { destinationText } from "../../../../cli/report/validate/text";
import { contractOf } from "../../fake-destination";
import { good, reportOf } from "./example-reports";

const [before, after] = [
  { Effect: "Allow", Principal: { AWS: "111111111111" }, Sid: "Vendor" },
  { Effect: "Allow", Principal: "*", Sid: "Vendor" },
].map((statement) => JSON.stringify(statement));
const DRIFT: LiveResult = {
  id: "drift-bucket-policy",
  title: "the bucket policy is as it was planned",
  kind: "extra",
  expected: "as planned",
  outcome: "fail",
  evidence: "computed",
  cause: `the live text differs from the plan (- planned, + live): - ${before} + ${after}`,
  remedy: "apply the plan again, or bring the change into the code",
  difference: { planned: [before!], live: [after!] },
  deciding: [],
};
const DIFF = ["  {", '    "Effect": "Allow",', '-   "Principal": {', '-     "AWS": "111111111111"', "-   },", '+   "Principal": "*",'];

async function withResults(results: readonly LiveResult[]) {
  const [contract, report] = await good();
  return reportOf([[contract, { ...report, results }]]);
}

describe("drift", () => {
  test("is a diff of lines as text", async () => {
    const { report } = await withResults([DRIFT]);

    const text = destinationText(report.destinations[0]!, { colour: false });

    expect(text).toContain("      cause     the live text differs from the plan (- planned, + live)\n");
    expect(text).toContain(DIFF.map((line) => `        ${line}\n`).join(""));
  });

  test("is a diff of lines in JUnit, Markdown and HTML", async () => {
    const { report, contracts } = await withResults([DRIFT]);

    expect(renderValidate(report, contracts, "junit")).toContain("&#10;-   &quot;Principal&quot;: {&#10;");
    expect(renderValidate(report, contracts, "markdown")).toContain('<br><code>-   "Principal": {</code><br>');
    expect(renderValidate(report, contracts, "html")).toContain("\n-   &quot;Principal&quot;: {\n");
  });

  test("is in JSON the cause that it was, and no further member", async () => {
    const { report, contracts } = await withResults([DRIFT]);

    const { difference: _, ...published } = DRIFT;
    expect(JSON.parse(renderValidate(report, contracts, "json")).destinations[0].results).toEqual([published]);
  });
});

test("settings of Block Public Access that are off are one item in text, Markdown and HTML", async () => {
  const settings = ["block-public-acls", "ignore-public-acls", "block-public-policy", "restrict-public-buckets"].map(
    (id): LiveResult => ({
      id,
      title: `title of ${id}`,
      kind: "posture",
      expected: "true",
      outcome: "fail",
      evidence: "computed",
      cause: `'${id}' is false`,
      remedy: "set it to true",
      deciding: [],
    }),
  );
  const { report, contracts } = await withResults(settings);

  const texts = [
    destinationText(report.destinations[0]!, { colour: false }),
    renderValidate(report, contracts, "markdown"),
    renderValidate(report, contracts, "html"),
  ];

  for (const text of texts) expect(text.match(/set it to true/g)).toHaveLength(1);
});

describe("the title of a failure", () => {
  test.each([
    ["vendor-can-put", "the vendor can put an object", "the vendor cannot put an object"],
    ["x", "the vendor cannot read the bucket policy", "the vendor can read the bucket policy"],
    ["bucket-key", "the bucket key is enabled", "the bucket key is not enabled"],
    ["block-public-acls", "public ACLs are refused", "public ACLs are not refused"],
    ["restrict-public-buckets", "a public policy opens nothing", "a public policy is not restricted"],
    ["ssl-missing", "the bucket accepts plain HTTP", "the bucket accepts plain HTTP"],
    ["endpoint-is-https", "requests go over HTTPS", "requests go over plain HTTP"],
    ["no-website", "the bucket is not a website", "the bucket is a website"],
    ["analyzer-validates", "AWS finds no error in the trust policy", "AWS finds an error in the trust policy"],
    ["analyzer-not-public", "AWS finds no public access in the bucket policy", "AWS finds public access in the bucket policy"],
    ["x", "AWS answers", "not the case: AWS answers"],
  ])("of %s says what is wrong", (id, title, wrong) => {
    expect(whatIsWrong({ ...DRIFT, id, title })).toBe(wrong);
  });

  test.each(["kandji", "sixsense"] as const)("is another statement for every expectation and setting of %s", (name) => {
    const { expectations, posture } = contractOf(name);

    for (const { id, title } of [...expectations, ...posture]) {
      const wrong = whatIsWrong({ ...DRIFT, id, title });
      expect(wrong).not.toBe(title);
      expect(wrong).not.toMatch(/not the case|nobody/);
    }
  });
});
