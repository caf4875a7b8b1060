/** Ways in which data of a bucket may leave it, other than by the policies of buckets and roles. */
import { hasUnknown, referencesIn, unknownsIn, unknownText } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import { inSameAccount } from "../resources/provider";
import type { PlannedDataFlow } from "../types";
import { API_CALLS } from "./api-calls";
import { APIS } from "./apis";
import { CODE } from "./code";
import { codeOfAwscc } from "./code-in-templates";
import { COPIES } from "./copies";
import type { Flow } from "./flow";
import { programsOf } from "./programs";
import { READERS } from "./readers";
import { otherTools, TOOLS } from "./tools";

export function readDataFlows(inventory: Inventory): PlannedDataFlow[] {
  const known = [COPIES, READERS, APIS, TOOLS, API_CALLS, ...CODE].flatMap((readers) =>
    Object.entries(readers).flatMap(([type, read]) =>
      inAws(type, inventory).flatMap((resource) => flowsOf(resource, read(resource, inventory), inventory)),
    ),
  );
  const others = inventory.types().flatMap((type) =>
    inventory.instances(type).flatMap((resource) => {
      const tools = type.startsWith("data.") ? [] : otherTools(resource);
      return flowsOf(resource, [...tools, ...programsOf(resource), ...codeOfAwscc(resource)], inventory);
    }),
  );
  return [...known, ...others];
}

function flowsOf(resource: Instance, flows: readonly Flow[], inventory: Inventory): PlannedDataFlow[] {
  const { address, location, isCertain } = resource;
  const ofResource = { ...(!isCertain && { isUncertain: true as const }), address, location };
  return flows
    .filter(({ source }) => source !== "")
    .map((flow) => ({ ...flow, recipients: flow.recipients.map((each) => inItsAccount(each, resource, inventory)), ...ofResource }));
}

const REFERENCE = /^((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(aws_\w+)\.[\w-]+)/;

/**
 * A recipient that is known only by a reference to its resource. If the account of that resource is another one or unknown, the recipient
 * is that account.
 */
function inItsAccount(recipient: string, { provider, address: own }: Instance, inventory: Inventory): string {
  if (!hasUnknown(recipient)) return recipient;
  // An argument whose value is not known refers to no resource.
  if (unknownsIn(recipient).some((source) => source.startsWith(`${own}.`) && referencesIn(source).length === 0))
    return unknownText(`what ${own} names`);
  const references = unknownsIn(recipient).flatMap((source) => [source, ...referencesIn(source)]);
  const resources = references.flatMap((reference) => {
    const [, address, type] = REFERENCE.exec(reference) ?? [];
    if (type === undefined) return [];
    return inventory.instances(type).filter((each) => each.address === address || each.address.startsWith(`${address}[`));
  });
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
