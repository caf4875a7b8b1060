/** Ways by which data of a bucket may leave it, other than by the policies of buckets and roles. */
import { hasUnknown, unknownsIn } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import { inSameAccount } from "../resources/provider";
import type { PlannedDataFlow } from "../types";
import { COPIES } from "./copies";
import type { Flow } from "./flow";
import { READERS } from "./readers";
import { otherTools, TOOLS } from "./tools";

export function readDataFlows(inventory: Inventory): PlannedDataFlow[] {
  const known = [COPIES, READERS, TOOLS].flatMap((readers) =>
    Object.entries(readers).flatMap(([type, read]) =>
      inAws(type, inventory).flatMap((resource) => flowsOf(resource, read(resource, inventory), inventory)),
    ),
  );
  const others = inventory.types().flatMap((type) => otherTools(type, inventory));
  return [...known, ...others.flatMap(([resource, flows]) => flowsOf(resource, flows, inventory))];
}

function flowsOf(resource: Instance, flows: readonly Flow[], inventory: Inventory): PlannedDataFlow[] {
  const { address, location } = resource;
  return flows
    .filter(({ source }) => source !== "")
    .map((flow) => ({ ...flow, recipients: flow.recipients.map((each) => inItsAccount(each, resource, inventory)), address, location }));
}

const REFERENCE = /(?:^|, from |, )((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(aws_\w+)\.[\w-]+)/g;

/** A recipient that is known only by the reference to its resource; the account of that resource where it is another one or not known. */
function inItsAccount(recipient: string, { provider }: Instance, inventory: Inventory): string {
  if (!hasUnknown(recipient)) return recipient;
  const references = unknownsIn(recipient).flatMap((source) => [...source.matchAll(REFERENCE)]);
  const resources = references.flatMap(([, address, type]) =>
    inventory.instances(type!).filter((each) => each.address === address || each.address.startsWith(`${address}[`)),
  );
  return resources.find((each) => inSameAccount(each.provider, provider) !== "yes")?.provider.account ?? recipient;
}

/** The resources of a type, with those that the plan forgets and that no other one replaces. */
function inAws(type: string, inventory: Inventory): readonly Instance[] {
  const managed = inventory.instances(type);
  if (!/^aws_s3_bucket_/.test(type)) return managed;
  const keyOf = (resource: Instance) => [resource.get("bucket"), resource.get("name")].join(" ");
  const keys = new Set(managed.map(keyOf));
  return [...managed, ...inventory.kept(type).filter((resource) => !keys.has(keyOf(resource)))];
}
