/** `init` for CDK Terrain and for Python: the project of cdktf in other words. The package tests run every command of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CDKTN_DEPENDENCIES, CDKTN_NODE } from "../../../cli/init/cdktf-files";
import { REQUIREMENTS } from "../../../cli/init/python-files";
import { cli, folder } from "../run-program";

const ROOT = join(__dirname, "..", "..", "..");
const read = (...path: string[]) => readFileSync(join(...path), "utf8");

async function project(...argv: string[]): Promise<string> {
  const path = folder({});
  const [vendor, ...options] = argv;
  expect((await cli("init", vendor!, path, ...options)).code).toBe(0);
  return path;
}

test("a project of CDK Terrain depends on what its package is tested with, and what its page says", () => {
  const { devDependencies } = JSON.parse(read(ROOT, "packages", "cdktn-vendor-destination", "package.json"));
  const page = read(ROOT, "docs", "cdktn.md");

  for (const [name, range] of Object.entries(CDKTN_DEPENDENCIES)) {
    expect(range).toMatch(new RegExp(`^(\\^|>=)${devDependencies[name].replaceAll(".", "\\.")}`));
    expect(page).toContain(`${name}@${range}`);
  }
});

test("a project in Python requires what the page about languages installs", () => {
  const [, command] = /^pip install cdktf-vendor-destination (.*)$/m.exec(read(ROOT, "docs", "languages.md"))!;

  expect(command!.replaceAll('"', "").split(" ")).toEqual(REQUIREMENTS);
});

describe.each(["kandji", "6sense"])("%s for CDK Terrain", (vendor) => {
  test("has the sources of the project for cdktf, with other imports only", async () => {
    const [cdktf, cdktn] = [await project(vendor), await project(vendor, "--dialect", "cdktn")];

    for (const file of ["main.ts", "stack.ts", "stack.test.ts"]) {
      const imports = /^import .* from "(?!\.|vitest|constructs).*";$/gm;
      expect(read(cdktn, file).replace(imports, "")).toBe(read(cdktf, file).replace(imports, ""));
      for (const [line] of read(cdktn, file).matchAll(imports)) expect(line).toMatch(/from "@?cdktn(-vendor-destination)?[/"]/);
    }
    expect(read(cdktn, "README.md")).toContain(CDKTN_NODE);
    expect(read(cdktn, "README.md").replace(CDKTN_NODE, "")).toBe(read(cdktf, "README.md"));
    expect(JSON.parse(read(cdktn, "package.json")).dependencies).toEqual({
      ...CDKTN_DEPENDENCIES,
      "cdktn-vendor-destination": expect.stringMatching(/^\^\d/),
    });
  });
});

describe.each(["kandji", "6sense"])("%s in Python", (vendor) => {
  test("has the values of the user in the program and in its test", async () => {
    const role =
      vendor === "kandji"
        ? ["--vendor-account-id", "333333333333", "--vendor-role-name", "x"]
        : ["--vendor-role-arn", "arn:aws:iam::333333333333:role/x"];
    const path = await project(vendor, "--dialect", "python", "--bucket", "logs-of-acme", "--region", "eu-west-3", ...role);

    for (const value of ["logs-of-acme", "eu-west-3", "333333333333"]) expect(read(path, "main.py")).toContain(value);
    expect(read(path, "test.sh")).toContain("explain cdktf.out");
    expect(read(path, "test.sh")).toContain("arn:aws:s3:::logs-of-acme/");
    expect(read(path, "main.py") + read(path, "test.sh")).not.toMatch(/222222222222|acme-kandji|acme\.6sense/);
  });
});

test("Kandji's role has a name that fits, however long that of the bucket is", async () => {
  const path = await project("kandji", "--dialect", "python", "--bucket", "b".repeat(60));

  expect(read(path, "main.py")).toContain('role_name="kandji-delivery"');
  expect(read(path, "test.sh")).toContain("kandji-delivery arn:aws:s3:::");
});
