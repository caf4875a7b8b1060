/** Resources by which one stack, plan or state configures the buckets and roles of another. */
import { hasUnknown, unknownText } from "../../unknown";
import { bucketsInPolicy } from "../buckets/owners";
import { inStack } from "../configuration/cross-stack";
import { attributeOf, bucketName, nameOf } from "../resources/attributes";
import type { Instance, Inventory } from "../resources/inventory";
import { mayEqual, mayMeanElsewhere } from "../resources/unresolved-owner";
import { textsOf } from "../roles/texts";
import { Qualifier } from "./qualify";

/** A resource of another stack. */
interface Foreign {
  readonly inventory: Inventory;
  readonly resource: Instance;
}

type Index = ReadonlyMap<unknown, readonly Foreign[]>;

interface IndexedResources {
  readonly kind: "instances" | "kept";
  readonly type: string;
  readonly keysOf: (resource: Instance, stack: Inventory) => readonly unknown[];
}

const NONE: readonly Foreign[] = [];

/**
 * All stacks, with an index of their resources by what these configure, so that the work does not grow with the number of pairs of stacks.
 */
export class LinkedStacks {
  private readonly indexes = new Map<string, Index>();
  private readonly qualifiers = new Map<Inventory, Qualifier>();
  private readonly names = new Map<Inventory, Readonly<Record<"bucket" | "role", ReadonlySet<string>>>>();
  private policies: ReadonlyMap<unknown, Foreign> | undefined;

  public constructor(private readonly inventories: readonly Inventory[]) {
    for (const inventory of inventories) this.qualifiers.set(inventory, new Qualifier(inventory.name));
  }

  /** The inventory with the resources of other stacks that configure its buckets and roles, by a literal name or by a reference. */
  public linked(inventory: Inventory): Inventory {
    if (this.inventories.length < 2) return inventory;
    const names = {
      bucket: namesIn(inventory, "aws_s3_bucket", bucketName),
      role: namesIn(inventory, "aws_iam_role", nameOf),
    };
    const withOthers =
      (kind: "instances" | "kept") =>
      (type: string): readonly Instance[] => {
        const own = inventory[kind](type);
        const others = this.others(inventory, { type, kind, names });
        return others.length === 0 ? own : [...own, ...others];
      };
    return {
      ...inventory,
      instances: withOthers("instances"),
      kept: withOthers("kept"),
      elsewhere: (type) => this.allElsewhere(inventory, type),
      policyElsewhere: (arn) => this.policyElsewhere(inventory, arn),
    };
  }

  private allElsewhere(inventory: Inventory, type: string, kind: Wanted["kind"] = "instances"): Instance[] {
    const all = this.index(`all ${type}`, { kind, type, keysOf: () => [""] }).get("") ?? NONE;
    return all.flatMap((foreign) => (foreign.inventory === inventory ? [] : this.qualified(foreign)));
  }

  private others(inventory: Inventory, { type, kind, names }: Wanted): Instance[] {
    if (type === "aws_s3_account_public_access_block") {
      return this.allElsewhere(inventory, type, kind);
    }
    const owner = ownerOf(type);
    if (owner === undefined) return [];
    const index = this.index(type, { kind, type, keysOf: (resource) => listOrOne(resource.get(owner.argument)) });
    const found = new Map<Instance, Foreign & { names: Map<unknown, string> }>();
    for (const [text, name] of names[owner.kind]) {
      for (const foreign of index.get(text) ?? NONE) {
        // A resource for a bucket or role of its own stack belongs there: both stacks may be applied to accounts of their own.
        if (foreign.inventory === inventory) continue;
        if (!hasUnknown(name) && this.defined(foreign.inventory, owner.kind).has(name)) continue;
        const known = found.get(foreign.resource) ?? { ...foreign, names: new Map() };
        known.names.set(text, name);
        found.set(foreign.resource, known);
      }
    }
    if (type === "aws_s3_bucket_policy") {
      // Amazon S3 accepts a policy only for the bucket that the policy names.
      const byResource = this.index(`${type} by the buckets in it`, { kind, type, keysOf: bucketsInPolicy });
      for (const name of names.bucket.values()) {
        for (const foreign of byResource.get(name) ?? NONE) {
          if (foreign.inventory === inventory || found.has(foreign.resource)) continue;
          found.set(foreign.resource, { ...foreign, names: new Map([[foreign.resource.get("bucket"), name]]) });
        }
      }
    }
    if (type === "aws_iam_policy_attachment") {
      // Such a resource detaches its policy from all roles that it does not list.
      const byPolicy = this.index(`${type} by policy`, { kind, type, keysOf: (resource) => [resource.get("policy_arn")] });
      const arns = ["aws_iam_role_policy_attachment", type].flatMap((each) => inventory[kind](each).map((one) => one.get("policy_arn")));
      for (const foreign of arns.flatMap((arn) => byPolicy.get(arn) ?? NONE)) {
        if (foreign.inventory !== inventory && !found.has(foreign.resource)) found.set(foreign.resource, { ...foreign, names: new Map() });
      }
    }
    const open =
      names[owner.kind].size === 0 ? [] : this.openElsewhere(inventory, { type, kind, owner, names: names[owner.kind], taken: found });
    return [...[...found.values()].map((foreign) => this.qualified(foreign, { argument: owner.argument, names: foreign.names })), ...open];
  }

