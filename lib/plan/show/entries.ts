/** The entries of a plan or state, one for each resource instance. */
import { isObject, listOf, ownValue, pointerTo, textOf, valueAt } from "../../json";

/** A resource instance as the file lists it. */
export interface Entry {
  readonly address: string;
  /** `aws_s3_bucket`, `data.aws_region`. */
  readonly type: string;
  readonly name: string;
  readonly index: string | number | undefined;
  /** Empty, or `module.a["k"]`. */
  readonly module: string;
  readonly pointer: string;
  values: unknown;
  /** `true` in the place of each unknown value. */
  unknown: unknown;
  /** The values before the plan is applied. */
  before: unknown;
  /** Whether the plan creates it, which leaves nothing of a former resource. */
  isNew: boolean;
  /** The key of an object that was replaced and still waits for its deletion. AWS has both. */
  readonly deposed?: string;
}

const DEEPEST_MODULES = 60;

/** The resource instances of a file, by address. */
export function readEntries(content: unknown): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  // The prior state holds the data sources that were read, and what a plan of some resources (`-target`) leaves as it is.
  const prior = valueAt(content, "prior_state", "values", "root_module");
  const planned = new Set(listOf(ownValue(content, "resource_changes")).map(addressOfObject));
  collect(prior, "/prior_state/values/root_module", (entry) => {
    if (entry.type.startsWith("data.") || !planned.has(entry.address)) entries.set(entry.address, entry);
  });
  const add = (entry: Entry) => entries.set(entry.address, entry);
  collect(valueAt(content, "planned_values", "root_module"), "/planned_values/root_module", add);
  collect(valueAt(content, "values", "root_module"), "/values/root_module", add);
  addChanges(content, entries);
  return entries;
}

function collect(root: unknown, rootPointer: string, add: (entry: Entry) => void): void {
  const visit = (module: unknown, pointer: string, depth: number): void => {
    if (depth > DEEPEST_MODULES) return;
    for (const [index, resource] of listOf(ownValue(module, "resources")).entries()) {
      const entry = toEntry(resource, textOf(ownValue(module, "address")) ?? "", pointerTo(pointer, "resources", index));
      if (entry !== undefined) add({ ...entry, values: ownValue(resource, "values") });
    }
    for (const [index, child] of listOf(ownValue(module, "child_modules")).entries()) {
      visit(child, pointerTo(pointer, "child_modules", index), depth + 1);
    }
  };
  visit(root, rootPointer, 0);
}

function toEntry(resource: unknown, module: string, pointer: string): Entry | undefined {
  const address = ownValue(resource, "address");
  const type = ownValue(resource, "type");
  const name = ownValue(resource, "name");
  if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") return undefined;
  const index = ownValue(resource, "index");
  const deposed = deposedKeyOf(resource);
  return {
    address: addressOfObject(resource)!,
    type: ownValue(resource, "mode") === "data" ? `data.${type}` : type,
    name,
    index: typeof index === "string" || typeof index === "number" ? index : undefined,
    module,
    pointer,
    values: undefined,
    unknown: undefined,
    before: undefined,
    isNew: false,
    ...(deposed !== undefined && { deposed }),
  };
}

/** A state and a plan name the key differently. */
function deposedKeyOf(resource: unknown): string | undefined {
  return textOf(ownValue(resource, "deposed_key")) ?? textOf(ownValue(resource, "deposed"));
}

/** The address, as Terraform shows it: a deposed object has that of the object which replaced it. */
function addressOfObject(resource: unknown): string | undefined {
  const address = textOf(ownValue(resource, "address"));
  const deposed = deposedKeyOf(resource);
  return deposed === undefined ? address : `${address} (deposed object ${deposed})`;
}

/** Adds from the changes which values are unknown, and the arguments of data sources that are read during apply. */
function addChanges(content: unknown, entries: Map<string, Entry>): void {
  for (const [index, change] of listOf(ownValue(content, "resource_changes")).entries()) {
    const pointer = pointerTo("/resource_changes", index);
    const address = addressOfObject(change) ?? "";
    const isRead = ownValue(change, "mode") === "data" && !listOf(valueAt(change, "change", "actions")).includes("delete");
    const known = entries.get(address) ?? (isRead ? toEntry(change, textOf(ownValue(change, "module_address")) ?? "", pointer) : undefined);
    if (known === undefined) continue;
    known.before = valueAt(change, "change", "before");
    known.isNew = listOf(valueAt(change, "change", "actions")).includes("create");
    if (isObject(known.values)) known.unknown = valueAt(change, "change", "after_unknown");
    else
      entries.set(address, { ...known, values: valueAt(change, "change", "after"), unknown: valueAt(change, "change", "after_unknown") });
  }
}

/**
 * What the plan stops managing and AWS keeps: resources that it forgets, and the ACL of a bucket, which has no operation that deletes it.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function readKept(content: unknown): Entry[] {
  return listOf(ownValue(content, "resource_changes")).flatMap((change, index) => {
    const actions = listOf(valueAt(change, "change", "actions"));
    const before = valueAt(change, "change", "before");
    const isKept =
      actions.includes("forget") ||
      (ownValue(change, "type") === "aws_s3_bucket_acl" && actions.includes("delete") && actions.length === 1);
    if (!isKept || !isObject(before)) return [];
    const entry = toEntry(change, textOf(ownValue(change, "module_address")) ?? "", pointerTo("/resource_changes", index));
    return entry === undefined ? [] : [{ ...entry, values: before, before }];
  });
}
