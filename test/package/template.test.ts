/** The package in a project as `cdktf init --template=typescript` makes it: CommonJS, TypeScript 5, jest with ts-jest. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(__dirname, "..", "..");
const TSCONFIG = {
  compilerOptions: {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    lib: ["es2018"],
    module: "CommonJS",
    moduleResolution: "node10",
    noEmitOnError: true,
    noFallthroughCasesInSwitch: true,
    noImplicitAny: true,
    noImplicitReturns: true,
    noImplicitThis: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    resolveJsonModule: true,
    strict: true,
    strictNullChecks: true,
    strictPropertyInitialization: true,
    stripInternal: true,
    target: "ES2018",
    incremental: true,
    skipLibCheck: true,
  },
  include: ["**/*.ts"],
  exclude: ["node_modules"],
};

let packed: string;
let project: string;

beforeAll(() => {
  packed = mkdtempSync(join(tmpdir(), "vendor-destination-packed-"));
  project = mkdtempSync(join(tmpdir(), "vendor-destination-template-"));
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", packed], { cwd: ROOT });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "customer", private: true }));
  const tools = ["typescript@5", "jest@29", "ts-jest@29", "@types/jest@29", "@types/node@20"];
  const tarball = join(packed, readdirSync(packed)[0]!);
  execFileSync("npm", ["install", "--omit=peer", "--no-audit", "--no-fund", "--silent", tarball, ...tools], { cwd: project });
  mkdirSync(join(project, "node_modules", "@cdktf"), { recursive: true });
  for (const peer of ["cdktf", "constructs", "@cdktf/provider-aws"]) {
    symlinkSync(join(ROOT, "node_modules", peer), join(project, "node_modules", peer));
  }
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(TSCONFIG));
  writeFileSync(join(project, "jest.config.js"), 'module.exports = { preset: "ts-jest", testEnvironment: "node" };');
  for (const example of ["kandji", "six-sense"]) {
    mkdirSync(join(project, example));
    for (const file of ["stack.ts", `${example}.test.ts`]) {
      const text = readFileSync(join(ROOT, "examples", example, file), "utf8");
      writeFileSync(join(project, example, file), text.replace(/^import .* from "vitest";\n/m, ""));
    }
  }
});

afterAll(() => {
  for (const folder of [packed, project]) rmSync(folder, { recursive: true, force: true });
});

test("TypeScript 5 finds the types of the package and of the test kit", () => {
  const { status, stdout } = spawnSync("npx", ["tsc", "--noEmit"], { cwd: project, encoding: "utf8" });

  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("both documented tests pass with jest and ts-jest", () => {
  const { status, stderr } = spawnSync("npx", ["jest", "--ci"], { cwd: project, encoding: "utf8" });

  expect(stderr).toMatch(/Tests: +\d+ passed/);
  expect(status, stderr).toBe(0);
});
