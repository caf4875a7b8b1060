import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Why Terraform cannot be asked here, or undefined. */
export function whyNoTerraform(): string | undefined {
  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "there is no program `terraform` on the PATH";
  }
}

/**
 * What Terraform itself makes of texts as they stand in Terraform JSON: each is an output of a module without providers, and applied.
 *
 * @param variables values of variables, whose types follow from them.
 */
export function workedOutByTerraform(texts: Record<string, string>, variables: Record<string, unknown>): Record<string, any> {
  const folder = mkdtempSync(join(tmpdir(), "terraform-"));
  const terraform = (...args: string[]) =>
    execFileSync("terraform", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  try {
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify({
        variable: Object.fromEntries(Object.keys(variables).map((name) => [name, { type: "any" }])),
        output: Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, { value }])),
      }),
    );
    writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify(variables));
    terraform("init", "-input=false", "-no-color");
    terraform("apply", "-auto-approve", "-input=false", "-no-color");
    const outputs: Record<string, { value: unknown }> = JSON.parse(terraform("output", "-json", "-no-color"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
