import { valueAt } from "../json";
import { hasUnknown } from "../unknown";
import type { AccountModel, Estate } from "./account-model";
import { readBuckets } from "./buckets/read-buckets";
import { ModuleBlocks } from "./configuration/blocks";
import type { StackOutputs } from "./configuration/cross-stack";
import { requireUniqueBlocks } from "./configuration/duplicate-blocks";
import { readModule } from "./configuration/module";
import { requireModuleArguments } from "./configuration/module-arguments";
import { readContracts } from "./contracts";
import { readOrganizations } from "./data-flows/organization";
import { readOrganizationPolicies } from "./data-flows/organization-policies";
import { readDataFlows } from "./data-flows/read-data-flows";
import { joinParts } from "./estate/join";
import { LinkedStacks } from "./estate/other-stacks";
import { withUniqueNames } from "./estate/qualify";
import { contradictions, distinctStacks, type ReadStack, unplanned, withState } from "./estate/same-stack";
import { kindOf } from "./files/file-kind";
import { type FileGroup, groupFiles } from "./files/group-files";
import { PlanReadError } from "./files/plan-read-error";
import type { ProjectFiles } from "./files/project-files";
import { readKeys } from "./keys/read-keys";
import type { Inventory } from "./resources/inventory";
import { readRoles } from "./roles/read-roles";
import { readServiceGrants } from "./service-grants/read-service-grants";
import { readInventory } from "./show/read-show";
import { sourceFiles } from "./show/source-files";
import type { PlanFile, PlannedContract } from "./types";
import { withKinds } from "./unknown-kinds";
import { reportUnsupported } from "./unsupported";

/**
 * Reads Terraform JSON into one estate: what all stacks, root modules, plans and states among the files describe together.
 *
 * The content of a file decides what it is. Values that only `terraform apply` will know are placeholders. What one stack sets on a bucket
 * or role of another counts there, and a stack that several inputs show is one.
 *
 * @param sources files of the configurations that the plans were made from, as far as known; they contain what the plans leave out
 * @param project the files that functions such as `file` may read; without it their results are unknown
 * @throws PlanReadError where a file cannot be read, with the reason and a remedy; nothing else
 */
export function readEstate(files: readonly PlanFile[], sources: readonly PlanFile[] = [], project?: ProjectFiles): Estate {
  const estate = joinParts(withUniqueNames(readParts(files, { sources, project })));
  return { ...estate, ...withKinds(estate) };
}

/**
 * Reads Terraform JSON into models of the account: one for each stack, root module, plan or state among the files.
 *
 * @param sources as for `readEstate`
 * @throws PlanReadError as `readEstate` does
 */
export function readPlan(files: readonly PlanFile[], sources: readonly PlanFile[] = []): AccountModel[] {
  return readParts(files, { sources }).map(withKinds);
}

/** Everything that is known besides the files. */
interface Surroundings {
  readonly sources?: readonly PlanFile[];
  readonly project?: ProjectFiles | undefined;
}

