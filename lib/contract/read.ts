/** Validates a value as a delivery contract. Texts can contain placeholders for values that are not known yet. */
import { hasEscapedMark, showUnknown, showUnknownInJson, unknownsIn } from "../unknown";
import { deriveContract } from "./derive";
import { SETTING_NAMES } from "./posture";
import { isDay } from "./terms";
import { CONTRACT_SCHEMA_VERSION, type ContractTerms, type DeliveryContract } from "./types";

/** The value is not a contract, or has another version. */
export class ContractError extends Error {
  public override readonly name = "ContractError";
}

/** A part that the contract needs is not known before Terraform is given a value or applies. */
export class UnknownContractError extends ContractError {
  public constructor(
    /** The reason, without code, remedy and place. */
    public readonly reason: string,
    where: string,
  ) {
    super(`UnknownContract: ${reason}; give the value, for example in terraform.tfvars, or use a plan (at ${where})`);
  }
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

const SETTING_VALUES: Check = (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).every(([name, values]) => SETTING_NAMES.includes(name) && listOfTexts(values) && values.length > 0);

const EXPECTATION = shape({
  id: text,
  title: text,
  actor: oneOf("vendor", "vendorWithoutExternalId", "strangerInVendorAccount", "strangerAccount", "anonymous"),
  action: text,
  resource: text,
  context: CONTEXT,
  expected: oneOf("allowed", "denied"),
});

type Field = readonly [name: string, check: Check, rule: string];

/** The fields of every contract, each with its rule for error messages. */
const PARTIES: readonly Field[] = [
  ["id", text, "a text"],
  ["vendor", shape({ id: text, name: text, product: anyText }), "the vendor's id, name and product"],
  ["door", oneOf("assumedRole", "bucketPolicy", "webIdentity"), '"assumedRole", "bucketPolicy" or "webIdentity"'],
  ["partition", text, 'a partition, for example "aws"'],
  ["bucket", shape({ name: text, arn: text, region: optionalText }), "the bucket's name and ARN"],
  ["role", optional(shape({ name: text, arn: text })), "the role's name and ARN"],
  ["vendorPrincipals", listOf(text), "a list of ARNs or account IDs"],
  ["externalIds", listOf(text), "a list of texts"],
  [
    "accepted",
    optional(listOf(shape({ code: text, reason: text, source: anyText }))),
    "a list of findings, each with code, reason and source",
  ],
  [
    "acceptances",
    optional(
      listOf(
        shape({ id: text, reason: text, address: optionalText, statement: optionalText, owner: optionalText, expires: optional(isDay) }),
      ),
    ),
    "a list of acceptances, each with id and reason",
  ],
  ["validator", optional(shape({ principalArn: text, sessionName: text })), "the validator's principalArn and sessionName"],
];

const ACTIONS = { bucketActions: listOf(text), objectActions: listOf(text) };

/** The settings that every contract must have. */
const NEEDED_SETTINGS = ["encryption", "versioning", "objectOwnership"];

const SETTINGS: Check = (value) => {
  if (!shape({ documented: SETTING_VALUES, chosen: SETTING_VALUES })(value)) return false;
  const { documented, chosen } = value as ContractTerms["settings"];
  return NEEDED_SETTINGS.every((name) => name in documented || name in chosen);
};

/** The fields of terms, from which the expectations follow. */
const TERMS: readonly Field[] = [
  ["keyPrefixes", listOfTexts, "a list of texts, each with a slash at its end"],
  [
    "granted",
    shape({ ...ACTIONS, endsAtPrefix: (value) => typeof value === "boolean" }),
    "the granted bucketActions, objectActions and endsAtPrefix",
  ],
  ["exercised", shape(ACTIONS), "the exercised bucketActions and objectActions"],
  [
    "settings",
    SETTINGS,
    `the documented and chosen values of ${SETTING_NAMES.join(", ")}, of which ${NEEDED_SETTINGS.join(", ")} must be there`,
  ],
];

/** The fields of a contract that lists its expectations. */
const LISTED: readonly Field[] = [
  ["keyPrefix", anyText, "a text, empty or with a slash at its end"],
  ["expectations", listOf(EXPECTATION), "a list of expectations, each with id, title, actor, action, resource, context and expected"],
  [
    "posture",
    listOf(shape({ id: text, title: text, property: text, oneOf: listOf(anyText) })),
    "a list of settings, each with id, title, property and oneOf",
  ],
  ["granted", optional(shape({ ...ACTIONS, objects: listOf(text) })), "the granted bucketActions, objectActions and objects"],
];

/**
 * The contract that follows from the terms. A contract that lists its expectations itself, for example one written by hand, is used as it is.
 *
 * @param where - file and address of the value, for error messages
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
  const isListed = "expectations" in contract;
  for (const fields of [PARTIES, isListed ? LISTED : TERMS])
    for (const [name, check, rule] of fields)
      if (!check(contract[name])) {
        const references = unknownReferencesIn(contract[name]);
        if (references.length > 0)
          throw new UnknownContractError(
            `'${name}' of ${showId(contract.id)} is not known: its expression refers to ${references.join(", ")}`,
            where,
          );
        throw new ContractError(
          `InvalidContract: '${name}' must be ${rule}, got ${show(contract[name])}; synthesize the stack again (at ${where})`,
        );
      }
  if (contract.door !== "bucketPolicy" && contract.role === undefined)
    throw new ContractError(
      `InvalidContract: 'role' must be set for the access method ${show(contract.door)}; synthesize the stack again (at ${where})`,
    );
  const complete = { accepted: [], cadence: {}, ...contract };
  return isListed ? (complete as unknown as DeliveryContract) : deriveContract(complete as unknown as ContractTerms);
}

/** What the unknown parts of a value refer to. A part without a reference stands for itself. */
function unknownReferencesIn(value: unknown): string[] {
  const json = JSON.stringify(value) ?? "";
  if (!hasEscapedMark(json)) return [];
  const sources = textsIn(value).flatMap(unknownsIn);
  return [
    ...new Set(
      sources.flatMap((source) => source.match(/\b(?:var|local|module|data|[a-z]+(?:_[a-z0-9]+)+)(?:\.[\w-]+)+(?![\w(.-])/g) ?? source),
    ),
  ];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function showId(id: unknown): string {
  return typeof id === "string" ? `the delivery contract ${showUnknown(id)}` : "the delivery contract";
}

function show(value: unknown): string {
  const json = showUnknownInJson(JSON.stringify(value) ?? "nothing");
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
