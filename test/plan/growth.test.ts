import { expect, test } from "vitest";
import { readConfiguration, readPlan } from "../../lib/plan";
import { jsonFile, textFile } from "./read";

test("the processor time of reading does not grow with the square of the destinations", () => {
  const account = (size: number): object => {
    const each = (make: (name: string) => object): object =>
      Object.fromEntries(Array.from({ length: size }, (_, n) => [`d${n}`, make(`d${n}`)]));
    return {
      resource: {
        aws_s3_bucket: each((name) => ({ bucket: `acme-${name}` })),
        aws_s3_bucket_versioning: each((name) => ({
          bucket: `\${aws_s3_bucket.${name}.id}`,
          versioning_configuration: { status: "Enabled" },
        })),
        aws_s3_bucket_policy: each((name) => ({
          bucket: `\${aws_s3_bucket.${name}.id}`,
          policy: `{"Resource":"\${aws_s3_bucket.${name}.arn}/*"}`,
        })),
        aws_iam_role: each((name) => ({ name, assume_role_policy: "{}" })),
        aws_iam_role_policy: each((name) => ({
          role: `\${aws_iam_role.${name}.name}`,
          policy: `\${jsonencode({ Resource = aws_s3_bucket.${name}.arn })}`,
        })),
      },
    };
  };
  const seconds = (size: number): number => {
    const file = jsonFile("cdk.tf.json", account(size));
    const start = process.cpuUsage();
    expect(readPlan([file])[0]!.buckets).toHaveLength(size);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  seconds(500);

  const [small, large] = [500, 4000].map((size) => Math.min(seconds(size), seconds(size), seconds(size)));

  // Eight times as many: 64 times the time if it grew with the square.
  expect(large! / small!).toBeLessThan(40);
});

test("hundreds of thousands of lines of other providers are skipped", () => {
  const resource = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, n) => [`r${n}`, { a: 1, b: [1, 2, 3], c: { d: "${google_x.y.z}" } }]),
  );

  const [account] = readPlan([textFile("main.tf.json", JSON.stringify({ resource: { google_storage_bucket: resource } }, null, 2))]);

  expect(account).toMatchObject({ buckets: [], roles: [], contracts: [], problems: [] });
});

/** Counts how often members of a value are read, at any depth. */
function counting(value: object): { readonly value: unknown; readonly reads: () => number } {
  let reads = 0;
  const proxies = new WeakMap<object, object>();
  const wrap = (item: unknown): unknown => {
    if (typeof item !== "object" || item === null) return item;
    const known =
      proxies.get(item) ??
      new Proxy(item, {
        get: (target, key) => {
          reads++;
          return wrap(Reflect.get(target, key));
        },
      });
    proxies.set(item, known);
    return known;
  };
  return { value: wrap(value), reads: () => reads };
}

test("a plan of twice the destinations takes twice the steps", () => {
  const stepsFor = (size: number): number => {
    const resources = Array.from({ length: size }, (_, n) => [
      { type: "aws_s3_bucket", values: { bucket: `b${n}` } },
      { type: "aws_s3_bucket_policy", values: { bucket: `b${n}`, policy: "{}" } },
      { type: "aws_s3_bucket_acl", values: { bucket: `b${n}`, acl: "private" } },
      { type: "aws_iam_role", values: { name: `r${n}`, assume_role_policy: "{}", inline_policy: [{ name: "p", policy: "{}" }] } },
      { type: "aws_iam_role_policy", values: { role: `r${n}`, name: "q", policy: "{}" } },
      { type: "aws_iam_role_policy_attachment", values: { role: `r${n}`, policy_arn: `arn:aws:iam::aws:policy/P${n}` } },
    ])
      .flat()
      .map((each, index) => ({ ...each, address: `${each.type}.x${index}`, mode: "managed", name: `x${index}` }));
    // Beside each resource one of the same values goes away. Terraform forgets a bucket or role only as a whole.
    const actionFor = (type: string, index: number) => (/^aws_(?:s3_bucket|iam_role)$/.test(type) || index % 2 === 0 ? "delete" : "forget");
    const changed = resources.flatMap((each, index) => [
      { ...each, change: { actions: ["no-op"], before: each.values, after: each.values } },
      {
        ...each,
        ...{ address: `${each.type}.y${index}`, name: `y${index}` },
        change: { actions: [actionFor(each.type, index)], before: each.values, after: null },
      },
    ]);
    const { value, reads } = counting({ format_version: "1.2", planned_values: { root_module: { resources } }, resource_changes: changed });
    const model = readConfiguration(value, "plan.json");
    expect([model.buckets.length, model.roles.length]).toEqual([size, size]);
    return reads();
  };

  const [small, large] = [stepsFor(50), stepsFor(400)];

  expect(large / small).toBeLessThan(8.5);
});
