// Builds and packs the npm packages, and the Terraform modules with the program in them, into `.cache/packed`, or into the folder that is named: `npm run pack -- FOLDER`.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { CDKTN_PACKAGE, ensureCdktnBuilt } from "./cdktn/package.mjs";
import { packModules } from "./modules-package.mjs";
import { writeProgramPackage } from "./program-package.mjs";
import { ROOT, run } from "./setup.mjs";

ensureCdktnBuilt();
const target = resolve(process.argv[2] ?? join(ROOT, ".cache", "packed"));
const program = join(ROOT, ".cache", "vendor-destination");
mkdirSync(target, { recursive: true });
writeProgramPackage(program);
for (const cwd of [ROOT, CDKTN_PACKAGE, program])
  run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", target], { cwd });
packModules(target);
