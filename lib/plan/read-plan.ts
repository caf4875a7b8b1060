/** From files to models. */
import { readBuckets } from "./buckets";
import { ModuleBlocks } from "./configuration/blocks";
import { readModule } from "./configuration/module";
import { readContracts } from "./contracts";
import { type FileGroup, groupFiles, kindOf } from "./group-files";
import { withKinds } from "./kinds";
import { PlanReadError } from "./plan-read-error";
import type { Inventory } from "./resources";
import { readRoles } from "./roles";
import { readInventory } from "./show/read-show";
import type { AccountModel, PlanFile } from "./types";
import { reportUnsupported } from "./unsupported";

/**
 * Reads Terraform JSON into the accounts it describes: one model for each stack, root module, plan or state among the files.
 *
 * What the files are is told by their content. Values that only `terraform apply` will know are placeholders in the models.
 *
 * @throws PlanReadError where a file cannot be read, with the reason and what to do; nothing else
 */
export function readPlan(files: readonly PlanFile[]): AccountModel[] {
  return groupFiles(files).map((group) => guarded(group.files[0]!.path, () => readGroup(group)));
}

/**
 * Reads a configuration in Terraform's JSON syntax, or `terraform show -json`, that is already in memory.
 *
 * @param name for people, and the `file` of all locations
 * @throws PlanReadError where the value is no Terraform JSON
 */
export function readConfiguration(config: unknown, name: string): AccountModel {
  return guarded(name, () =>
    readGroup({ kind: kindOf(config, "cdk.tf.json", name), name, folder: ".", files: [{ path: name, content: config }], modules: [] }),
  );
}

function readGroup(group: FileGroup): AccountModel {
  const { kind, name, files } = group;
  if (kind === "plan" || kind === "state") return toModel(readInventory(files[0]!.content, files[0]!.path, name, kind));
  const folders = new Map(group.modules.map(({ folder, files: inner }) => [folder, new ModuleBlocks(folder, inner)]));
  return toModel(readModule(new ModuleBlocks(group.folder, files), folders, name, kind));
}

function toModel(inventory: Inventory): AccountModel {
  reportUnsupported(inventory);
  const [buckets, roles, contracts] = [readBuckets(inventory), readRoles(inventory), readContracts(inventory)];
  return withKinds({ name: inventory.name, source: inventory.source, buckets, roles, contracts, problems: inventory.problems.list() });
}

/** Every part of the reader bounds how deep it goes; should an input still find a way, it is an answer, not a crash. */
function guarded(file: string, read: () => AccountModel): AccountModel {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError)
      throw new PlanReadError(file, `is nested too deeply or too large: ${error.message}`, "give a smaller file");
    throw error;
  }
}
