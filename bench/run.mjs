/** Runs a bench written in TypeScript: `node bench/run.mjs evaluate` bundles `bench/evaluate.ts` into a temporary folder and runs it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [name, ...args] = process.argv.slice(2);
const entry = join(here, `${name}.ts`);
if (name === undefined || !existsSync(entry)) {
  console.error(`usage: node bench/run.mjs NAME, where bench/NAME.ts exists; got ${JSON.stringify(name)}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const outfile = join(folder, `${name}.cjs`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    resolveExtensions: [".ts", ".mjs", ".js", ".json"],
    logLevel: "warning",
  });
  const root = join(here, "..");
  const env = { ...process.env, NODE_PATH: join(root, "node_modules") };
  const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: "inherit", cwd: root, env });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
