/** Ways by which data of a bucket may leave it, other than by the policies of buckets and roles. */
import type { Instance, Inventory } from "../resources/inventory";
import type { PlannedDataFlow } from "../types";
import { COPIES } from "./copies";
import type { Flow } from "./flow";
import { READERS } from "./readers";
import { otherTools, TOOLS } from "./tools";

export function readDataFlows(inventory: Inventory): PlannedDataFlow[] {
  const known = [COPIES, READERS, TOOLS].flatMap((readers) =>
    Object.entries(readers).flatMap(([type, read]) =>
      inventory.instances(type).flatMap((resource) => flowsOf(resource, read(resource, inventory))),
    ),
  );
  const others = inventory.types().flatMap((type) => otherTools(type, inventory));
  return [...known, ...others.flatMap(([resource, flows]) => flowsOf(resource, flows))];
}

function flowsOf({ address, location }: Instance, flows: readonly Flow[]): PlannedDataFlow[] {
  return flows.filter(({ source }) => source !== "").map((flow) => ({ ...flow, address, location }));
}
