// Builds the Python package and puts its wheel into `.cache/packed-python`, or into the folder that is named: `npm run pack:python -- FOLDER`.
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "../setup.mjs";
import { ensurePythonPackage, WHEELS } from "./package.mjs";

const { unavailable } = ensurePythonPackage();
if (unavailable !== undefined) {
  console.error(`the Python package cannot be built: ${unavailable}`);
  process.exit(1);
}
const target = resolve(process.argv[2] ?? join(ROOT, ".cache", "packed-python"));
rmSync(target, { recursive: true, force: true });
cpSync(WHEELS, target, { recursive: true });
