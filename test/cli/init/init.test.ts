/** `init` writes the examples of this repository with the user's values, and overwrites nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEPENDENCIES, DEV_DEPENDENCIES } from "../../../cli/init/cdktf-files";
import { unwritableFile } from "../../../cli/init/errors";
import { EXAMPLE_FILES, exampleFiles } from "../../../scripts/example-files";
import { cli, folder } from "../run-program";

const ROOT = join(__dirname, "..", "..", "..");
const EXAMPLES = [
  ["kandji", "kandji", "kandji"],
  ["6sense", "six-sense", "sixsense"],
] as const;
const FILES = [
  ".github/workflows/vendor-destination.yml",
  ".gitignore",
  "README.md",
  "cdktf.json",
  "main.ts",
  "package.json",
  "stack.test.ts",
  "stack.ts",
  "tsconfig.json",
];

const read = (...path: string[]) => readFileSync(join(...path), "utf8");

test("the texts of the examples are those of `examples`: run `npm run docs` after a change", () => {
  expect(read(ROOT, EXAMPLE_FILES)).toBe(exampleFiles());
});

test("a project depends on what this package depends on", () => {
  const { peerDependencies, devDependencies } = JSON.parse(read(ROOT, "package.json"));

  expect(DEPENDENCIES).toEqual(peerDependencies);
  for (const [name, range] of Object.entries(DEV_DEPENDENCIES)) expect(devDependencies[name]).toBe(range);
});

/** The example has the name of 6sense's page, of which synthesis warns. */
const withoutDots = (text: string) => text.replaceAll("acme.6sense.staging", "acme-6sense-staging");

describe.each(EXAMPLES)("%s", (vendor, example, id) => {
  test("is the example where no value is given", async () => {
    const path = folder({});

    const { code, out, err } = await cli("init", vendor, path);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect([...out.matchAll(/^wrote (.*)$/gm)].map((match) => match[1]).sort()).toEqual(FILES.map((name) => join(path, name)));
    expect(out).toContain(`\nnext steps: ${join(path, "README.md")}\n`);
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1)).sort()).toEqual(FILES);
    expect(read(path, "stack.ts")).toBe(withoutDots(read(ROOT, "examples", example, "stack.ts")));
    expect(read(path, "stack.test.ts")).toBe(withoutDots(read(ROOT, "examples", example, `${example}.test.ts`)));
    expect(read(path, "README.md")).toContain(`terraform -chdir=cdktf.out/stacks/${id} apply`);
  });

  test.each(FILES)("writes nothing at all where %s is there", async (file) => {
    const path = folder({});
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), "mine");

    const { code, err } = await cli("init", vendor, path);

    expect(err).toBe(`FileExists: ${file} is there already, and nothing is overwritten; name an empty folder (at ${path})\n`);
    expect(code).toBe(2);
    expect(read(path, file)).toBe("mine");
    expect(FILES.filter((name) => existsSync(join(path, name)))).toEqual([file]);
  });
});

test("the values that are given stand everywhere", async () => {
  const path = join(folder({}), "new", "folder");

  const values = [
    "--bucket",
    "logs-of-acme",
    "--region",
    "eu-west-3",
    "--vendor-account-id",
    "333333333333",
    "--vendor-role-name",
    "x/kandji",
  ];
  await cli("init", "Kandji", path, ...values);

  const stack = read(path, "stack.ts");
  for (const value of ['"logs-of-acme"', '"eu-west-3"', '"333333333333"', '"x/kandji"']) expect(stack).toContain(value);
  const written = FILES.map((file) => read(path, file)).join("\n");
  expect(written).not.toMatch(/222222222222|acme-kandji|eu-central-1|kandji-activity/);
  expect(read(path, "stack.test.ts")).toContain("Principal    AWS arn:aws:iam::333333333333:role/x/kandji");
});

test("a bucket may have the name of the example's role", async () => {
  const path = folder({});

  await cli("init", "kandji", path, "--bucket", "kandji-activity", "--vendor-role-name", "acme-kandji-activity");

  expect(read(path, "stack.ts")).toMatch(/bucketName: "kandji-activity",[\s\S]*vendorRoleName: "acme-kandji-activity",/);
});

test("6sense's role is given by its ARN", async () => {
  const path = folder({});

  await cli("init", "6sense", path, "--vendor-role-arn", "arn:aws:iam::444444444444:role/x/common");

  expect(read(path, "stack.ts")).toContain('"arn:aws:iam::444444444444:role/x/common"');
});

