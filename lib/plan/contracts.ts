/** Finds the delivery contracts in the `input` of a `terraform_data`. */
import { isDeeperThan, isObject } from "../json";
import { decodeJson } from "./expression/json-text";
import type { Instance, Inventory } from "./resources/inventory";
import type { PlannedContract } from "./types";

const DEEPEST = 100;

/** Members that only contracts have. */
const MARKS = ["exercised", "expectations"];

export function readContracts(inventory: Inventory): PlannedContract[] {
  return inventory.instances("terraform_data").flatMap((data) => {
    const location = data.locate("input");
    const contracts = contractsIn(data.get("input"), 0);
    if (contracts.length === 0 && runsValidation(data)) {
      const message = `the delivery contract in ${data.address} cannot be read: its input is unknown or holds no contract`;
      inventory.problems.add({ id: "plan-incomplete", message, location: data.location });
    }
    return contracts.map((contract) => ({ contract, location }));
  });
}

/** Whether it is the resource of a `DestinationValidation`, which passes its contract to the program. */
function runsValidation(data: Instance): boolean {
  return data.isConfigured("provisioner") && String(JSON.stringify(data.get("provisioner"))).includes("VENDOR_DESTINATION_CONTRACT");
}

/** The contracts in a value, in its members and in their members; each as an object or as JSON text. */
function contractsIn(value: unknown, level: number): object[] {
  const candidate = typeof value === "string" ? parseContract(value) : value;
  if (Array.isArray(candidate)) return level < 3 ? candidate.flatMap((item) => contractsIn(item, level + 1)) : [];
  if (!isObject(candidate)) return [];
  if (isContract(candidate)) return isDeeperThan(candidate, DEEPEST) ? [] : [candidate];
  return level < 2 ? Object.values(candidate).flatMap((member) => contractsIn(member, level + 1)) : [];
}

/** Whether a value has the members of a contract. */
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
