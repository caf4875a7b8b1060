/**
 * Decides who wrote an object. Only these fields of an event are conclusive:
 *
 * - If the vendor assumes a role: `principalId` of an S3 notification, the unique ID of that role. Only its sessions have it.
 * - If the bucket policy names the vendor: `requester` of an EventBridge event, the vendor's account.
 */
import { accountOf, type DeliveryContract, VALIDATION_SESSION_NAME } from "../../lib/contract";
import type { Arrival, Attributed } from "../report/watch";

/** What IAM says about the role that the vendor assumes. */
export interface RoleFacts {
  /** `AROA…` */
  readonly uniqueId: string;
  /** Other trusted principals than the vendor and the validator. If there are any, a session of the role proves nothing. */
  readonly trustedOthers: readonly string[];
}

export function attribute(arrival: Arrival, contract: DeliveryContract, role: RoleFacts | undefined): Attributed {
  const found = contract.role ? byRole(arrival, contract, role) : byAccount(arrival, contract);
  return { ...arrival, by: found[0], why: found[1] };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;

type Finding = readonly [by: Attributed["by"], why: string];

function byRole({ writer }: Arrival, contract: DeliveryContract, role: RoleFacts | undefined): Finding {
  const name = contract.role!.name;
  if (!writer) return ["unknown", "a listing does not show who wrote an object"];
  if (writer.field === "requester") {
    if (writer.owner !== undefined && writer.value !== writer.owner)
      return ["other", `written by ${writer.value}, not by a role of this account`];
    return [
      "unknown",
      "an EventBridge event names only the account of the writer, and the role is in this account; S3 notifications name the role",
    ];
  }
  if (!role) return ["unknown", "the unique ID of the role is unknown, and with it its sessions: iam:GetRole is missing"];
  const [id = "", ...session] = writer.value.replace(/^AWS:/, "").split(":");
  if (!UNIQUE_ID.test(id)) return ["unknown", `the event names ${writer.value}, which is not the unique ID of a role or user`];
  if (id !== role.uniqueId) return ["other", `written by ${writer.value}, not by the role ${name}`];
  const sessionName = session.join(":");
  if (sessionName === contract.validator?.sessionName || sessionName === VALIDATION_SESSION_NAME)
    return ["other", "written by a validation of this program"];
  if (role.trustedOthers.length > 0)
    return [
      "unknown",
      `written by a session of the role ${name}, which trusts other principals than the vendor: ${role.trustedOthers.join(", ")}`,
    ];
  return ["vendor", `written by the session "${sessionName}" of the role ${name}, which only the vendor may assume`];
}

function byAccount({ writer }: Arrival, contract: DeliveryContract): Finding {
  if (!writer) return ["unknown", "a listing does not show who wrote an object"];
  if (writer.field === "principalId")
    return ["unknown", `written by ${writer.value}, a unique ID that only the vendor can resolve; EventBridge events name the account`];
  if (!contract.vendorPrincipals.map(accountOf).includes(writer.value))
    return ["other", `written by ${writer.value}, not by the vendor's account`];
  if (writer.value === writer.owner) return ["unknown", "the vendor's account also owns the bucket, so the account proves nothing"];
  return ["vendor", `written by the vendor's account ${writer.value}`];
}

/** Principals that the trust policy allows and the contract does not name. A policy that cannot be parsed counts as one. */
export function trustedOthers(document: string | undefined, contract: DeliveryContract): string[] {
  const expected = new Set([...contract.vendorPrincipals, contract.validator?.principalArn ?? ""].map(canonical));
  return statementsOf(document).flatMap(({ Effect, Principal, NotPrincipal }) => {
    if (Effect !== "Allow") return [];
    if (NotPrincipal !== undefined) return ["NotPrincipal"];
    const named = typeof Principal === "object" && Principal !== null ? Object.entries(Principal) : [["AWS", String(Principal)] as const];
    return named.flatMap(([kind, value]) =>
      // A web identity is trusted through its provider, and conditions restrict it to the vendor.
      kind === "Federated" && contract.door === "webIdentity" ? [] : [value].flat().filter((one) => !expected.has(canonical(one))),
    );
  });
}

interface TrustStatement {
  readonly Effect?: unknown;
  readonly Principal?: string | Readonly<Record<string, string | string[]>>;
  readonly NotPrincipal?: unknown;
}

function statementsOf(document: string | undefined): TrustStatement[] {
  try {
    return [JSON.parse(decodeURIComponent(document ?? "")).Statement].flat();
  } catch {
    return [{ Effect: "Allow", Principal: "a trust policy that cannot be read" }];
  }
}

function canonical(principal: string): string {
  return principal.replace(/^arn:[a-z-]+:iam::(\d{12}):root$/, "$1");
}
