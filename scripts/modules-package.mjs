// Packs the Terraform modules with the program in them, as a release of the repository offers them. The bundle must be there already.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "./setup.mjs";

/** What Terraform leaves in a folder in which somebody tried a module. */
const LEFT = [".terraform", ".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.backup"];

/** Writes the archive into a folder; answers with its path. */
export function packModules(target) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const path = join(target, `terraform-modules-${version}.tgz`);
  run("tar", [...LEFT.map((name) => `--exclude=${name}`), "-czf", path, "LICENSE", "modules"]);
  return path;
}
