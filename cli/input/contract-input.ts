import { ContractError, type DeliveryContract, readContract, substituteOwnAccount } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import { decodeText, isObject } from "../../lib/json";
import { type AccountModel, isContract, mayHoldContract, type PlanFile, PlanReadError, readEstate } from "../../lib/plan";
import { hasUnknown, unknownsIn } from "../../lib/unknown";
import { contractIsNotJson, contractIsUnresolved, noContractIn, unreadableInput } from "../errors";
import { readInputFiles, readInputText } from "./input-files";
import { projectFiles } from "./project-files";

/** The environment variable with which the hook passes its contract. */
export const CONTRACT_VARIABLE = "VENDOR_DESTINATION_CONTRACT";

/** The environment variable with which the hook passes the contracts of the bucket's other destinations, as a list. */
export const NEIGHBOURS_VARIABLE = "VENDOR_DESTINATION_NEIGHBOURS";

/** Contracts that are not validated, whose vendors may use the same bucket. */
export function neighboursFrom(env: Readonly<Record<string, string | undefined>>): DeliveryContract[] {
  const text = env[NEIGHBOURS_VARIABLE];
  if (!text) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw contractIsNotJson(NEIGHBOURS_VARIABLE, (error as Error).message);
  }
  return (Array.isArray(value) ? value : [value]).map((contract) => checkContract(contract, NEIGHBOURS_VARIABLE));
}

export function contractFromText(text: string, where: string): DeliveryContract {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw contractIsNotJson(where, (error as Error).message);
  }
  return checkContract(value, where);
}

export function contractFromFile(path: string): DeliveryContract {
  return contractFromText(readInputText(path), path);
}

/** A contract, with the plan or state that it was found in. */
export interface FoundContract {
  readonly contract: DeliveryContract;
  readonly planned?: AccountModel;
}

export interface ContractSources {
  readonly paths: readonly string[];
  /** The file that the user names as a contract. */
  readonly contractFile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The number of the customer's account, which a synthesized stack does not hold. */
  readonly ownAccount: (region: string | undefined) => Promise<string>;
}

/** The contracts that a command is about: from `--contract`, otherwise from the paths, otherwise from the environment. */
export async function contractsOf({ paths, contractFile, env, ownAccount }: ContractSources): Promise<FoundContract[]> {
  if (contractFile !== undefined) return [{ contract: contractFromFile(contractFile) }];
  if (paths.length > 0) return contractsFromPaths(paths, ownAccount);
  const fromHook = env[CONTRACT_VARIABLE];
  return fromHook ? [{ contract: contractFromText(fromHook, CONTRACT_VARIABLE) }] : [];
}

/** Every contract in the files of Terraform and cdktf, and in the output of `terraform output -json`. */
export async function contractsFromPaths(paths: readonly string[], ownAccount: ContractSources["ownAccount"]): Promise<FoundContract[]> {
  const found: { contract: unknown; where: string; planned?: AccountModel }[] = [];
  const plans: PlanFile[] = [];
  for (const file of readInputFiles(paths)) {
    const outputs = terraformOutputs(file);
    if (outputs) found.push(...outputs.flatMap(contractsWithin).map((contract) => ({ contract, where: file.path })));
    else plans.push(file);
  }
  if (plans.length > 0) {
    const planned = readPlans(paths, plans);
    found.push(...planned.contracts.map(({ contract, location }) => ({ contract, where: showLocation(location), planned })));
  }
  if (found.length === 0) throw noContractIn(paths);
  const contracts = await withOwnAccount(
    found.map(({ contract }) => contract),
    ownAccount,
  );
  return found.map(({ where, planned }, index) => ({
    contract: checkContract(contracts[index], where),
    ...(planned ? { planned } : {}),
  }));
}

/** AWS is asked only if nothing else is missing. */
async function withOwnAccount(contracts: readonly unknown[], ownAccount: ContractSources["ownAccount"]): Promise<readonly unknown[]> {
  const lacking = contracts.filter((contract) => unresolvedIn(contract).length > 0);
  if (lacking.length === 0 || lacking.some((contract) => unresolvedIn(substituteOwnAccount(contract)).length > 0)) return contracts;
  const account = await ownAccount(regionIn(lacking[0]));
  return contracts.map((contract) => substituteOwnAccount(contract, account));
}

function regionIn(contract: unknown): string | undefined {
  const { bucket } = contract as { readonly bucket?: { readonly region?: unknown } };
  return typeof bucket?.region === "string" ? bucket.region : undefined;
}

function readPlans(paths: readonly string[], files: readonly PlanFile[]) {
  try {
    return readEstate(files, [], projectFiles(paths, files));
  } catch (error) {
    if (error instanceof PlanReadError) throw unreadableInput(error);
    throw error;
  }
}

/** The values, if the file is the output of `terraform output -json`. */
function terraformOutputs(file: PlanFile): unknown[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeText(file.bytes));
  } catch {
    return undefined;
  }
  if (!isObject(parsed)) return undefined;
  const outputs = Object.values(parsed);
  const isOutput = (output: unknown) => isObject(output) && "value" in output && "sensitive" in output;
  return outputs.length > 0 && outputs.every(isOutput) ? outputs.map((output) => (output as { value: unknown }).value) : undefined;
}

/** A contract as an object or as JSON text, itself or inside lists and objects. */
function contractsWithin(value: unknown): unknown[] {
  if (typeof value === "string") return mayHoldContract(value) ? contractsWithin(parseOrUndefined(value)) : [];
  if (Array.isArray(value)) return value.flatMap(contractsWithin);
  if (!isObject(value)) return [];
  return isContract(value) ? [value] : Object.values(value).flatMap(contractsWithin);
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function showLocation({ file, address, line }: PolicyLocation): string {
  return `${address ? `${address} in ` : ""}${file}${line === undefined ? "" : `:${line}`}`;
}

/** A contract without unknown values. Throws an error that names what is wrong with it. */
export function checkContract(value: unknown, where: string): DeliveryContract {
  const contract = readable(value, where);
  const [unresolved] = unresolvedIn(contract);
  if (unresolved !== undefined) throw contractIsUnresolved(unresolved, where);
  return contract;
}

function readable(value: unknown, where: string): DeliveryContract {
  try {
    return readContract(value, where);
  } catch (error) {
    if (error instanceof ContractError) throw unreadableInput(error);
    throw error;
  }
}

/** The parts that Terraform has not filled in. */
function unresolvedIn(value: unknown): string[] {
  if (typeof value === "string")
    return hasUnknown(value) ? unknownsIn(value).map((name) => `\${${name}}`) : (value.match(/\$\{[^}]*\}/g) ?? []);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(unresolvedIn);
  return [];
}
