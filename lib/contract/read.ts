/** Makes sure that a value found somewhere is a delivery contract. Texts may hold placeholders for what is not known yet. */
import { showUnknown } from "../evaluate/unknown";
import { CONTRACT_SCHEMA_VERSION, type DeliveryContract } from "./types";

/** The value is no contract, or one of another version. */
export class ContractError extends Error {
  public override readonly name = "ContractError";
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
const shape = (fields: Readonly<Record<string, Check>>): Check => {
  const checks = Object.entries(fields);
  return (value) =>
    typeof value === "object" && value !== null && checks.every(([name, check]) => check((value as Record<string, unknown>)[name]));
};
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const listOfTexts = listOf(anyText);

const CONTEXT: Check = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every((item) => anyText(item) || listOfTexts(item));

const EXPECTATION = shape({
  id: text,
  title: text,
  actor: oneOf("vendor", "vendorWithoutExternalId", "strangerInVendorAccount", "strangerAccount", "anonymous"),
  action: text,
  resource: text,
  context: CONTEXT,
  expected: oneOf("allowed", "denied"),
});

/** The fields, each with its rule for people. */
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
  [
    "granted",
    optional(shape({ bucketActions: listOf(text), objectActions: listOf(text), objects: listOf(text) })),
    "the granted bucketActions, objectActions and objects",
  ],
  [
    "accepted",
    optional(listOf(shape({ code: text, reason: text, source: anyText }))),
    "a list of findings, each with code, reason and source",
  ],
  ["validator", optional(shape({ principalArn: text, sessionName: text })), "the validator's principalArn and sessionName"],
];

/**
 * The contract.
 *
 * @param where for people: the file and address where it was found
 * @throws ContractError that names what is wrong with it
 */
export function readContract(value: unknown, where: string): DeliveryContract {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ContractError(`UnreadableContract: the contract must be one JSON object, got ${show(value)} (at ${where})`);
  const contract = value as Record<string, unknown>;
  if (contract.schemaVersion !== CONTRACT_SCHEMA_VERSION)
    throw new ContractError(
      `UnknownContractVersion: 'schemaVersion' must be ${CONTRACT_SCHEMA_VERSION}, got ${show(contract.schemaVersion)}; ` +
        `use the program of the library's version that wrote the contract (at ${where})`,
    );
  for (const [name, check, rule] of FIELDS)
    if (!check(contract[name]))
      throw new ContractError(
        `InvalidContract: '${name}' must be ${rule}, got ${show(contract[name])}; synthesise the stack again (at ${where})`,
      );
  if (contract.door !== "bucketPolicy" && contract.role === undefined)
    throw new ContractError(
      `InvalidContract: 'role' must be set for the door ${show(contract.door)}; synthesise the stack again (at ${where})`,
    );
  return { accepted: [], cadence: {}, ...contract } as unknown as DeliveryContract;
}

function show(value: unknown): string {
  const json = showUnknown(JSON.stringify(value)?.replaceAll("\\u0000", "\u0000") ?? "nothing");
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
