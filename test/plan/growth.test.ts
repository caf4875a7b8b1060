import { expect, test, vi } from "vitest";
import { readPlan } from "../../lib/plan";
import { jsonFile, textFile } from "./read";

vi.setConfig({ testTimeout: 60_000 });

test("reading time does not grow with the square of the destinations", () => {
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
    const start = performance.now();
    expect(readPlan([file])[0]!.buckets).toHaveLength(size);
    return (performance.now() - start) / 1000;
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
