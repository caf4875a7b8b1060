import { describe, expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { jsonFile } from "../read";

const BUCKET = { b: { bucket: "acme-logs" } };
const ROLE = { r: { name: "deliver", assume_role_policy: '{"Version":"2012-10-17"}' } };
const OPEN = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
const policyOf = (arn: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn }] });

describe("several stacks", () => {
  const stack = (name: string, resource: object) => jsonFile(`stacks/${name}/cdk.tf.json`, { resource });

  test("a resource that names the bucket or role of another stack counts there", () => {
    const [first] = readPlan([
      stack("one", {
        aws_s3_bucket: BUCKET,
        aws_iam_role: ROLE,
        aws_s3_bucket_policy: { p: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
      }),
      stack("two", {
        aws_s3_bucket_policy: { p: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs") } },
        aws_s3_bucket_public_access_block: { p: { bucket: "acme-logs", ...OPEN } },
        aws_iam_role_policy: { p: { role: "deliver", policy: '{"Id":"p"}' } },
      }),
    ]);

    expect(first!.buckets[0]!.policies).toHaveLength(2);
    expect(first!.buckets[0]!.policies[1]!.location.file).toBe("stacks/two/cdk.tf.json");
    expect(first!.buckets[0]!.blockPublicAccess.blockPublicAcls).toBe("false");
    expect(first!.roles[0]!.inlinePolicies).toHaveLength(1);
  });

  test("an unknown name of one stack never equals an unknown name of another", () => {
    const [first] = readPlan([
      jsonFile("a/main.tf.json", { variable: { n: {} }, resource: { aws_s3_bucket: { b: { bucket: "${var.n}" } } } }),
      jsonFile("b/main.tf.json", {
        variable: { n: {} },
        resource: { aws_s3_bucket_policy: { p: { bucket: "${var.n}", policy: policyOf("*") } } },
      }),
    ]);

    expect(first!.buckets[0]!.policies).toEqual([]);
  });
});
