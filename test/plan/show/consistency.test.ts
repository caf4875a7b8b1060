/** Plans that contradict themselves, which Terraform never writes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccountModel, PlanReadError, readPlan } from "../../../lib/plan";
import { fixtureJson, jsonFile } from "../read";

type Json = any;

const read = (content: unknown): AccountModel => readPlan([jsonFile("plan.json", content)])[0]!;
const firstPlan = (): Json => fixtureJson("first-apply/plan.json");

/** The message of the error where there is one. */
function refusal(content: unknown): string | undefined {
  try {
    read(content);
    return undefined;
  } catch (error) {
    if (error instanceof PlanReadError) return error.reason;
    throw error;
  }
}

/** All resources of the planned values. */
function plannedIn(module: Json): Json[] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(plannedIn)];
}

const bucket = { address: "aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" };
const change = (actions: string[], after: unknown = { bucket: "b" }, more: object = {}) => ({
  ...bucket,
  ...more,
  change: { actions, before: null, after, after_unknown: {} },
});
const planOf = (values: unknown, changes: unknown[]) => ({
  format_version: "1.2",
  planned_values: { root_module: { resources: values === undefined ? [] : [{ ...bucket, values }] } },
  resource_changes: changes,
});

describe("is refused", () => {
  test("with any value changed in one of the two places where a plan holds it", () => {
    const planned = plannedIn(firstPlan().planned_values.root_module).filter(({ values }) => Object.keys(values).length > 0);
    const place = fc
      .constantFrom(...planned)
      .chain(({ address, values }: Json) => fc.record({ address: fc.constant(address), key: fc.constantFrom(...Object.keys(values)) }));

    fc.assert(
      fc.property(place, fc.boolean(), ({ address, key }, isPlanned) => {
        const plan = firstPlan();
        const changed = plan.resource_changes.find((each: Json) => each.address === address);
        const values = isPlanned
          ? plannedIn(plan.planned_values.root_module).find((each) => each.address === address).values
          : changed.change.after;
        values[key] = "another";

        expect(refusal(plan)).toBe(`contradicts itself: ${address} has another ${key} in planned_values than in resource_changes`);
      }),
      { numRuns: 60 },
    );
  });

  test("without the planned values of a resource that it creates", () => {
    expect(refusal(planOf(undefined, [change(["create"])]))).toBe(
      "contradicts itself: aws_s3_bucket.b is changed, and has no planned values",
    );
    expect(refusal(planOf(undefined, [change(["delete"], null)]))).toBeUndefined();
    expect(refusal(planOf(undefined, [change(["read"], {}, { mode: "data", address: "data.aws_s3_bucket.b" })]))).toBeUndefined();
  });

  test.each([
    ["type", "aws_sqs_queue", "aws_sqs_queue.b"],
    ["name", "c", "aws_s3_bucket.c"],
    ["mode", "data", "data.aws_s3_bucket.b"],
  ])("with another %s than in the address of a resource", (member, value, own) => {
    expect(refusal(planOf({}, [change(["create"], {}, { [member]: value })]))).toBe(
      `contradicts itself: aws_s3_bucket.b is listed as ${own}`,
    );
  });

  test.each(["delete", "forget"])("with planned values of what it takes away by %s", (action) => {
    expect(refusal(planOf({ bucket: "b" }, [change([action], null)]))).toBe(
      "contradicts itself: aws_s3_bucket.b is deleted or forgotten, and has planned values",
    );
  });

  test("with a resource that it lists twice", () => {
    const twice = planOf({ bucket: "b" }, []);
    twice.planned_values.root_module.resources.push({ ...bucket, values: { bucket: "c" } });

    expect(refusal(twice)).toBe("lists the planned values of aws_s3_bucket.b twice");
    expect(refusal(planOf({ bucket: "b" }, [change(["create"]), change(["create"])]))).toBe("lists the changes of aws_s3_bucket.b twice");
  });
});

describe("is read", () => {
  test("as Terraform writes it", () => {
    expect(refusal(firstPlan())).toBeUndefined();
  });

  test("with members that are null in one place and left out in the other", () => {
    expect(refusal(planOf({ bucket: "b", tags: null }, [change(["create"], { bucket: "b" })]))).toBeUndefined();
  });

  test("with a deposed object beside the resource of the same address", () => {
    expect(refusal(planOf({ bucket: "b" }, [change(["no-op"]), change(["delete"], null, { deposed: "1a2b3c4d" })]))).toBeUndefined();
  });

  test("with actions of a newer Terraform, and then only a part of it is known", () => {
    const { problems } = read(planOf({ bucket: "b" }, [change(["adopt"])]));

    expect(problems).toMatchObject([{ id: "plan-incomplete", message: "the plan does something unknown with aws_s3_bucket.b" }]);
  });
});

describe("a deposed object, which AWS still has,", () => {
  const role = { address: "aws_iam_role.r", mode: "managed", type: "aws_iam_role", name: "r" };
  const values = (name: string) => ({ name, assume_role_policy: "{}" });
  const old = { ...role, deposed_key: "1a2b3c4d", values: values("old") };
  const state = { root_module: { resources: [{ ...role, values: values("new") }, old] } };
  const plan = (changes: object[]) => ({
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ ...role, values: values("new") }] } },
    prior_state: { format_version: "1.0", values: state },
    resource_changes: [
      { ...role, change: { actions: ["no-op"], before: values("new"), after: values("new"), after_unknown: {} } },
      ...changes,
    ],
  });
  const deposed = (action: string) => ({
    ...role,
    deposed: "1a2b3c4d",
    change: { actions: [action], before: values("old"), after: null, after_unknown: {} },
  });
  const names = ({ roles }: AccountModel) => roles.map(({ name, address }) => [name, address]);

  test("counts beside the one that replaced it", () => {
    const both = [
      ["new", "aws_iam_role.r"],
      ["old", "aws_iam_role.r (deposed object 1a2b3c4d)"],
    ];

    expect(names(read({ format_version: "1.0", values: state }))).toEqual(both);
    expect(names(read(plan([]))).sort()).toEqual(both);
    expect(names(read(plan([deposed("forget")])))).toEqual(both);
  });

  test("does not count in a plan that deletes it", () => {
    expect(names(read(plan([deposed("delete")])))).toEqual([["new", "aws_iam_role.r"]]);
  });
});
