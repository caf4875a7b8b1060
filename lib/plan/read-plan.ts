/** From files to models. */

import { dig } from "../json";
import { hasUnknown } from "../unknown";
import { readBuckets } from "./buckets/read-buckets";
import { ModuleBlocks } from "./configuration/blocks";
import { inStack, type StackOutputs } from "./configuration/cross-stack";
import { readModule } from "./configuration/module";
import { readContracts } from "./contracts";
import { type FileGroup, groupFiles, kindOf } from "./files/group-files";
import { PlanReadError } from "./files/plan-read-error";
import { bucketName, nameOf } from "./resources/attributes";
import type { Instance, Inventory } from "./resources/inventory";
import { readRoles } from "./roles/read-roles";
import { readInventory } from "./show/read-show";
import type { AccountModel, PlanFile, PlannedContract } from "./types";
import { withKinds } from "./unknown-kinds";
import { reportUnsupported } from "./unsupported";

/**
 * Reads Terraform JSON into the accounts it describes: one model for each stack, root module, plan or state among the files.
 *
 * What the files are is told by their content. Values that only `terraform apply` will know are placeholders in the models.
 *
 * @throws PlanReadError where a file cannot be read, with the reason and what to do; nothing else
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
      return toModel(others.length === 0 ? inventory : withStrays(inventory, others));
    }),
  );
}

/**
 * Reads a configuration in Terraform's JSON syntax, or `terraform show -json`, that is already in memory.
 *
 * @param name for people, and the `file` of all locations
 * @throws PlanReadError where the value is no Terraform JSON
 */
export function readConfiguration(config: unknown, name: string): AccountModel {
  const files = [{ path: name, content: config }];
  return guarded(name, () =>
    toModel(inventoryOf({ kind: kindOf(config, "cdk.tf.json", name), name, folder: ".", files, modules: [], values: new Map() })),
  );
}

function inventoryOf(group: FileGroup, outputs?: StackOutputs): Inventory {
  const { kind, name, files, values } = group;
  if (kind === "plan" || kind === "state") return readInventory(files[0]!.content, files[0]!.path, name, kind);
  const folders = new Map(group.modules.map(({ folder, files: inner }) => [folder, new ModuleBlocks(folder, inner)]));
  return readModule(new ModuleBlocks(group.folder, files), folders, name, kind, values, outputs);
}

function isConfiguration({ source }: Inventory): boolean {
  return source === "cdk.tf.json" || source === "tf.json";
}

function toModel(inventory: Inventory): AccountModel {
  reportUnsupported(inventory);
  const [buckets, roles, contracts] = [readBuckets(inventory), readRoles(inventory), readContracts(inventory)];
  const problems = inventory.problems.list(ofDestinations([...buckets, ...roles], contracts));
  return withKinds({ name: inventory.name, source: inventory.source, buckets, roles, contracts, problems });
}

/** Names and addresses of the buckets and roles that contracts name; of all, where there is no contract. */
function ofDestinations(
  all: readonly { readonly name: string; readonly arn: string; readonly address: string }[],
  contracts: readonly PlannedContract[],
): ReadonlySet<string> {
  const named = new Set(
    contracts.flatMap(({ contract }) => ["bucket", "role"].flatMap((what) => [dig(contract, what, "name"), dig(contract, what, "arn")])),
  );
  const meant = contracts.length === 0 ? all : all.filter(({ name, arn }) => named.has(name) || named.has(arn));
  return new Set(meant.flatMap(({ name, address }) => [name, address]));
}

/** Resources that other stacks hang on a bucket or role of this one, which they name by its literal name or by a reference. */
function withStrays(inventory: Inventory, others: readonly Inventory[]): Inventory {
  const own = new Map([
    ["bucket", namesIn(inventory, "aws_s3_bucket", bucketName)],
    ["role", namesIn(inventory, "aws_iam_role", nameOf)],
  ]);
  return {
    ...inventory,
    instances: (type) => {
      const subject = /^aws_s3_bucket_/.test(type) ? "bucket" : /^aws_iam_role_policy/.test(type) ? "role" : undefined;
      const instances = inventory.instances(type);
      if (subject === undefined) return instances;
      const strays = others.flatMap((other) =>
        other.instances(type).flatMap((part) => {
          const name = own.get(subject)!.get(part.get(subject));
          return name === undefined ? [] : [naming(part, subject, name)];
        }),
      );
      return strays.length === 0 ? instances : [...instances, ...strays];
    },
  };
}

/** The names of a stack's own, by the text that other stacks have for each. */
function namesIn(
  { name: stack, instances }: Inventory,
  type: string,
  nameIn: (instance: Instance) => string,
): ReadonlyMap<unknown, string> {
  const names = instances(type).map(nameIn);
  return new Map(names.map((name) => [hasUnknown(name) ? inStack(name, stack) : name, name]));
}

/** The part, which says the name as its own stack has it. */
function naming(part: Instance, subject: string, name: string): Instance {
  const get = (attribute: string): unknown => (attribute === subject ? name : part.get(attribute));
  return Object.create(part, { get: { value: get } }) as Instance;
}

/** Every part of the reader bounds how deep it goes; should an input still find a way, it is an answer, not a crash. */
function guarded<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError)
      throw new PlanReadError(file, `is nested too deeply or too large: ${error.message}`, "give a smaller file");
    throw error;
  }
}
