/** What the policy of the bucket's own KMS key may allow the vendor's role. */
import { expect, test } from "vitest";
import { readConfiguration } from "../../lib/plan";
import { applyRules } from "../../lib/rules";
import { contract, ROLE, VENDOR } from "./example-account";

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

function details(actions: readonly string[], { key = "k", principal = ROLE } = {}): string[] {
  const statement = { Effect: "Allow", Principal: { AWS: principal }, Action: actions, Resource: "*" };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const encryption = { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: "${aws_kms_key.k.arn}" } };
  const resource = {
    aws_s3_bucket: { logs: { bucket: "acme-logs" } },
    aws_s3_bucket_server_side_encryption_configuration: { logs: { bucket: "acme-logs", rule: encryption } },
    aws_kms_key: { k: {}, other: {}, [key]: { policy } },
  };
  return applyRules(readConfiguration({ resource }, "main.tf.json"), [contract("assumedRole")], { account: "111111111111" })
    .filter(({ ruleId }) => ruleId === "vendor-in-another-service")
    .map(({ detail }) => detail);
}

test("the vendor and its role may use the key of the bucket", () => {
  expect(details(USE)).toEqual([]);
  expect(details(USE, { principal: VENDOR })).toEqual([]);
});

test.each(["kms:*", "kms:PutKeyPolicy", "kms:CreateGrant", "*"])("fails where the role may call %s on the key of the bucket", (action) => {
  expect(details([...USE, action])).toEqual([expect.stringContaining(`policy of aws_kms_key.k names ${ROLE}`)]);
});

test("fails where the role may use another key", () => {
  expect(details(USE, { key: "other" })).toEqual([expect.stringContaining(`policy of aws_kms_key.other names ${ROLE}`)]);
});
