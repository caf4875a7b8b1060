/** Finds everything about a KMS key by any of its names, so that the work does not grow with the number of pairs of keys and buckets. */
import { memoizeByObject } from "../evaluate";
import type { PlannedKey, PlannedKeyGrant, PlannedKeys, PlannedPolicy } from "../plan";
import { hasUnknown } from "../unknown";

const NONE: PlannedKeys = { keys: [], policies: [], aliases: [], grants: [] };
const indexOf = memoizeByObject((kms: PlannedKeys) => new KeyIndex(kms));

export function keyIndexOf(kms: PlannedKeys = NONE): KeyIndex {
  return indexOf(kms);
}

export class KeyIndex {
  private readonly keys: ByName<PlannedKey>;
  private readonly aliases: ByName<PlannedKeys["aliases"][number]>;
  private readonly policies: ByName<PlannedKeys["policies"][number]>;
  private readonly grants: ByName<PlannedKeyGrant>;
  /** Policies and grants whose key cannot be resolved. They may belong to any key. */
  public readonly unresolved: { readonly policies: readonly PlannedPolicy[]; readonly grants: readonly PlannedKeyGrant[] };

  public constructor(kms: PlannedKeys) {
    this.keys = new ByName(kms.keys, ({ names }) => names);
    this.aliases = new ByName(kms.aliases, ({ names }) => names);
    this.policies = new ByName(kms.policies, ({ key }) => [key]);
    this.grants = new ByName(kms.grants, ({ key }) => [key]);
    const isUnresolved = ({ key }: { readonly key: string }) => hasUnknown(key) && this.defining(key).length === 0;
    this.unresolved = {
      policies: kms.policies.filter(isUnresolved).map(({ policy }) => policy),
      grants: kms.grants.filter(isUnresolved),
    };
  }

  /** The target of the alias; the name itself if it is not an alias of the plan. */
  public targetOf(name: string): string {
    return this.aliases.find([name])[0]?.key ?? name;
  }

  public defining(name: string): readonly PlannedKey[] {
    return this.keys.find([this.targetOf(name)]);
  }

  /** The name itself or what it stands for, and the other names of the same key. */
  public namesOf(name: string): readonly string[] {
    return [this.targetOf(name), ...this.defining(name).flatMap(({ names }) => names)];
  }

  public policiesOf(names: readonly string[]): readonly PlannedPolicy[] {
    return this.policies.find(names).map(({ policy }) => policy);
  }

  public grantsOf(names: readonly string[]): readonly PlannedKeyGrant[] {
    return this.grants.find(names);
  }
}

class ByName<Item> {
  private readonly items = new Map<string, { readonly name: string; readonly item: Item }[]>();

  public constructor(all: readonly Item[], namesOf: (item: Item) => readonly string[]) {
    for (const item of all) {
      for (const name of new Set(namesOf(item))) {
        const known = this.items.get(idIn(name));
        if (known === undefined) this.items.set(idIn(name), [{ name, item }]);
        else known.push({ name, item });
      }
    }
  }

  public find(names: readonly string[]): readonly Item[] {
    const found = names.flatMap((name) => (this.items.get(idIn(name)) ?? []).filter((each) => areOfOneKey(name, each.name)));
    return [...new Set(found.map(({ item }) => item))];
  }
}

/** The ID of the key in an ARN; any other text itself. */
function idIn(name: string): string {
  return name.startsWith("arn:") ? name.slice(name.lastIndexOf(":key/") === -1 ? 0 : name.lastIndexOf(":key/") + ":key/".length) : name;
}

/** Whether two names are of the same key: they have the same ID, and are not different ARNs. An ID alone does not show the account. */
export function areOfOneKey(one: string, other: string): boolean {
  return one === other || (idIn(one) === idIn(other) && !(one.startsWith("arn:") && other.startsWith("arn:")));
}
