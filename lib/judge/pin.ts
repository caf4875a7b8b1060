import { accountOf, type DeliveryContract, OWN_ACCOUNT, substituteOwnAccount, wholeAccountOf } from "../contract";
import { PolicyGrammarError, type PolicyLocation } from "../evaluate";
import { isObject } from "../json";
import type { AccountModel, PlannedPolicy } from "../plan";
import { showUnknown } from "../unknown";
import { additionalCallers } from "./allowed-principals";
import { compiledPolicy } from "./compiled-policies";
import { bucketOf, roleOf } from "./planned-resources";

/** Version of this format. */
export const PIN_SCHEMA_VERSION = 1;

/** What was approved for one destination. */
export interface PinnedDestination {
  readonly vendor: string;
  readonly door: string;
  readonly bucket: string;
  /** Name of the role that the vendor assumes. */
  readonly role?: string;
  /** ARNs of the vendor's principals. */
  readonly principals: readonly string[];
  /** The vendor's accounts. */
  readonly accounts: readonly string[];
  /** SHA-256 of each external ID. The ID is not a secret, but the file does not need to show it. */
  readonly externalIds: readonly string[];
  /** SHA-256 of everything that the contract expects, grants and accepts. */
  readonly expected: string;
}

/** The file. `schemas/pin.schema.json` describes it. */
export interface Pin {
  readonly schemaVersion: number;
  /** By the contract's id. */
  readonly destinations: Readonly<Record<string, PinnedDestination>>;
  /**
   * By the ARN of a bucket or role, SHA-256 of everything that decides about requests to it. A change to exactly this state is approved.
   */
  readonly access?: Readonly<Record<string, string>>;
}

/** The file is not a pin, or has another version. */
export class PinError extends Error {
  public override readonly name = "PinError";
}

/** SHA-256 of a text, in hexadecimal digits. */
export type Hash = (text: string) => string;

export interface PinFinding {
  readonly kind: "contract" | "principal";
  readonly contract: string;
  readonly detail: string;
  readonly location?: PolicyLocation;
}

/**
 * The pin that approves these contracts.
 *
 * @param access of the buckets and roles of the input
 */
export function pinOf(contracts: readonly DeliveryContract[], hash: Hash, access: Pin["access"] = {}): Pin {
  const entries = contracts.map((contract) => [contract.id, pinned(contract, hash)] as const);
  const destinations = Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  return { schemaVersion: PIN_SCHEMA_VERSION, destinations, access };
}

function pinned(contract: DeliveryContract, hash: Hash): PinnedDestination {
  const { vendor, door, bucket, role, vendorPrincipals, externalIds, expectations, posture, granted, validator, accepted, acceptances } =
    contract;
  const expected = {
    expectations: expectations.map(({ actor, action, resource, context, expected: outcome }) => [
      actor,
      action,
      resource,
      sorted(context),
      outcome,
    ]),
    posture: posture.map(({ property, oneOf }) => [property, oneOf]),
    granted: granted && [granted.bucketActions, granted.objectActions, granted.objects],
    accepted: accepted.map(({ code }) => code),
    acceptances: acceptances?.map(({ id, statement }) => [id, statement]),
  };
  const accounts = vendorPrincipals.map((principal) => accountOf(principal)).filter((account) => account !== undefined);
  return {
    vendor: vendor.id,
    door,
    bucket: showUnknown(bucket.name),
    ...(role && { role: showUnknown(role.name) }),
    principals: unique([...vendorPrincipals, ...(validator ? [validator.principalArn] : [])].map(showUnknown)),
    accounts: unique(accounts),
    externalIds: unique(externalIds.map((id) => `sha256:${hash(id)}`)),
    // A role ARN that is unknown before apply must not make the hashes differ.
    expected: `sha256:${hash(JSON.stringify(expected).replace(/"arn:[^"]*:role\/[^"]*"/g, '"role"'))}`,
  };
}

