import { valueAt } from "../json";
import { readBuckets } from "./buckets/read-buckets";
import { ModuleBlocks } from "./configuration/blocks";
import type { StackOutputs } from "./configuration/cross-stack";
import { readModule } from "./configuration/module";
import { readContracts } from "./contracts";
import { readOrganizationPolicies } from "./data-flows/organization-policies";
import { readDataFlows } from "./data-flows/read-data-flows";
import { kindOf } from "./files/file-kind";
import { type FileGroup, groupFiles } from "./files/group-files";
import { PlanReadError } from "./files/plan-read-error";
import { withResourcesOfOthers } from "./other-stacks";
import type { Inventory } from "./resources/inventory";
import { readRoles } from "./roles/read-roles";
import { readInventory } from "./show/read-show";
import type { AccountModel, PlanFile, PlannedContract } from "./types";
import { withKinds } from "./unknown-kinds";
import { reportUnsupported } from "./unsupported";

/**
 * Reads Terraform JSON into models of the account: one for each stack, root module, plan or state among the files.
 *
 * The content of a file decides what it is. Values that only `terraform apply` will know are placeholders in the models.
 *
 * @throws PlanReadError where a file cannot be read, with the reason and a remedy; nothing else
 */
export function readPlan(files: readonly PlanFile[]): AccountModel[] {
  const outputs: StackOutputs = new Map();
  const inventories = groupFiles(files).map((group) => {
    const file = group.files[0]!.path;
    return { file, inventory: guarded(file, () => inventoryOf(group, outputs)) };
  });
  const stacks = inventories.map(({ inventory }) => inventory).filter(isConfiguration);
  return inventories.map(({ file, inventory }) =>
    guarded(file, () => {
      const others = isConfiguration(inventory) ? stacks.filter((other) => other !== inventory) : [];
      return toModel(others.length === 0 ? inventory : withResourcesOfOthers(inventory, others));
    }),
  );
}

/**
 * Reads a configuration in Terraform's JSON syntax, or `terraform show -json`, that is already in memory.
 *
 * @param name shown to people, and the `file` of all locations
 * @throws PlanReadError where the value is not Terraform JSON
 */
export function readConfiguration(config: unknown, name: string): AccountModel {
  const files = [{ path: name, content: config }];
  return guarded(name, () =>
    toModel(inventoryOf({ kind: kindOf(config, "cdk.tf.json", name), name, folder: ".", files, modules: [], values: new Map() })),
  );
}

function inventoryOf(group: FileGroup, outputs?: StackOutputs): Inventory {
  const { kind, name, files, values } = group;
  if (kind === "plan" || kind === "state") return readInventory({ content: files[0]!.content, file: files[0]!.path, name, source: kind });
  const folders = new Map(group.modules.map(({ folder, files: inner }) => [folder, new ModuleBlocks(folder, inner)]));
  return readModule({ root: new ModuleBlocks(group.folder, files), folders, name, source: kind, values, outputs });
}

function isConfiguration({ source }: Inventory): boolean {
  return source === "cdk.tf.json" || source === "tf.json";
}

function toModel(inventory: Inventory): AccountModel {
  reportUnsupported(inventory);
  const [buckets, roles, contracts] = [readBuckets(inventory), readRoles(inventory), readContracts(inventory)];
  const problems = inventory.problems.list(namesOfDestinations([...buckets, ...roles], contracts));
  const dataFlows = readDataFlows(inventory);
  const organizationPolicies = readOrganizationPolicies(inventory);
  return withKinds({
    name: inventory.name,
    source: inventory.source,
    buckets,
    roles,
    contracts,
    dataFlows,
    organizationPolicies,
    problems,
  });
}

/** Names and addresses of the buckets and roles that contracts name; of all buckets and roles where there is no contract. */
function namesOfDestinations(
  all: readonly { readonly name: string; readonly arn: string; readonly address: string }[],
  contracts: readonly PlannedContract[],
): ReadonlySet<string> {
  const named = new Set(
    contracts.flatMap(({ contract }) =>
      ["bucket", "role"].flatMap((what) => [valueAt(contract, what, "name"), valueAt(contract, what, "arn")]),
    ),
  );
  const destinations = contracts.length === 0 ? all : all.filter(({ name, arn }) => named.has(name) || named.has(arn));
  return new Set(destinations.flatMap(({ name, address }) => [name, address]));
}

/** Every part of the reader bounds its recursion. Should an input still exhaust the stack, the caller gets a `PlanReadError`. */
function guarded<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError)
      throw new PlanReadError(file, `is nested too deeply or too large: ${error.message}`, "give a smaller file");
    throw error;
  }
}
