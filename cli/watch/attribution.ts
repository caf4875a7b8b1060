/**
 * Whose an arrival is. Only a field that can decide decides:
 *
 * - Where the vendor assumes a role, `principalId` of an S3 notification: the unique ID of that role, which nobody else's session has.
 * - Where the bucket policy names the vendor, `requester` of an event of EventBridge: the vendor's account.
 */
import type { DeliveryContract } from "../../lib/contract";
import { accountOf } from "../credentials";
import { SESSION_NAME } from "../probes";
import type { Arrival, Attributed } from "../report/watch/types";

/** What the account says of the role that the vendor assumes. */
export interface RoleFacts {
  /** `AROA…` */
  readonly uniqueId: string;
  /** Principals besides the vendor and the validator whom the role trusts: then a session proves nothing. */
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
  if (!writer) return ["unknown", "a listing does not tell who wrote"];
  if (writer.field === "requester") {
    if (writer.owner !== undefined && writer.value !== writer.owner)
      return ["other", `written by ${writer.value}, not by a role of this account`];
    return ["unknown", "EventBridge tells the account that wrote, and a role's session is of this account; S3 notifications tell the role"];
  }
  if (!role) return ["unknown", "the unique ID of the role is needed to know its sessions: iam:GetRole is missing"];
  const [id = "", ...session] = writer.value.replace(/^AWS:/, "").split(":");
  if (!UNIQUE_ID.test(id)) return ["unknown", `the event names ${writer.value}, which is no unique ID of a role or user`];
  if (id !== role.uniqueId) return ["other", `written by ${writer.value}, not by the role ${name}`];
  const sessionName = session.join(":");
  if (sessionName === (contract.validator?.sessionName ?? SESSION_NAME) || sessionName === SESSION_NAME)
    return ["other", "written by a validation of this program"];
  if (role.trustedOthers.length > 0)
    return ["unknown", `written by a session of the role ${name}, which trusts others than the vendor: ${role.trustedOthers.join(", ")}`];
  return ["vendor", `written by the session "${sessionName}" of the role ${name}, which the vendor alone may assume`];
}

function byAccount({ writer }: Arrival, contract: DeliveryContract): Finding {
  if (!writer) return ["unknown", "a listing does not tell who wrote"];
  if (writer.field === "principalId")
    return ["unknown", `written by ${writer.value}; whose ID that is only the vendor knows, while EventBridge tells the account`];
  if (!contract.vendorPrincipals.map(accountOf).includes(writer.value))
    return ["other", `written by ${writer.value}, not by the vendor's account`];
  if (writer.value === writer.owner) return ["unknown", "the vendor's account is the bucket's own, so the account decides nothing"];
  return ["vendor", `written by the vendor's account ${writer.value}`];
}

/** Principals that the trust policy lets in and the contract does not name. A document that cannot be read counts as one. */
export function trustedOthers(document: string | undefined, contract: DeliveryContract): string[] {
  const expected = new Set([...contract.vendorPrincipals, contract.validator?.principalArn ?? ""].map(canonical));
  return statementsOf(document).flatMap(({ Effect, Principal, NotPrincipal }) => {
    if (Effect !== "Allow") return [];
    if (NotPrincipal !== undefined) return ["NotPrincipal"];
    const named = typeof Principal === "object" && Principal !== null ? Object.entries(Principal) : [["AWS", String(Principal)] as const];
    return named.flatMap(([kind, value]) =>
      // A web identity comes through its provider; conditions say whose it is.
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