function readParts(files: readonly PlanFile[], surroundings: Surroundings): AccountModel[] {
  const outputs: StackOutputs = new Map();
  const stacks = groupFiles(files).map((group): ReadStack => {
    const file = group.files[0]!.path;
    return {
      file,
      contents: group.files.map(({ content }) => content),
      inventory: guarded(file, () => inventoryOf(group, outputs, surroundings)),
    };
  });
  const distinct = distinctStacks(stacks);
  const links = new LinkedStacks(distinct.map(({ stack }) => stack.inventory));
  const read = distinct.map(({ stack, repeated }) => ({
    stack,
    ...guarded(stack.file, () => readResources(links.linked(stack.inventory))),
    repeated: repeated.map((other) => ({ ...other, ...guarded(other.file, () => readResources(other.inventory)) })),
  }));
  const everywhere = contractedNames(read.flatMap(({ contracts }) => contracts));
  return read.map(({ stack, inventory, repeated, ...resources }) => {
    const { name, source } = inventory;
    const outdated = repeated
      .map((other) => ({ ...other, name: other.inventory.name }))
      .flatMap((other) => {
        if (other.inventory.source !== "state" || source === "state") return contradictions({ ...resources, name }, other);
        // What a configuration no longer has is deleted; a plan says so.
        return source === "plan" ? unplanned(stack, other) : [];
      });
    const state = repeated.find((other) => other.inventory.source === "state");
    const problems = [...inventory.problems.list(namesOfDestinations(resources, everywhere)), ...outdated];
    return {
      name,
      source,
      ...resources,
      buckets: state === undefined ? resources.buckets : withState(resources.buckets, state.buckets),
      problems,
    };
  });
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

function inventoryOf(group: FileGroup, outputs?: StackOutputs, { sources = [], project }: Surroundings = {}): Inventory {
  const { kind, name, files, values } = group;
  if (kind === "plan" || kind === "state") {
    const { content, path: file } = files[0]!;
    return readInventory({ content, file, name, source: kind, sources: sourceFiles(sources, group.folder, project) });
  }
  const root = uniqueBlocks({ folder: group.folder, files });
  const folders = blocksOf(group.modules);
  requireModuleArguments(root, folders);
  const inventory = readModule({
    root,
    folders,
    installed: group.installed,
    name,
    source: kind,
    values,
    outputs,
    project,
    // During synthesis, the defaults of variables stand for values that come later.
    isComplete: outputs !== undefined,
  });
  for (const module of group.unused ?? []) reportUnused(module, inventory);
  return inventory;
}

/** Terraform creates nothing of a module that nothing calls. Whether somebody applies it by itself is not known. */
function reportUnused({ folder, files }: FileGroup["modules"][number], { problems }: Inventory): void {
  const message = `the module ${folder} is not judged: nothing calls it; give its folder by itself to check it as a root module`;
  const mentions = () => files.map(({ content }) => JSON.stringify(content));
  problems.add({ id: "module-not-called", message, location: { file: files[0]!.path }, mentions });
}

const blocks = new WeakMap<FileGroup["modules"], Map<string, ModuleBlocks>>();

/** The blocks of local modules, by folder. All root modules share them. */
function blocksOf(modules: FileGroup["modules"]): Map<string, ModuleBlocks> {
  const known = blocks.get(modules) ?? new Map(modules.map((module) => [module.folder, uniqueBlocks(module)]));
  blocks.set(modules, known);
  return known;
}

function uniqueBlocks({ folder, files }: Pick<FileGroup, "folder" | "files">): ModuleBlocks {
  const found = new ModuleBlocks(folder, files);
  requireUniqueBlocks(found);
  return found;
}

type Resources = Pick<
  AccountModel,
  "buckets" | "roles" | "contracts" | "kms" | "dataFlows" | "serviceGrants" | "organizationPolicies" | "organizations"
>;

function readResources(inventory: Inventory): Resources & { readonly inventory: Inventory } {
  reportUnsupported(inventory);
  const kms = readKeys(inventory);
  const organizations = readOrganizations(inventory);
  return {
    inventory,
    buckets: readBuckets(inventory),
    roles: readRoles(inventory),
    contracts: readContracts(inventory),
    ...(kms && { kms }),
    dataFlows: readDataFlows(inventory),
    serviceGrants: readServiceGrants(inventory),
    organizationPolicies: readOrganizationPolicies(inventory),
    ...(organizations && { organizations }),
  };
}

function toModel(inventory: Inventory): AccountModel {
  const { inventory: _, ...resources } = readResources(inventory);
  const problems = inventory.problems.list(namesOfDestinations(resources, contractedNames(resources.contracts)));
  return withKinds({ name: inventory.name, source: inventory.source, ...resources, problems });
}

/** Names and ARNs of the buckets and roles that contracts name. */
function contractedNames(contracts: readonly PlannedContract[]): ReadonlySet<unknown> {
  return new Set(
    contracts.flatMap(({ contract }) =>
      ["bucket", "role"].flatMap((what) => [valueAt(contract, what, "name"), valueAt(contract, what, "arn")]),
    ),
  );
}

/**
 * Names and addresses of the buckets and roles of a part that contracts name, and the names that contracts of other parts have; of all
 * buckets and roles where the part has no contract.
 */
function namesOfDestinations({ buckets, roles, contracts }: Resources, contracted: ReadonlySet<unknown>): ReadonlySet<string> {
  const all = [...buckets, ...roles];
  const destinations = contracts.length === 0 ? all : all.filter(({ name, arn }) => contracted.has(name) || contracted.has(arn));
  const elsewhere = [...contracted].filter((name) => typeof name === "string" && !hasUnknown(name)) as string[];
  return new Set([...destinations.flatMap(({ name, address }) => [name, address]), ...elsewhere]);
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
