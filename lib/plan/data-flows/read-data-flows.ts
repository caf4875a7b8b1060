/** Ways by which data of a bucket may leave it, other than by the policies of buckets and roles. */
import { hasUnknown } from "../../unknown";
import type { Inventory } from "../resources/inventory";
import type { PlannedDataFlow } from "../types";
import { COPIES } from "./copies";
import type { FlowReader } from "./flow";
import { READERS } from "./readers";
import { TOOLS } from "./tools";

export function readDataFlows(inventory: Inventory): PlannedDataFlow[] {
  return [COPIES, READERS, TOOLS].flatMap((readers) =>
    Object.entries(readers).flatMap(([type, read]) => inventory.instances(type).flatMap((resource) => flowsOf(resource, read, inventory))),
  );
}

function flowsOf(resource: ReturnType<Inventory["instances"]>[number], read: FlowReader, inventory: Inventory): PlannedDataFlow[] {
  return read(resource, inventory)
    .filter(({ source }) => source !== "" || hasUnknown(source))
    .map((flow) => ({ ...flow, address: resource.address, location: resource.location }));
}
