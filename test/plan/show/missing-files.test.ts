import { expect, test } from "vitest";
import { FIRST_PLAN, FIRST_PLAN_SOURCES, jsonFile, only } from "../read";

const problem = {
  id: "configuration-not-read",
  message:
    "the plan lists the references of an expression but not the expression; keep the files of its configuration in the folder of the plan, which hold it",
  location: { file: "first-apply/plan.json" },
};

test("a first plan of HCL without the files of its configuration says what would make more of it known, once", () => {
  expect(only([FIRST_PLAN]).problems).toEqual([problem]);
  expect(only([FIRST_PLAN], FIRST_PLAN_SOURCES).problems).toEqual([]);
});

test("a first plan of the JSON syntax holds its expressions", () => {
  const name = { constant_value: "${random_id.x.hex}", references: ["random_id.x.hex", "random_id.x"] };
  const resource = { address: "aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" };
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ ...resource, values: {} }] } },
    resource_changes: [{ ...resource, change: { actions: ["create"], before: null, after: {}, after_unknown: { bucket: true } } }],
    configuration: { root_module: { resources: [{ ...resource, expressions: { bucket: name } }] } },
  };

  expect(only([jsonFile("plan.json", plan)]).problems).toEqual([]);
});
