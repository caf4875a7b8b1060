/** What rooms must never reach, over however many steps. Types count as imports: a room that only names another one still knows it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeOf, importsOf, isModule, ROOT, sourcesIn, within } from "./sources";

/** The ways from some files to everything that they reach, over however many steps: `a > b > cdktf`. */
function reachedFrom(paths: readonly string[]): Map<string, string> {
  const ways = new Map(paths.map((path) => [path, path]));
  const queue = [...paths];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (!/\.m?ts$/.test(path) || !existsSync(join(ROOT, path))) continue;
    for (const target of importsOf(path)) {
      if (ways.has(target)) continue;
      ways.set(target, `${ways.get(path)} > ${target}`);
      queue.push(target);
    }
  }
  return ways;
}

/** The ways to what the rule does not allow; empty where all is well. */
function waysTo(paths: readonly string[], forbidden: (target: string) => boolean): string[] {
  return [...reachedFrom(paths)].filter(([target]) => forbidden(target)).map(([, way]) => way);
}

/** The imports that the rule does not allow, one step only. */
function importsFrom(paths: readonly string[], forbidden: (target: string, path: string) => boolean): string[] {
  return paths.flatMap((path) =>
    importsOf(path)
      .filter((target) => forbidden(target, path))
      .map((target) => `${path} > ${target}`),
  );
}

const LIB = sourcesIn("lib");
const CLI = sourcesIn("cli");
/** What every room may stand on: values that are not known, and JSON. */
const GROUND = ["lib/unknown", "lib/json"];
const PURE_ROOMS = [
  ...GROUND,
  "lib/access",
  "lib/names",
  "lib/policy",
  "lib/props",
  "lib/errors",
  "lib/vendors",
  "lib/contract",
  "lib/evaluate",
  "lib/judge",
  "lib/plan",
  "lib/proof",
  "lib/reach",
  "lib/rules",
];
const PURE = [...LIB.filter((path) => PURE_ROOMS.some((room) => within(room)(path)))];

test("this test sees the sources and their imports", () => {
  expect(LIB.length).toBeGreaterThan(60);
  expect(PURE).toContain("lib/vendors/kandji.ts");
  expect(importsOf("lib/destination-bucket.ts")).toEqual(
    expect.arrayContaining(["constructs", "@cdktf/provider-aws/lib/s3-bucket", "lib/policy/index.ts"]),
  );
  expect(waysTo(["examples/main.ts"], (target) => target === "lib/names/names.ts")).toHaveLength(1);
});

describe("the pure rooms and the vendors' profiles", () => {
  test("reach no module but Node.js's hashes: no cdktf, no provider, no file system, no AWS SDK", () => {
    expect(waysTo(PURE, (target) => isModule(target) && target !== "node:crypto")).toEqual([]);
    expect(importsFrom(PURE, (target) => target === "node:crypto")).toHaveLength(1);
  });

  test("reach nothing of the program", () => {
    expect(waysTo(PURE, within("cli"))).toEqual([]);
  });

  test("the judge never reaches the author", () => {
    expect(waysTo(LIB.filter(within("lib/evaluate")), within("lib/policy"))).toEqual([]);
    expect(waysTo(LIB.filter(within("lib/plan")), within("lib/policy"))).toEqual([]);
  });

  test("the prover and the judge never reach each other", () => {
    const beyondGround = (room: string) => (target: string) => !within(room)(target) && !GROUND.some((ground) => within(ground)(target));

    expect(waysTo(LIB.filter(within("lib/access")), beyondGround("lib/access"))).toEqual([]);
    expect(waysTo(LIB.filter(within("lib/evaluate")), within("lib/access"))).toEqual([]);
  });

  test("the author never reaches the judge", () => {
    expect(waysTo(LIB.filter(within("lib/policy")), (target) => /^lib\/(evaluate|contract|plan)\//.test(target))).toEqual([]);
  });

  test("judging requests needs nothing but the judge", () => {
    const onGround = (target: string) => GROUND.some((room) => within(room)(target));

    expect(waysTo(LIB.filter(within("lib/evaluate")), (target) => !within("lib/evaluate")(target) && !onGround(target))).toEqual([]);
  });
});

describe("the library", () => {
  test("imports the modules that it declares, and four of Node.js; the test kit throws Node.js's assertion errors", () => {
    const allowed = /^(cdktf|constructs|@cdktf\/provider-aws\/lib\/[a-z0-9-]+|node:(crypto|fs|path|url))$/;
    const ofTestKit = (target: string, path: string) => target === "node:assert" && within("lib/testing")(path);

    expect(importsFrom(LIB, (target, path) => isModule(target) && !allowed.test(target) && !ofTestKit(target, path))).toEqual([]);
  });

  test("never imports the program", () => {
    expect(importsFrom(LIB, (target) => !within("lib")(target) && !isModule(target))).toEqual([]);
  });

  test("names no partition in an ARN, but where a vendor publishes its own", () => {
    const published = (path: string) => path.startsWith("lib/vendors/known/");
    expect(LIB.filter((path) => !published(path) && /["`]arn:aws:/.test(codeOf(path)))).toEqual([]);
  });

  test("exports from its index, and does nothing there", () => {
    expect(
      codeOf("lib/index.ts")
        .replace(/export (type )?\{[^}]*\} from "[^"]+";/g, "")
        .trim(),
    ).toBe("");
  });
});

describe("the program", () => {
  test("uses the AWS SDK in one room", () => {
    const outside = [...CLI, ...LIB].filter((path) => !within("cli/aws")(path));

    expect(importsFrom(outside, (target) => /^@(aws-sdk|smithy)\//.test(target))).toEqual([]);
  });

  test("never reaches cdktf, constructs or the provider, so that the bundle holds none of them", () => {
    expect(waysTo(CLI, (target) => /^(cdktf|constructs|@cdktf\/.*)$/.test(target))).toEqual([]);
  });

  test("imports from the library the pure rooms and the profiles only", () => {
    const allowed = (target: string) => PURE.includes(target);

    expect(importsFrom(CLI, (target) => within("lib")(target) && !allowed(target))).toEqual([]);
  });
});

describe("everywhere", () => {
  const ALL = ["lib", "cli", "examples", "test", "bench", "scripts"].flatMap((folder) =>
    existsSync(join(ROOT, folder)) ? sourcesIn(folder) : [],
  );

  test("the provider is imported by sub-path: its root costs seconds and half a gigabyte", () => {
    expect(importsFrom(ALL, (target) => target === "@cdktf/provider-aws" || target === "@cdktf/provider-aws/lib")).toEqual([]);
  });

  test("examples import the library as users do", () => {
    const allowed = /^(cdktf|constructs|@cdktf\/provider-aws\/lib\/[a-z0-9-]+|lib\/index\.ts)$/;
    const inTests = (target: string, path: string) => path.endsWith(".test.ts") && /^(vitest|lib\/testing\/index\.ts)$/.test(target);
    const foreign = (target: string, path: string) => !within("examples")(target) && !allowed.test(target) && !inTests(target, path);

    expect(importsFrom(sourcesIn("examples"), foreign)).toEqual([]);
  });
});
