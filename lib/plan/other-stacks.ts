/** Resources by which one stack configures the buckets and roles of another. */
import { hasUnknown } from "../unknown";
import { inStack } from "./configuration/cross-stack";
import { bucketName, nameOf } from "./resources/attributes";
import type { Instance, Inventory } from "./resources/inventory";

/**
 * The inventory with the resources of other stacks that configure its buckets and roles, which those stacks name by a literal name or by
 * a reference.
 */
export function withResourcesOfOthers(inventory: Inventory, others: readonly Inventory[]): Inventory {
  const names = new Map([
    ["bucket", namesIn(inventory, "aws_s3_bucket", bucketName)],
    ["role", namesIn(inventory, "aws_iam_role", nameOf)],
  ]);
  return {
    ...inventory,
    instances: (type) => {
      const argument = /^aws_s3_bucket_/.test(type) ? "bucket" : /^aws_iam_role_policy/.test(type) ? "role" : undefined;
      const instances = inventory.instances(type);
      if (argument === undefined) return instances;
      const fromOthers = others.flatMap((other) =>
        other.instances(type).flatMap((resource) => {
          const name = names.get(argument)!.get(resource.get(argument));
          return name === undefined ? [] : [withArgument(resource, argument, name)];
        }),
      );
      return fromOthers.length === 0 ? instances : [...instances, ...fromOthers];
    },
  };
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

/** The resource with another value for one argument. */
function withArgument(resource: Instance, argument: string, value: string): Instance {
  const get = (name: string): unknown => (name === argument ? value : resource.get(name));
  return Object.create(resource, { get: { value: get } }) as Instance;
}
