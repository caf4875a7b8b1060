import { describe, expect, test } from "vitest";
import { contractOf, FakeDestination, outcomeOf } from "../fake-destination";

describe("through a validator principal", () => {
  const validator = { principalArn: "arn:aws:iam::111111111111:role/deployer", sessionName: "validator-session" };

  test("acts with the destination role's own session, and leaves the vendor's assume computed", async () => {
    const place = new FakeDestination(contractOf("kandji", { validator }));

    const report = await place.validate();

    expect(report.mode).toBe("role");
    expect(place.aws.made("sts:AssumeRole")[0]?.input.RoleSessionName).toBe("validator-session");
    expect(outcomeOf(report, "vendor-can-put")).toBe("pass performed");
    expect(outcomeOf(report, "vendor-can-assume-role")).toBe("pass computed");
  });

  test("fails when the validator may not assume the role, and says what the trust policy must hold", async () => {
    const place = new FakeDestination(contractOf("kandji", { validator }));
    place.allows = ({ who, operation, plainHttp }) => who === "environment" && operation !== "sts:AssumeRole" && !plainHttp;

    const report = await place.validate();

    expect(report.results.find(({ id }) => id === "role-session")).toMatchObject({
      outcome: "fail",
      evidence: "performed",
      remedy: "let the trust policy allow arn:aws:iam::111111111111:role/deployer, with the session name validator-session",
    });
  });

  test("falls back to the deployer's rights when the deployer is not the validator", async () => {
    const place = new FakeDestination(
      contractOf("kandji", { validator: { ...validator, principalArn: "arn:aws:iam::111111111111:role/other" } }),
    );

    expect((await place.validate()).mode).toBe("deployer");
  });
});
