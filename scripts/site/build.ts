/** Builds the site out of the repository's Markdown into `.cache/site/dist`, or into the folder that is named: `npm run site -- FOLDER`. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { renderedPages } from "./pages";

const ROOT = join(__dirname, "..", "..");
const SOURCES = join(ROOT, ".cache", "site", "src");

/** Writes what VitePress reads. */
function writeSources(): void {
  rmSync(SOURCES, { recursive: true, force: true });
  for (const [path, text] of renderedPages()) {
    mkdirSync(dirname(join(SOURCES, path)), { recursive: true });
    writeFileSync(join(SOURCES, path), text);
  }
  cpSync(join(ROOT, "site", "public"), join(SOURCES, "public"), { recursive: true });
}

async function main(): Promise<void> {
  writeSources();
  const { build } = await import("vitepress");
  await build(join(ROOT, "site"), { outDir: resolve(process.argv[2] ?? join(ROOT, ".cache", "site", "dist")) });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
