import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Attributes } from "./resources";
import { inOrder, readStack, resourcesOf } from "./stack";
import { hookModule } from "./terraform";

const json = readStack(join(__dirname, "fixtures", "assumed-role"));

describe("the test double's stack", () => {
  test("puts each resource after those that it refers to or depends on", () => {
    const order = inOrder(resourcesOf(json)).map(({ address }) => address);

    const isBefore = (first: string, second: string) => order.indexOf(first) < order.indexOf(second);
    expect(order).toHaveLength(12);
    expect(isBefore("aws_s3_bucket_public_access_block.Kandji_Access_3C4D", "aws_s3_bucket_policy.Kandji_Policy_7081")).toBe(true);
    expect(isBefore("aws_iam_role.Kandji_Role_8192", "aws_iam_role_policy.Kandji_RolePolicy_92A3")).toBe(true);
    expect(order.at(-1)).toBe("terraform_data.Kandji_Validation_A3B4");
  });

  test("fails for resources that depend on each other", () => {
    const resource = { aws_iam_role: { a: { name: "${aws_iam_role.b.name}" }, b: { name: "${aws_iam_role.a.name}" } } };

    expect(() => inOrder(resourcesOf({ resource }))).toThrow("aws_iam_role.a -> aws_iam_role.b");
  });

  test("replaces references to AWS resources in the hook by literals, and leaves the hook's own to Terraform", () => {
    const attributes = new Map<string, Attributes>([
      ["aws_s3_bucket.Kandji_Bucket_1A2B", { bucket: "acme", arn: "arn:aws:s3:::acme" }],
      ["aws_s3_bucket_policy.Kandji_Policy_7081", { policy: '{"Resource":"${aws:username}"}' }],
      ["aws_iam_role.Kandji_Role_8192", { arn: "arn:aws:iam::111111111111:role/a" }],
    ]);

    const { resource, ...rest } = hookModule({ json, attributes }) as { resource: Record<string, Record<string, Attributes>> };

    const hook = resource.terraform_data!.Kandji_Validation_A3B4!;
    expect(Object.keys(resource)).toEqual(["terraform_data"]);
    expect(rest).not.toHaveProperty("provider");
    expect(hook.depends_on).toBeUndefined();
    expect(hook.input).toEqual({
      bucket: '${"acme"}',
      roleArn: '${"arn:aws:iam::111111111111:role/a"}',
      variable: "$${aws:username}",
    });
    expect((hook.triggers_replace as string[])[0]).toBe('${"{\\"Resource\\":\\"$${aws:username}\\"}"}');
    const [{ "local-exec": execution }] = hook.provisioner as [{ "local-exec": { environment: Record<string, string> } }];
    expect(execution.environment.VENDOR_DESTINATION_CONTRACT).toBe("${jsonencode(self.input)}");
  });
});