  /**
   * Resources of other stacks whose bucket or role their own stack does not determine, so that it may be one of these. One for each
   * account.
   */
  private openElsewhere(inventory: Inventory, { type, kind, owner, names, taken }: WantedOpen): Instance[] {
    const argument = owner.argument;
    const index = this.index(`${type} without owner`, {
      kind,
      type,
      keysOf: (resource, stack) => [this.isOpen(resource, owner, stack) ? "" : undefined],
    });
    const found = new Map<string, Foreign>();
    for (const foreign of index.get("") ?? NONE) {
      if (foreign.inventory === inventory || found.has(foreign.resource.provider.account) || taken.has(foreign.resource)) continue;
      const given = textsOf(listOrOne(foreign.resource.get(argument))).filter((name) => hasUnknown(name));
      if (given.some((name) => [...names.values()].some((own) => mayEqual(name, own))))
        found.set(foreign.resource.provider.account, foreign);
    }
    return [...found.values()].map((foreign) => {
      const { inventory: own, resource } = foreign;
      const unknown = unknownText(`what ${resource.address} of the stack ${own.name} belongs to`);
      const value = resource.get(argument);
      const names = new Map(textsOf(listOrOne(value)).map((name) => [name, hasUnknown(name) ? unknown : name]));
      return this.qualified(foreign, { argument, names });
    });
  }

  private isOpen(resource: Instance, { argument, kind }: OwnerArgument, stack: Inventory): boolean {
    const names = textsOf(listOrOne(resource.get(argument)));
    return names.some((name) => hasUnknown(name) && mayMeanElsewhere(name) && !this.defined(stack, kind).has(name));
  }

  /**
   * The names of the buckets or roles that a stack defines. An unknown name is among them where the stack certainly creates its bucket or
   * role: no other one has that name then, because AWS refuses to create a second one.
   */
  private defined(inventory: Inventory, kind: "bucket" | "role"): ReadonlySet<string> {
    let names = this.names.get(inventory);
    if (names === undefined) {
      const of = (type: string, nameIn: (instance: Instance) => string) =>
        new Set(
          inventory
            .instances(type)
            .map((instance) => ({ instance, name: nameIn(instance) }))
            .filter(({ instance, name }) => !hasUnknown(name) || (instance.isCertain && !instance.isExisting))
            .map(({ name }) => name),
        );
      names = { bucket: of("aws_s3_bucket", bucketName), role: of("aws_iam_role", nameOf) };
      this.names.set(inventory, names);
    }
    return names[kind];
  }

  /** The resources of one type, in all stacks, by the keys given. */
  private index(name: string, { kind, type, keysOf }: IndexedResources): Index {
    const id = `${kind} ${name}`;
    let index = this.indexes.get(id);
    if (index === undefined) {
      const found = new Map<unknown, Foreign[]>();
      for (const inventory of this.inventories) {
        for (const resource of inventory[kind](type)) {
          for (const key of new Set(keysOf(resource, inventory))) {
            const list = found.get(key);
            if (list === undefined) found.set(key, [{ inventory, resource }]);
            else list.push({ inventory, resource });
          }
        }
      }
      index = found;
      this.indexes.set(id, index);
    }
    return index;
  }

  private policyElsewhere(inventory: Inventory, arn: unknown): Instance | undefined {
    this.policies ??= new Map(
      this.inventories.flatMap((other) =>
        other.instances("aws_iam_policy").map((resource): [unknown, Foreign] => {
          const own = attributeOf(resource, "arn");
          return [typeof own === "string" && hasUnknown(own) ? inStack(own, other.name) : own, { inventory: other, resource }];
        }),
      ),
    );
    const found = this.policies.get(arn);
    return found === undefined || found.inventory === inventory ? undefined : this.qualified(found);
  }

  /** The resource with placeholders that name its stack, and with the names of the buckets or roles as their own stack has them. */
  private qualified({ inventory, resource }: Foreign, owner?: OwnerNames): Instance {
    const qualifier = this.qualifiers.get(inventory)!;
    const own = (value: unknown): unknown =>
      Array.isArray(value) ? value.map((item) => owner?.names.get(item) ?? item) : (owner?.names.get(value) ?? value);
    const get = (name: string): unknown => (name === owner?.argument ? own(resource.get(name)) : qualifier.qualify(resource.get(name)));
    return Object.create(resource, { get: { value: get } }) as Instance;
  }
}

interface Wanted {
  readonly type: string;
  readonly kind: "instances" | "kept";
  readonly names: Readonly<Record<"bucket" | "role", ReadonlyMap<unknown, string>>>;
}

interface WantedOpen extends Pick<Wanted, "type" | "kind"> {
  readonly owner: OwnerArgument;
  /** Resources of which the bucket or role is known. */
  readonly taken: ReadonlyMap<Instance, unknown>;
  readonly names: ReadonlyMap<unknown, string>;
}

interface OwnerNames {
  readonly argument: string;
  readonly names: ReadonlyMap<unknown, string>;
}

interface OwnerArgument {
  readonly kind: "bucket" | "role";
  readonly argument: string;
}

/** The argument by which a resource names its bucket or role. */
function ownerOf(type: string): OwnerArgument | undefined {
  if (/^aws_s3_bucket_/.test(type)) return { kind: "bucket", argument: "bucket" };
  if (/^aws_iam_role_polic\w*_exclusive$/.test(type)) return { kind: "role", argument: "role_name" };
  if (/^aws_iam_role_policy/.test(type)) return { kind: "role", argument: "role" };
  return type === "aws_iam_policy_attachment" ? { kind: "role", argument: "roles" } : undefined;
}

function listOrOne(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The names of a stack's buckets or roles, by the text that other stacks have for each. */
function namesIn(
  { name: stack, instances }: Inventory,
  type: string,
  nameIn: (instance: Instance) => string,
): ReadonlyMap<unknown, string> {
  const names = instances(type).map(nameIn);
  return new Map(names.map((name) => [hasUnknown(name) ? inStack(name, stack) : name, name]));
}
