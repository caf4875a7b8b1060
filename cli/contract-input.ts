/** Reads delivery contracts from where they may be: the hook's environment, a file, or what Terraform and cdktf write. */
import { CONTRACT_SCHEMA_VERSION, type DeliveryContract } from "../lib/contract/types";
import type { PolicyLocation } from "../lib/evaluate/types";
import { hasUnknown, unknownsIn } from "../lib/evaluate/unknown";
import { type PlanFile, PlanReadError, readPlan } from "../lib/plan";
import { UsageError } from "./command";
import { readInputFiles, readInputText } from "./input-files";

/** The environment variable by which the hook hands its contract over. */
export const CONTRACT_VARIABLE = "VENDOR_DESTINATION_CONTRACT";

export function contractFromText(text: string, where: string): DeliveryContract {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`UnreadableContract: '${where}' must hold JSON: ${(error as Error).message}`);
  }
  return checkContract(value, where);
}

export function contractFromFile(path: string): DeliveryContract {
  return contractFromText(readInputText(path), path);
}

/** Every contract in the files of Terraform and cdktf, and in the output of `terraform output -json`. */
export function contractsFromPaths(paths: readonly string[]): DeliveryContract[] {
  const found: { contract: unknown; where: string }[] = [];
  const plans: PlanFile[] = [];
  for (const file of readInputFiles(paths)) {
    const outputs = terraformOutputs(file);
    if (outputs) found.push(...outputs.flatMap(contractsWithin).map((contract) => ({ contract, where: file.path })));
    else plans.push(file);
  }
  for (const { contracts } of plans.length === 0 ? [] : readPlans(plans))
    found.push(...contracts.map(({ contract, location }) => ({ contract, where: showLocation(location) })));
  if (found.length === 0)
    throw new UsageError(
      `MissingContract: there is no delivery contract in it; validation may be switched off in the construct (at ${paths.join(", ")})`,
    );
  return found.map(({ contract, where }) => checkContract(contract, where));
}

function readPlans(files: readonly PlanFile[]) {
  try {
    return readPlan(files);
  } catch (error) {
    if (error instanceof PlanReadError) throw new UsageError(error.message);
    throw error;
  }
}

/** The values, if the file is the output of `terraform output -json`. */
function terraformOutputs(file: PlanFile): unknown[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(file.bytes));
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
  if (typeof value === "string") return value.includes('"expectations"') ? contractsWithin(parseOrUndefined(value)) : [];
  if (Array.isArray(value)) return value.flatMap(contractsWithin);
  if (!isObject(value)) return [];
  return "schemaVersion" in value && "expectations" in value ? [value] : Object.values(value).flatMap(contractsWithin);
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function showLocation({ file, address, line }: PolicyLocation): string {
  return `${address ? `${address} in ` : ""}${file}${line === undefined ? "" : `:${line}`}`;
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string" && value !== "";
const anyText: Check = (value) => typeof value === "string";
const optionalText: Check = (value) => value === undefined || typeof value === "string";
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const CONTEXT: Check = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every((item) => anyText(item) || listOf(anyText)(item));

const EXPECTATION = shape({
  id: text,
  title: text,
  actor: oneOf("vendor", "vendorWithoutExternalId", "strangerInVendorAccount", "strangerAccount", "anonymous"),
  action: text,
  resource: text,
  context: CONTEXT,
  expected: oneOf("allowed", "denied"),
});

/** The fields that a validation uses, each with its rule for people. */
const FIELDS: readonly (readonly [string, Check, string])[] = [
  ["id", text, "a text"],
  ["vendor", shape({ id: text, name: text, product: anyText }), "the vendor's id, name and product"],
  ["door", oneOf("assumedRole", "bucketPolicy", "webIdentity"), '"assumedRole", "bucketPolicy" or "webIdentity"'],
  ["partition", text, 'a partition, for example "aws"'],
  ["bucket", shape({ name: text, arn: text, region: optionalText }), "the bucket's name and ARN"],
  ["role", optional(shape({ name: text, arn: text })), "the role's name and ARN"],
  ["vendorPrincipals", listOf(text), "a list of ARNs or account ids"],
  ["externalIds", listOf(text), "a list of texts"],
  ["keyPrefix", anyText, "a text, empty or with a slash at its end"],
  ["expectations", listOf(EXPECTATION), "a list of expectations, each with id, title, actor, action, resource, context and expected"],
  [
    "posture",
    listOf(shape({ id: text, title: text, property: text, oneOf: listOf(anyText) })),
    "a list of settings, each with id, title, property and oneOf",
  ],
  ["validator", optional(shape({ principalArn: text, sessionName: text })), "the validator's principalArn and sessionName"],
];

/** The contract, or an error that names what is wrong with it. */
export function checkContract(value: unknown, where: string): DeliveryContract {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`UnreadableContract: '${where}' must hold one JSON object, got ${show(value)}`);
  const contract = value as Record<string, unknown>;
  if (contract.schemaVersion !== CONTRACT_SCHEMA_VERSION)
    throw new UsageError(
      `UnknownContractVersion: 'schemaVersion' must be ${CONTRACT_SCHEMA_VERSION}, got ${show(contract.schemaVersion)}; ` +
        `use the program of the library's version that wrote the contract (at ${where})`,
    );
  for (const [name, check, rule] of FIELDS)
    if (!check(contract[name]))
      throw new UsageError(
        `InvalidContract: '${name}' must be ${rule}, got ${show(contract[name])}; synthesise the stack again (at ${where})`,
      );
  if (contract.door !== "bucketPolicy" && contract.role === undefined)
    throw new UsageError(
      `InvalidContract: 'role' must be set for the door ${show(contract.door)}; synthesise the stack again (at ${where})`,
    );
  const [unresolved] = unresolvedIn(contract);
  if (unresolved !== undefined)
    throw new UsageError(
      `UnresolvedContract: the contract holds ${unresolved}, which only Terraform knows; validate after apply, ` +
        `with the state (terraform show -json) or the outputs (terraform output -json) (at ${where})`,
    );
  return contract as unknown as DeliveryContract;
}

/** What Terraform has not filled in. */
function unresolvedIn(value: unknown): string[] {
  if (typeof value === "string")
    return hasUnknown(value) ? unknownsIn(value).map((name) => `\${${name}}`) : (value.match(/\$\{[^}]*\}/g) ?? []);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(unresolvedIn);
  return [];
}

function show(value: unknown): string {
  const json = JSON.stringify(value) ?? "nothing";
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
