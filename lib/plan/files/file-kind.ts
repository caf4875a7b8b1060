/** Decides from the content and the name of a file what it is. */
import { isObject, ownValue, textOf, valueAt } from "../../json";
import type { AccountModel } from "../account-model";
import { TOP_LEVEL } from "./block-types";
import { fileNameOf, folderOf } from "./paths";
import { PlanReadError } from "./plan-read-error";

export type FileKind = AccountModel["source"];

/** @see https://developer.hashicorp.com/terraform/internals/json-format#state-representation */
const STATE_KEYS: ReadonlySet<string> = new Set(["format_version", "terraform_version", "values", "checks"]);

/** Whether it is the manifest of a folder `cdktf.out`. */
export function isManifest(content: unknown): boolean {
  return isObject(ownValue(content, "stacks")) && ownValue(content, "version") !== undefined && ownValue(content, "resource") === undefined;
}

/** Whether Terraform or OpenTofu loads a file of this name as a configuration. */
export function isConfigurationFile(fileName: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(fileName);
}

/** Whether a file of this name is in Terraform's native syntax. */
export function isHclFile(fileName: string): boolean {
  return /\.(?:tf|tofu|tfvars)$/.test(fileName);
}

/** The kind of a parsed file. Throws `PlanReadError` where it is not Terraform JSON. */
export function kindOf(content: unknown, fileName: string, path: string): FileKind {
  if (isHclFile(fileName)) return "tf.json";
  const bodies = Array.isArray(content) ? content : [content];
  const keys = bodies.flatMap((body) => (isObject(body) ? Object.keys(body) : [""]));
  if (keys.includes("planned_values") || keys.includes("resource_changes")) return "plan";
  if (keys.includes("format_version") && keys.every((key) => STATE_KEYS.has(key))) return "state";
  if (ownValue(content, "terraform_version") !== undefined && Array.isArray(ownValue(content, "resources"))) {
    throw new PlanReadError(path, "is Terraform's raw state", 'run "terraform show -json > state.json" and give that file');
  }
  const hasTerraformName = isConfigurationFile(fileName) && bodies.every(isObject);
  if (!hasTerraformName && (keys.length === 0 || !keys.every((key) => TOP_LEVEL.has(key)))) return notTerraform(path);
  if (hasTerraformName && keys.length > 0 && !keys.some((key) => TOP_LEVEL.has(key))) return notTerraform(path);
  return fileName === "cdk.tf.json" || valueAt(content, "//", "metadata", "stackName") !== undefined ? "cdk.tf.json" : "tf.json";
}

function notTerraform(path: string): never {
  const remedy = 'give cdk.tf.json, .tf.json, .tf, or the output of "terraform show -json"';
  throw new PlanReadError(path, "is JSON, but not Terraform's", remedy);
}

/** The name of a model: that of the stack, else that of its folder or file. */
export function nameOf(kind: FileKind, content: unknown, path: string): string {
  if (kind !== "cdk.tf.json") return path;
  const folder = folderOf(path);
  return stackName([content]) ?? (folder === "." ? path : fileNameOf(folder));
}

export function stackName(contents: readonly unknown[]): string | undefined {
  return contents.map((content) => textOf(valueAt(content, "//", "metadata", "stackName"))).find((name) => name !== undefined);
}
