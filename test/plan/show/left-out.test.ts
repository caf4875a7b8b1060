/** A plan that leaves out a resource of its configuration is not complete. */
import { expect, test } from "vitest";
import { resourcesLeftOut } from "../../../lib/plan/show/left-out";

const RESOURCE = { address: "aws_s3_bucket_policy.y", mode: "managed", type: "aws_s3_bucket_policy", name: "y" };

const CONFIGURED = { ...RESOURCE, expressions: {} };

function planOf(configured: object, listed: readonly string[], part = "planned_values"): unknown {
  const resources = listed.map((address) => ({ address }));
  const values = part === "prior_state" ? { values: { root_module: { resources } } } : { root_module: { resources } };
  return { planned_values: { root_module: {} }, configuration: { root_module: configured }, [part]: values };
}

test("a resource that the configuration has and the plan does not list is left out", () => {
  expect(resourcesLeftOut(planOf({ resources: [CONFIGURED] }, []))).toEqual(["aws_s3_bucket_policy.y"]);
  expect(resourcesLeftOut(planOf({ resources: [CONFIGURED] }, ["aws_s3_bucket_policy.y"]))).toEqual([]);
  expect(resourcesLeftOut(planOf({ resources: [CONFIGURED] }, ['aws_s3_bucket_policy.y["a"]']))).toEqual([]);
  expect(resourcesLeftOut(planOf({ resources: [CONFIGURED] }, ["aws_s3_bucket_policy.y"], "prior_state"))).toEqual([]);
});

test.each([
  ["count", { ...CONFIGURED, count_expression: { constant_value: 0 } }],
  ["for_each", { ...CONFIGURED, for_each_expression: { references: ["var.a"] } }],
  ["no effect on AWS", { ...CONFIGURED, address: "null_resource.y", type: "null_resource" }],
  ["mode data", { ...CONFIGURED, address: "data.aws_s3_bucket_policy.y", mode: "data" }],
])("a resource with %s may have no instance", (_, resource) => {
  expect(resourcesLeftOut(planOf({ resources: [resource] }, []))).toEqual([]);
});

test("a module counts where the plan lists one of its resources", () => {
  const module = { module_calls: { m: { module: { resources: [CONFIGURED] } } } };

  expect(resourcesLeftOut(planOf(module, ['module.m["k"].aws_s3_bucket.b']))).toEqual(["module.m.aws_s3_bucket_policy.y"]);
  expect(resourcesLeftOut(planOf(module, ['module.m["k"].aws_s3_bucket.b', 'module.m["k"].aws_s3_bucket_policy.y']))).toEqual([]);
  expect(resourcesLeftOut(planOf(module, ["module.n.aws_s3_bucket.b"]))).toEqual([]);
});
