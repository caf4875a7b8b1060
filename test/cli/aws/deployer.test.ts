import { expect, test } from "vitest";
import { connector, deployerSource } from "../../../cli/aws";
import { readSettings } from "../../../cli/validate/settings";

const ROLE = "arn:aws:iam::111111111111:role/deploy";
const OPTIONS = { strangerProfile: [], format: [], concurrency: "1" };

test("is the environment, a profile, or a role that one of them assumes", () => {
  expect(deployerSource({}, {})).toEqual({ kind: "environment" });
  expect(deployerSource({ profile: "deploy" }, {})).toEqual({ kind: "profile", name: "deploy" });
  expect(deployerSource({ profile: "base", assumeRoleArn: ROLE }, {})).toEqual({
    kind: "role",
    roleArn: ROLE,
    sessionName: "vendor-destination-validation",
    by: { kind: "profile", name: "base" },
  });
});

test("takes the role that the hook passes on, unless an option names another", () => {
  const env = { VENDOR_DESTINATION_ASSUME_ROLE_ARN: ROLE };

  expect(deployerSource({}, env)).toMatchObject({ roleArn: ROLE, by: { kind: "environment" } });
  expect(deployerSource({ assumeRoleArn: `${ROLE}2` }, env)).toMatchObject({ roleArn: `${ROLE}2` });
});

test("fails with a role that is not an ARN, and names where it comes from", () => {
  expect(() => deployerSource({}, { VENDOR_DESTINATION_ASSUME_ROLE_ARN: "deploy" })).toThrow(
    "InvalidOption: 'VENDOR_DESTINATION_ASSUME_ROLE_ARN' must be the ARN of an IAM role",
  );
});

test("a call as the role fails where the role cannot be assumed, and is not made by the base credentials instead", async () => {
  const connect = connector({ env: { AWS_MAX_ATTEMPTS: "1" }, endpoint: "https://127.0.0.1:9" });
  const by = { kind: "keys", accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" } as const;
  const aws = connect({ kind: "role", roleArn: ROLE, sessionName: "test", by }, "eu-west-1");

  await expect(aws.call("sts:GetCallerIdentity", {})).rejects.toThrow(/ECONNREFUSED/);
});

test("what is unknown fails by default; the option wins over the hook's choice", () => {
  expect(readSettings(OPTIONS, {}).onUnknown).toBe("fail");
  expect(readSettings(OPTIONS, { VENDOR_DESTINATION_ON_UNKNOWN: "warn" }).onUnknown).toBe("warn");
  expect(readSettings({ ...OPTIONS, onUnknown: "fail" }, { VENDOR_DESTINATION_ON_UNKNOWN: "warn" }).onUnknown).toBe("fail");
  expect(() => readSettings({ ...OPTIONS, onUnknown: "pass" }, {})).toThrow("InvalidOption: '--on-unknown' must be one of fail, warn");
});