/** Reads the file. Throws `PinError`. */
export function readPin(value: unknown, where: string): Pin {
  const pin = (typeof value === "object" && value !== null ? value : {}) as Partial<Pin>;
  if (pin.schemaVersion !== PIN_SCHEMA_VERSION || !isObject(pin.destinations)) {
    throw new PinError(
      `InvalidPin: 'schemaVersion' must be ${PIN_SCHEMA_VERSION} and 'destinations' an object, got ` +
        `${JSON.stringify(value)?.slice(0, 120)}; write the file with --write-pin (at ${where})`,
    );
  }
  const { access = {} } = pin;
  if (!isObject(access) || Object.values(access).some((value) => typeof value !== "string")) {
    throw new PinError(
      `InvalidPin: 'access' must be an object of texts, got ${JSON.stringify(access).slice(0, 120)}; write the file with --write-pin (at ${where})`,
    );
  }
  for (const [id, entry] of Object.entries(pin.destinations)) {
    const isText = (name: string) => typeof (entry as unknown as Record<string, unknown> | null)?.[name] === "string";
    const isList = (name: string) => {
      const list = (entry as unknown as Record<string, unknown> | null)?.[name];
      return Array.isArray(list) && list.every((item) => typeof item === "string");
    };
    const wrong = [
      ...["vendor", "door", "bucket", "expected"].filter((name) => !isText(name)),
      ...["principals", "accounts", "externalIds"].filter((name) => !isList(name)),
    ];
    if (wrong.length > 0) {
      throw new PinError(
        `InvalidPin: '${id}' must have ${wrong.join(", ")}, got ${JSON.stringify(entry)}; write the file with --write-pin (at ${where})`,
      );
    }
  }
  return pin as Pin;
}

/** How contracts and policies differ from the approved ones. Each contract comes with the account model that it belongs to. */
export function comparePin(
  pin: Pin,
  contracts: readonly { readonly contract: DeliveryContract; readonly model: AccountModel; readonly location?: PolicyLocation }[],
  hash: Hash,
): PinFinding[] {
  const findings: PinFinding[] = [];
  for (const { contract, model, location } of contracts) {
    const approved = Object.hasOwn(pin.destinations, contract.id) ? pin.destinations[contract.id] : undefined;
    const add = (kind: PinFinding["kind"], detail: string, place = location) =>
      findings.push({ kind, contract: contract.id, detail, ...(place && { location: place }) });
    if (approved === undefined) {
      add("contract", "the destination is not in the pin");
      continue;
    }
    for (const difference of differences(approved, pinned(contract, hash))) add("contract", difference);
    for (const { principal, place } of allowedPrincipals(contract, model)) {
      if (!isApproved(principal, pin, approved.bucket)) add("principal", `${showUnknown(principal)} is not in the pin`, place);
    }
  }
  const present = new Set(contracts.map(({ contract }) => contract.id));
  for (const id of Object.keys(pin.destinations)) {
    if (!present.has(id))
      findings.push({ kind: "contract", contract: id, detail: "the destination is in the pin, but no contract has this ID" });
  }
  return findings;
}

const NAMES: Readonly<Record<keyof PinnedDestination, string>> = {
  vendor: "the vendor",
  door: "the access method",
  bucket: "the bucket",
  role: "the role",
  principals: "the vendor's principals",
  accounts: "the vendor's accounts",
  externalIds: "the external IDs",
  expected: "what is expected and granted",
};

function differences(approved: PinnedDestination, found: PinnedDestination): string[] {
  return (Object.keys(NAMES) as (keyof PinnedDestination)[]).flatMap((name) => {
    const [before, now] = [approved[name], found[name]].map((value) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value));
    if (before === now) return [];
    return name === "expected" || name === "externalIds"
      ? [`${NAMES[name]}: not as approved`]
      : [`${NAMES[name]}: ${now ?? "none"}, approved is ${before ?? "none"}`];
  });
}

/** The principals of other accounts that the trust policy and the bucket policy allow. */
function* allowedPrincipals(contract: DeliveryContract, model: AccountModel): Generator<{ principal: string; place: PolicyLocation }> {
  const role = roleOf(contract, model);
  const ownAccounts = [OWN_ACCOUNT, ...model.roles.map(({ arn }) => accountOf(substituteOwnAccount(arn)))];
  const isOwn = (principal: string) => {
    const account = accountOf(substituteOwnAccount(principal));
    return account !== undefined && ownAccounts.includes(account);
  };
  const policies: [PlannedPolicy, "trust" | "resource"][] = [
    ...(role === undefined ? [] : ([[role.trustPolicy, "trust"]] as [PlannedPolicy, "trust"][])),
    ...(bucketOf(contract, model)?.policies ?? []).map((policy): [PlannedPolicy, "resource"] => [policy, "resource"]),
  ];
  for (const [policy, kind] of policies) {
    const compiled = compiledPolicy(policy, kind);
    if (compiled instanceof PolicyGrammarError) continue;
    const callers = unique(compiled.allows.flatMap((statement) => additionalCallers(statement, isOwn)));
    for (const principal of callers) yield { principal, place: policy.location };
  }
}

/** Whether the principal is approved for this destination, or for another destination with the same bucket. */
function isApproved(principal: string, pin: Pin, bucket: string): boolean {
  const approved = Object.values(pin.destinations).flatMap((entry) => (entry.bucket === bucket ? entry.principals : []));
  const account = wholeAccountOf(principal);
  return approved.some((text) => text === showUnknown(principal) || (account !== undefined && wholeAccountOf(text) === account));
}

function sorted(context: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
