/** Finds the delivery contracts that travel in the `input` of a `terraform_data`. */
import type { PolicyLocation } from "../evaluate";
import { isDeeperThan, isObject } from "../json";
import { decodeJson } from "./expression/json-text";
import type { Instance, Inventory } from "./resources/inventory";
import type { PlannedContract } from "./types";

const DEEPEST = 100;

/** Members that only contracts have. */
const MARKS = ["exercised", "expectations"];

export function readContracts(inventory: Inventory): PlannedContract[] {
  const contracts: PlannedContract[] = [];
  for (const data of inventory.instances("terraform_data")) {
    const before = contracts.length;
    collect(data.get("input"), data.locate("input"), contracts, 0);
    if (contracts.length === before && runsTheProgram(data)) {
      const message = `the delivery contract in ${data.address} cannot be read: its input is not known, or is none`;
      inventory.problems.add("plan-incomplete", message, data.location);
    }
  }
  return contracts;
}

/** Whether it is the hook of a destination, which hands its contract to the program. */
function runsTheProgram(data: Instance): boolean {
  return data.isConfigured("provisioner") && String(JSON.stringify(data.get("provisioner"))).includes("VENDOR_DESTINATION_CONTRACT");
}

/** The input itself, a member of it, or a member of a member; each as an object or as JSON text. */
function collect(value: unknown, location: PolicyLocation, into: PlannedContract[], level: number): void {
  const candidate = typeof value === "string" ? parseContract(value) : value;
  if (Array.isArray(candidate) && level < 3) for (const item of candidate) collect(item, location, into, level + 1);
  if (!isObject(candidate)) return;
  if (isContract(candidate)) {
    if (!isDeeperThan(candidate, DEEPEST)) into.push({ contract: candidate, location });
    return;
  }
  if (level < 2) for (const member of Object.values(candidate)) collect(member, location, into, level + 1);
}

/** Whether a value means to be a contract, by its terms or by a list of what is expected. */
export function isContract(value: object): boolean {
  return Object.hasOwn(value, "schemaVersion") && MARKS.some((mark) => Object.hasOwn(value, mark));
}

/** Whether a text may hold a contract as JSON. */
export function mayHoldContract(text: string): boolean {
  return text.includes("schemaVersion") && MARKS.some((mark) => text.includes(mark));
}

function parseContract(text: string): unknown {
  if (!mayHoldContract(text)) return undefined;
  try {
    return decodeJson(text);
  } catch {
    return undefined;
  }
}
