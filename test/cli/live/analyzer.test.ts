import { describe, expect, test } from "vitest";
import { denied } from "../fake-aws";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

/** A destination in an account whose Access Analyzer answers so. */
function analyzed(findings: readonly object[], access: object = { result: "PASS" }): FakeDestination {
  const place = new FakeDestination(contractOf("kandji"));
  place.aws.plan("accessanalyzer:ValidatePolicy", () => ({ findings }));
  place.aws.plan("accessanalyzer:CheckNoPublicAccess", () => access);
  return place;
}

describe("AWS's Access Analyzer", () => {
  test("is asked about each live document by its kind", async () => {
    const place = analyzed([]);

    const report = await place.validate();

    const asked = place.aws.made("accessanalyzer:ValidatePolicy").map(({ input }) => [input.policyType, input.validatePolicyResourceType]);
    expect(asked).toEqual([
      ["RESOURCE_POLICY", "AWS::S3::Bucket"],
      ["RESOURCE_POLICY", "AWS::IAM::AssumeRolePolicyDocument"],
      ["IDENTITY_POLICY", undefined],
    ]);
    expect(place.aws.made("accessanalyzer:CheckNoPublicAccess").map(({ input }) => input.resourceType)).toEqual([
      "AWS::S3::Bucket",
      "AWS::IAM::AssumeRolePolicyDocument",
    ]);
    expect(outcomeOf(report, "analyzer-validates")).toBe("pass simulated");
    expect(outcomeOf(report, "analyzer-not-public")).toBe("pass simulated");
  });

  test("fails the document in which it finds an error or a danger, and passes over suggestions", async () => {
    const suggestion = { findingType: "SUGGESTION", issueCode: "REDUNDANT_ACTION", findingDetails: "The action is redundant." };
    const error = { findingType: "ERROR", issueCode: "INVALID_ACTION", findingDetails: "The action does not exist." };

    expect(outcomeOf(await analyzed([suggestion]).validate(), "analyzer-validates")).toBe("pass simulated");
    const report = await analyzed([suggestion, error]).validate();

    const result = report.results.find(({ id }) => id === "analyzer-validates");
    expect(result).toMatchObject({ outcome: "fail", cause: "INVALID_ACTION: The action does not exist." });
    expect(result?.location?.address).toBe("bucket policy");
  });

  test("fails a document that it calls public", async () => {
    const report = await analyzed([], { result: "FAIL", message: "The resource policy grants public access." }).validate();

    const result = report.results.find(({ id }) => id === "analyzer-not-public");
    expect(result).toMatchObject({ outcome: "fail", evidence: "simulated", cause: "The resource policy grants public access." });
  });

  test("is listed as not checked, and asked once, where the deployer lacks the right", async () => {
    const place = analyzed([]);
    place.aws.plan("accessanalyzer:ValidatePolicy", () => {
      throw denied("User is not authorized to perform: access-analyzer:ValidatePolicy");
    });

    const report = await place.validate();

    expect(place.aws.made("accessanalyzer:ValidatePolicy")).toHaveLength(1);
    expect(report.notChecked.join("\n")).toContain(
      "what access-analyzer:ValidatePolicy and access-analyzer:CheckNoPublicAccess would show",
    );
    expect(outcomeOf(report, "analyzer-validates")).toBe("absent");
    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  });
});