describe.each([
  ["kandji", "acme-kandji-activity", []],
  ["kandji", "b".repeat(60), ["--bucket", "b".repeat(60), "--vendor-role-name", "x/y"]],
  ["6sense", "acme-6sense-staging", []],
  ["6sense", "logs", ["--bucket", "logs", "--vendor-role-arn", "arn:aws:iam::444444444444:role/x/common"]],
] as const)("%s in HCL, for the bucket %s", (vendor, bucket, options) => {
  test("is the module with the program, and passes the check", async () => {
    const path = folder({});

    const { code, err } = await cli("init", vendor, path, "--dialect", "hcl", ...options);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const file of ["main.tf", "outputs.tf", "variables.tf", "versions.tf", "README.md"]) {
      expect(read(path, "modules", vendor, file)).toBe(read(ROOT, "modules", vendor, file));
    }
    expect(existsSync(join(path, "modules", vendor, "program", "index.js"))).toBe(true);
    const checked = await cli("check", path);
    expect(checked.out).toMatch(/1 destination: \d\d as expected, 0 not, 0 not known; no findings; /);
    expect(checked.out).toContain(bucket);
    expect(checked.code).toBe(0);
  });

  test("has a test of which every request is decided as it says", async () => {
    const path = folder({});
    await cli("init", vendor, path, "--dialect", "hcl", ...options);
    const requests = [...read(path, "test.sh").matchAll(/^may (\S+) (\S+) (\S+) (\S+)(.*)$/gm)];

    expect(requests.length).toBeGreaterThan(3);
    for (const [, expected, action, principal, resource, more] of requests) {
      const argv = ["--expect", expected!, "--action", action!, "--principal", principal!, "--resource", resource!];
      const { code, out, err } = await cli("explain", path, ...argv, ...more!.trim().split(" ").filter(Boolean));
      expect(code, `${action} ${principal} ${resource}: ${out}${err}`).toBe(0);
    }
  });
});

describe("fails with 2 and writes nothing for", () => {
  test.each<[string, string[], RegExp]>([
    ["no vendor", [], /^MissingArgument: 'vendor' must be given; write vendor-destination init kandji\|6sense \[folder\]$/m],
    [
      "a vendor without an example",
      ["datadog-log-archives"],
      /^UnknownVendor: .* define a VendorDestination as https:\/\/\S+\/docs\/vendors\/other\.md/,
    ],
    [
      "the short name of a vendor without an example",
      ["datadog"],
      /^UnknownVendor: .* define a VendorDestination as https:\/\/\S+\/docs\/vendors\/other\.md/,
    ],
    ["a misspelt vendor", ["6sens"], /got "6sens"; write for example vendor-destination init 6sense$/m],
    [
      "an ARN of another partition",
      ["6sense", "--vendor-role-arn", "arn:aws-us-gov:iam::444444444444:role/x"],
      /\(arn:aws:iam::<account>:role\/<name>\), got /,
    ],
    ["a vendor that is not known", ["acme"], /got "acme"; write for example vendor-destination init kandji$/m],
    ["too many words", ["kandji", ".", "more"], /got "kandji \. more"/],
    ["a dialect that is not known", ["kandji", "--dialect", "bash"], /^InvalidOption: '--dialect' must be one of /],
    ["a bucket's name that is none", ["kandji", "--bucket", "Acme"], /^InvalidOption: '--bucket' must contain only lower-case/],
    ["a region that is none", ["kandji", "--region", "europe"], /^InvalidOption: '--region'/],
    ["a region that 6sense does not support", ["6sense", "--region", "eu-south-1"], /^InvalidOption: '--region' must be one of us-east-1/],
    ["an account that is none", ["kandji", "--vendor-account-id", "1"], /^InvalidOption: '--vendor-account-id'/],
    ["a role's name that is none", ["kandji", "--vendor-role-name", 'a"b'], /^InvalidOption: '--vendor-role-name'/],
    ["an ARN of a user", ["6sense", "--vendor-role-arn", "arn:aws:iam::444444444444:user/x"], /^InvalidOption: '--vendor-role-arn'/],
    [
      "an option of the other vendor",
      ["6sense", "--vendor-account-id", "1"],
      /^InvalidOption: '--vendor-account-id' has no meaning for init 6sense;/,
    ],
    [
      "an option of the other vendor",
      ["kandji", "--vendor-role-arn", "x"],
      /^InvalidOption: '--vendor-role-arn' has no meaning for init kandji;/,
    ],
  ])("%s", async (_, words, message) => {
    const path = folder({});
    const [vendor, second, ...rest] = words;
    const argv = vendor === undefined ? [] : second?.startsWith("--") ? [vendor, path, second, ...rest] : words;

    const { code, err } = await cli("init", ...argv);

    expect(err).toMatch(message);
    expect(code).toBe(2);
    expect(readdirSync(path)).toEqual([]);
  });

  test.each(["6sense", "Kandji"])("a folder %s: who names two vendors means two projects", async (name) => {
    const { code, err } = await cli("init", "kandji", name);

    expect(err).toBe(
      `TwoVendors: 'folder' must not be the name of a vendor, because a project is for one, got "${name}"; ` +
        `run init once for each vendor, each in a folder of its own, or write the folder as ./${name}\n`,
    );
    expect(code).toBe(2);
    expect(existsSync(name)).toBe(false);
  });

  test("a folder that cannot be written to", async () => {
    const path = folder({ file: "x" });

    const { code, err } = await cli("init", "kandji", join(path, "file"));

    expect(err).toMatch(/^UnwritableFile: the file cannot be written: /);
    expect(code).toBe(2);
    // A file system that answers ENOENT to every new folder: mkdir with `recursive` never returns.
    if (existsSync("/proc/self")) expect((await cli("init", "kandji", "/proc/x")).err).toMatch(/^UnwritableFile: /);
    expect(unwritableFile("a/b", "no").message).toBe(
      "UnwritableFile: the file cannot be written: no; name a folder that can be written to (at a/b)",
    );
  });
});
