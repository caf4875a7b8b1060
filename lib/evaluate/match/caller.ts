/** The caller of a request. */
import { hasUnknown } from "../../unknown";
import { memoize } from "../memoize";
import { ACCOUNT_ID, splitArn } from "./principal-entries";

/** The caller of a request. Texts may hold placeholders. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "service" | "federated"; readonly id: string }
  /** `account` only where the request gives it. */
  | { readonly kind: "canonical"; readonly id: string; readonly partition?: undefined; readonly account?: string }
  | { readonly kind: "root" | "account"; readonly partition?: string; readonly account: string }
  | { readonly kind: "user" | "federatedUser"; readonly partition: string; readonly account: string; readonly name: string }
  /** `role` is the name of the role, `path` the name with its path where that is known. `session` is undefined where it is not known. */
  | {
      readonly kind: "session";
      readonly partition: string;
      readonly account: string;
      readonly role: string;
      readonly path?: string;
      readonly session?: string;
    }
  | { readonly kind: "unknown"; readonly text: string };

/** What the request says about its caller besides the ARN. */
export interface CallerFacts {
  /** Value of `aws:PrincipalArn`. */
  readonly principalArn?: string;
  /** Value of `aws:userid`. */
  readonly userId?: string;
  /** Value of `aws:FederatedProvider`. */
  readonly federatedProvider?: string;
  /** Canonical user IDs whose account is known. */
  readonly canonicalUsers?: Readonly<Record<string, string>>;
}

const CANONICAL_ID = /^[0-9a-f]{64}$/i;

/** Most requests have the same few callers. */
const callerOfArn = memoize((arn) => readCaller(arn, ""));

/** Reads the `principal` of a request. Whether a text that is no ARN is a service depends on the action. */
export function parseCaller(text: string, action: string): Caller {
  return text.startsWith("arn:") ? callerOfArn(text) : readCaller(text, action);
}

function readCaller(text: string, action: string): Caller {
  const arn = splitArn(text);
  if (arn === undefined) {
    if (text === "*" || text.toLowerCase() === "anonymous") return { kind: "anonymous" };
    if (ACCOUNT_ID.test(text)) return { kind: "account", account: text };
    if (CANONICAL_ID.test(text)) return { kind: "canonical", id: text };
    if (hasUnknown(text)) return { kind: "unknown", text };
    return { kind: isFederatedAction(action) ? "federated" : "service", id: text };
  }
  const { partition, service, account, type, rest } = arn;
  const last = rest.at(-1) ?? "";
  if (service === "iam" && type === "root" && rest.length === 0) return { kind: "root", partition, account };
  if (service === "iam" && type === "user") return { kind: "user", partition, account, name: rest.join("/") };
  if (service === "iam" && type === "role") return { kind: "session", partition, account, role: last, path: rest.join("/") };
  if (service === "sts" && type === "assumed-role") {
    return { kind: "session", partition, account, role: rest[0] ?? "", session: rest.length > 1 ? rest.slice(1).join("/") : undefined };
  }
  if (service === "sts" && type === "federated-user") return { kind: "federatedUser", partition, account, name: rest.join("/") };
  if (type === "oidc-provider" || type === "saml-provider") return { kind: "federated", id: text };
  return { kind: "unknown", text };
}

/** The account in the caller's ARN. A federated caller has none until it has assumed the role. */
export function accountOf(caller: Caller): string | undefined {
  return "account" in caller ? caller.account : undefined;
}

/** `sts:AssumeRoleWithWebIdentity` and `…WithSAML`: an identity provider knows the caller, AWS does not. */
export function isFederatedAction(action: string): boolean {
  return /^sts:assumerolewith(webidentity|saml)$/i.test(action);
}

/** The account of a canonical user ID in lower case, where it is known. */
export function canonicalAccount(id: string, accounts: CallerFacts["canonicalUsers"] = {}): string | undefined {
  return Object.hasOwn(accounts, id) ? accounts[id] : undefined;
}
